"""The console before anything is known: what the static page shows, and the state that grows out of it."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def first_state() -> "dict[str, Any]":
    """What the static page shows. The build renders it, and Python adopts exactly that."""
    return {
        "screen": "loading",
        "company": "",
        "status": "",
        "language": "en",
        "languages": [],
        "language_failed": False,
        "unkept": "",
        "sign_in": {"name": "", "password": "", "busy": False, "problem": "", "retry_after": 0},
        "setup": {"name": "", "password": "", "busy": False, "problem": ""},
        "caps_lock": False,
        "change": [],
        "kept": False,
        "name": "",
        "administrator": False,
        "available": False,
        "switching": False,
        "server": True,
        "outdated": "",  # the server does not understand this page: in which words it says so
        "tab": "queue",
        "known": False,  # what there is has been told; until then nothing is called empty
        "waiting": 0,
        "behind": 0,
        "taking": False,  # somebody is being accepted: one at a time
        "problem": "",
        "key": {"busy": False, "key": "", "link": "", "left": 0, "copied": "", "problem": ""},
        "left_messages": [],
        "left_more": {"behind": 0, "asking": False},
        "recordings": None,
        "sessions": [],
        "selected": "",
        "conversation": None,
        "view": None,
    }
