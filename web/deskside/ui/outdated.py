"""A page that its server, or the other page, does not understand any more: one of them is of another version.

It is loaded anew by the person's press alone, so that no page does so for ever; where that did not help it says so,
and goes on trying.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PRESSED = "reloaded"


def outdated(host: "Any") -> str:
    """The server has refused this page: which words that are."""
    return "outdated_again" if host.draft(_PRESSED) else "outdated"


def understood(host: "Any") -> None:
    """The server has answered."""
    if host.draft(_PRESSED):
        host.keep_draft(_PRESSED, "")


def reload(host: "Any", why: str) -> None:
    """`Reload this page` was pressed; `why` are the words beside it, or ""."""
    if why:
        host.keep_draft(_PRESSED, "1")
    host.reload()


def outdated_card(why: str, name: str) -> "dict[str, Any]":
    """`name` is the other person's."""
    return {"kind": "outdated", "id": "outdated", "why": why, "name": name}
