"""The browser's page as a Dom: what `ui.element` patches, with one listener per kind of event and none per element."""

from ..ui.node import LONGEST_TYPED, SVG_TAGS
from .js import attempt, get, is_null, listen, new, window
from .presses import Presses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_SVG = "http://www.w3.org/2000/svg"
_NAME = "desksideListeners"
_CAPTURED = ("focus", "blur", "toggle", "scroll")
_PREVENTED = ("submit", "drop", "dragover")
_DRAGGED = ("dragenter", "dragover", "drop")
_PRESSES = ("click", "submit")
_TYPED = ("input", "change")
_PASSIVE = ("wheel", "touchmove")
"""The browser need not wait with scrolling until these have been heard."""


class BrowserDom:
    """`dispatch(action, value)` is called for every event that a view listens to.

    One Dom serves one document: the page, or the small window that stays on top. `settle()` is called when a press was
    dispatched: whatever it wrote into fields has to stand there before the next key.
    """

    def __init__(
        self, document: "Any", root: "Any", dispatch: "Callable[[Any, Any], Any]", settle: "Callable[[], Any]"
    ) -> None:
        self._document = document
        self._root = root
        self._dispatch = dispatch
        self._settle = settle
        self._fields: "dict[int, _Field]" = {}
        self._actions: "dict[int, dict[str, Any]]" = {}
        self._last = 0
        self._listeners: "dict[str, Any]" = {}
        # A file that is dropped beside the conversation must not replace the page.
        for event in ("dragover", "drop"):
            self._listeners["document:" + event] = listen(document, event, _keep_page)
        self._presses = Presses(document)

    def element(self, tag: str) -> "Any":
        if tag in SVG_TAGS:
            return self._document.createElementNS(_SVG, tag)
        return self._document.createElement(tag)

    def text(self, text: str) -> "Any":
        return self._document.createTextNode(text)

    def children(self, handle: "Any") -> "list[Any]":
        nodes = handle.childNodes
        # Comments of a hand-written page are nobody's children.
        return [nodes[index] for index in range(nodes.length) if nodes[index].nodeType != 8]

    def contains(self, parent: "Any", handle: "Any") -> bool:
        return bool(parent.contains(handle))

    def previous(self, parent: "Any", before: "Any") -> "Any":
        place = None if before is None else _child(parent, before)
        found = get(parent, "lastChild") if place is None else get(place, "previousSibling")
        return None if is_null(found) else found

    def tag_of(self, handle: "Any") -> "str | None":
        return None if handle.nodeType == 3 else str(handle.localName)

    def looks_like(self, handle: "Any", attributes: "dict[str, Any]") -> bool:
        identifier, classes = [
            "" if is_null(given) else str(given) for given in (handle.getAttribute("id"), handle.getAttribute("class"))
        ]
        if "id" in attributes:
            return bool(identifier == attributes["id"])
        own = (attributes.get("class") or "").split()
        return set(own) <= set(classes.split()) if own else not classes and not identifier

    def attribute(self, handle: "Any", name: str, value: "str | None") -> None:
        if self._presses.attribute(handle, name, value):
            return
        if value is None:
            handle.removeAttribute(name)
        else:
            handle.setAttribute(name, value)

    def property(self, handle: "Any", name: str, value: "Any") -> None:
        if value is None and name == "value":
            value = ""
        field = self._fields.get(get(handle, _NAME, 0))
        if field is not None and field.name == name:
            field.write(value)
        # Setting an equal value would move the caret.
        elif get(handle, name) != value:
            setattr(handle, name, value)

    def values(self, handle: "Any") -> "dict[str, str]":
        found = handle.querySelectorAll("input, textarea")
        return {str(found[at].id): str(found[at].value) for at in range(found.length) if found[at].id}

    def refill(self, values: "dict[str, str]") -> None:
        for field in self._fields.values():
            value = values.get(str(field.handle.id))
            if value:
                field.handle.value = value

    def insert(self, parent: "Any", handle: "Any", before: "Any") -> None:
        self._presses.changed()
        if before is not None and not attempt(parent, "insertBefore", handle, before)[0]:
            # A translator or an extension has put the one behind into something else, or taken it out of the page.
            before = _child(parent, before)
            attempt(parent, "insertBefore", handle, before)
        if before is None:
            parent.appendChild(handle)

    def remove(self, handle: "Any") -> None:
        self._presses.changed()
        handle.remove()

    def set_text(self, handle: "Any", text: str) -> None:
        self._presses.changed()
        handle.data = text

    def focus(self, handle: "Any") -> None:
        # Inside of the settings the focus is the administrator's: this page takes it only when it has it.
        if get(window, "frameElement") is None or self._document.hasFocus():
            handle.focus()

    def focused(self) -> "Any":
        found = get(self._document, "activeElement")
        return None if found is None or self._document.body.isSameNode(found) else found

    def is_at_end(self, handle: "Any") -> bool:
        """Whether a scrolling element shows its last line."""
        return float(handle.scrollHeight) - float(handle.scrollTop) - float(handle.clientHeight) < 48.0

    def bottom(self, handle: "Any") -> float:
        """Where the lower edge of what is seen stands in all there is to scroll through."""
        return float(handle.scrollTop) + float(handle.clientHeight)

    def is_at_start(self, handle: "Any") -> bool:
        return float(handle.scrollTop) < 48.0

    def height(self, handle: "Any") -> float:
        """Of all there is to scroll through."""
        return float(handle.scrollHeight)

    def scroll_by(self, handle: "Any", pixels: float) -> None:
        handle.scrollTop = float(handle.scrollTop) + pixels

    def scroll_to_end(self, handle: "Any") -> None:
        handle.scrollTop = handle.scrollHeight

    def listen(self, handle: "Any", event: str, action: "Any") -> None:
        """One number on the element leads to its actions, so an element costs no JavaScript function."""
        number = get(handle, _NAME)
        if action is None or action is False:
            if number is not None and number in self._actions:
                self._actions[number].pop(event, None)
                if not self._actions[number]:
                    del self._actions[number]
                    self._fields.pop(number, None)
            return
        if number is None or number not in self._actions:
            self._last += 1
            number = self._last
            setattr(handle, _NAME, number)
            self._actions[number] = {}
        if event == "click" and self._actions[number].get(event, action) != action:
            self._presses.means_anew(handle)
        self._actions[number][event] = action
        if event in _TYPED and number not in self._fields and get(handle, "type") != "file":
            self._fields[number] = _Field(handle)
        if event not in self._listeners:
            how = {"capture": event in _CAPTURED, "passive": event in _PASSIVE}
            self._listeners[event] = listen(self._root, event, self._happened, how)

    def close(self) -> None:
        """Stop listening to the whole document."""
        self._presses.close()
        for event in self._listeners:
            self._listeners[event].remove()
        self._listeners = {}
        self._actions = {}

    def read(self) -> None:
        """Dispatch what was put into fields without an event, as password managers and browsers do."""
        for number in list(self._fields):
            field = self._fields.get(number)
            if field is not None and field.has_changed():
                field.told()
                actions = self._actions[number]
                event = "input" if "input" in actions else "change"
                self._dispatch(actions[event], _payload(event, None, field.handle))

    def _happened(self, event: "Any") -> None:
        kind = str(event.type)
        if kind in _DRAGGED and not _has_files(get(event, "dataTransfer")):
            # Words and links go where the browser puts them.
            return
        handle = event.target
        while not is_null(handle):
            number = get(handle, _NAME)
            if number is not None and kind in self._actions.get(number, ()):
                if kind in _PREVENTED:
                    event.preventDefault()
                if kind == "click" and get(handle, "ariaDisabled") == "true":
                    return
                # Letters go their way to the field; what acts on it comes after them.
                acts = kind in _PRESSES or (kind == "keydown" and len(str(get(event, "key", ""))) > 1)
                if kind in _TYPED:
                    field = self._fields.get(number)
                    if field is not None:
                        field.told()
                elif acts:
                    self.read()
                taken = self._dispatch(self._actions[number][kind], _payload(kind, event, handle)) is True
                if taken:
                    event.preventDefault()
                if acts and (taken or kind != "keydown"):
                    self._settle()
                if kind != "keydown":
                    return
            if self._root.isSameNode(handle):
                return
            handle = get(handle, "parentNode")


