"""The state that the console's views show, brought up to what is."""

from ...core.ordering import in_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def fill(console: "Any") -> None:
    """Bring the state up to what is."""
    state = console.state
    state["server"], state["taking"] = console.signaling_open, console.takes
    state["unkept"] = console.host.unkept()
    state["kept"] = state["screen"] == "sign_in" and console.drafts.has_any
    # The dicts of MicroPython have no order; people do.
    sessions = in_order(list(console.sessions.values()), lambda session: session.about["started_at"])
    state["sessions"] = [session.summary() for session in sessions]
    state["key"] = console.key.state()
    state["behind"] = console.queue.behind(state["waiting"])
    state["left_messages"] = console.left_messages.state()
    state["left_more"] = console.left_messages.more_state()
    state["recordings"] = console.recordings.state()
    session = console.selected
    state["conversation"] = None
    state["view"] = None
    if session is not None:
        shown = session.state()
        shown["notices"] = console.notices
        shown["canned"] = console.canned.state(session) if shown["panel"] == "canned" else None
        state["conversation"] = shown
        asked = shown["request"] is not None
        reached = session.connection == "connected"
        state["view"] = session.screen.state(asked, session.about["name"], reached, bool(session.ended))
