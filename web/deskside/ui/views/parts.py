"""The smallest pieces of a view: icons, buttons, lines with an icon, problems beside their cause."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


# They point along the line of writing, so they turn with it.
_POINTING = ("arrow-left", "log-out", "send-horizontal")


def icon(name: str) -> "tuple[Any, ...]":
    """A picture beside words; never the only carrier of a meaning."""
    look = "icon pointing" if name in _POINTING else "icon"
    return ("svg", {"class": look, "aria-hidden": "true"}, ("use", {"href": "#icon-" + name}))


def button(
    text: str, action: "Any", look: str = "", symbol: str = "", more: "dict[str, Any] | None" = None
) -> "tuple[Any, ...]":
    """A button that says what it does; `look` is its class, `more` adds attributes."""
    attributes = {"type": "button", "class": look or "secondary", "on_click": action}
    if more:
        attributes = attributes | more
    return ("button", attributes, icon(symbol) if symbol else None, ("span", {"class": "label"}, text))


def deliberate(
    text: str, action: "Any", look: str = "", symbol: str = "", more: "dict[str, Any] | None" = None
) -> "tuple[Any, ...]":
    """A button that gives something away, ends something, takes somebody or answers a question.

    It takes only a press that began once it could be read: see `ui.deliberate`.
    """
    return button(text, action, look, symbol, {"data-deliberate": True} | (more or {}))


def submit(text: str, busy: bool = False, symbol: str = "", is_deliberate: bool = True) -> "tuple[Any, ...]":
    """The primary button of a form. A busy one stays where it is and keeps the focus."""
    return (
        "button",
        {
            "type": "submit",
            "class": "primary",
            "data-deliberate": is_deliberate,
            "aria-disabled": "true" if busy else None,
        },
        icon(symbol) if symbol else None,
        ("span", {"class": "label"}, text),
    )


def heading(text: str, focus: bool = True) -> "tuple[Any, ...]":
    """The heading of a screen; a new screen moves the focus to it, so that it is read from its beginning."""
    return ("h1", {"tabindex": "-1", "autofocus": focus}, text)


def line(symbol: str, text: "Any", look: str = "") -> "tuple[Any, ...]":
    """One sentence with an icon before it."""
    return ("p", {"class": "line " + look if look else "line"}, icon(symbol), ("span", {}, text))


def problem(text: str, identifier: str = "problem") -> "tuple[Any, ...]":
    """What went wrong and what to do, beside its cause. Announced when it appears."""
    return (
        "p",
        {"class": "line problem", "role": "alert", "id": identifier, "key": identifier},
        icon("triangle-alert"),
        ("span", {}, text),
    )


def monogram(name: str) -> "tuple[Any, ...]":
    """A disc with the first letter of a name, for the eye only."""
    letter = name.strip()[:1].upper()
    return ("span", {"class": "monogram", "aria-hidden": "true"}, letter or "?")


def link(address: str, words: "Any") -> "tuple[Any, ...]":
    """A link to another site: it opens beside this page, which stays what it is."""
    return ("a", {"href": address, "target": "_blank", "rel": "noopener noreferrer"}, words)


def status(text: str) -> "tuple[Any, ...]":
    """The page's one announcer for people who listen to it."""
    return ("div", {"key": "status", "role": "status", "class": "visually-hidden"}, text)


def moment(time: str, iso: str) -> "tuple[Any, ...]":
    """A time of day, readable by machines too."""
    return ("time", {"datetime": iso}, time)
