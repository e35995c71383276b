"""The customer's page: its frame, and which screen is inside."""

from ..views.parts import monogram, status
from .views_start import notifications, portal, waiting_intro

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


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
        _session_header(state, t) if screen == "session" else _header(state),
        _talk(state, t) if talking else ("main", {"key": screen, "class": "sheet"}, _screen(state, t)),
        ("footer", {"key": "footer", "class": "foot"}, t("footer.made_with")),
        status(state["status"]),
    )


def _header(state: "dict[str, Any]") -> "tuple[Any, ...]":
    return (
        "header",
        {"key": "header", "class": "brand"},
        monogram(state["company"]),
        ("p", {"class": "company"}, state["company"]),
    )


def _screen(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    screen = state["screen"]
    if screen == "portal":
        return portal(state, t)
    if screen == "notifications":
        return notifications(state, t)
    from .views_end import SCREENS

    return SCREENS[screen](state, t)


def _session_header(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    from .views_session import session_header

    return session_header(state, t)


def _revoke(t: "Any") -> "tuple[Any, ...]":
    from .views_session import revoke_button

    return revoke_button(t)


def _talk(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Waiting and the session: one element with one key, so that the log lives on when somebody comes."""
    from .views_session import session_bars, session_conversation

    before = waiting_intro(state, t) if state["screen"] == "waiting" else session_bars(state, t)
    return ("main", {"key": "talk", "class": "talk"}, before, session_conversation(state, t))
