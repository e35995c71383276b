"""States of the console, as tests show it: every screen and each thing that may stand on it."""

from typing import Any

from deskside.core.recorder_messages import RECORDING_STATES, REFUSALS
from tests.ui import view_desk, view_recordings
from tests.ui.view_customer import FILE_OFFER, PERMISSIONS, talk
from tests.ui.view_entries import END_REASONS, HAPPENED, State

SESSION = {
    "session": "s1",
    "name": "Ana Pop",
    "issue": "Something is broken",
    "unread": 0,
    "last": "Of course!",
    "time": "14:04",
}


def session_item(**changes: Any) -> State:
    return SESSION | {"connection": "connected", "sharing": False, "asks": False, "ended": False} | changes


def sessions() -> list[State]:
    return [
        session_item(sharing=True),
        session_item(
            session="s2",
            name="Luis Ferreira do Nascimento",
            unread=3,
            last="Are you still there?",
            time="14:02",
            asks=True,
        ),
        session_item(session="s3", name="", connection="reconnecting", time="13:58"),
        session_item(session="s4", name="Mei Tanaka", ended=True, time="13:40"),
    ]


def desk_conversation(**changes: Any) -> State:
    return {
        "session": "s1",
        "name": "Ana Pop",
        "issue": "Something is broken",
        "question": "My invoices come out empty since the update of yesterday. The frame is there but no numbers.",
        "connection": "connected",
        "words": ["able", "bird", "corn"],
        "ended": "",
        "talk": talk(),
        "cards": [],
        "nudge": {"rest": 0, "reached": True, "receipt": None, "sent": False},
        "permissions": [],
        "request": None,
        "can_share": True,
        "recording": None,
        "panel": "",
        "canned": None,
        "notices": [],
    } | changes


def view(**changes: Any) -> State:
    return {
        "state": "live",
        "age": 0,
        "ended": False,
        "surface": "screen",
        "name": "Ana Pop",
        "since": "14:06",
        "iso": "2026-11-22T14:06:00Z",
        "seconds": 250,
        "zoom": "fit",
        "popped": False,
        "can_pop": True,
        "width": 1920,
        "height": 1080,
    } | changes


def desk(**changes: Any) -> State:
    return {
        "screen": "desk",
        "company": "Alder & Finch",
        "status": "",
        "language": "en",
        "languages": ["en", "de", "ar"],
        "language_failed": False,
        "unkept": "",
        "name": "Robin Okafor",
        "administrator": False,
        "available": True,
        "switching": False,
        "taking": False,
        "server": True,
        "outdated": "",
        "tab": "conversation",
        "known": True,
        "waiting": 3,
        "behind": 0,
        "problem": "",
        "key": view_desk.NO_KEY,
        "left_messages": [],
        "left_more": {"behind": 0, "asking": False},
        "recordings": None,
        "sessions": sessions(),
        "selected": "s1",
        "conversation": desk_conversation(),
        "view": view(),
    } | changes


def door(screen: str, **changes: Any) -> State:
    form = {"name": "", "password": "", "busy": False, "problem": "", "retry_after": 0}
    return {
        "screen": screen,
        "company": "Alder & Finch",
        "status": "",
        "language": "en",
        "languages": ["en", "de", "ar"],
        "language_failed": False,
        "unkept": "",
        "caps_lock": False,
        "change": ["proxy_set_header Host $host;", "DESKSIDE_TRUSTED_PROXIES=127.0.0.1"],
        "kept": False,
        "sign_in": form,
        "setup": form,
    } | changes


def waiter(identifier: str, **changes: Any) -> State:
    return {
        "session": identifier,
        "name": "Jonas Weber",
        "question": "The scanner is not found any more, and I have to send twelve contracts today.",
        "issue": "Something is broken",
        "team": "Workshop",
        "language": "de-AT",
        "waited": 372,
        "connected": True,
        "accepting": False,
    } | changes


def queue() -> list[State]:
    return [
        waiter("q1"),
        waiter("q2", name="", question="", issue="", team="", language="xx", waited=130),
        waiter(
            "q3",
            name="Priya Raman",
            question="I was charged twice.",
            issue="Invoices and payments",
            waited=12,
            connected=False,
        ),
        *(waiter("q4-" + removal, removal=removal) for removal in ("offered", "asks", "busy")),
    ]


