"""Tells `ui.deliberate` what happens in one document, and keeps presses that do not count from everybody else.

Positions are looked at once in a frame in which something has changed, and before a press that comes in between.
"""

from ..ui.deliberate import Deliberate
from .js import Timer, attempt, cancel, function, get, is_null, later, listen, release, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ATTRIBUTE = "data-deliberate"
_NUMBER = "desksideDeliberate"
_DISABLED = "aria-disabled"


class Presses:
    """All presses in a document. `BrowserDom` hands it the attributes that it decides about."""

    def __init__(self, document: "Any") -> None:
        self._document = document
        self._window = get(document, "defaultView", window)
        self._rules = Deliberate()
        self._handles: "dict[int, Any]" = {}
        self._said: "dict[int, bool]" = {}  # whether the attribute is there
        self._last = 0
        self._is_asked = False  # for a frame
        self._has_changed = False
        self._timer: "Timer | None" = None
        self._frame = function(self._drawn)
        first = {"capture": True}
        heard = {"capture": True, "passive": True}
        self._listeners = [
            listen(document, "pointerdown", self._pointer_down, heard),
            listen(document, "keydown", self._key_down, heard),
            listen(document, "keyup", self._key_up, heard),
            listen(document, "click", self._clicked, first),
            listen(document, "toggle", self._happened, heard),
            listen(document, "visibilitychange", self._turned, heard),
            listen(self._window, "resize", self._happened, heard),
            listen(self._window, "blur", self._left, heard),
        ]

    def attribute(self, handle: "Any", name: str, value: "str | None") -> bool:
        """An attribute that a view sets. Whether that is done with it."""
        if name == ATTRIBUTE:
            number = get(handle, _NUMBER)
            if value is None:
                self._forget(number)
            elif number in self._handles:
                self._rules.rest(number)
                self._say(number)
            else:
                self._declare(handle, None)
        elif name == _DISABLED:
            number = get(handle, _NUMBER)
            if number in self._handles:
                self._rules.busy(number, value == "true")
                self._say(number)
                self.changed()
                return True
        self.changed()
        return False

    def means_anew(self, handle: "Any") -> None:
        """A click there does something else now."""
        number = get(handle, _NUMBER)
        if number in self._handles:
            self._rules.rest(number)
            self._say(number)
            self.changed()

    def changed(self) -> None:
        """Something that may move a control."""
        self._has_changed = True
        if self._handles:
            self._ask()

    def close(self) -> None:
        for listener in self._listeners:
            listener.remove()
        self._listeners = []
        self._handles = {}
        cancel(self._timer)
        if not self._is_asked:
            release(self._frame)

    def _declare(self, handle: "Any", ready: "float | None") -> int:
        self._last += 1
        setattr(handle, _NUMBER, self._last)
        self._handles[self._last] = handle
        is_busy = get(handle, "ariaDisabled") == "true"
        self._said[self._last] = is_busy
        self._rules.declare(self._last, is_busy, ready)
        self._say(self._last)
        return self._last

    def _forget(self, number: "Any") -> None:
        if number in self._handles:
            self._rules.forget(number)
            del self._handles[number]
            del self._said[number]

    def _say(self, number: int) -> None:
        is_disabled = self._rules.is_disabled(number)
        if self._said[number] != is_disabled:
            self._said[number] = is_disabled
            if is_disabled:
                self._handles[number].setAttribute(_DISABLED, "true")
            else:
                self._handles[number].removeAttribute(_DISABLED)

    def _ask(self) -> None:
        if not self._is_asked:
            self._is_asked = True
            self._window.requestAnimationFrame(self._frame)

    def _drawn(self, *_: "Any") -> None:
        self._is_asked = False
        cancel(self._timer)
        self._timer = None
        if not self._listeners:
            return
        self._measure()
        soonest = self._rules.shown(self._now())
        for number in self._handles:
            self._say(number)
        if soonest is not None:
            self._timer = later(soonest + 1.0, self._ask)

    def _now(self) -> float:
        """Of the clock that this document's events bear; another window's began at another time."""
        return float(self._window.performance.now())

    def _measure(self) -> None:
        self._has_changed = False
        for number in list(self._handles):
            handle = self._handles[number]
            if not handle.isConnected:
                self._forget(number)
                continue
            box = handle.getBoundingClientRect()
            place = (float(box.left), float(box.top)) if float(box.width) > 0.0 else None
            needs = self._rules.needs_layout(number, place)
            self._rules.stands(number, place, _layout(handle) if needs else None)

    def _number(self, target: "Any") -> int:
        """The control that a press there is meant for, or 0."""
        handle = _closest(target, "[" + ATTRIBUTE + "]")
        if handle is None:
            label = _closest(target, "label")
            handle = None if label is None else get(label, "control")
            if handle is None or not handle.hasAttribute(ATTRIBUTE):
                return 0
        number = get(handle, _NUMBER)
        # What the static page shows has been there all along.
        return int(number) if number in self._handles else self._declare(handle, 0.0)

    def _pointer_down(self, event: "Any") -> None:
        number = self._number(event.target)
        if self._has_changed and number:
            self._measure()
            self._say(number)
            self._ask()
        self._rules.pointer_down(number, float(event.timeStamp), float(event.clientX), float(event.clientY))

    def _key_down(self, event: "Any") -> None:
        if str(get(event, "key", "")) not in ("Enter", " "):
            self._rules.other_key()
            return
        number = self._number(event.target)
        form = get(event.target, "form")
        if not number and form is not None and str(event.target.localName) == "input":
            # Enter in a field presses the button of its form.
            button = form.querySelector('[type="submit"]')
            number = 0 if is_null(button) else self._number(button)
        self._rules.key_down(number, float(event.timeStamp), bool(get(event, "repeat", False)))

    def _key_up(self, event: "Any") -> None:
        if str(get(event, "key", "")) in ("Enter", " "):
            # The space bar clicks after this has been heard.
            later(0, self._rules.key_up)

    def _clicked(self, event: "Any") -> None:
        number = self._number(event.target)
        is_label = number > 0 and not self._handles[number].contains(event.target)
        if not self._rules.takes(number, int(event.detail), is_label):
            event.preventDefault()
            event.stopPropagation()
        elif number:
            # That it rests is said with the next frame: this click is still on its way to it.
            self._ask()

    def _happened(self, _: "Any") -> None:
        self.changed()

    def _left(self, _: "Any") -> None:
        self._rules.key_up()

    def _turned(self, _: "Any") -> None:
        if self._document.hidden:
            self._rules.hidden()
        else:
            self.changed()


def _closest(target: "Any", selector: str) -> "Any":
    """The nearest element around, or None. Through the bridge: Brython's own `closest` raises where there is none."""
    ok, found = attempt(target, "closest", selector)
    return found if ok else None


def _layout(handle: "Any") -> "tuple[float, float]":
    """The place in the page, whatever is scrolled or animated."""
    left = top = 0.0
    while handle is not None:
        left += float(get(handle, "offsetLeft", 0.0))
        top += float(get(handle, "offsetTop", 0.0))
        handle = get(handle, "offsetParent")
    return left, top
