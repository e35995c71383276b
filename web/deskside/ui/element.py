"""Brings a view onto a page: creates, adopts and patches elements, touching only what has changed.

The page is reached through a Dom (see `runtime.dom.BrowserDom`), an object with these methods:

    element(tag) text(text)                  -> a handle
    children(handle)                         -> handles of the elements and texts inside
    tag_of(handle)                           -> lower-case tag, or None for text
    attribute(handle, name, value)           value None removes it
    property(handle, name, value)            set only where it differs
    listen(handle, event, action)            action None stops listening
    insert(parent, handle, before)           before None appends; a handle that is in the page moves
    remove(handle)                           with everything inside
    set_text(handle, text)
    focus(handle)
"""

from .node import PROPERTIES, parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Element:
    """One node of the page as it stands: its view, its handle and its children."""

    def __init__(self, view: "Any", handle: "Any") -> None:
        self.view = view
        self.handle = handle
        self.children: "list[Element]" = []

    @property
    def key(self) -> "Any":
        return None if type(self.view) is str else parts(self.view)[1].get("key")

    @property
    def tag(self) -> "str | None":
        return None if type(self.view) is str else self.view[0]


class Root:
    """A place of the page that shows one view at a time.

    `render` is given the next view. `refs` holds the handle of every element with a `ref` attribute, for what
    views cannot say: the log that only grows, the video. Children that no view gave are left alone.
    """

    def __init__(self, dom: "Any", place: "Any") -> None:
        self.dom = dom
        self.place = place
        self.refs: "dict[str, Any]" = {}
        self._element: "Element | None" = None
        self._focus: "Any" = None

    def adopt(self, view: "Any") -> None:
        """Take over what the static page shows already, when it was rendered from the same view."""
        present = self.dom.children(self.place)
        if len(present) == 1:
            self._element = self._adopt(view, present[0])
        if self._element is None:
            for handle in present:
                self.dom.remove(handle)
            self.render(view)

    def render(self, view: "Any") -> None:
        self._focus = None
        if self._element is None:
            self._element = self.create(view)
            self.dom.insert(self.place, self._element.handle, None)
        elif self._same_kind(self._element, view):
            self.patch(self._element, view)
        else:
            old = self._element
            self._element = self.create(view)
            self.dom.insert(self.place, self._element.handle, old.handle)
            self.drop(old)
        if self._focus is not None:
            self.dom.focus(self._focus)

    def clear(self) -> None:
        if self._element is not None:
            self.drop(self._element)
            self._element = None

    def _same_kind(self, element: Element, view: "Any") -> bool:
        if type(view) is str or type(element.view) is str:
            return type(view) is type(element.view)
        return bool(element.view[0] == view[0] and element.key == parts(view)[1].get("key"))

    def create(self, view: "Any") -> Element:
        if type(view) is str:
            return Element(view, self.dom.text(view))
        tag, attributes, children = parts(view)
        element = Element(view, self.dom.element(tag))
        # Children first: a select takes its value only once its options are there.
        for child in children:
            made = self.create(child)
            element.children.append(made)
            self.dom.insert(element.handle, made.handle, None)
        self._set_attributes(element.handle, {}, attributes)
        if "ref" in attributes:
            self.refs[attributes["ref"]] = element.handle
        if attributes.get("autofocus"):
            self._focus = element.handle
        return element

    def _adopt(self, view: "Any", handle: "Any") -> "Element | None":
        if type(view) is str:
            return Element(view, handle) if self.dom.tag_of(handle) is None else None
        tag, attributes, children = parts(view)
        if self.dom.tag_of(handle) != tag:
            return None
        element = Element(view, handle)
        if tag != "textarea":
            present = self.dom.children(handle)
            if len(present) != len(children):
                return None
            for child, child_handle in zip(children, present):
                adopted = self._adopt(child, child_handle)
                if adopted is None:
                    return None
                element.children.append(adopted)
        for name in attributes:
            if name[:3] == "on_":
                self.dom.listen(handle, name[3:], attributes[name])
        if "ref" in attributes:
            self.refs[attributes["ref"]] = handle
        return element

    def patch(self, element: Element, view: "Any") -> None:
        if element.view is view:
            return
        if type(view) is str:
            if element.view != view:
                self.dom.set_text(element.handle, view)
                element.view = view
            return
        before = parts(element.view)[1]
        _, attributes, children = parts(view)
        element.view = view
        self._patch_children(element, children)
        self._set_attributes(element.handle, before, attributes)
        if attributes.get("autofocus") and not before.get("autofocus"):
            self._focus = element.handle

    def _patch_children(self, element: Element, views: "list[Any]") -> None:
        keyed = {}
        loose = []
        for child in element.children:
            if child.key is None:
                loose.append(child)
            else:
                keyed[child.key] = child
        wanted: "list[Element]" = []
        created: "list[Element]" = []
        for view in views:
            key = None if type(view) is str else parts(view)[1].get("key")
            found = None
            if key is not None:
                found = keyed.get(key)
                if found is not None and self._same_kind(found, view):
                    del keyed[key]
                else:
                    found = None
            else:
                found = self._take(loose, view)
            if found is None:
                found = self.create(view)
                created.append(found)
            else:
                self.patch(found, view)
            wanted.append(found)
        for child in loose:
            self.drop(child)
        for key in keyed:
            self.drop(keyed[key])
        standing = [child for child in element.children if child in wanted]
        for index, child in enumerate(wanted):
            if index < len(standing) and standing[index] is child:
                continue
            if child not in created:
                standing.remove(child)
            self.dom.insert(element.handle, child.handle, standing[index].handle if index < len(standing) else None)
            standing.insert(index, child)
        element.children = wanted

    def _take(self, loose: "list[Element]", view: "Any") -> "Element | None":
        for index, child in enumerate(loose):
            if self._same_kind(child, view):
                return loose.pop(index)
        return None

    def _set_attributes(self, handle: "Any", before: "dict[str, Any]", after: "dict[str, Any]") -> None:
        dom = self.dom
        for name in before:
            if name not in after:
                self._set(handle, name, None)
        for name in after:
            value = after[name]
            if name in PROPERTIES:
                if name not in before or before[name] != value:
                    dom.property(handle, name, value)
            elif name not in before or before[name] != value:
                self._set(handle, name, value)

    def _set(self, handle: "Any", name: str, value: "Any") -> None:
        if name[:3] == "on_":
            self.dom.listen(handle, name[3:], value)
        elif name in PROPERTIES:
            self.dom.property(handle, name, value)
        elif name not in ("key", "ref", "autofocus"):
            self.dom.attribute(
                handle, name, None if value is None or value is False else "" if value is True else str(value)
            )

    def drop(self, element: Element) -> None:
        self._forget(element)
        self.dom.remove(element.handle)

    def _forget(self, element: Element) -> None:
        """Stop listening and forget references in a whole branch, so that nothing keeps it alive."""
        if type(element.view) is str:
            return
        _, attributes, _ = parts(element.view)
        for name in attributes:
            if name[:3] == "on_":
                self.dom.listen(element.handle, name[3:], None)
        reference = attributes.get("ref")
        if reference is not None and self.refs.get(reference) is element.handle:
            del self.refs[reference]
        for child in element.children:
            self._forget(child)


class Growing:
    """The children of an element with a `ref`: entries that are appended or changed one by one, never as a whole.

    So the cost of a message does not grow with the length of the log.
    """

    def __init__(self, root: Root, handle: "Any") -> None:
        self._root = root
        self.handle = handle
        self._entries: "dict[str, Element]" = {}

    def put(self, key: str, view: "Any", before: "str | None" = None) -> None:
        """Append the entry, or put it before another, or change it where it stands."""
        element = self._entries.get(key)
        if element is None:
            element = self._root.create(view)
            place = None if before is None else self._entries[before].handle
            self._entries[key] = element
            self._root.dom.insert(self.handle, element.handle, place)
        else:
            self._root.patch(element, view)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def remove(self, key: str) -> None:
        element = self._entries.pop(key, None)
        if element is not None:
            self._root.drop(element)

    def clear(self) -> None:
        for key in list(self._entries):
            self.remove(key)
