"""Messages left while nobody was there."""

from ..views.parts import deliberate, icon, moment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def left_messages(messages: "list[dict[str, Any]]", more: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """The list, oldest first, behind a line that says how many there are, with those that the page has not got yet."""
    if not messages:
        return None
    return (
        "details",
        {"key": "left", "class": "left-messages"},
        (
            "summary",
            {},
            icon("mail"),
            ("span", {}, t("left.name")),
            ("span", {"class": "count new"}, str(len(messages) + more["behind"])),
        ),
        ("ul", {"key": "list", "aria-label": t("left.name")}, [_message(message, t) for message in messages]),
        deliberate(
            t("left.more"),
            ("more_messages",),
            "secondary small",
            "",
            {"key": "more", "aria-disabled": "true" if more["asking"] else None},
        )
        if more["behind"]
        else None,
    )


def _message(message: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    about = "left-" + message["id"]
    return (
        "li",
        {"key": message["id"], "class": "left-message"},
        (
            "div",
            {"id": about, "class": "left-about"},
            (
                "p",
                {"class": "waiter-head"},
                ("bdi", {"class": "waiter-name", "translate": "no"}, message["name"] or t("person.customer")),
                ("span", {"class": "when"}, moment(message["time"], message["iso"])),
            ),
            ("p", {"class": "issue"}, message["issue"]) if message["issue"] else None,
            ("p", {"class": "left-text", "dir": "auto"}, message["text"]),
            ("p", {"class": "contact"}, t("left.contact") + " ", ("bdi", {"translate": "no"}, message["contact"]))
            if message["contact"]
            else ("p", {"class": "hint"}, t("left.no_contact")),
        ),
        deliberate(
            t("left.done"),
            ("finish_message", message["id"]),
            "secondary small",
            "check",
            {"aria-describedby": about, "aria-disabled": "true" if message["finishing"] else None},
        ),
    )
