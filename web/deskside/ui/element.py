"""Brings a view onto a page: creates, adopts and patches elements, touching only what has changed.

The page is reached through a Dom (see `runtime.dom.BrowserDom`), an object with these methods:

    element(tag) text(text)                  -> a handle
    children(handle)                         -> handles of the elements and texts inside
    contains(parent, handle)                 whether it stands in there, however deep
    previous(parent, before)                 -> the child before that one; the last one for None; or None
    tag_of(handle)                           -> lower-case tag, or None for text
    looks_like(handle, attributes)           whether its id or classes are those of a view
    attribute(handle, name, value)           value None removes it
    property(handle, name, value)            what the state wants there; a field keeps what it was given meanwhile
    values(handle) refill(values)            what the fields inside hold, by id; put back into those of these ids
    listen(handle, event, action)            action None stops listening
    insert(parent, handle, before)           before None appends; a handle that is in the page moves
    remove(handle)                           with everything inside
    set_text(handle, text)
    focus(handle)
    focused()                                -> the handle that has the focus, or None

The page is not ours alone. Translators replace text nodes by elements of their own (`<font>`), extensions put elements
beside ours: neither is in a view, so neither is counted on, and a text that has lost its place is given it back.
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
        self.has_field = False  # it is one, or one is in it: what that holds may be another than the view says

    def look_for_fields(self) -> None:
        attributes = attributes_of(self.view)
        self.has_field = any(name in attributes for name in PROPERTIES) or any(
            child.has_field for child in self.children
        )


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
        self._is_lost = False  # somebody else has taken a part of the view out of the page

    def adopt(self, view: "Any") -> None:
        """Take over what the static page shows already, when it was rendered from the same view."""
        present = self.dom.children(self.place)
        for handle in present:
            self._element = self._match(view, handle)
            if self._element is not None:
                self._take_over(self._element)
                return
        typed = self.dom.values(self.place)
        for handle in present:
            self.dom.remove(handle)
        self.render(view)
        self.dom.refill(typed)

    def render(self, view: "Any") -> None:
        self._focus = None
        self._held = None
        had = self.dom.focused()
        if self._element is None:
            self._element = self.create(view)
            self.dom.insert(self.place, self._element.handle, None)
        elif self._element.kind == kind_of(view):
            self.patch(self._element, view)
        if self._is_lost or self._element.kind != kind_of(view):
            self._is_lost = False
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
        element.look_for_fields()
        for name in sorted(attributes, key=_turn):
            self._set(element.handle, name, attributes[name])
        if "ref" in attributes:
            self.refs[attributes["ref"]] = element.handle
        if attributes.get("autofocus"):
            self._focus = element.handle
        return element

    def _match(self, view: "Any", handle: "Any") -> "Element | None":
        """The element of what is on the page, when all of the view is there. Touches nothing."""
        dom = self.dom
        tag, attributes, children = parts(view)
        if dom.tag_of(handle) != tag or not dom.looks_like(handle, attributes):
            return None
        element = Element(view, handle)
        if tag != "textarea":
            present = dom.children(handle)
            for child in children:
                matched: "Element | None" = None
                if type(child) is str:
                    # Or what a translator has made of it: then this one takes its place when it next changes.
                    own = present.pop(0) if present and dom.tag_of(present[0]) is None else dom.text(child)
                    matched = Element(child, own)
                while matched is None and present:
                    matched = self._match(child, present.pop(0))
                if matched is None:
                    return None
                element.children.append(matched)
        element.look_for_fields()
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
        # Most of a page is as it was, and to see that as a whole takes a hundredth of going through it.
        if not element.has_field and element.view == view:
            return
        before = attributes_of(element.view)
        _, attributes, children = parts(view)
        element.view = view
        self._patch_children(element, children)
        element.look_for_fields()
        self._set_attributes(element.handle, before, attributes)
        if attributes.get("autofocus") and not before.get("autofocus"):
            self._focus = element.handle

    def _patch_children(self, element: Element, views: "list[Any]") -> None:
        if [child.kind for child in element.children] == [kind_of(view) for view in views]:
            for index, child in enumerate(element.children):
                if child.kind is not None:
                    self.patch(child, views[index])
                elif child.view != views[index]:
                    child.view = views[index]
                    self._say(element, child)
            return
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
        texts: "list[Element]" = []
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
            elif kind is not None:
                self.patch(found, view)
            elif found.view != view:
                found.view = view
                texts.append(found)
            wanted.append(found)
        for child in loose:
            # While what stands behind it still does.
            if child.kind is None:
                self._free(element, child)
        for child in loose + list(keyed.values()):
            self.drop(child)
        standing = element.children = [child for child in element.children if child in wanted]
        for index, child in enumerate(wanted):
            if index < len(standing) and standing[index] is child:
                continue
            before = standing[index] if index < len(standing) else None
            if before is not None and before.kind is None:
                self._stand(element, before)
            if child not in created:
                if self._held is None:
                    self._held = self.dom.focused()
                if child.kind is None:
                    self._free(element, child)
                standing.remove(child)
            self.dom.insert(element.handle, child.handle, None if before is None else before.handle)
            standing.insert(index, child)
        for child in texts:
            self._say(element, child)

    def _say(self, element: Element, child: Element) -> None:
        self._stand(element, child)
        self.dom.set_text(child.handle, child.view)

    def _stand(self, element: Element, child: Element) -> None:
        """Have a text where it belongs, also when somebody else has taken it out of the page."""
        if not self.dom.contains(self.place, child.handle):
            self._free(element, child)
            self.dom.insert(element.handle, child.handle, _behind(element, child))
            self._is_lost = self._is_lost or not self.dom.contains(self.place, element.handle)

    def _free(self, element: Element, child: Element) -> None:
        """Take a text out of its place, and what a translator has put there instead."""
        dom = self.dom
        if not dom.contains(element.handle, child.handle):
            before = _behind(element, child)
            at = element.children.index(child)
            own = element.children[at - 1].handle if at else None
            other = dom.previous(element.handle, before)
            is_ours = own is not None and other is not None and dom.contains(other, own)
            if other is not None and dom.tag_of(other) in (None, "font") and not is_ours:
                dom.remove(other)
        dom.remove(child.handle)

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
                # What a field holds may have been typed and sent since the last rendering: the Dom knows.
                if name not in before or before[name] != value or "on_input" in after or "on_change" in after:
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


def _turn(name: str) -> int:
    """When an attribute of a new element is set: the Dom takes for a field what has its type and is listened to."""
    return 2 if name in PROPERTIES else 1 if name[:3] == "on_" else 0


def _behind(element: Element, child: Element) -> "Any":
    """The handle of the sibling that follows, or None."""
    at = element.children.index(child) + 1
    return element.children[at].handle if at < len(element.children) else None


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
