"""The cards of the customer's page: what waits for an answer, oldest first."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def cards_of(session: "Any", capture: str) -> "list[dict[str, Any]]":
    """`capture` is what this device can share: `screen`, `camera` or `none`."""
    name = session.conversation.other
    cards: "list[dict[str, Any]]" = []
    for asked in session.permissions.pending(session.host.now()):
        permission = asked["permission"]
        cards.append(
            {
                "kind": "permission",
                "id": asked["id"],
                "permission": permission,
                "name": name,
                "left": asked["left"],
                "lease": session.leases.get(asked["id"], "0"),
                "can": permission != "view_screen" or capture == "screen",
            }
        )
    cards += session.transfers.cards()
    if session.offers_to_share_again and not session.sharing.is_on and capture != "none":
        cards.append({"kind": "share_again", "id": "share_again", "name": name})
    if session.is_revoked:
        recording = session.recording.state()["state"] == "paused"
        cards.append({"kind": "revoked", "id": "revoked", "stopped": session.was_stopped, "recording": recording})
    elif session.is_ending:
        cards.append({"kind": "end", "id": "end"})
    for problem in session.problems:
        cards.append({"kind": "problem", "id": problem, "problem": problem})
    return cards


def notice_cards(notices: "list[dict[str, Any]]") -> "list[dict[str, Any]]":
    """Known trouble, as the representative or the company says it into a session."""
    return [{"kind": "notice", "id": one["notice"], "title": one["title"], "text": one["text"]} for one in notices]
