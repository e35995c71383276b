"""The small window that stays on top while a screen is shared: who watches, since when, the red X, the last message."""

from ..views.entry import author_name
from ..views.parts import moment
from ..views.recording import recording_line
from ..views.words import around, duration
from .views_session import connection_line, revoke_button

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def small_window(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The whole body of the window. It closes with the sharing, so `sharing` may be gone for a moment."""
    sharing = state["sharing"]
    last = state["last_message"]
    name = state["representative"] or t("person.representative")
    return (
        "main",
        {"class": "small-window"},
        revoke_button(t),
        (
            "div",
            {"key": "watching", "class": "watching"},
            ("span", {"class": "live", "aria-hidden": "true"}) if sharing else None,
            (
                "h1",
                {},
                around(t("sharing." + sharing["surface"], name=name), state["representative"])
                if sharing
                else t("bars.none"),
            ),
            (
                "p",
                {"class": "since"},
                t("sharing.since"),
                " ",
                moment(sharing["since"], sharing["iso"]),
                t("list.dot"),
                duration(sharing["seconds"], t),
            )
            if sharing
            else None,
        ),
        connection_line(state, t) if state["connection"] != "connected" else None,
        recording_line(state["recording"], t) if state["recording"]["state"] not in ("off", "refused") else None,
        (
            "p",
            {"key": "last", "class": "last"},
            ("strong", {"dir": "auto"}, author_name(last, t)),
            " ",
            moment(last["time"], last["iso"]),
            ("span", {"class": "text", "dir": "auto"}, last["text"]),
        )
        if last
        else ("p", {"key": "quiet", "class": "last"}, t("small.quiet")),
    )
