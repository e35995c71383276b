"""What the customer's page does with each message of the server: one small function a message, in a table."""

from ..outdated import understood
from ..session import rtc_configuration
from .language import tell_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SITE_WITHIN = 3000.0
"""In milliseconds: for how long at most a page keeps settings that have changed."""
NOTICE_WITHIN = 3000.0
"""In milliseconds: within which the server has said to a page that came back which notice is on it."""


def _on_welcome(page: "Any", message: "dict[str, Any]") -> None:
    page.state["portal"]["problem"] = ""
    page.host.heard(message["now"])
    if page.outdated:
        page.outdated = ""
        if page.session is None and not page.resumes:
            page.state["screen"] = "portal"
    understood(page.host)
    state = message["state"]
    if state not in ("arriving", "queued"):
        # Whoever is on the way sees the step that comes next, and nothing before it.
        page.host.resumed()
    if state == "new":
        if page.resumes or page.session is not None:
            _session_unknown(page)
            return
        if page.enters:
            page.state["portal"]["busy"] = True
            page.send_enter()
        return
    if state == "ended":
        page.session_over(message.get("reason", "customer"))
        return
    session = message.get("session")
    if session is None:
        return  # in which session it is, only the server knows
    if page.session is None:
        page.make_session(session)
    elif page.session.id != session:
        page.leave_to("taken_over")
        return
    page.resumes = False
    tell_language(page)
    if state == "active":
        # In a session whose other side is away nobody `joined`: it is the session all the same.
        page.way.over()
        page.state["screen"] = "session"
        _forget_old_notices(page)


def _session_unknown(page: "Any") -> None:
    """The server does not know the session any more: it is over, and the page says so.

    Who had not even come into the queue finds the form again.
    """
    page.resumes = False
    if page.waiting_since or page.state["representative"]:
        page.ending.over("customer_gone", False)
    else:
        page.started_anew()


def _on_admitted(page: "Any", message: "dict[str, Any]") -> None:
    page.admitted(message["session"], message["token"])


def _on_step(page: "Any", message: "dict[str, Any]") -> None:
    if page.session is not None:
        page.host.resumed()
        page.way.stepped(message)
        if message["step"] == "recording":
            page.session.recording.asked()


def _on_queued(page: "Any", message: "dict[str, Any]") -> None:
    if page.session is not None:
        page.absence.handed_back()
        page.way.queued(message)


def _on_position(page: "Any", message: "dict[str, Any]") -> None:
    page.way.moved(message)
    page.state["status"] = page.t("queue.announce", position=message["position"])


def _on_joined(page: "Any", message: "dict[str, Any]") -> None:
    session = page.session
    if session is None:
        return
    is_new = not session.has_met
    page.way.over()
    page.state["screen"] = "session"
    page.state["representative"] = message["name"]
    page.host.remember("representative", message["name"])
    session.started_at = message["started_at"]
    session.joined(message["peer"], message["name"], rtc_configuration(message))
    if is_new:
        # After a reload of this page the log says already who came.
        if not session.conversation.is_met():
            session.conversation.event("joined", False)
            page.attract("joined", message["name"])
        if session.was_sharing:
            session.offers_to_share_again = True


def _on_ice_servers(page: "Any", message: "dict[str, Any]") -> None:
    if page.session is not None:
        page.session.configured(rtc_configuration(message))


def _on_left(page: "Any", message: "dict[str, Any]") -> None:
    if page.session is not None:
        page.session.left(message["peer"])


def _on_signal(page: "Any", message: "dict[str, Any]") -> None:
    if page.session is not None:
        page.session.signal_received(message["from"], message["negotiation"])


def _on_notice(page: "Any", message: "dict[str, Any]") -> None:
    """Known trouble, said into a session that runs."""
    # The server knows of one at a time, and says it again to a page that comes back.
    page.notices = [{"notice": message["notice"], "title": message["title"], "text": message["text"]}]
    page.is_notice_told = True
    if page.host.recall("noticed") != message["notice"]:
        page.host.remember("noticed", message["notice"])
        page.attract("notice", message["title"])


def _forget_old_notices(page: "Any") -> None:
    """One that was withdrawn while the line was broken is not said again."""
    page.is_notice_told = False

    def told() -> None:
        if page.signaling_open and not page.is_notice_told:
            page.notices = []
            page.changed()

    page.host.later(NOTICE_WITHIN, told)


def _on_notice_ended(page: "Any", message: "dict[str, Any]") -> None:
    page.notices = [notice for notice in page.notices if notice["notice"] != message["notice"]]
    page.host.remember("noticed", None)


def _on_site(page: "Any", message: "dict[str, Any]") -> None:
    # Everybody is told at once; not everybody asks at once.
    page.host.later(page.host.chance() * SITE_WITHIN, page.page.fetch_site)


def _on_recorder(page: "Any", message: "dict[str, Any]") -> None:
    if page.session is not None:
        page.session.recording.told(message)


def _on_recording_answer(page: "Any", message: "dict[str, Any]") -> None:
    if page.session is not None:
        page.session.recording.answered(message)


def _on_recording_refused(page: "Any", message: "dict[str, Any]") -> None:
    if page.session is not None:
        page.session.recording.refused(message)


def _on_ended(page: "Any", message: "dict[str, Any]") -> None:
    page.session_over(message["reason"])


def _on_error(page: "Any", message: "dict[str, Any]") -> None:
    code = message["code"]
    if page.enters and page.session is None:
        page.enters = False
        page.state["portal"]["busy"] = False
        page.state["portal"]["problem"] = REFUSALS.get(code, "closed")
        if code == "unknown_issue":
            page.page.fetch_site()
    elif code in ("wrong_state", "too_many"):
        page.absence.refused()
        page.way.refused()
        page.way.orphaned.refused("refused")
    elif code in ("too_many_messages", "messages_full"):
        page.way.orphaned.refused(code)


REFUSALS = {"too_many": "not_allowed", "unknown_key": "unknown_key", "unknown_issue": "unknown_issue"}
REPLIES = {
    "welcome": _on_welcome,
    "admitted": _on_admitted,
    "step": _on_step,
    "queued": _on_queued,
    "position": _on_position,
    "joined": _on_joined,
    "ice_servers": _on_ice_servers,
    "left": _on_left,
    "signal": _on_signal,
    "notice": _on_notice,
    "notice_ended": _on_notice_ended,
    "site": _on_site,
    "recorder": _on_recorder,
    "recording_answer": _on_recording_answer,
    "recording_refused": _on_recording_refused,
    "ended": _on_ended,
    "error": _on_error,
}
