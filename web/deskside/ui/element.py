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
    focused()                                -> the handle that has the focus, or None
"""

from .node import PROPERTIES, attributes_of, kind_of, parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Element:
    """One node of the page as it stands: its view, its handle and its children."""

    def __init__(self, view: "Any", handle: "Any") -> None:
        self.view = view
        self.handle = handle
        self.children: "list[Element]" = []
        self.kind = kind_of(view)


class Root:
    """A place of the page that shows one view at a time.

    `render` is given the next view. `refs` holds the handle of every element with a `ref` attribute, for what
    views cannot say: the log that only grows, the video. Children that no view gave are left alone.
    """

    def __init__(self, dom: "Any", place: "Any") -> None:
        self.dom = dom
        self.place = place
        self.refs: "dict[str, Any]" = {}
        self.grown: "dict[str, Growing]" = {}
        self._element: "Element | None" = None
        self._focus: "Any" = None
        self._held: "Any" = None  # what had the focus before elements were moved, which takes it from them

    def adopt(self, view: "Any") -> None:
        """Take over what the static page shows already, when it was rendered from the same view."""
        present = self.dom.children(self.place)
        if len(present) == 1:
            self._element = self._match(view, present[0])
        if self._element is not None:
            self._take_over(self._element)
            return
        for handle in present:
            self.dom.remove(handle)
        self.render(view)

    def render(self, view: "Any") -> None:
        self._focus = None
        self._held = None
        had = self.dom.focused()
        if self._element is None:
            self._element = self.create(view)
            self.dom.insert(self.place, self._element.handle, None)
        elif self._element.kind == kind_of(view):
            self.patch(self._element, view)
        else:
            old = self._element
            self._element = self.create(view)
            self.dom.insert(self.place, self._element.handle, old.handle)
            self.drop(old)
        focus = self._held if self._focus is None else self._focus
        if focus is None and had is not None and self.dom.focused() is None:
            # What had the focus is gone, as a card is once it was answered: the conversation has it then.
            focus = self.refs.get("log")
        if focus is not None:
            self.dom.focus(focus)

    def clear(self) -> None:
        if self._element is not None:
            self.drop(self._element)
            self._element = None

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

    def _match(self, view: "Any", handle: "Any") -> "Element | None":
        """The element of what is on the page, when it has the shape of the view. Touches nothing."""
        if type(view) is str:
            return Element(view, handle) if self.dom.tag_of(handle) is None else None
        tag, _, children = parts(view)
        if self.dom.tag_of(handle) != tag:
            return None
        element = Element(view, handle)
        if tag != "textarea":
            present = self.dom.children(handle)
            if len(present) != len(children):
                return None
            for child, child_handle in zip(children, present):
                matched = self._match(child, child_handle)
                if matched is None:
                    return None
                element.children.append(matched)
        return element

    def _take_over(self, element: Element) -> None:
        if element.kind is None:
            return
        attributes = attributes_of(element.view)
        for name in attributes:
            if name[:3] == "on_":
                self.dom.listen(element.handle, name[3:], attributes[name])
        if "ref" in attributes:
            self.refs[attributes["ref"]] = element.handle
        for child in element.children:
            self._take_over(child)

    def patch(self, element: Element, view: "Any") -> None:
        if element.view is view:
            return
        if type(view) is str:
            if element.view != view:
                self.dom.set_text(element.handle, view)
                element.view = view
            return
        before = attributes_of(element.view)
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
            key = None if child.kind is None else child.kind[1]
            if key is None or key in keyed:
                loose.append(child)
            else:
                keyed[key] = child
        wanted: "list[Element]" = []
        created: "list[Element]" = []
        for view in views:
            kind = kind_of(view)
            found = None if kind is None else keyed.get(kind[1])
            if kind is not None and found is not None and found.kind == kind:
                del keyed[kind[1]]
            else:
                found = self._take(loose, kind)
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
                if self._held is None:
                    self._held = self.dom.focused()
            self.dom.insert(element.handle, child.handle, standing[index].handle if index < len(standing) else None)
            standing.insert(index, child)
        element.children = wanted

    def _take(self, loose: "list[Element]", kind: "Any") -> "Element | None":
        for index, child in enumerate(loose):
            if child.kind == kind:
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
        self.forget(element)
        self.dom.remove(element.handle)

    def forget(self, element: Element) -> None:
        """Stop listening and forget references in a whole branch, so that nothing keeps it alive."""
        if element.kind is None:
            return
        attributes = attributes_of(element.view)
        for name in attributes:
            if name[:3] == "on_":
                self.dom.listen(element.handle, name[3:], None)
        reference = attributes.get("ref")
        if reference is not None and self.refs.get(reference) is element.handle:
            del self.refs[reference]
            if reference in self.grown:
                self.grown.pop(reference).forget()
        for child in element.children:
            self.forget(child)


class Growing:
    """The children of an element with a `ref`: entries that are appended or changed one by one, never as a whole.

    So the cost of a message does not grow with the length of the log. They go with their element.
    """

    def __init__(self, root: Root, reference: str) -> None:
        self._root = root
        self.handle = root.refs[reference]
        self._entries: "dict[str, Element]" = {}
        root.grown[reference] = self

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

    def forget(self) -> None:
        """The element is gone, and all that stood in it."""
        for element in self._entries.values():
            self._root.forget(element)
        self._entries = {}
