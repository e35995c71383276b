"""Entries of a log, as tests show them: every kind, from both sides."""

from typing import Any

State = dict[str, Any]
END_REASONS = (
    "customer",
    "representative",
    "left_queue",
    "customer_gone",
    "representative_gone",
    "taken_over",
    "notice",
)
PERMISSION_ENDS = ("lapsed", "stopped", "left", "withdrawn", "ended")
PHASES = ("offered", "moving", "paused", "interrupted", "again", "checking", "finished")
FILE_REASONS = (
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
EVENTS = (
    "waiting",
    "joined",
    "left",
    "returned",
    "nudge",
    "nudge_receipt",
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
    "file_offered",
    "file_declined",
    "file_sent",
    "file_received",
    "file_failed",
    "reconnecting",
    "reconnected",
    "handed_back",
    "recording_started",
    "recording_paused",
    "recording_resumed",
    "recording_stopped",
    "recording_unavailable",
    "ended",
)
HAPPENED = ("focus", "jiggle", "outline", "sound", "title", "vibration", "notification")


def message(identifier: str, text: str, mine: bool = False, **changes: Any) -> State:
    return {
        "kind": "message",
        "id": identifier,
        "mine": mine,
        "author": "You" if mine else "Robin Okafor",
        "time": "14:03",
        "iso": "2026-11-22T14:03:00Z",
        "text": text,
        "state": "read" if mine else "",
    } | changes


def event(code: str, mine: bool = False, **changes: Any) -> State:
    values: State = {
        "kind": "event",
        "id": "e-" + code + str(mine),
        "time": "14:04",
        "iso": "2026-11-22T14:04:00Z",
        "event": code,
        "mine": mine,
        "name": "Robin Okafor",
    }
    if code.startswith("permission_"):
        values["permission"] = "view_screen"
    if code == "permission_ended":
        values["reason"] = "left"
    if code.startswith("file_"):
        values["file"] = "invoice.pdf"
    if code == "sharing_started":
        values["surface"] = "screen"
    if code == "permission_granted":
        values["lease"] = 900
    if code == "nudge_receipt":
        values |= {"happened": ["focus", "jiggle", "sound"], "muted": False}
    if code == "ended":
        values["reason"] = "customer"
    return values | changes


def file(identifier: str, phase: str, mine: bool = False, **changes: Any) -> State:
    return {
        "kind": "file",
        "id": identifier,
        "mine": mine,
        "author": "You" if mine else "Robin Okafor",
        "time": "14:05",
        "iso": "2026-11-22T14:05:00Z",
        "name": "error-log-of-the-whole-week.zip",
        "size": 48_300_000,
        "mime": "application/zip",
        "done": 31_200_000,
        "phase": phase,
        "speed": 4_200_000 if phase == "moving" else None,
        "left": 4 if phase == "moving" else None,
        "reason": "",
        "saveable": False,
        "held": True,
    } | changes


def entries() -> list[State]:
    """A conversation with something of everything."""
    return [
        event("joined"),
        message("m1", "Hello Ana, I am Robin. I read that your invoices come out empty. Since when does that happen?"),
        message("m2", "Since yesterday, after the update. It prints the frame but nothing inside.", True),
        message(
            "m3",
            "Understood. Others had it too: https://example.org/help/empty-invoices (please change nothing yet).",
        ),
        message("m4", "May I have a look?"),
        event("permission_asked"),
        event("permission_granted", True),
        event("sharing_started", True),
        message("m5", "Of course!", True, state="delivered"),
        file("t1", "moving", True),
        file("t2", "finished", saveable=True, name="settings.pdf", size=182_000),
        event("nudge"),
        message("m6", "Sorry, I was away from the desk for a minute.\nI am back now.", True, state="sending"),
    ]


def every_entry() -> list[State]:
    """Each kind of entry, from both sides."""
    found = [
        message("a", "Plain"),
        *(message(state, "Mine", True, state=state) for state in ("sending", "delivered", "read")),
    ]
    for mine in (True, False):
        found += [event(code, mine) for code in EVENTS]
        found += [event("ended", mine, reason=reason) for reason in END_REASONS]
        found += [event("permission_ended", mine, reason=reason) for reason in PERMISSION_ENDS]
        found += [file(phase, phase, mine) for phase in PHASES]
        found.append(file("held-there", "paused", mine, held=False))
        found += [file(reason, "ended", mine, reason=reason) for reason in FILE_REASONS]
        found += [
            event("permission_asked", mine, permission=name) for name in ("view_screen", "point_and_draw", "send_files")
        ]
    found.append(event("permission_granted", lease=0))
    found.append(event("sharing_started", surface="camera"))
    found.append(event("nudge_receipt", happened=list(HAPPENED), muted=True))
    found.append(event("nudge_receipt", happened=[]))
    found.append(event("notice_sent", True, notice="Printing is down"))
    found.append(event("notice_gone", True))
    found.append(file("s", "finished", saveable=True, size=0, name="empty"))
    return found
