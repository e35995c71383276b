"""What the customer's page does with each message of the server: one small function a message, in a table."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _on_welcome(page: "Any", message: "dict[str, Any]") -> None:
    page.state["portal"]["problem"] = ""
    page.host.resumed()
    state = message["state"]
    if state == "new":
        if page.resumes or page.session is not None:
            _session_unknown(page)
        if page.enters:
            page.state["portal"]["busy"] = True
            page.send_enter()
        return
    if state == "ended":
        page.session_over(message.get("reason", "customer"))
        return
    if page.session is None:
        page.make_session(message["session"])
    elif page.session.id != message["session"]:
        page.leave_to("taken_over")
        return
    page.resumes = False
    # In a session whose other side is away nobody `joined`: it is the session all the same.
    page.state["screen"] = "waiting" if state == "queued" else "session"


def _session_unknown(page: "Any") -> None:
    """The server does not know the session any more: it is over, and the page says so."""
    page.resumes = False
    page.session_over("customer_gone")


def _on_queued(page: "Any", message: "dict[str, Any]") -> None:
    page.enters = False
    page.token = message["token"]
    page.host.remember("token", message["token"])
    page.host.remember("session", message["session"])
    page.host.remember("name", page.state["portal"]["name"])
    page.host.remember("entered_at", str(message["entered_at"]))
    if page.session is None:
        page.make_session(message["session"])
    page.waiting_since = float(message["entered_at"])
    page.state["waiting"]["position"] = message["position"]
    if page.state["screen"] != "waiting":
        page.state["screen"] = "waiting"


def _on_position(page: "Any", message: "dict[str, Any]") -> None:
    page.state["waiting"]["position"] = message["position"]
    page.state["status"] = page.t("queue.announce", position=message["position"])


def _on_joined(page: "Any", message: "dict[str, Any]") -> None:
    session = page.session
    if session is None:
        return
    is_new = not session.has_met
    page.state["screen"] = "session"
    page.state["representative"] = message["name"]
    page.host.remember("representative", message["name"])
    session.joined(message["peer"], message["name"], message["ice_servers"])
    if is_new:
        # After a reload of this page the log says already who came.
        if not any(entry.get("event") == "joined" for entry in session.conversation.entries.values()):
            session.conversation.event("joined", False)
            page.attract("joined", message["name"])
        if session.was_sharing:
            session.offers_to_share_again = True


def _on_left(page: "Any", message: "dict[str, Any]") -> None:
    if page.session is not None:
        page.session.left(message["peer"])


def _on_signal(page: "Any", message: "dict[str, Any]") -> None:
    if page.session is not None:
        page.session.signal_received(message["from"], message["negotiation"])


def _on_ended(page: "Any", message: "dict[str, Any]") -> None:
    page.session_over(message["reason"])


def _on_error(page: "Any", message: "dict[str, Any]") -> None:
    if page.enters and page.session is None:
        page.enters = False
        page.state["portal"]["busy"] = False
        page.state["portal"]["problem"] = "not_allowed" if message["code"] == "too_many" else "closed"


REPLIES = {
    "welcome": _on_welcome,
    "queued": _on_queued,
    "position": _on_position,
    "joined": _on_joined,
    "left": _on_left,
    "signal": _on_signal,
    "ended": _on_ended,
    "error": _on_error,
}
