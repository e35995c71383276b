"""The recording on the customer's page: whether there is one, why not, and what the customer can do about it."""

from ..views.parts import deliberate
from ..views.recording import recording_line, recording_reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def recording_bar(recording: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The line, the reason where there is one, and the buttons of whoever has allowed it."""
    state = recording["state"]
    return (
        "div",
        {"key": "recording", "class": "recorded-bar"},
        recording_line(recording, t),
        recording_reason(recording, t),
        _buttons(state, t) if state in ("starting", "on", "unavailable", "paused") else None,
    )


def _buttons(state: str, t: "Any") -> "tuple[Any, ...]":
    """One press ends it, for nothing is lost but what would have been recorded; the button says that it is final."""
    pause = {"key": "pause", "aria-label": t("recording.pause")}
    stop = {"key": "stop", "title": t("recording.stop.hint")}
    return (
        "div",
        {"key": "buttons", "class": "recorded-buttons"},
        deliberate(t("recording.resume"), ("resume_recording",), "secondary small", "", {"key": "resume"})
        if state == "paused"
        else deliberate(t("recording.pause.short"), ("pause_recording",), "secondary small", "", pause),
        deliberate(t("recording.stop"), ("stop_recording",), "secondary small", "", stop),
    )
