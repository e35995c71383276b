"""What each control of the console does: one small function an action, in a table."""

from ..outdated import reload
from ..transcript import save_json, save_transcript
from .recordings_actions import RECORDING_ACTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _typed(field: str) -> "Any":
    def typed(console: "Any", words: "Any", value: "Any") -> None:
        console.door.typed(field, value)

    return typed


def _set_available(console: "Any", words: "Any", value: "Any") -> None:
    if not console.state["switching"]:
        console.state["switching"] = True
        console.wishes_available = not console.state["available"]
        # Where there is no line yet, or none at the moment, it is said with the next one.
        console.signaling.send({"type": "available", "on": console.wishes_available})


def _take(console: "Any", message: "dict[str, Any]") -> bool:
    """One customer at a time: the next can be taken once the server has answered."""
    if console.takes:
        return False
    console.state["problem"] = ""
    console.takes = bool(console.signaling.send(message))
    if not console.takes:
        console.state["problem"] = "unreachable"
    return bool(console.takes)


def _accept(console: "Any", words: "Any", value: "Any") -> None:
    if _take(console, {"type": "accept", "session": words[0]}):
        console.queue.accepting(words[0])


def _accept_next(console: "Any", words: "Any", value: "Any") -> None:
    _take(console, {"type": "accept_next"})


def _ask_to_remove(console: "Any", words: "Any", value: "Any") -> None:
    console.queue.ask_to_remove(words[0])
    console.focus("removal")


def _keep_waiting(console: "Any", words: "Any", value: "Any") -> None:
    console.queue.ask_to_remove("")
    console.focus("remove-" + words[0])


def _removal_key(console: "Any", words: "Any", key: "Any") -> bool:
    if key["key"] != "Escape" or console.queue.removing:
        return False
    _keep_waiting(console, words, None)
    return True


def _remove(console: "Any", words: "Any", value: "Any") -> None:
    if console.signaling.send({"type": "remove", "session": words[0]}):
        console.queue.removed()
        console.state["problem"] = ""
    else:
        console.state["problem"] = "unreachable"


def _select(console: "Any", words: "Any", value: "Any") -> None:
    console.select(words[0])


def _close_session(console: "Any", words: "Any", value: "Any") -> None:
    console.close_session(words[0])


def _show(console: "Any", words: "Any", value: "Any") -> None:
    console.state["tab"] = words[0]
    console.recordings.close()


def _in_session(handler: "Any") -> "Any":
    """An action of the selected session; without one, or before it is restored, it means nothing."""

    def act(console: "Any", words: "Any", value: "Any") -> "Any":
        session = console.selected
        if session is None or session.ended or session.is_loading:
            return None
        return handler(console, session, words, value)

    return act


def _write(console: "Any", words: "Any", value: "Any") -> None:
    # Also before the session is restored: it can be written, and is sent after that.
    if console.selected is not None and not console.selected.ended:
        console.selected.conversation.write(value)


def _send(console: "Any", session: "Any", words: "Any", value: "Any") -> None:
    if session.conversation.send(console.state["name"]):
        console.log.show_latest()


def _compose_key(console: "Any", session: "Any", words: "Any", key: "Any") -> bool:
    if key["key"] != "Enter" or key["shift"] or key["ctrl"] or key["alt"] or key["meta"] or key["composing"]:
        return False
    _send(console, session, words, None)
    return True


def _send_files(console: "Any", session: "Any", words: "Any", files: "Any") -> bool:
    session.conversation.talk["dropping"] = False
    if files:
        session.transfers.send(files, console.state["name"])
    return bool(files)


def _pick_files(console: "Any", session: "Any", words: "Any", files: "Any") -> None:
    _send_files(console, session, words, files)


def _choose_again(console: "Any", session: "Any", words: "Any", files: "Any") -> None:
    session.transfers.resumption.choose_again(words[0], files)


def _drag(on: bool) -> "Any":
    def dragged(console: "Any", session: "Any", words: "Any", value: "Any") -> None:
        session.conversation.talk["dropping"] = on

    return dragged


def _resize(step: int) -> "Any":
    def resized(console: "Any", words: "Any", value: "Any") -> None:
        if console.selected is not None:
            console.selected.conversation.resize(step)

    return resized


def _file(method: str, *more: "Any") -> "Any":
    def done(console: "Any", words: "Any", value: "Any") -> None:
        if console.selected is not None:
            getattr(console.selected.transfers, method)(words[0], *more)

    return done


def _ending(on: bool) -> "Any":
    def asked(console: "Any", session: "Any", words: "Any", value: "Any") -> None:
        session.is_ending = on

    return asked


def _confirm_end(console: "Any", session: "Any", words: "Any", value: "Any") -> None:
    session.post({"type": "bye"})
    console.signaling.send({"type": "end", "session": session.id})
    console.session_over(session.id, "representative")


def _dismiss(console: "Any", session: "Any", words: "Any", value: "Any") -> None:
    session.conversation.talk["problem"] = ""


