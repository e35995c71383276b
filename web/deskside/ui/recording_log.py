"""What the log of either page says of the recording: once for each change, however often a page is told."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def note_recording(conversation: "Any", state: str, mine: bool, reason: str = "") -> None:
    """A line where this state is none that the log has already; `mine` where this page's person decides of it."""
    if state not in ("on", "paused", "stopped", "unavailable"):
        return
    last = conversation.said_of_recording
    if state == "on":
        event = "recording_resumed" if conversation.was_recorded else "recording_started"
        is_known = last in ("recording_started", "recording_resumed")
    else:
        event = "recording_" + state
        is_known = last == event
    if not is_known and reason:
        conversation.event(event, mine, reason=reason)
    elif not is_known:
        conversation.event(event, mine)
