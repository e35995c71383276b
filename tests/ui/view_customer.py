"""States of the customer's page, as tests show it: every screen and each thing that may stand on it."""

from typing import Any

from deskside.core.recorder_messages import RECORDING_STATES
from tests.ui.view_entries import END_REASONS, State

ISSUES = [{"id": "i1", "name": "Invoices and payments"}, {"id": "i2", "name": "Something is broken"}]
FILE_OFFER = {
    "kind": "file_offer",
    "id": "f1",
    "author": "Robin Okafor",
    "name": "printer-driver-settings-2026.pdf",
    "size": 2_480_000,
    "mime": "application/pdf",
    "problem": "",
}
FILE_AGAIN = {"kind": "file_again", "id": "f2", "name": "error-log.zip", "size": 48_300_000, "problem": ""}
RECORDING = {"state": "off", "reason": "", "seconds": 0}
UNAVAILABLE = ("missing", "full", "no_room", "not_allowed", "bad_offer", "failed", "lost")
SHARING = {"surface": "screen", "since": "14:06", "iso": "2026-11-22T14:06:00Z", "seconds": 250, "window": "closed"}
LAST_MESSAGE = {
    "mine": False,
    "author": "Robin Okafor",
    "text": "Please open the settings and look for Printing.",
    "time": "14:09",
    "iso": "2026-11-22T14:09:00Z",
}
REVOKED: State = {"kind": "revoked", "id": "revoked", "stopped": True, "recording": False}
PERMISSIONS = [{"permission": "view_screen", "left": 642}, {"permission": "point_and_draw", "left": None}]
PORTAL_PROBLEMS = (
    "unreachable",
    "misconfigured",
    "held",
    "closed",
    "name_too_long",
    "question_too_long",
    "not_allowed",
    "incomplete_key",
    "unknown_key",
    "unknown_issue",
    "blocked",
)
ENDS_WITHOUT_ANYBODY = (
    "left_queue",
    "left_early",
    "declined",
    "agreement_timeout",
    "orphaned",
    "message_left",
    "removed",
)
PROBLEM_CARDS = (
    "capture_failed",
    "capture_denied",
    "sound_blocked",
    "window_failed",
    "save_failed",
    "storage_full",
    "file_failed",
)
TALK_PROBLEMS = (
    "too_long",
    "full",
    "file_too_large",
    "file_forbidden",
    "file_empty",
    "too_many_files",
    "folder",
    "not_connected",
)


def talk(**changes: Any) -> State:
    return {
        "session": "s1",
        "draft": "",
        "text_size": 1,
        "muted": False,
        "other": "Robin Okafor",
        "typing": False,
        "unseen": 0,
        "problem": "",
        "dropping": False,
    } | changes


def customer(screen: str, **changes: Any) -> State:
    return {
        "screen": screen,
        "company": "Alder & Finch",
        "greeting": "Good to see you. Tell us what is wrong, and somebody joins you in a moment.",
        "status": "",
        "language": "en",
        "languages": ["en", "de", "ar"],
        "language_failed": False,
        "unkept": "",
        "nudged": False,
        "logo": "",
        "portal": portal(),
        "step": None,
        "start_mode": {"chooses": False, "downloads": [], "system": "unknown"},
        "waiting": waiting(),
        "representative": "Robin Okafor",
        "connection": "connected",
        "words": ["able", "bird", "corn"],
        "server": True,
        "talk": talk(),
        "permissions": [],
        "sharing": None,
        "recording": RECORDING,
        "cards": [],
        "capture": "screen",
        "insecure": False,
        "last_message": None,
        "watermark": {"text": "", "image": ""},
        "survey": {"questions": [], "answers": {}, "busy": False, "problem": ""},
        "ended": ended("customer"),
        "unsupported": "webrtc",
        "failed": "unreachable",
        "change": ["proxy_set_header Host $host;", "DESKSIDE_TRUSTED_PROXIES=127.0.0.1"],
    } | changes


def waiting(**changes: Any) -> State:
    found = {"position": 3, "waited": 95, "wait": None, "connected": True, "leaving": False, "settled": False}
    return found | changes


def ended(reason: str, **changes: Any) -> State:
    end = {"reason": reason, "representative": "Robin Okafor", "transcript": True, "goes_to": "", "thanked": False}
    return end | changes


def portal(**changes: Any) -> State:
    return {
        "name": "",
        "question": "",
        "issue": "",
        "key": "",
        "issues": ISSUES,
        "again": False,
        "busy": False,
        "problem": "",
    } | changes


def permission_card(permission: str, **changes: Any) -> State:
    return {
        "kind": "permission",
        "id": "p-" + permission,
        "permission": permission,
        "name": "Robin Okafor",
        "left": 48,
        "lease": "900",
        "can": True,
    } | changes


