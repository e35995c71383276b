"""The console: its frame, and what is inside for every state of it."""

from ..proxy import lines_to_change
from ..views.foot import foot
from ..views.language import language_select
from ..views.parts import button, deliberate, heading, icon, monogram, status
from .views_conversation import conversation_pane
from .views_queue import queue_pane, sessions_pane
from .views_recordings import recordings, recordings_button
from .views_screen import screen_pane
from .views_sign_in import setup, sign_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TABS = (("queue", "inbox"), ("sessions", "users"), ("conversation", "message-circle"), ("screen", "monitor"))


def page(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The whole page."""
    screen = state["screen"]
    if screen == "desk":
        return _desk(state, t)
    return (
        "div",
        {"id": "page", "key": "door", "class": "page screen-" + screen},
        (
            "header",
            {"key": "header", "class": "brand"},
            monogram(state["company"]),
            ("p", {"class": "company", "translate": "no"}, state["company"]),
            language_select(state, t),
        ),
        ("main", {"key": screen, "class": "sheet"}, _door(state, t)),
        foot(state, t),
        status(state["status"]),
    )


def _door(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """What stands before the desk: signing in, or why it cannot be shown."""
    screen = state["screen"]
    if screen == "sign_in":
        kept = ("p", {"key": "kept", "class": "hint"}, t("sign_in.kept")) if state["kept"] else None
        return sign_in(state, t) + [kept]
    if screen == "setup":
        return setup(state, t)
    if screen == "loading":
        return [heading(t("console.loading"))]
    if screen == "misconfigured":
        return [
            ("div", {"class": "picture warn"}, icon("unplug")),
            heading(t("console.misconfigured")),
            ("p", {"class": "lead"}, t("console.misconfigured.explain")),
            lines_to_change(state["change"]),
            ("div", {"class": "stack"}, button(t("failed.reload"), ("reload",), "primary", "refresh-cw")),
        ]
    if screen == "taken_over":
        return [
            ("div", {"class": "picture"}, icon("copy")),
            heading(t("console.taken_over")),
            ("p", {"class": "lead"}, t("console.taken_over.explain")),
            ("div", {"class": "stack"}, deliberate(t("taken_over.here"), ("use_this_tab",), "primary")),
        ]
    return [
        ("div", {"class": "picture warn"}, icon("triangle-alert")),
        heading(t("console.unsupported")),
        ("p", {"class": "lead"}, t("console.unsupported.explain")),
        ("div", {"class": "stack"}, button(t("failed.reload"), ("reload",), "primary", "refresh-cw")),
    ]


def _desk(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return (
        "div",
        {"id": "page", "key": "desk", "class": "desk tab-" + state["tab"]},
        _header(state, t),
        _tabs(state, t),
        recordings(state, t) if state["recordings"] else _panes(state, t),
        foot(state, t),
        status(state["status"]),
    )


def _panes(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return (
        "main",
        {"key": "main", "class": "panes" + (" with-screen" if state["view"] else "")},
        queue_pane(state, t),
        sessions_pane(state, t),
        conversation_pane(state, t),
        screen_pane(state, t),
    )


def _header(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    available = state["available"]
    return (
        "header",
        {"key": "header", "class": "desk-header"},
        monogram(state["company"]),
        ("h1", {"translate": "no"}, state["company"]),
        _server(state, t),
        ("span", {"key": "space", "class": "space"}),
        (
            "button",
            {
                "key": "available",
                "type": "button",
                "class": "switch",
                "role": "switch",
                "aria-checked": "true" if available else "false",
                "aria-disabled": "true" if state["switching"] else None,
                "on_click": ("set_available",),
            },
            ("span", {"class": "track", "aria-hidden": "true"}, ("span", {"class": "thumb"})),
            ("span", {"class": "label"}, t("console.available")),
        ),
        recordings_button(state, t),
        language_select(state, t),
        ("p", {"key": "me", "class": "me"}, icon("user"), ("span", {"translate": "no"}, state["name"])),
        (
            "a",
            {"key": "settings", "class": "quiet settings-link", "href": "admin", "title": t("desk.settings")},
            icon("settings"),
            _label(t("desk.settings")),
        )
        if state["administrator"]
        else None,
        button(
            t("console.sign_out"), ("sign_out",), "quiet", "log-out", {"key": "out", "title": t("console.sign_out")}
        ),
    )


def _server(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """What keeps this page from the server, and what to do about it."""
    why = state["outdated"]
    if why:
        return (
            "div",
            {"key": "outdated", "class": "server-away", "role": "alert"},
            icon("refresh-cw"),
            ("span", {"title": t("failed." + why + ".explain")}, t("console." + why)),
            button(t("failed.reload"), ("reload",), "secondary small"),
        )
    if state["server"]:
        return None
    return ("p", {"key": "server", "class": "server-away"}, icon("unplug"), ("span", {}, t("console.server_away")))


def _label(text: str) -> "tuple[Any, ...]":
    return ("span", {"class": "label"}, text)


def _tabs(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """On a narrow window one pane at a time is shown; these choose which."""
    unread = 0
    for session in state["sessions"]:
        unread += session["unread"]
    counts = {"queue": state["waiting"], "sessions": unread}
    buttons = []
    for name, symbol in TABS:
        count = counts.get(name, 0)
        buttons.append(
            (
                "button",
                {
                    "key": name,
                    "type": "button",
                    "class": "tab",
                    "aria-current": "true" if state["tab"] == name and not state["recordings"] else None,
                    "on_click": ("show", name),
                },
                icon(symbol),
                ("span", {"class": "label"}, t("tab." + name)),
                ("span", {"class": "count"}, str(count)) if count else None,
            )
        )
    return ("nav", {"key": "tabs", "class": "tabs", "aria-label": t("tab.name")}, buttons)
