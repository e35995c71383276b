"""States of the way in and the way out: every step, waiting in all its forms, the survey, notices and watermarks."""

from typing import Any

from tests.ui.view_customer import customer, ended, waiting
from tests.ui.view_entries import State

TEXT = (
    "**What happens here.** Somebody of {company} writes with you, {customer}.\n\n"
    "You can [read more](https://example.com/privacy) or see https://example.com.\n\n"
    "Number {position}, {wait}, {issue}."
)
FORM = {"open": False, "text": "", "contact": "", "busy": False, "problem": ""}
MESSAGE_PROBLEMS = (
    "empty", "too_long", "contact_too_long", "unreachable", "refused", "too_many_messages", "messages_full",
)  # fmt: skip
REDIRECT = {"url": "https://example.com/help", "host": "example.com", "left": 12}
NOTICE_CARD = {"kind": "notice", "id": "n1", "title": "No mail since nine", "text": "We know, {customer}."}
SHEETS: dict[str, State] = {
    "notifications": {"text": ""},
    "agreement": {"title": "Before we start", "left": 291},
    "recording": {"left": 60},
    "notice": {"title": "No mail since nine", "about": "n1"},
    "start": {},
}
DOWNLOADS = [{"system": system, "url": f"/download/{system}"} for system in ("linux", "windows", "macos", "unknown")]
QUESTIONS = [
    {"question": "q1", "kind": "rating", "text": "How happy are you?", "choices": []},
    {
        "question": "q2",
        "kind": "choice",
        "text": "Was it solved?",
        "choices": [{"choice": "yes", "text": "Completely"}, {"choice": "no", "text": "Not yet"}],
    },
    {"question": "q3", "kind": "text", "text": "What else?", "choices": []},
]
WAITS = {
    "moment": {"low": 10, "high": 60},
    "up-to": {"low": 20, "high": 100},
    "about": {"low": 300, "high": 295},
    "minutes": {"low": 240, "high": 540},
    "hours": {"low": 3700, "high": 9000},
    "up-to-hours": {"low": 1800, "high": 9000},
    "about-hours": {"low": 7300, "high": 7201},
}


def step(kind: str, **changes: Any) -> State:
    """A step as the page holds it."""
    return {
        "step": kind,
        "about": "",
        "title": "",
        "text": TEXT,
        "left": None,
        "busy": False,
        "hold": None,
        "redirect": None,
        "message": None,
    } | changes


def survey(**changes: Any) -> State:
    return {
        "questions": QUESTIONS,
        "answers": {"q1": "4", "q2": "", "q3": "Nothing"},
        "busy": False,
        "problem": "",
    } | changes


def every_way_state() -> dict[str, State]:
    """Name -> state."""
    states = {kind: customer(kind, step=step(kind, **fields)) for kind, fields in SHEETS.items()}
    states |= {
        kind + "-busy": customer(kind, step=step(kind, **fields | {"busy": True}), waiting=waiting(connected=False))
        for kind, fields in SHEETS.items()
    }
    for kind in ("agreement", "recording"):
        states[kind + "-late"] = customer(kind, step=step(kind, left=0))
    for system in ("linux", "unknown"):
        mode = {"chooses": True, "downloads": DOWNLOADS, "system": system}
        states["start-" + system] = customer("start", start_mode=mode, step=step("start", title="Get it", text=""))
    states["waiting-greeted"] = customer("waiting", step=step("queue"))
    states["waiting-notice"] = customer("waiting", step=step("notice", title="No mail since nine"))
    for name, wait in WAITS.items():
        states["waiting-" + name] = customer("waiting", step=step("queue"), waiting=waiting(wait=wait))
    states["orphaned"] = customer("waiting", step=step("orphaned", redirect=REDIRECT, message=FORM))
    states["orphaned-plain"] = customer("waiting", step=step("orphaned", title="Closed"))
    form = FORM | {"open": True, "text": "Call me"}
    states["orphaned-message"] = customer("waiting", step=step("orphaned", message=form))
    for problem in MESSAGE_PROBLEMS:
        states["orphaned-" + problem] = customer("waiting", step=step("orphaned", message=form | {"problem": problem}))
    states["session-notice"] = customer("session", cards=[NOTICE_CARD])
    states["session-watermark"] = customer("session", watermark={"text": "Alder & Finch", "image": ""})
    states["session-image"] = customer("session", watermark={"text": "", "image": "data:image/png;base64,AAAA"})
    states["portal-logo"] = customer("portal", logo="/api/logo?v=1", greeting=TEXT)
    states["survey"] = customer("survey", survey=survey())
    for problem in ("unreachable", "refused", "too_long"):
        states["survey-" + problem] = customer("survey", survey=survey(problem=problem, busy=problem == "unreachable"))
    states["ended-thanked"] = customer("ended", ended=ended("representative", thanked=True))
    gone = ended("orphaned", representative="", transcript=False, goes_to="https://example.com/help")
    states["ended-goes-on"] = customer("ended", ended=gone)
    return states
