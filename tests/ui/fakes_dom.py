"""A page without a browser: the Dom that `ui.element` patches, held by tests/ui/dom_contract.py."""

from html.parser import HTMLParser
from typing import Any

from deskside.ui.node import PROPERTIES, VOID_TAGS

FOCUSABLE = ("button", "input", "textarea", "select")


class FakeNode:
    """An element, or a text when it has no tag."""

    def __init__(self, tag: str | None, text: str = "") -> None:
        self.tag = tag
        self.text = text
        self.attributes: dict[str, str] = {}
        self.properties: dict[str, Any] = {}
        self.actions: dict[str, Any] = {}
        self.children: list[FakeNode] = []
        self.parent: FakeNode | None = None

    def has(self, node: "FakeNode | None") -> bool:
        while node is not None and node is not self:
            node = node.parent
        return node is self


class FakeDom:
    """`place` is the element of the page that is shown. `touched` counts what was changed, by the Dom's method."""

    def __init__(self) -> None:
        self.place = FakeNode("div")
        self.touched: list[str] = []
        self.active: FakeNode | None = None
        self.at_end = True
        self._scrolled_to = 0.0

    def element(self, tag: str) -> FakeNode:
        self.touched.append("element")
        return FakeNode(tag)

    def text(self, text: str) -> FakeNode:
        self.touched.append("text")
        return FakeNode(None, text)

    def children(self, handle: FakeNode) -> list[FakeNode]:
        return list(handle.children)

    def contains(self, parent: FakeNode, handle: FakeNode) -> bool:
        return parent.has(handle)

    def previous(self, parent: FakeNode, before: FakeNode | None) -> FakeNode | None:
        place = self._child(parent, before)
        at = len(parent.children) if place is None else parent.children.index(place)
        return parent.children[at - 1] if at else None

    def tag_of(self, handle: FakeNode) -> str | None:
        return handle.tag

    def looks_like(self, handle: FakeNode, attributes: dict[str, Any]) -> bool:
        if "id" in attributes:
            return bool(handle.attributes.get("id") == attributes["id"])
        classes = handle.attributes.get("class", "").split()
        own = (attributes.get("class") or "").split()
        return set(own) <= set(classes) if own else not classes and "id" not in handle.attributes

    def values(self, handle: FakeNode) -> dict[str, str]:
        inside = {name: value for child in handle.children for name, value in self.values(child).items()}
        if handle.tag in ("input", "textarea") and handle.attributes.get("id"):
            inside[handle.attributes["id"]] = handle.properties.get("value", "")
        return inside

    def refill(self, values: dict[str, str]) -> None:
        for node in nodes(self.place):
            value = values.get(node.attributes.get("id", ""))
            if value and node.tag in ("input", "textarea"):
                node.properties["value"] = value

    def attribute(self, handle: FakeNode, name: str, value: str | None) -> None:
        self.touched.append("attribute")
        if value is None:
            handle.attributes.pop(name, None)
        else:
            handle.attributes[name] = value

    def property(self, handle: FakeNode, name: str, value: Any) -> None:
        if value is None or value is False:
            value = "" if name == "value" else None
        if handle.properties.get(name, "" if name == "value" else None) != value:
            self.touched.append("property")
            handle.properties[name] = value

    def listen(self, handle: FakeNode, event: str, action: Any) -> None:
        if action is None or action is False:
            handle.actions.pop(event, None)
        else:
            handle.actions[event] = action

    def insert(self, parent: FakeNode, handle: FakeNode, before: FakeNode | None) -> None:
        self.touched.append("insert")
        self._take_out(handle)
        place = self._child(parent, before)
        parent.children.insert(len(parent.children) if place is None else parent.children.index(place), handle)
        handle.parent = parent

    def remove(self, handle: FakeNode) -> None:
        self.touched.append("remove")
        self._take_out(handle)

    def set_text(self, handle: FakeNode, text: str) -> None:
        self.touched.append("set_text")
        handle.text = text

    def focus(self, handle: FakeNode) -> None:
        if self.place.has(handle) and (handle.tag in FOCUSABLE or "tabindex" in handle.attributes):
            self.active = handle

    def focused(self) -> FakeNode | None:
        return self.active

    def is_at_end(self, handle: FakeNode) -> bool:
        return self.at_end

    def bottom(self, handle: FakeNode) -> float:
        return self._scrolled_to if self.at_end else 0.0

    def is_at_start(self, handle: FakeNode) -> bool:
        return False

    def height(self, handle: FakeNode) -> float:
        return 20.0 * len(handle.children)

    def scroll_by(self, handle: FakeNode, pixels: float) -> None:
        self.at_end = False

    def scroll_to_end(self, handle: FakeNode) -> None:
        self.at_end = True
        self._scrolled_to = self.height(handle)

    def _child(self, parent: FakeNode, handle: FakeNode | None) -> FakeNode | None:
        """The child of `parent` that `handle` is, or stands in."""
        while handle is not None and handle.parent is not parent:
            handle = handle.parent
        return handle

    def _take_out(self, handle: FakeNode) -> None:
        """A browser blurs what leaves its place, even to come back to another at once."""
        if handle.parent is not None:
            handle.parent.children.remove(handle)
            handle.parent = None
        if handle.has(self.active):
            self.active = None


def nodes(node: FakeNode) -> list[FakeNode]:
    """The node and everything inside."""
    return [node] + [found for child in node.children for found in nodes(child)]


def tree(node: FakeNode, listening: bool = True) -> Any:
    """What is there, to be compared: text, or tag, attributes, properties, actions and children."""
    if node.tag is None:
        return node.text
    properties = {name: value for name, value in node.properties.items() if value not in (None, "")}
    children = [tree(child, listening) for child in node.children]
    return (node.tag, node.attributes, properties, node.actions if listening else {}, children)


class _Reader(HTMLParser):
    def __init__(self, place: FakeNode) -> None:
        super().__init__(convert_charrefs=True)
        self.at = place

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = FakeNode(tag)
        node.attributes = {name: value or "" for name, value in attrs}
        node.parent = self.at
        self.at.children.append(node)
        if tag not in VOID_TAGS:
            self.at = node

    def handle_endtag(self, tag: str) -> None:
        assert self.at.tag == tag and self.at.parent is not None, "tags that do not fit"
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        last = self.at.children[-1] if self.at.children else None
        if last is not None and last.tag is None:
            last.text += data
            return
        text = FakeNode(None, data)
        text.parent = self.at
        self.at.children.append(text)


def read_html(html: str) -> FakeDom:
    """A page as a browser reads it, before any script has run: no properties, no actions."""
    dom = FakeDom()
    reader = _Reader(dom.place)
    reader.feed(html)
    reader.close()
    return dom


def as_properties(node: FakeNode) -> None:
    """What a browser makes of the markup: fields take their properties from it."""
    for child in node.children:
        as_properties(child)
    if node.tag == "textarea":
        node.properties["value"] = "".join(child.text for child in node.children)
        node.children = []
    for name in PROPERTIES:
        if name in node.attributes:
            value = node.attributes.pop(name)
            node.properties[name] = value if name == "value" else True
