"""The prose of the site's settings on a page: its paragraphs, with what the page knows in place of the macros."""

from ...core.prose import parse, split_macros
from .parts import link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def prose(text: str, values: "dict[str, str]") -> "list[Any]":
    """The paragraphs as elements. A value is a text node whatever it holds, and stands apart in its direction."""
    return [("p", {}, [_piece(piece, values) for piece in pieces]) for pieces in parse(text)]


def _piece(piece: "tuple[Any, ...]", values: "dict[str, str]") -> "Any":
    kind = piece[0]
    if kind == "macro":
        return _value(piece[1], values)
    if kind == "bold":
        return ("strong", {}, _words(piece[1], values))
    if kind == "link":
        return link(piece[2], _words(piece[1], values))
    return piece[1]


def _words(text: str, values: "dict[str, str]") -> "list[Any]":
    return [_value(part, values) if kind == "macro" else part for kind, part in split_macros(text)]


def _value(name: str, values: "dict[str, str]") -> "Any":
    """What somebody typed may be written from right to left in a text that is not."""
    is_name = name in ("company", "customer", "representative")
    return ("bdi", {"translate": "no" if is_name else None}, values.get(name, ""))