def every_console_state() -> dict[str, State]:
    """Name -> state, for each screen and each thing that may stand on it."""
    idle: State = {"sessions": [], "selected": "", "conversation": None, "view": None}
    receipt = {"happened": list(HAPPENED), "muted": True}
    states = {
        "desk": desk(),
        "desk-empty": desk(**idle, waiting=0, tab="queue"),
        "desk-off": desk(**idle, waiting=0, available=False, server=False, tab="sessions"),
        "desk-queue": desk(**idle, tab="queue"),
        "desk-sessions": desk(tab="sessions", view=None),
        "desk-screen": desk(tab="screen", view=view(zoom=150)),
        "desk-popped": desk(tab="screen", view=view(popped=True, zoom=50, surface="camera")),
        "desk-asked": desk(
            conversation=desk_conversation(
                request={"permission": "view_screen", "left": 41},
                nudge={"rest": 7, "reached": True, "receipt": receipt, "sent": True},
                permissions=[
                    {"permission": name, "left": None} for name in ("view_screen", "point_and_draw", "send_files")
                ],
            ),
            view=view(state="asked"),
        ),
        "desk-file": desk(
            conversation=desk_conversation(
                cards=[FILE_OFFER | {"author": "Ana Pop"}],
                nudge={"rest": 9, "reached": False, "receipt": None, "sent": True},
                can_share=False,
                permissions=PERMISSIONS,
                request={"permission": "send_files", "left": 20},
            ),
            view=view(state="stopped"),
        ),
        "desk-requests": desk(
            conversation=desk_conversation(request={"permission": "point_and_draw", "left": 20}),
            view=view(zoom=300, state="frozen", age=12),
        ),
        "desk-still": desk(view=view(state="still", age=1, popped=True)),
        "desk-over": desk(view=view(state="stopped", ended=True)),
        "desk-end": desk(
            conversation=desk_conversation(cards=[{"kind": "end", "id": "end"}], name="", question="", issue=""),
            view=view(state="starting", width=0, height=0, name=""),
        ),
        "desk-nudged-nothing": desk(
            conversation=desk_conversation(
                nudge={"rest": 0, "reached": True, "receipt": {"happened": [], "muted": False}, "sent": True}
            ),
            view=view(state="none", can_pop=False),
        ),
        "loading": door("loading"),
        "sign_in": door("sign_in"),
        "setup": door("setup"),
        "taken_over": door("taken_over"),
        "misconfigured": door("misconfigured"),
        "unsupported": door("unsupported"),
    }
    for connection in ("connecting", "reconnecting", "unreachable"):
        item = session_item(connection=connection)
        states["desk-" + connection] = desk(sessions=[item], conversation=desk_conversation(connection=connection))
    for name, key in view_desk.key_states().items():
        states["desk-key-" + name] = desk(key=key)
    for name, canned in view_desk.canned_states().items():
        states["desk-canned-" + name] = desk(conversation=desk_conversation(panel="canned", canned=canned))
    for name, notices in (("some", view_desk.NOTICES), ("none", [])):
        states["desk-notices-" + name] = desk(conversation=desk_conversation(panel="notices", notices=notices))
    for name, shown in view_recordings.recordings_states().items():
        states["desk-recordings-" + name] = desk(recordings=shown, administrator=True)
    for state in RECORDING_STATES:
        recording = {"state": state, "reason": "", "seconds": 3725 if state in ("on", "paused") else 0}
        states["desk-recording-" + state] = desk(conversation=desk_conversation(recording=recording))
    for reason in (*REFUSALS, "lost"):
        recording = {"state": "unavailable", "reason": reason, "seconds": 0}
        states["desk-unrecorded-" + reason] = desk(conversation=desk_conversation(recording=recording))
    recording = {"state": "paused", "reason": "revoked", "seconds": 95}
    states["desk-unrecorded-revoked"] = desk(conversation=desk_conversation(recording=recording))
    states["desk-unkept"] = desk(unkept="conversation", language_failed=True)
    states["sign_in-unkept"] = door("sign_in", unkept="session", language_failed=True)
    states["desk-left"] = desk(left_messages=view_desk.LEFT_MESSAGES, administrator=True)
    states["desk-crowded"] = desk(waiting=7600, behind=7400)
    for name, asking in (("behind", False), ("asking", True)):
        more = {"behind": 1948, "asking": asking}
        states["desk-left-" + name] = desk(left_messages=view_desk.LEFT_MESSAGES, left_more=more)
    card: State = {"kind": "outdated", "id": "outdated", "why": "outdated_peer", "name": "Ana Pop"}
    states["desk-outdated_peer"] = desk(conversation=desk_conversation(cards=[card]))
    for why in ("outdated", "outdated_again"):
        states["desk-" + why] = desk(outdated=why, server=False)
    states["desk-new"] = desk(sessions=[session_item(last="", issue="")])
    for reason in (*END_REASONS, "handed_back"):
        states["desk-ended-" + reason] = desk(conversation=desk_conversation(ended=reason), view=None)
    for problem in ("gone", "limit", "not_allowed", "unreachable"):
        states["desk-problem-" + problem] = desk(problem=problem)
    form = {"name": "Robin", "password": "wrong", "busy": False, "retry_after": 30}
    for problem in (
        "wrong_credentials",
        "too_many_attempts",
        "unreachable",
        "missing",
        "signed_out",
        "refused",
        "misconfigured",
    ):
        states["sign_in-" + problem] = door("sign_in", sign_in=form | {"problem": problem})
    for problem in (
        "used",
        "name_taken",
        "bad_name",
        "bad_password",
        "password_too_short",
        "missing",
        "unreachable",
        "refused",
        "misconfigured",
        "too_many_attempts",
    ):
        states["setup-" + problem] = door("setup", setup=form | {"problem": problem, "busy": True})
    states["sign_in-caps_lock"] = door("sign_in", caps_lock=True)
    states["sign_in-kept"] = door("sign_in", kept=True)
    return states