class _Field:
    """What a person and the state both write.

    The state's word counts when it is a new one and the field still holds what the state knows of. What was put there
    meanwhile without an event stays, until `BrowserDom.read` tells the state of it.
    """

    def __init__(self, handle: "Any") -> None:
        self.handle = handle
        kind = get(handle, "type")
        self.name = "checked" if kind in ("checkbox", "radio") else "value"
        self._is_radio = kind == "radio"
        # What the markup said, which may not be what stands there by now. Lists have nothing of this kind.
        self._held = get(handle, "defaultChecked" if self.name == "checked" else "defaultValue", self._holds())
        if kind in ("color", "range"):
            self._held = self._holds()  # these hold something else than nothing from the beginning
        self._written = self._held

    def _holds(self) -> "Any":
        return text_of(self.handle) if self.name == "value" else get(self.handle, self.name)

    def write(self, value: "Any") -> None:
        if value == self._written:
            return
        self._written = value
        holds = self._holds()
        if holds == self._held or holds == value:
            # Setting an equal value would move the caret.
            if holds != value:
                setattr(self.handle, self.name, value)
            self._held = self._holds()

    def told(self) -> None:
        self._held = self._written = self._holds()

    def has_changed(self) -> bool:
        holds = self._holds()
        # Of several radio buttons the one that is chosen speaks.
        return bool(holds != self._held and (holds or not self._is_radio))