def every_customer_state() -> dict[str, State]:
    """Name -> state, for each screen and each thing that may stand on it."""
    session = "session"
    all_cards = [
        permission_card("view_screen"),
        permission_card("point_and_draw"),
        permission_card("send_files"),
        permission_card("view_screen", id="c", can=False),
        FILE_OFFER,
        {"kind": "share_again", "id": "share_again", "name": ""},
    ]
    problems = [{"kind": "problem", "id": name, "problem": name} for name in PROBLEM_CARDS]
    alone: State = {"kind": "alone", "id": "alone", "name": "Robin", "can": True, "busy": False}
    states = {
        "portal": customer("portal"),
        "portal-static": customer("portal", ready=False, greeting="", portal=portal(issues=[])),
        "portal-busy": customer("portal", portal=portal(busy=True, name="Ana Pop", issue="i2")),
        "portal-no-language": customer("portal", language_failed=True),
        "waiting": customer("waiting"),
        "waiting-unkept": customer("waiting", unkept="session"),
        "session-unkept": customer(session, unkept="conversation", language_failed=True),
        "portal-unkept": customer("portal", unkept="draft"),
        "waiting-first": customer("waiting", waiting=waiting(position=1, waited=3725)),
        "waiting-lost": customer("waiting", waiting=waiting(position=0, waited=1, connected=False, leaving=True)),
        "session": customer(session, talk=talk(typing=True)),
        "session-sharing": customer(session, sharing=SHARING, permissions=PERMISSIONS, talk=talk(unseen=2, muted=True)),
        "session-camera": customer(
            session, sharing=SHARING | {"surface": "camera", "window": "open"}, capture="camera"
        ),
        "session-permission": customer(session, cards=[permission_card("view_screen")]),
        "session-file": customer(session, cards=[FILE_OFFER], capture="camera"),
        "session-revoked": customer(session, cards=[REVOKED]),
        "session-revoked-idle": customer(session, cards=[REVOKED | {"stopped": False}]),
        "session-revoked-recording": customer(
            session,
            cards=[REVOKED | {"recording": True}],
            recording={"state": "paused", "reason": "revoked", "seconds": 95},
        ),
        "session-alone": customer(session, cards=[alone], connection="reconnecting"),
        "session-alone-busy": customer(session, cards=[alone | {"busy": True, "name": ""}], connection="reconnecting"),
        "session-alone-unreachable": customer(
            session, cards=[alone | {"can": False}], connection="unreachable", server=False
        ),
        "session-file-again": customer(session, cards=[FILE_AGAIN]),
        "session-file-trouble": customer(
            session, cards=[FILE_OFFER | {"problem": "no_room"}, FILE_AGAIN | {"problem": "other_file"}]
        ),
        "session-end": customer(session, cards=[{"kind": "end", "id": "end"}]),
        "session-again": customer(session, cards=[{"kind": "share_again", "id": "share_again", "name": "Robin"}]),
        "session-cards": customer(session, cards=all_cards, capture="camera"),
        "session-problems": customer(
            session, cards=[permission_card("view_screen", can=False), *problems], capture="none"
        ),
        "session-insecure": customer(session, capture="none", insecure=True),
        "session-nudged": customer(session, nudged=True, talk=talk(dropping=True, text_size=4)),
        "session-away": customer(session, server=False, talk=talk(text_size=0)),
        "session-nobody": customer(session, representative="", connection="connecting"),
    }
    for state in RECORDING_STATES:
        recording = {"state": state, "reason": "", "seconds": 0 if state in ("starting", "refused", "off") else 754}
        if state != "unavailable":
            states["session-recording-" + state] = customer(session, recording=recording, sharing=SHARING)
    for reason in UNAVAILABLE:
        recording = {"state": "unavailable", "reason": reason, "seconds": 0}
        states["session-unrecorded-" + reason] = customer(session, recording=recording)
    for connection in ("reconnecting", "unreachable"):
        states["session-" + connection] = customer(session, connection=connection)
    for problem in TALK_PROBLEMS:
        states["talk-" + problem] = customer(session, talk=talk(problem=problem, draft="What I typed"))
    for problem in PORTAL_PROBLEMS:
        states["portal-" + problem] = customer("portal", portal=portal(problem=problem, name="Ana", question="Help"))
    for reason in END_REASONS:
        states["ended-" + reason] = customer("ended", ended=ended(reason))
    for reason in ENDS_WITHOUT_ANYBODY:
        states["ended-" + reason] = customer("ended", ended=ended(reason, representative="", transcript=False))
    for why in ("webrtc", "insecure", "engine"):
        states["unsupported-" + why] = customer("unsupported", unsupported=why)
    for why in ("unreachable", "misconfigured", "held", "page_error", "outdated", "outdated_again"):
        states["failed-" + why] = customer("failed", failed=why)
    states["taken_over"] = customer("taken_over")
    for screen in ("waiting", session):
        for why in ("outdated", "outdated_again", "outdated_peer"):
            card = {"kind": "outdated", "id": "outdated", "why": why, "name": "Robin"}
            states[f"{screen}-{why}"] = customer(screen, cards=[card], talk=talk(draft="What I typed"))
    return states
