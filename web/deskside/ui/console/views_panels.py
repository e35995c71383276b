"""What a tool of the conversation opens above the composer: canned messages, and the notices that can be sent."""

from ..views.conversation import tool
from ..views.parts import button

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def panel_tool(name: str, symbol: str, session: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """A tool that opens and closes a panel."""
    is_open = session["panel"] == name
    more = {
        "key": name,
        "class": "tool slim",
        "aria-expanded": "true" if is_open else "false",
        "aria-controls": "panel-" + name if is_open else None,
    }
    return tool(t("panel." + name), ("toggle_panel", name), symbol, more)


def panel(session: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """The open panel of the session."""
    if session["panel"] == "canned":
        return _panel("canned", _canned(session["canned"], t), t, session["session"])
    if session["panel"] == "notices":
        return _panel("notices", _notices(session["notices"], session["session"], t), t, session["session"])
    return None


def _panel(name: str, content: "list[Any]", t: "Any", session: str) -> "tuple[Any, ...]":
    return (
        "section",
        {
            "key": "panel-" + name + ":" + session,
            "id": "panel-" + name,
            "class": "card panel",
            "aria-labelledby": "panel-name",
            "on_keydown": ("panel_key",),
        },
        (
            "div",
            {"key": "head", "class": "panel-head"},
            # Focused where the panel has nothing to write in, so that its keys work.
            ("h2", {"id": "panel-name", "tabindex": "-1", "autofocus": name == "notices"}, t("panel." + name)),
            button(t("panel.close"), ("toggle_panel", name), "quiet small bare", "x"),
        ),
        content,
    )


def _canned(canned: "dict[str, Any]", t: "Any") -> "list[Any]":
    return [
        (
            "input",
            {
                "key": "search",
                "type": "search",
                "aria-label": t("canned.search"),
                "placeholder": t("canned.search"),
                "autofocus": True,
                "autocomplete": "off",
                "dir": "auto",
                "value": canned["search"],
                "on_input": ("search_canned",),
                "on_keydown": ("canned_key",),
            },
        ),
        (
            "ul",
            {"key": "list", "class": "choices", "aria-label": t("panel.canned")},
            [_choice(one["id"], one["name"], one["text"], ("insert_canned", one["id"])) for one in canned["messages"]],
        )
        if canned["messages"]
        else ("p", {"key": "none", "class": "hint"}, _nothing(canned, t)),
    ]


def _nothing(canned: "dict[str, Any]", t: "Any") -> str:
    if canned["found"] != "ready":
        return str(t("canned." + canned["found"]))
    return str(t("canned.none" if canned["is_empty"] else "canned.not_found"))


def _notices(notices: "list[dict[str, Any]]", session: str, t: "Any") -> "list[Any]":
    if not notices:
        return [("p", {"key": "none", "class": "hint"}, t("notices.none"))]
    return [
        ("p", {"key": "explain", "class": "hint"}, t("notices.explain")),
        (
            "ul",
            {"key": "list", "class": "choices", "aria-label": t("panel.notices")},
            [
                _choice(one["notice"], one["name"], one["team"], ("send_notice", one["notice"]), session)
                for one in notices
            ],
        ),
    ]


def _choice(identifier: str, name: str, about: str, action: "Any", session: "str | None" = None) -> "tuple[Any, ...]":
    """One of a list; it is sent to the customer at once where a session is named."""
    described = "choice-" + identifier
    return (
        "li",
        {"key": identifier},
        (
            "button",
            {
                "type": "button",
                "class": "choice",
                "aria-label": name,
                "aria-describedby": described if about else None,
                "data-deliberate": session,
                "on_click": action,
            },
            ("span", {"class": "choice-name", "dir": "auto"}, name),
            ("span", {"id": described, "class": "choice-about", "dir": "auto"}, about) if about else None,
        ),
    )
