"""Nodes of a view: nested tuples `(tag, attributes, *children)`, and the one way to read them."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SVG_TAGS = ("svg", "use", "path", "symbol", "text")
VOID_TAGS = ("input", "br", "hr", "img", "meta", "link")
LONGEST_TYPED = 120_000
"""Characters of a field that are read; the rest stays in it. No text may be that long: one that is cut is refused."""
PROPERTIES = ("value", "checked", "srcObject", "indeterminate")
_OURS = ("key", "ref", "autofocus")


def attributes_of(view: "tuple[Any, ...]") -> "dict[str, Any]":
    """The attributes alone, which costs less than `parts`."""
    return view[1] if len(view) > 1 and type(view[1]) is dict else {}


def kind_of(view: "Any") -> "tuple[Any, ...] | None":
    """What an element must have in common with a view to be patched into it: tag, key and ref. None for text."""
    if type(view) is str:
        return None
    attributes = attributes_of(view)
    return (view[0], attributes.get("key"), attributes.get("ref"))


def parts(view: "tuple[Any, ...]") -> "tuple[str, dict[str, Any], list[Any]]":
    """Tag, attributes and children of a view; the children flattened, empty ones gone, neighbouring text joined."""
    children: list[Any] = []
    _gather(view[2:] if len(view) > 1 and type(view[1]) is dict else view[1:], children)
    return view[0], attributes_of(view), children


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
