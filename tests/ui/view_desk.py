"""States of what representatives reach for: session keys, messages left, panels above the composer."""

from tests.ui.view_entries import State

NO_KEY: State = {"busy": False, "key": "", "link": "", "left": 0, "copied": "", "problem": ""}
KEY: State = NO_KEY | {"key": "ABCD2345", "link": "https://support.example.com/?key=ABCD2345", "left": 840}
LEFT_MESSAGES: list[State] = [
    {
        "id": "m1",
        "name": "Ana Pop",
        "contact": "ana@example.org",
        "text": "The printer prints empty pages.\nPlease write to me.",
        "issue": "Something is broken",
        "at": 1,
        "time": "22 Nov 2026, 14:06",
        "iso": "2026-11-22T14:06:00Z",
        "finishing": False,
    },
    {
        "id": "m2",
        "name": "",
        "contact": "",
        "text": "Hello?",
        "issue": "",
        "at": 2,
        "time": "22 Nov 2026, 14:08",
        "iso": "2026-11-22T14:08:00Z",
        "finishing": True,
    },
]
NOTICES: list[State] = [
    {"notice": "n1", "name": "Printing is down", "team": ""},
    {"notice": "n2", "name": "Invoices are late", "team": "Billing"},
]
CANNED: State = {
    "search": "",
    "messages": [
        {"id": "c1", "name": "Greeting", "text": "Hello Ana Pop, how can I help?"},
        {"id": "c2", "name": "Restart", "text": "Please switch the device off and on again."},
    ],
    "found": "ready",
    "is_empty": False,
}


def canned_states() -> dict[str, State]:
    """The panel of canned messages with and without something in it."""
    nothing: State = {"messages": []}
    return {
        "some": CANNED,
        "not_found": CANNED | nothing | {"search": "zebra"},
        "none": CANNED | nothing | {"is_empty": True},
        "loading": CANNED | nothing | {"found": "loading", "is_empty": True},
        "failed": CANNED | nothing | {"found": "failed", "is_empty": True},
    }


def key_states() -> dict[str, State]:
    """The session key in every state."""
    states: dict[str, State] = {"made": KEY, "busy": NO_KEY | {"busy": True}, "over": KEY | {"left": 0}}
    for copied in ("link", "key"):
        states["copied-" + copied] = KEY | {"copied": copied}
    for problem in ("too_many", "refused", "unreachable"):
        states[problem] = NO_KEY | {"problem": problem}
    return states | {"copy": KEY | {"problem": "copy"}}
