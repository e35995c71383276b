"""The session key: how to get one, and one that was made."""

from ..views.parts import button, icon, problem
from ..views.words import duration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def create_button(key: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """`Create session key`."""
    return button(
        t("key.create"),
        ("create_key",),
        "quiet small create-key",
        "key-round",
        {"key": "create", "aria-disabled": "true" if key["busy"] else None},
    )


def key_panel(key: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """The key as large as it can be read aloud, its link, and for how long both are good."""
    trouble = problem(t("key.problem." + key["problem"]), "key-problem") if key["problem"] else None
    if not key["key"]:
        return ("div", {"key": "key", "class": "session-key"}, trouble) if trouble else None
    left = key["left"]
    return (
        "section",
        {"key": "key", "class": "session-key", "aria-labelledby": "key-name"},
        (
            "div",
            {"key": "head", "class": "panel-head"},
            ("h3", {"id": "key-name"}, t("key.name")),
            button(t("key.close"), ("close_key",), "quiet small", "x", {"class": "quiet small bare"}),
        ),
        ("p", {"key": "text", "class": "key-text", "dir": "ltr", "translate": "no"}, key["key"]),
        (
            "p",
            {"key": "left", "class": "hint"},
            t("key.left", time=duration(left, t)) if left else t("key.over"),
        ),
        _link(key, t) if left else None,
        trouble,
    )


def _link(key: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return (
        "div",
        {"key": "link", "class": "key-link"},
        # Where copying does not work, it can be marked here.
        (
            "input",
            {"type": "text", "readonly": True, "dir": "ltr", "aria-label": t("key.link"), "value": key["link"]},
        ),
        (
            "div",
            {"class": "actions"},
            _copy("link", key, t),
            _copy("key", key, t),
        ),
    )


def _copy(what: str, key: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    done = key["copied"] == what
    return (
        "button",
        {"type": "button", "class": "secondary small", "on_click": ("copy_key", what)},
        icon("check" if done else "copy"),
        ("span", {"class": "label"}, t("key.copy." + what)),
    )
