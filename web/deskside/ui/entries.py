"""From the entries of a log to those of the record."""

from ..core.messages import MAX_MESSAGE_TEXT
from ..core.schema import cleaned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

RECORDED = (
    "joined",
    "left",
    "returned",
    "handed_back",
    "nudge",
    "permission_asked",
    "permission_granted",
    "permission_denied",
    "permission_expired",
    "permission_failed",
    "permission_withdrawn",
    "permission_ended",
    "revoked",
    "sharing_started",
    "sharing_stopped",
    "recording_started",
    "recording_paused",
    "recording_resumed",
    "recording_stopped",
    "recording_unavailable",
    "ended",
)
"""The events that count; others only help to follow a conversation."""
_LONGEST_NAME = 100


def recordable(entry: "dict[str, Any]", own: str) -> "list[dict[str, Any]]":
    """What the record says of an entry so far: nothing, one thing, or of a file that it was offered and how it ended.

    `own` is the role of this page's person. Numbers come with the chain.
    """
    kind = entry["kind"]
    if kind == "event":
        return [_event(entry, own)] if entry["event"] in RECORDED else []
    if kind == "message":
        record = _stamped("message", entry, own)
        record["text"] = cleaned(entry["text"], MAX_MESSAGE_TEXT, True)
        return [record]
    offered = _stamped("file", entry, own)
    offered["text"] = cleaned(entry["name"], 255)
    offered["size"] = entry["size"]
    if entry["phase"] not in ("finished", "ended"):
        return [offered]
    ended = _stamped("file_end", entry, own)
    ended["text"] = offered["text"]
    ended["reason"] = "finished" if entry["phase"] == "finished" else entry["reason"] or "cancelled"
    return [offered, ended]


def _event(entry: "dict[str, Any]", own: str) -> "dict[str, Any]":
    record = _stamped("event", entry, own)
    record["text"] = entry["event"]
    if entry["mine"]:
        record["name"] = ""
    for name in ("permission", "lease", "surface", "reason"):
        if name in entry:
            record[name] = entry[name]
    return record


def _stamped(kind: str, entry: "dict[str, Any]", own: str) -> "dict[str, Any]":
    other = "representative" if own == "customer" else "customer"
    name = entry["name"] if kind == "event" else entry["author"]
    return {
        "kind": kind,
        "id": entry["id"],
        "at": int(entry["at"]),
        "author": own if entry["mine"] else other,
        "name": cleaned(name or "", _LONGEST_NAME),
        "text": "",
    }
