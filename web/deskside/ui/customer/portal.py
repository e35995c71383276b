"""The portal: the form that a customer fills in, before anything else of the page has arrived."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_NAME = 100
MAX_QUESTION = 2000
KEY_LENGTH = 8
PORTAL_DRAFTS = ("name", "question", "issue", "key")
"""The fields that outlive a reload of the page."""


def first_state() -> "dict[str, Any]":
    """What the static page shows. The build renders it, and Python adopts exactly that."""
    return {
        "screen": "portal",
        "company": "",
        "logo": "",
        "greeting": "",
        "status": "",
        "language": "en",
        "languages": [],
        "language_failed": False,
        "unkept": "",
        "nudged": False,
        "portal": {
            "name": "",
            "question": "",
            "issue": "",
            "key": "",
            "issues": [],
            "busy": False,
            "problem": "",
            "again": False,
        },
        "step": None,
        "start_mode": {"chooses": False, "downloads": [], "system": "unknown"},
        "waiting": {"position": 0, "waited": 0, "wait": None, "connected": True, "leaving": False, "settled": False},
        "representative": "",
        "connection": "connecting",
        "words": [],
        "server": True,
        "talk": None,
        "permissions": [],
        "sharing": None,
        "recording": {"state": "off", "reason": "", "seconds": 0},
        "cards": [],
        "capture": "none",
        "insecure": False,
        "last_message": None,
        "watermark": {"text": "", "image": ""},
        "survey": {"questions": [], "answers": {}, "busy": False, "problem": ""},
        "ended": {"reason": "customer", "representative": "", "transcript": False, "goes_to": "", "thanked": False},
        "unsupported": "webrtc",
        "failed": "unreachable",
    }


class Portal:
    """Takes what is typed and keeps it; `pressed` says that the form was sent and waits for the rest of the page."""

    def __init__(self, state: "dict[str, Any]", keep: "Any") -> None:
        self.state = state
        self._keep = keep
        self.pressed = False

    def handle(self, action: "tuple[Any, ...]", value: "Any") -> None:
        form = self.state["portal"]
        name = action[0]
        if name in ("set_name", "set_question", "set_issue", "set_key"):
            form[name[4:]] = value
            self._keep(name[4:], value)
            if form["problem"]:
                form["problem"] = problem(form)
        elif name == "start_chat" and not form["busy"]:
            form["problem"] = problem(form)
            if not form["problem"]:
                form["busy"] = True
                self.pressed = True


def problem(form: "dict[str, Any]") -> str:
    """What is wrong with the form, or ""."""
    if len(form["name"].strip()) > MAX_NAME:
        return "name_too_long"
    if len(form["question"].strip()) > MAX_QUESTION:
        return "question_too_long"
    if form["key"].strip() and len(key_of(form)) != KEY_LENGTH:
        return "incomplete_key"
    return ""


def key_of(form: "dict[str, Any]") -> str:
    """The session key as the server knows it, however it was written down; "" for none."""
    # Neither of these three is in a key: they are what somebody took for a letter.
    text = form["key"].upper().replace("0", "O").replace("1", "I").replace("8", "B")
    return "".join([letter for letter in text if "A" <= letter <= "Z" or "2" <= letter <= "7"])[: 2 * KEY_LENGTH]


def show_site(state: "dict[str, Any]", site: "dict[str, Any]", server: str) -> None:
    """What the site says of itself. `server` is put before its paths, for a page that lives elsewhere."""
    logo = site.get("logo", "")
    state["company"] = site["company"]
    state["greeting"] = site["greeting"]
    state["logo"] = server + logo if logo.startswith("/") else logo
    state["watermark"] = site.get("watermark", {"text": "", "image": ""})
    state["start_mode"]["chooses"] = site.get("session_start") == "customer_chooses"
    state["start_mode"]["downloads"] = site.get("downloads", [])
    form = state["portal"]
    form["issues"] = site["issues"]
    if form["issue"] not in [issue["id"] for issue in site["issues"]]:
        form["issue"] = ""
