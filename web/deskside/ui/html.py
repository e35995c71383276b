"""A view as HTML text: for the static page that stands before Python runs, and for tests."""

from .node import VOID_TAGS, is_markup_attribute, parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def escape(text: str) -> str:
    """Text that is safe between tags and inside a double-quoted attribute (HTML Standard, section 13.3)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def render(view: "Any") -> str:
    """The HTML of a node. No white space is added, so that the browser's tree has exactly the view's children."""
    if type(view) is str:
        return escape(view)
    tag, attributes, children = parts(view)
    pieces = ["<", tag]
    for name in attributes:
        value = attributes[name]
        if not is_markup_attribute(name) or value is None or value is False:
            continue
        if tag == "textarea" and name == "value":
            children = [value] if value else []
        elif value is True:
            pieces.append(" " + name)
        else:
            pieces.append(f' {name}="{escape(str(value))}"')
    pieces.append(">")
    if tag not in VOID_TAGS:
        for child in children:
            pieces.append(render(child))
        pieces.append("</" + tag + ">")
    return "".join(pieces)
