"""Whether a session is recorded, in words: one line for both sides."""

from .parts import icon
from .words import duration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ICONS = {
    "starting": "hourglass",
    "on": "circle-dot",
    "paused": "pause",
    "stopped": "ban",
    "unavailable": "triangle-alert",
    "refused": "ban",
    "off": "ban",
}


def recording_reason(recording: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """Why nothing is recorded, where there is more to say than that."""
    if recording["state"] not in ("unavailable", "paused") or not recording["reason"]:
        return None
    return ("p", {"key": "why", "class": "recorded-why"}, t("recording.why." + recording["reason"]))


def recording_line(recording: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """What is now, and for how long it was on. Nothing here is read out by itself: the time changes too often."""
    state = recording["state"]
    seconds = recording["seconds"]
    timed = state == "on" or seconds > 0
    return (
        "p",
        {"key": "recording", "class": "recorded recorded-" + state},
        icon(_ICONS[state]),
        ("strong" if state == "on" else "span", {"class": "recorded-state"}, t("recording.state." + state)),
        " " if timed else None,
        ("span", {"class": "since"}, duration(seconds, t)) if timed else None,
    )