def _download_transcript(console: "Any", words: "Any", value: "Any") -> None:
    if console.selected is not None:
        save_transcript(console.selected, console.state["company"], console.t)


def _download_json(console: "Any", words: "Any", value: "Any") -> None:
    if console.selected is not None:
        save_json(console.selected, console.state["company"], console.t)


def _toggle_panel(console: "Any", session: "Any", words: "Any", value: "Any") -> None:
    session.open_panel("" if session.panel == words[0] else words[0])


def _panel_key(console: "Any", session: "Any", words: "Any", key: "Any") -> bool:
    if key["key"] != "Escape":
        return False
    session.open_panel("")
    console.focus("message")
    return True


def _search_canned(console: "Any", session: "Any", words: "Any", value: "Any") -> None:
    session.search = value


def _insert_canned(console: "Any", session: "Any", words: "Any", value: "Any") -> None:
    console.canned.insert(session, words[0])
    console.focus("message")


def _canned_key(console: "Any", session: "Any", words: "Any", key: "Any") -> bool:
    if key["key"] == "Enter" and not key["composing"]:
        _insert_canned(console, session, ("",), None)
        return True
    return _panel_key(console, session, words, key)


def _send_notice(console: "Any", session: "Any", words: "Any", value: "Any") -> None:
    for notice in console.notices:
        if notice["notice"] == words[0]:
            if console.signaling.send({"type": "send_notice", "session": session.id, "notice": words[0]}):
                session.conversation.event("notice_sent", True, notice=notice["name"])
                session.panel = ""
            else:
                session.conversation.talk["problem"] = "not_connected"


ACTIONS = {
    "set_language": lambda console, words, value: console.language.choose(value),
    "set_name": _typed("name"),
    "set_password": _typed("password"),
    "set_caps_lock": lambda console, words, value: console.door.told_of_keys(value),
    "sign_in": lambda console, words, value: console.door.sign_in(),
    "create_administrator": lambda console, words, value: console.door.create_administrator(),
    "sign_out": lambda console, words, value: console.door.sign_out(),
    "set_available": _set_available,
    "accept": _accept,
    "accept_next": _accept_next,
    "ask_to_remove": _ask_to_remove,
    "keep_waiting": _keep_waiting,
    "removal_key": _removal_key,
    "remove": _remove,
    "create_key": lambda console, words, value: console.key.create(),
    "copy_key": lambda console, words, value: console.key.copy(words[0]),
    "close_key": lambda console, words, value: console.key.close(),
    "finish_message": lambda console, words, value: console.left_messages.finish(words[0]),
    "more_messages": lambda console, words, value: console.left_messages.more(),
    "toggle_panel": _in_session(_toggle_panel),
    "panel_key": _in_session(_panel_key),
    "search_canned": _in_session(_search_canned),
    "canned_key": _in_session(_canned_key),
    "insert_canned": _in_session(_insert_canned),
    "send_notice": _in_session(_send_notice),
    "select": _select,
    "close_session": _close_session,
    "show": _show,
    "write": _write,
    "send": _in_session(_send),
    "compose_key": _in_session(_compose_key),
    "pick_files": _in_session(_pick_files),
    "drop_files": _in_session(_pick_files),
    "paste_files": _in_session(_send_files),
    "drag_over": _in_session(_drag(True)),
    "drag_leave": _in_session(_drag(False)),
    "show_latest": lambda console, words, value: console.log.show_latest(),
    "log_scrolled": lambda console, words, value: console.log.scrolled(),
    "smaller_text": _resize(-1),
    "larger_text": _resize(1),
    "nudge": _in_session(lambda console, session, words, value: session.nudge()),
    "request_screen": _in_session(lambda console, session, words, value: session.request_screen()),
    "withdraw_request": _in_session(lambda console, session, words, value: session.withdraw_request()),
    "zoom_in": _in_session(lambda console, session, words, value: session.screen.zoom_by(1)),
    "zoom_out": _in_session(lambda console, session, words, value: session.screen.zoom_by(-1)),
    "zoom_fit": _in_session(lambda console, session, words, value: session.screen.fit()),
    "pop_out": _in_session(lambda console, session, words, value: session.screen.pop_out()),
    "accept_file": _file("accept"),
    "decline_file": _file("decline"),
    "choose_again": _in_session(_choose_again),
    "pause_file": _file("pause", True),
    "resume_file": _file("pause", False),
    "cancel_file": _file("cancel"),
    "save_file": _file("save"),
    "end_session": _in_session(_ending(True)),
    "cancel_end": _in_session(_ending(False)),
    "confirm_end": _in_session(_confirm_end),
    "dismiss": _in_session(_dismiss),
    "download_transcript": _download_transcript,
    "download_json": _download_json,
    "reload": lambda console, words, value: reload(console.host, console.state["outdated"]),
    "use_this_tab": lambda console, words, value: console.host.reload(),
} | RECORDING_ACTIONS
