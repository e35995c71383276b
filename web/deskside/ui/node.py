"""Nodes of a view: nested tuples `(tag, attributes, *children)`, and the one way to read them."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SVG_TAGS = ("svg", "use", "path", "symbol")
VOID_TAGS = ("input", "br", "hr", "img", "meta", "link")
PROPERTIES = ("value", "checked", "srcObject", "indeterminate")
_OURS = ("key", "ref", "autofocus")


def parts(view: "tuple[Any, ...]") -> "tuple[str, dict[str, Any], list[Any]]":
    """Tag, attributes and children of a view; the children flattened, empty ones gone, neighbouring text joined."""
    attributes: dict[str, Any] = {}
    rest = view[1:]
    if rest and type(rest[0]) is dict:
        attributes = rest[0]
        rest = rest[1:]
    children: list[Any] = []
    _gather(rest, children)
    return view[0], attributes, children


def _gather(source: "Any", into: "list[Any]") -> None:
    for child in source:
        if child is None or child is False or child is True or child == "":
            continue
        if type(child) is list:
            _gather(child, into)
        elif type(child) is tuple:
            into.append(child)
        else:
            text = child if type(child) is str else str(child)
            if into and type(into[-1]) is str:
                into[-1] += text
            else:
                into.append(text)


def is_markup_attribute(name: str) -> bool:
    """Whether the attribute belongs into the markup: not a listener or one of ours."""
    return name[:3] != "on_" and name not in _OURS
