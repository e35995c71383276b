"""The customer's page: its frame, and which screen is inside."""

from ..views.foot import foot
from ..views.language import language_select
from ..views.parts import monogram, status
from .views_start import portal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


STEPS = ("start", "notifications", "agreement", "recording", "notice")


def page(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The whole page, for every state of it.

    Modules of screens that come later are imported when they are first shown: the page is usable before they
    have arrived.
    """
    screen = state["screen"]
    talking = screen in ("waiting", "session")
    return (
        "div",
        {"id": "page", "class": "page screen-" + screen + (" nudged" if state["nudged"] else "")},
        _revoke(t) if screen == "session" else None,
        _session_header(state, t) if screen == "session" else _header(state, t),
        _talk(state, t) if talking else _sheet(state, t),
        foot(state, t),
        status(state["status"]),
        _watermark(state) if screen == "session" else None,
    )


def _header(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return (
        "header",
        {"key": "header", "class": "brand"},
        ("img", {"key": "logo", "class": "logo", "src": state["logo"], "alt": ""})
        if state["logo"]
        else monogram(state["company"]),
        ("p", {"class": "company", "translate": "no"}, state["company"]),
        language_select(state, t),
    )


def _sheet(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """One thing at a time, on one sheet."""
    screen = state["screen"]
    key = screen
    if screen == "portal":
        inside = portal(state, t)
    elif screen in STEPS:
        from .views_way import step_key, step_screen

        key = step_key(state)
        inside = step_screen(state, t)
    elif screen == "survey":
        from .views_survey import survey

        inside = survey(state, t)
    else:
        from .views_end import SCREENS

        inside = SCREENS[screen](state, t)
    return ("main", {"key": key, "class": "sheet"}, inside)


def _watermark(state: "dict[str, Any]") -> "tuple[Any, ...] | None":
    from .views_session import watermark

    return watermark(state["watermark"])


def _session_header(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    from .views_session import session_header

    return session_header(state, t)


def _revoke(t: "Any") -> "tuple[Any, ...]":
    from .views_session import revoke_button

    return revoke_button(t)


def _talk(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Waiting and the session: one element with one key, so that the log lives on when somebody comes."""
    from .views_session import session_bars, session_conversation
    from .views_waiting import waiting_intro

    before = waiting_intro(state, t) if state["screen"] == "waiting" else session_bars(state, t)
    return ("main", {"key": "talk", "class": "talk"}, before, session_conversation(state, t))
