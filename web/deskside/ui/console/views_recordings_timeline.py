"""One moment of a recorded session: when, who and what, in the words of somebody who was not there."""

from ..views.parts import icon
from ..views.words import duration, size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ICONS = {
    "joined": "user-plus",
    "left": "unplug",
    "returned": "user-plus",
    "handed_back": "hourglass",
    "nudge": "bell-ring",
    "permission_asked": "shield",
    "permission_granted": "shield-check",
    "permission_denied": "ban",
    "permission_expired": "ban",
    "permission_failed": "triangle-alert",
    "permission_withdrawn": "shield",
    "permission_revoked": "ban",
    "permission_lapsed": "clock",
    "permission_stopped": "monitor",
    "permission_ended": "monitor",
    "revoked": "ban",
    "sharing_started": "monitor-up",
    "sharing_stopped": "monitor",
    "recording_started": "film",
    "recording_paused": "pause",
    "recording_resumed": "play",
    "recording_stopped": "film",
    "recording_unavailable": "triangle-alert",
    "ended": "log-out",
}
ENDS = ("lapsed", "stopped", "left", "withdrawn", "ended")
"""Why a permission ended; recordings of earlier builds have an event of its own for some of them."""
PERMISSIONS = ("view_screen", "point_and_draw", "send_files")
SURFACES = ("screen", "camera")
OUTCOMES = (
    "finished",
    "declined",
    "cancelled",
    "too_large",
    "forbidden_type",
    "no_space",
    "vanished",
    "corrupt",
    "busy",
    "expired",
    "revoked",
)


def position(milliseconds: "float | int") -> str:
    """A place in a recording, as players write it: minutes and seconds, hours where there are any."""
    seconds = max(0, int(milliseconds)) // 1000
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes}:{seconds % 60:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds % 60:02d}"


def entry_who(entry: "dict[str, Any]", about: "dict[str, Any]", t: "Any") -> str:
    """Who did it: the name of then, else that of the recording's customer or representative."""
    author = entry["author"] if entry["author"] == "representative" else "customer"
    return str(entry["name"] or about[author] or t("recordings.who." + author))


def entry_text(entry: "dict[str, Any]", who: str, t: "Any") -> str:
    """What was written, or the sentence of what happened."""
    kind = entry["kind"]
    if kind == "message":
        return str(entry["text"])
    if kind == "file":
        return str(t("recordings.file", name=who, file=entry["text"], size=size(entry.get("size") or 0, t)))
    if kind == "file_end":
        reason = entry.get("reason", "")
        return str(t("recordings.file." + (reason if reason in OUTCOMES else "cancelled"), file=entry["text"]))
    return _event_text(entry, who, t)


def _event_text(entry: "dict[str, Any]", who: str, t: "Any") -> str:
    event = entry["text"]
    if event not in ICONS:
        return str(t("recordings.event.unknown", event=event))
    values = {"name": who}
    permission = entry.get("permission")
    if permission is not None:
        known = permission in PERMISSIONS
        values["permission"] = str(t("recordings.permission." + permission)) if known else permission
    surface = entry.get("surface")
    if surface is not None:
        values["surface"] = str(t("recordings.surface." + surface)) if surface in SURFACES else surface
    key = "recordings.event." + event
    if event == "permission_ended" and entry.get("reason") in ENDS:
        key += "." + entry["reason"]
    text = str(t(key, **values))
    if event == "permission_granted" and entry.get("lease") is not None:
        length = entry["lease"]
        text += " " + str(t("event.lease", time=duration(length, t)) if length else t("event.lease.session"))
    return text


def timeline_row(
    row: "dict[str, Any]", marks: "list[tuple[int, int]]", is_present: bool, t: "Any"
) -> "tuple[Any, ...]":
    """A row of the timeline: an entry or a part, which can be pressed, or what was not recorded."""
    if row["kind"] == "gap":
        return (
            "li",
            {"key": row["key"], "class": "moment gap"},
            ("p", {}, icon("pause"), ("span", {}, t("recordings.gap", time=duration(row["seconds"], t)))),
        )
    inside = _part(row, t) if row["kind"] == "part" else _entry(row, marks, t)
    return (
        "li",
        {"key": row["key"], "id": "moment-" + row["key"], "class": "moment"},
        (
            "button",
            {
                "type": "button",
                "class": "moment-button of-" + row["kind"] + (" present" if is_present else ""),
                "aria-current": "true" if is_present else None,
                "on_click": ("jump", row["key"]),
            },
            ("span", {"class": "moment-at"}, position(row["offset"])),
            inside,
        ),
    )


def _part(row: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return ("span", {"class": "moment-part"}, t("recordings.part_begins", number=row["part"]))


def _entry(row: "dict[str, Any]", marks: "list[tuple[int, int]]", t: "Any") -> "tuple[Any, ...]":
    entry = row["entry"]
    said = ("span", {"class": "moment-text", "dir": "auto"}, _marked(row["text"], marks))
    unproved = _unproved(t) if entry.get("unproved") else None
    if entry["kind"] == "message":
        return (
            "span",
            {"class": "moment-message"},
            ("bdi", {"class": "moment-who who-" + entry["author"], "translate": "no"}, row["who"]),
            ("span", {"class": "visually-hidden"}, t("list.separator")),
            said,
            unproved,
        )
    # Its sentence says who.
    symbol = ICONS.get(entry["text"], "info") if entry["kind"] == "event" else "file"
    return ("span", {"class": "moment-event"}, icon(symbol), said, unproved)


def _unproved(t: "Any") -> "tuple[Any, ...]":
    return (
        "span",
        {"class": "moment-unproved"},
        ("span", {"class": "visually-hidden"}, t("list.separator")),
        icon("triangle-alert"),
        ("span", {}, t("recordings.unproved")),
    )


def _marked(text: str, marks: "list[tuple[int, int]]") -> "list[Any]":
    """The text with what was looked for marked."""
    pieces: "list[Any]" = []
    at = 0
    for start, end in marks:
        pieces.append(text[at:start])
        pieces.append(("mark", {"key": str(start)}, text[start:end]))
        at = end
    pieces.append(text[at:])
    return pieces
