"""The state that the customer's views show, brought up to what is."""

from ..outdated import outdated_card
from .cards import cards_of, notice_cards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def fill(page: "Any") -> None:
    """Bring the state up to what is."""
    state = page.state
    session = page.session
    state["server"] = page.signaling_open
    state["unkept"] = page.host.unkept()
    state["waiting"]["connected"] = page.signaling_open
    capabilities = page.host.capabilities
    state["capture"] = "screen" if capabilities["screen"] else "camera" if capabilities["camera"] else "none"
    if session is None:
        return
    waiting = state["waiting"]
    waiting["waited"] = max(0, int((page.host.now() - page.waiting_since) / 1000.0)) if page.waiting_since else 0
    state["connection"] = session.connection
    state["words"] = session.record.words
    state["permissions"] = session.permissions.in_force(page.host.now())
    state["sharing"] = session.sharing.state()
    state["recording"] = session.recording.state()
    state["cards"] = notice_cards(page.notices) + cards_of(session, state["capture"])
    why = page.outdated or session.outdated
    if why:
        state["cards"].append(outdated_card(why, session.conversation.other or page.t("person.representative")))
    alone = page.absence.card()
    if alone is not None and not session.is_ending and not session.is_revoked:
        state["cards"].append(alone)
    last = session.conversation.last_message
    state["last_message"] = last if state["sharing"] is not None else None
