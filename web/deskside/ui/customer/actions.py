"""What each control of the customer's page does: one small function an action, in a table."""

from ..outdated import reload
from ..transcript import save_json, save_transcript
from .way_actions import WAY_ACTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _start_chat(page: "Any", words: "Any", value: "Any") -> None:
    if not page.state["portal"]["busy"]:
        page.start_chat()


def _write(page: "Any", words: "Any", value: "Any") -> None:
    if page.session is not None:
        page.session.conversation.write(value)
        page.host.keep_draft("talk", value)


def _compose_key(page: "Any", words: "Any", key: "Any") -> bool:
    if key["key"] != "Enter" or key["shift"] or key["ctrl"] or key["alt"] or key["meta"] or key["composing"]:
        return False
    _send(page, words, None)
    return True


def _send(page: "Any", words: "Any", value: "Any") -> None:
    session = page.session
    if session is not None and session.conversation.send(own_name(page)):
        page.host.keep_draft("talk", "")
        page.log.show_latest()


def own_name(page: "Any") -> str:
    """As the log has it; a customer may give none."""
    return " ".join(page.state["portal"]["name"].split())


def _send_files(page: "Any", words: "Any", files: "Any") -> None:
    session = page.session
    if session is not None:
        session.conversation.talk["dropping"] = False
        if files:
            session.transfers.send(files, own_name(page))


def _choose_again(page: "Any", words: "Any", files: "Any") -> None:
    if page.session is not None:
        page.session.transfers.resumption.choose_again(words[0], files)


def _paste_files(page: "Any", words: "Any", files: "Any") -> bool:
    _send_files(page, words, files)
    return bool(files)


def _drag(on: bool) -> "Any":
    def dragged(page: "Any", words: "Any", value: "Any") -> None:
        if page.session is not None:
            page.session.conversation.talk["dropping"] = on

    return dragged


def _show_latest(page: "Any", words: "Any", value: "Any") -> None:
    page.log.show_latest()


def _log_scrolled(page: "Any", words: "Any", value: "Any") -> None:
    page.log.scrolled()


def _resize(step: int) -> "Any":
    def resized(page: "Any", words: "Any", value: "Any") -> None:
        page.session.conversation.resize(step)

    return resized


def _toggle_sounds(page: "Any", words: "Any", value: "Any") -> None:
    page.session.conversation.toggle_sounds()
    page.host.attention.muted = page.session.conversation.talk["muted"]


def _share(surface: str) -> "Any":
    def shared(page: "Any", words: "Any", value: "Any") -> None:
        page.session.offer_screen(surface)

    return shared


def _share_again(page: "Any", words: "Any", value: "Any") -> None:
    page.session.offer_screen(page.state["capture"])


def _keep_on_top(page: "Any", words: "Any", value: "Any") -> None:
    page.session.sharing.open_window()


def _continue_chatting(page: "Any", words: "Any", value: "Any") -> None:
    page.session.is_revoked = False


def _record(method: str) -> "Any":
    def done(page: "Any", words: "Any", value: "Any") -> None:
        getattr(page.session.recording, method)()

    return done


def _wait_again(page: "Any", words: "Any", value: "Any") -> None:
    page.absence.wait_again()


def _end_session(page: "Any", words: "Any", value: "Any") -> None:
    page.session.is_ending = True


def _cancel_end(page: "Any", words: "Any", value: "Any") -> None:
    page.session.is_ending = False


def _confirm_end(page: "Any", words: "Any", value: "Any") -> None:
    page.session.post({"type": "bye"})
    page.end("customer")


def _set_lease(page: "Any", words: "Any", value: "Any") -> None:
    page.session.leases[words[0]] = value


def _allow(page: "Any", words: "Any", value: "Any") -> None:
    page.session.sharing.wanted = "screen"
    page.session.allow(words[0])


def _allow_camera(page: "Any", words: "Any", value: "Any") -> None:
    page.session.sharing.wanted = "camera"
    page.session.allow(words[0])


def _deny(page: "Any", words: "Any", value: "Any") -> None:
    page.session.deny(words[0])


def _file(method: str, *more: "Any") -> "Any":
    def done(page: "Any", words: "Any", value: "Any") -> None:
        if getattr(page.session.transfers, method)(words[0], *more) is False:
            page.session.problem("save_failed")
        elif method == "save":
            page.session.solved("save_failed")

    return done


def _dismiss(page: "Any", words: "Any", value: "Any") -> None:
    session = page.session
    if words[0] == "share_again":
        session.decline_to_share_again()
    elif words[0] == "talk":
        session.conversation.talk["problem"] = ""
    else:
        session.solved(words[0])


def _download_transcript(page: "Any", words: "Any", value: "Any") -> None:
    if page.session is not None:
        save_transcript(page.session, page.state["company"], page.t)


def _download_json(page: "Any", words: "Any", value: "Any") -> None:
    if page.session is not None:
        save_json(page.session, page.state["company"], page.t)


def _new_chat(page: "Any", words: "Any", value: "Any") -> None:
    page.ending.done()
    reload(page.host, page.outdated)


def _reload(page: "Any", words: "Any", value: "Any") -> None:
    reload(page.host, page.outdated)


ACTIONS = {
    "start_chat": _start_chat,
    "write": _write,
    "compose_key": _compose_key,
    "send": _send,
    "pick_files": _send_files,
    "drop_files": _send_files,
    "paste_files": _paste_files,
    "drag_over": _drag(True),
    "drag_leave": _drag(False),
    "show_latest": _show_latest,
    "log_scrolled": _log_scrolled,
    "smaller_text": _resize(-1),
    "larger_text": _resize(1),
    "toggle_sounds": _toggle_sounds,
    "share_screen": _share("screen"),
    "share_camera": _share("camera"),
    "share_again": _share_again,
    "keep_on_top": _keep_on_top,
    "revoke": lambda page, words, value: None,  # the guard has acted, and says so by an event of its own
    "continue_chatting": _continue_chatting,
    "pause_recording": _record("pause"),
    "resume_recording": _record("resume"),
    "stop_recording": _record("stop"),
    "wait_again": _wait_again,
    "end_session": _end_session,
    "cancel_end": _cancel_end,
    "confirm_end": _confirm_end,
    "set_lease": _set_lease,
    "allow": _allow,
    "allow_camera": _allow_camera,
    "deny": _deny,
    "accept_file": _file("accept"),
    "decline_file": _file("decline"),
    "choose_again": _choose_again,
    "pause_file": _file("pause", True),
    "resume_file": _file("pause", False),
    "cancel_file": _file("cancel"),
    "save_file": _file("save"),
    "dismiss": _dismiss,
    "download_transcript": _download_transcript,
    "download_json": _download_json,
    "new_chat": _new_chat,
    "use_this_tab": _reload,
    "reload": _reload,
} | WAY_ACTIONS
