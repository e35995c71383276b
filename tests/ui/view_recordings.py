"""States of the recordings, as tests show them: the list, and one that is watched."""

from typing import Any

from tests.ui.view_entries import PERMISSION_ENDS, State

EVENTS = (
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
    "permission_revoked",
    "permission_lapsed",
    "permission_stopped",
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
    "something_new",
)
LIST: State = {"search": "", "found": "ready", "count": 2, "more": False, "watched": None}


def about(**changes: Any) -> State:
    return {
        "id": "r1",
        "customer": "Ana Pop",
        "representative": "Robin Okafor",
        "time": "22 Nov 2026, 14:06",
        "iso": "2026-11-22T14:06:00Z",
        "seconds": 754,
        "size": 18_400_000,
        "state": "finished",
        "kept": "22 Dec 2026",
        "kept_iso": "2026-12-22T14:06:00Z",
    } | changes


def player(**changes: Any) -> State:
    return {
        "picture": "ready",
        "part": 1,
        "parts": 2,
        "captions": False,
        "captions_address": "/api/recordings/r1/1.vtt?language=en",
        "speed": "1",
        "speeds": ("0.5", "1", "2"),
        "at": 61_500,
        "length": 3_754_000,
        "time": "14:07",
        "iso": "2026-11-22T14:07:01Z",
        "search": "",
        "shown": 12,
        "entries": 12,
        "is_full": False,
        "is_unproved": False,
        "following": True,
    } | changes


def watched(**changes: Any) -> State:
    return {
        "recording": "r1",
        "found": "ready",
        "about": about(),
        "player": player(),
        "may_download": True,
        "may_delete": True,
        "asks": False,
        "busy": False,
        "problem": "",
        "views": None,
        "parts": [{"number": 1, "size": 9_000_000, "address": "/api/recordings/r1/1.webm?download=1"}],
    } | changes


def row(number: int, **entry: Any) -> State:
    """An entry of the timeline as a row."""
    made = {"number": number, "kind": "event", "author": "customer", "name": "", "text": "joined"} | entry
    return {"key": f"entry-{number}", "kind": "entry", "offset": number * 1000, "entry": made, "who": "Ana Pop"}


def rows() -> list[State]:
    """Every kind of row."""
    entries: list[State] = [
        {"text": event, "permission": "view_screen", "lease": 900 if at % 2 else 0, "surface": "screen"}
        for at, event in enumerate(EVENTS)
    ]
    ends = {"text": "permission_ended", "permission": "view_screen"}
    entries += [ends | {"reason": reason} for reason in PERMISSION_ENDS]
    entries += [
        {"kind": "message", "text": "My invoices come out empty.", "author": "customer"},
        {"kind": "message", "text": "Let me see.", "author": "representative", "name": "Robin Okafor"},
        {"kind": "message", "text": "I pay you 1000.", "author": "representative", "unproved": True},
        {"text": "nudge", "author": "representative", "unproved": True},
        {"kind": "file", "text": "invoice.pdf", "size": 2_000_000},
        {"kind": "file_end", "text": "invoice.pdf", "reason": "finished"},
    ]
    return [
        {"key": "part-2", "kind": "part", "part": 2, "offset": 60_000},
        {"key": "gap-2", "kind": "gap", "offset": 40_000, "seconds": 190},
        *(row(at, **entry) for at, entry in enumerate(entries, 1)),
    ]


def recordings_states() -> dict[str, State]:
    """What may stand in the place of the panes."""
    nothing: State = {"count": 0}
    states = {
        "list": LIST,
        "more": LIST | {"more": True},
        "loading": LIST | nothing | {"found": "loading"},
        "failed": LIST | nothing | {"found": "failed"},
        "none": LIST | nothing,
        "not_found": LIST | nothing | {"search": "zebra"},
    }
    viewed = [{"name": "Robin Okafor", "kind": kind, "time": "23 Nov 2026, 09:10", "iso": "2026-11-23T09:10:00Z"}
              for kind in ("viewed", "downloaded", "deleted")]  # fmt: skip
    by_itself = {"name": "", "kind": "retention", "time": "22 Dec 2026, 14:06", "iso": "2026-12-22T14:06:00Z"}
    parts = watched()["parts"]
    looked_at = {
        "watched": watched(),
        "plain": watched(may_download=False, may_delete=False, player=player(parts=1, search="zebra", shown=0)),
        "parts": watched(parts=[*parts, parts[0] | {"number": 2}], player=player(following=False, shown=0, entries=0)),
        "live": watched(about=about(state="recording", seconds=0, kept="", representative="")),
        "found": watched(player=player(search="invoice", shown=3)),
        "unproved": watched(player=player(is_unproved=True)),
        "no_picture": watched(player=player(picture="none", captions=True)),
        "picture_failed": watched(player=player(picture="failed")),
        "asks": watched(asks=True),
        "views": watched(views={"found": "ready", "list": [*viewed, by_itself]}),
        "nothing": watched(player=None),
        "deleted": watched(player=None, found="deleted", parts=[], about=about(state="deleted", customer="")),
    }
    for problem in ("unreachable", "refused", "busy"):
        looked_at["problem-" + problem] = watched(asks=True, busy=True, problem=problem)
    for found in ("loading", "failed", "ready"):
        looked_at["views-" + found] = watched(views={"found": found, "list": []})
    for found in ("loading", "failed", "gone"):
        looked_at["watched-" + found] = {"recording": "r1", "found": found, "about": None, "player": None}
    return states | {name: LIST | {"watched": one} for name, one in looked_at.items()}
