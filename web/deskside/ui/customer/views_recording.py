"""The recording on the customer's page: whether there is one, why not, and what the customer can do about it."""

from ..views.parts import button
from ..views.recording import recording_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FINAL = "recorded-final"


def recording_bar(recording: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The line, the reason where there is one, and the buttons of whoever has allowed it."""
    state = recording["state"]
    why = _why(recording, t)
    return (
        "div",
        {"key": "recording", "class": "recorded-bar"},
        recording_line(recording, t),
        ("p", {"key": "why", "class": "recorded-why"}, why) if why else None,
        _buttons(state, t) if state in ("starting", "on", "unavailable", "paused") else None,
    )


def _why(recording: "dict[str, Any]", t: "Any") -> str:
    state = recording["state"]
    if state == "unavailable":
        return str(t("recording.why." + recording["reason"]))
    if state == "paused":
        return str(t("recording.why.revoked" if recording["reason"] == "revoked" else "recording.why.paused"))
    return ""


def _buttons(state: str, t: "Any") -> "tuple[Any, ...]":
    """`Stop recording` takes one press; that it is final stands beside it."""
    if state == "paused":
        other = button(t("recording.resume"), ("resume_recording",), "secondary small", "play", {"key": "resume"})
    else:
        other = button(t("recording.pause"), ("pause_recording",), "secondary small", "pause", {"key": "pause"})
    stop = {"key": "stop", "aria-describedby": _FINAL}
    return (
        "div",
        {"key": "buttons", "class": "recorded-buttons"},
        other,
        button(t("recording.stop"), ("stop_recording",), "secondary small", "ban", stop),
        ("small", {"key": "final", "id": _FINAL}, t("recording.final")),
    )