def _child(parent: "Any", handle: "Any") -> "Any":
    """The child of `parent` that `handle` is, or stands in; None when it is not in there."""
    while not is_null(handle):
        above = get(handle, "parentNode")
        if above is not None and parent.isSameNode(above):
            return handle
        handle = above
    return None


def text_of(handle: "Any") -> str:
    """What a field holds, or only its beginning: to copy megabytes from JavaScript takes seconds."""
    return str(window.deskside.text(handle, LONGEST_TYPED))


def _payload(kind: str, event: "Any", handle: "Any") -> "Any":
    if kind in ("input", "change"):
        if get(handle, "type") == "file":
            files = _files(get(handle, "files"))
            # The same file chosen again must be a change again.
            handle.value = ""
            return files
        if get(handle, "type") == "checkbox":
            return bool(handle.checked)
        return text_of(handle)
    if kind == "keydown":
        return {
            "key": str(get(event, "key", "")),
            "shift": bool(event.shiftKey),
            "ctrl": bool(event.ctrlKey),
            "alt": bool(event.altKey),
            "meta": bool(event.metaKey),
            "caps_lock": _caps_lock(event),
            "composing": bool(get(event, "isComposing", False)) or get(event, "keyCode") == 229,
            "editing": str(get(event.target, "localName", "")) in ("input", "textarea", "select"),
        }
    if kind in ("keyup", "mousedown"):
        return {"caps_lock": _caps_lock(event)}
    if kind == "drop":
        return _dropped(get(event, "dataTransfer"))
    if kind == "paste":
        clipboard = get(event, "clipboardData")
        # Cells of a spreadsheet are words and a picture of them: the words are meant.
        return [] if _has(clipboard, "text/plain") else _files(get(clipboard, "files"))
    if kind == "toggle":
        return bool(get(handle, "open", False))
    return None


def _caps_lock(event: "Any") -> bool:
    # What a password manager makes up is no KeyboardEvent and knows nothing of keys.
    return get(event, "getModifierState") is not None and bool(event.getModifierState("CapsLock"))


def _has(transfer: "Any", kind: str) -> bool:
    types = get(transfer, "types")
    return types is not None and bool(types.includes(kind))


def _has_files(transfer: "Any") -> bool:
    return _has(transfer, "Files")


def _keep_page(event: "Any") -> None:
    transfer = get(event, "dataTransfer")
    if _has_files(transfer) and not event.defaultPrevented:
        event.preventDefault()
        transfer.dropEffect = "none"


def _dropped(transfer: "Any") -> "list[Any]":
    """The files, and None in the place of a folder, which looks like a file and cannot be read as one."""
    items = get(transfer, "items")
    if items is None:
        return _files(get(transfer, "files"))
    found: "list[Any]" = []
    for index in range(items.length):
        item = items[index]
        if str(item.kind) != "file":
            continue
        entry = item.webkitGetAsEntry() if get(item, "webkitGetAsEntry") is not None else None
        file = item.getAsFile()
        if entry is not None and not is_null(entry) and bool(entry.isDirectory):
            found.append(None)
        elif not is_null(file):
            found.append(file)
    return found


def _files(files: "Any") -> "list[Any]":
    return [] if files is None else [files[index] for index in range(files.length)]


def blob(parts: "list[Any]", mime: str) -> "Any":
    """A Blob of texts."""
    return new(
        window.Blob, window.Array.of(*parts), window.Object.fromEntries(window.Array.of(window.Array.of("type", mime)))
    )
