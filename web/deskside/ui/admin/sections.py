"""The parts of the page: what there is, in which order, and what the preview shows beside each."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Name, icon, the screens of the customer's page that it can show, whether it holds texts by language.
SECTIONS: "tuple[tuple[str, str, tuple[str, ...], bool], ...]" = (
    ("company", "building-2", ("portal",), False),
    ("way_in", "door-open", ("portal", "agreement", "recording", "notifications"), True),
    ("queue", "hourglass", ("queue", "hold", "orphaned"), True),
    ("notices", "megaphone", ("notice",), True),
    ("survey", "star", ("survey",), True),
    ("files", "file", ("session",), False),
    ("teams", "users", ("portal",), True),
    ("people", "user", (), False),
    ("canned", "message-circle", (), True),
    ("reports", "chart-column", (), False),
    ("history", "history", (), False),
    ("transfer", "arrow-down-up", (), False),
)
NAMES = tuple([section[0] for section in SECTIONS])

# Where a field stands, by the beginning of its path; the longest one counts.
_PLACES = (
    ("company", "company", "portal"),
    ("logo", "company", "portal"),
    ("colour", "company", "portal"),
    ("languages", "company", "portal"),
    ("allowed_origins", "company", "portal"),
    ("sessions", "company", "portal"),
    ("session_start", "way_in", "portal"),
    ("agreement", "way_in", "agreement"),
    ("recording", "way_in", "recording"),
    ("hold", "queue", "hold"),
    ("orphaned", "queue", "orphaned"),
    ("reconnect", "queue", "queue"),
    ("survey", "survey", "survey"),
    ("watermark", "files", "session"),
    ("connection", "files", "session"),
    ("files", "files", "session"),
    ("teams", "teams", "portal"),
    ("issues", "teams", "portal"),
    ("canned", "canned", ""),
    ("greeting", "way_in", "portal"),
    ("agreement_title", "way_in", "agreement"),
    ("agreement_text", "way_in", "agreement"),
    ("recording_text", "way_in", "recording"),
    ("queue_greeting", "queue", "queue"),
    ("hold_message", "queue", "hold"),
    ("orphaned_message", "queue", "orphaned"),
)


def place_of(path: str) -> "tuple[str, str]":
    """The section that a field stands in, and the screen that shows it."""
    words = path.split(".")
    first = words[2] if words[0] == "texts" and len(words) > 2 else words[0]
    for name, section, screen in _PLACES:
        if first == name:
            return section, screen
    return "company", ""


def screens_of(name: str) -> "tuple[str, ...]":
    """The screens that the preview of a section can show."""
    for section in SECTIONS:
        if section[0] == name:
            return section[2]
    return ()


def has_texts(name: str) -> bool:
    """Whether the section holds texts by language."""
    return any(section[0] == name and section[3] for section in SECTIONS)


def address(name: str, path: str = "") -> str:
    """The link to a section, or to one of its fields."""
    return "#" + name + ("/" + path if path else "")


def read_address(fragment: str) -> "tuple[str, str]":
    """Section and field of a link; the first section where it names none of ours."""
    name, _, path = fragment[1:].partition("/")
    return (name, path) if name in NAMES else (NAMES[0], "")


def field_id(path: str) -> str:
    """The id of the element that a path's value is edited in."""
    return "field." + path


def first_state() -> "dict[str, Any]":
    """What the static page shows. The build renders it, and Python adopts exactly that."""
    form = {"name": "", "password": "", "busy": False, "problem": "", "retry_after": 0}
    return {
        "screen": "loading",
        "company": "",
        "status": "",
        "language": "en",
        "languages": [],
        "language_failed": False,
        "unkept": "",
        "sign_in": form,
        "setup": dict(form),
        "caps_lock": False,
        "change": [],
        "name": "",
        "administrator": False,
        "section": NAMES[0],
        "menu": False,
        "text_language": "",
        "document": None,
        "defaults": {},
        "known_languages": [],
        "start_modes": {},
        "changes": 0,
        "saving": False,
        "note": "",
        "trouble": "",
        "problems": [],
        "conflict": None,
        "open": "",
        "preview": {"open": False, "screen": "portal"},
        "notices": None,
        "notice": None,
        "people": None,
        "person": None,
        "reports": None,
        "history": None,
        "audit": [],
        "import_problem": "",
        "moments": {},
    }
