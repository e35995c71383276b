"""The portal: the form that a customer fills in, before anything else of the page has arrived."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_NAME = 100
MAX_QUESTION = 2000


def first_state() -> "dict[str, Any]":
    """What the static page shows. The build renders it, and Python adopts exactly that."""
    return {
        "screen": "portal",
        "company": "",
        "greeting": "",
        "status": "",
        "nudged": False,
        "portal": {"name": "", "question": "", "issue": "", "issues": [], "busy": False, "problem": "", "again": False},
        "waiting": {"position": 0, "waited": 0, "connected": True, "leaving": False},
        "representative": "",
        "connection": "connecting",
        "server": True,
        "talk": None,
        "permissions": [],
        "sharing": None,
        "cards": [],
        "capture": "none",
        "insecure": False,
        "last_message": None,
        "ended": {"reason": "customer", "representative": "", "transcript": False},
        "unsupported": "webrtc",
        "failed": "unreachable",
    }


class Portal:
    """Takes what is typed; `pressed` says that the form was sent and waits for the rest of the page."""

    def __init__(self, state: "dict[str, Any]") -> None:
        self.state = state
        self.pressed = False

    def handle(self, action: "tuple[Any, ...]", value: "Any") -> None:
        form = self.state["portal"]
        name = action[0]
        if name in ("set_name", "set_question", "set_issue"):
            form[name[4:]] = value
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
    return ""
