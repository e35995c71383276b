"""What the console does with each message of the server: one small function a message, in a table."""

from ...core.versions import agreed
from ..outdated import understood
from ..session import rtc_configuration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PROBLEMS = {
    "taken": "gone",
    "unknown_session": "gone",
    "session_limit": "limit",
    "queue_empty": "gone",
    "nobody_present": "away",
}


def _welcome(console: "Any", message: "dict[str, Any]") -> None:
    if message["name"] != console.state["name"]:
        # Somebody else has signed in in this browser while the server was away: nothing here is for their eyes.
        console.host.reload()
        return
    console.state["outdated"] = ""
    understood(console.host)
    console.state["available"] = message["available"]
    if console.wishes_available in (None, message["available"]):
        _has_switched(console)
    else:
        console.signaling.send({"type": "available", "on": console.wishes_available})
    console.state["waiting"] = message["waiting"]
    console.expected = [each for each in message["sessions"] if each not in console.sessions]
    console.state["known"] = not console.expected
    console.host.heard(message["now"])
    console.queue.clear()
    console.queue.can_remove = agreed(message) > 1
    _is_solved(console, "unreachable")
    console.left_messages.clear()
    console.left_messages.since = message["now"]
    for session_id in list(console.sessions):
        if session_id not in message["sessions"]:
            console.session_over(session_id, "customer_gone")
    console.host.records.sweep(message["sessions"])


def _is_solved(console: "Any", problem: str) -> None:
    """What a press met with a while ago is not the case any more."""
    if console.state["problem"] == problem:
        console.state["problem"] = ""


def _availability(console: "Any", message: "dict[str, Any]") -> None:
    console.state["available"] = message["on"]
    _has_switched(console)


def _has_switched(console: "Any") -> None:
    console.wishes_available = None
    console.state["switching"] = False


def _queue_entered(console: "Any", message: "dict[str, Any]") -> None:
    is_new = message["waiting"] > console.state["waiting"]
    console.state["waiting"] = message["waiting"]
    console.queue.entered(message["entry"])
    if message["entry"]["connected"]:
        _is_solved(console, "away")
    if is_new:
        console.customer_arrived(message["entry"])


def _queue_changed(console: "Any", message: "dict[str, Any]") -> None:
    console.queue.changed(message["session"], message["connected"])
    if message["connected"]:
        _is_solved(console, "away")
    session = console.sessions.get(message["session"])
    if session is not None:
        session.is_there = message["connected"]


def _queue_left(console: "Any", message: "dict[str, Any]") -> None:
    console.state["waiting"] = message["waiting"]
    session = message["session"]
    name = console.queue.name(session) if session == console.queue.removing else ""
    console.queue.left(session)
    if name:
        console.state["status"] = console.t("queue.removed", name=name)
        if console.root.dom.focused() is None:
            console.focus("queue-name")
    if not message["waiting"]:
        console.host.attention.over("queue")


def _has_come(console: "Any", session_id: str) -> None:
    """One of the sessions that the server has spoken of is there, or over."""
    console.expected = [each for each in console.expected if each != session_id]
    console.state["known"] = not console.expected


def _accepted(console: "Any", message: "dict[str, Any]") -> None:
    about = message["session"]
    console.state["problem"] = ""
    console.queue.accepting("")
    is_new = console.open_session(about)
    _has_come(console, about["session"])
    takes, console.takes = console.takes, False
    if is_new and takes:
        console.select(about["session"])


def _joined(console: "Any", message: "dict[str, Any]") -> None:
    session = console.sessions.get(message["session"])
    if session is not None:
        session.joined(message["peer"], session.name, rtc_configuration(message))


def _ice_servers(console: "Any", message: "dict[str, Any]") -> None:
    session = console.sessions.get(message["session"])
    if session is not None:
        session.configured(rtc_configuration(message))


def _left(console: "Any", message: "dict[str, Any]") -> None:
    session = console.sessions.get(message["session"])
    if session is not None:
        session.left(message["peer"])


def _signal(console: "Any", message: "dict[str, Any]") -> None:
    session = console.sessions.get(message["session"])
    if session is not None:
        session.signal_received(message["from"], message["negotiation"])


def _ended(console: "Any", message: "dict[str, Any]") -> None:
    console.session_over(message["session"], message["reason"])
    _is_solved(console, "limit")
    _has_come(console, message["session"])


def _heads_wanted(console: "Any", message: "dict[str, Any]") -> None:
    session = console.sessions.get(message["session"])
    if session is not None:
        session.record.heads_wanted(message)


def _key(console: "Any", message: "dict[str, Any]") -> None:
    console.key.created(message)


def _notices(console: "Any", message: "dict[str, Any]") -> None:
    console.notices = message["notices"]


def _message_left(console: "Any", message: "dict[str, Any]") -> None:
    console.left_messages.came(message["message"])


def _message_finished(console: "Any", message: "dict[str, Any]") -> None:
    console.left_messages.finished(message["id"])


def _messages_open(console: "Any", message: "dict[str, Any]") -> None:
    console.left_messages.opened(message["open"])


def _site(console: "Any", message: "dict[str, Any]") -> None:
    console.canned.forget()
    console.fetch_site()


def _error(console: "Any", message: "dict[str, Any]") -> None:
    """Only what was asked for by hand is worth a sentence; what fails within a session mends itself."""
    session = console.sessions.get(message.get("session", ""))
    if session is not None and message["code"] == "unknown_notice":
        session.conversation.event("notice_gone", True)
    if console.key.refused(message["code"]):
        return
    removing = console.queue.removing
    if removing and message.get("session", removing) == removing:
        console.queue.ask_to_remove("")
        console.state["problem"] = PROBLEMS.get(message["code"], "not_allowed")
        return
    if session is not None or message["code"] in ("peer_away", "unknown_peer", "unknown_message"):
        return
    _has_switched(console)
    console.queue.accepting("")
    if console.takes:
        console.takes = False
        console.state["problem"] = PROBLEMS.get(message["code"], "not_allowed")


REPLIES = {
    "welcome": _welcome,
    "availability": _availability,
    "queue_entered": _queue_entered,
    "queue_changed": _queue_changed,
    "queue_left": _queue_left,
    "accepted": _accepted,
    "heads_wanted": _heads_wanted,
    "key": _key,
    "notices": _notices,
    "message_left": _message_left,
    "message_finished": _message_finished,
    "messages_open": _messages_open,
    "site": _site,
    "joined": _joined,
    "ice_servers": _ice_servers,
    "left": _left,
    "signal": _signal,
    "ended": _ended,
    "error": _error,
}
