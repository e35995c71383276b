"""The one bridge to JavaScript: the same surface over PyScript's MicroPython and over Brython.

Three traps shape it. A JavaScript exception that is thrown synchronously cannot be caught in MicroPython, so
`attempt` catches it on the other side. Whole numbers above 2**31 are cut in both directions, so clocks and
sizes take other ways. And MicroPython's json does not join surrogate escapes, so texts are normalised first.
"""

import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

if sys.implementation.name == "micropython":
    import json

    import js
    from pyscript import ffi

    # Not the module itself: methods called on it have no `this`.
    window: "Any" = js.window

    # null arrives as None, undefined as an object of its own, which even is true.
    NULLS: "tuple[Any, ...]" = (None, window.undefined)

    def to_js(value: "Any") -> "Any":
        """A dict or list as a JavaScript object or array, deep."""
        return ffi.to_js(value)

    def function(handler: "Callable[..., Any]") -> "Any":
        """A JavaScript function that calls `handler` until it is released."""
        return ffi.create_proxy(handler)

    def release(made: "Any") -> None:
        destroy = getattr(made, "destroy", None)
        if destroy is not None:
            destroy()

    def parse(text: str) -> "Any":
        """JSON of our own to Python; what somebody else wrote goes through `loads`."""
        return json.loads(text)

    def dumps(value: "Any") -> str:
        return json.dumps(value)

else:
    import browser
    import javascript

    window = browser.window

    NULLS = (None, javascript.NULL, javascript.UNDEFINED)

    def to_js(value: "Any") -> "Any":
        """A dict or list as a JavaScript object or array, deep."""
        return javascript.pyobj2jsobj(value)

    def function(handler: "Callable[..., Any]") -> "Any":
        """A JavaScript function that calls `handler`."""
        return javascript.pyobj2jsobj(handler)

    def release(made: "Any") -> None:
        """Brython's functions are the browser's own to collect."""

    def parse(text: str) -> "Any":
        """JSON of our own to Python; what somebody else wrote goes through `loads`."""
        return _to_python(window.JSON.parse(text))

    def _to_python(value: "Any") -> "Any":
        if value is None or is_null(value):
            return None
        if isinstance(value, (str, bool, int, float)):
            return value
        if window.Array.isArray(value):
            return [_to_python(item) for item in value]
        return {str(name): _to_python(getattr(value, name)) for name in window.Object.keys(value)}

    def dumps(value: "Any") -> str:
        # JSON.stringify takes no None inside of what it is given, and Brython's own json costs 3 MB.
        if value is None:
            return "null"
        if type(value) is dict:
            return "{" + ",".join([dumps(str(name)) + ":" + dumps(value[name]) for name in value]) + "}"
        if isinstance(value, (list, tuple)):
            return "[" + ",".join([dumps(item) for item in value]) + "]"
        return str(window.JSON.stringify(value))


document = window.document
_bridge = window.deskside


def new(constructor: "Any", *arguments: "Any") -> "Any":
    return constructor.new(*arguments)


def is_null(value: "Any") -> bool:
    """Whether `value` is null or undefined."""
    return any(value is null for null in NULLS)


def get(target: "Any", name: str, default: "Any" = None) -> "Any":
    """An attribute of a JavaScript object; null, undefined and absent are `default`."""
    value = getattr(target, name, None)
    return default if is_null(value) else value


def attempt(target: "Any", method: str, *arguments: "Any") -> "tuple[bool, Any]":
    """Call what may throw: (True, result) or (False, name of the error)."""
    outcome = _bridge.attempt(target, method, *arguments)
    if outcome.ok:
        return True, get(outcome, "value")
    return False, str(outcome.error)


def construct(name: str, *arguments: "Any") -> "tuple[bool, Any]":
    """Make what may throw, by the name of its constructor: (True, object) or (False, name of the error)."""
    # A function that was read as an attribute goes out as a Python callable; Reflect.get hands out the thing itself.
    constructor = window.Reflect.get(window, name)
    if is_null(constructor):
        return False, "TypeError"
    return attempt(window.Reflect, "construct", constructor, window.Array.of(*arguments))


_finished: "list[Any]" = []


def _once(handler: "Callable[..., Any]", others: "list[Any]") -> "Any":
    """A function for one call. It and `others` are freed at the next `_sweep`, when none of them runs any more."""

    def run(*arguments: "Any") -> None:
        _finished.extend(others)
        handler(*arguments)

    _sweep()
    made = function(run)
    others.append(made)
    return made


def _sweep() -> None:
    while _finished:
        release(_finished.pop())


def then(promise: "Any", ok: "Callable[[Any], Any]", failed: "Callable[[str], Any] | None" = None) -> None:
    """Call `ok` with the promise's value, or `failed` with the name of its error; exactly one, once."""

    def succeeded(value: "Any" = None, *_: "Any") -> None:
        ok(None if is_null(value) else value)

    def refused(error: "Any" = None, *_: "Any") -> None:
        name = "Error" if is_null(error) else str(get(error, "name", "Error"))
        if failed is None:
            window.console.warn("deskside: unexpected " + name)
        else:
            failed(name)

    pair: "list[Any]" = []
    promise.then(_once(succeeded, pair), _once(refused, pair))


class Listener:
    """An event listener that can be taken away again."""

    def __init__(self, target: "Any", event: str, handler: "Callable[[Any], Any]", options: "Any" = None) -> None:
        self._target = target
        self._event = event
        self._options = to_js(options if options is not None else {})
        self._function = function(handler)
        # Through the bridge: Brython's own addEventListener of elements takes neither these functions nor options.
        attempt(target, "addEventListener", event, self._function, self._options)

    def remove(self) -> None:
        if self._function is not None:
            attempt(self._target, "removeEventListener", self._event, self._function, self._options)
            release(self._function)
            self._function = None


def listen(target: "Any", event: str, handler: "Callable[[Any], Any]", options: "Any" = None) -> Listener:
    return Listener(target, event, handler, options)


class Timer:
    """One call in the future; `cancel` takes it back."""

    def __init__(self, milliseconds: float, handler: "Callable[[], Any]") -> None:
        self._handler: "Callable[[], Any] | None" = handler
        self._made: "list[Any]" = []
        self._id = window.setTimeout(_once(self._run, self._made), float(milliseconds))

    def _run(self, *_: "Any") -> None:
        handler = self._handler
        self._handler = None
        if handler is not None:
            handler()

    def cancel(self) -> None:
        if self._handler is not None:
            self._handler = None
            window.clearTimeout(self._id)
            _finished.extend(self._made)


def later(milliseconds: float, handler: "Callable[[], Any]") -> Timer:
    return Timer(milliseconds, handler)


def cancel(timer: "Timer | None") -> None:
    if timer is not None:
        timer.cancel()


def loads(text: str) -> "Any":
    """JSON to Python. Raises ValueError on broken JSON and on lone surrogates, which UTF-8 cannot carry."""
    ok, value = attempt(window.JSON, "parse", text)
    if not ok:
        raise ValueError("not JSON")
    # What is nested deep enough breaks this one, and an error that is not caught breaks Python.
    ok, canonical = attempt(window.JSON, "stringify", value)
    if not ok:
        raise ValueError("nested too deep")
    # JSON.stringify writes pairs as characters, so an escape that is left is a lone half. Without the escaped
    # backslashes, each backslash begins an escape. Going through them by their places would take a time that grows
    # with the square of the length: MicroPython counts the letters before each place.
    if "\\ud" in canonical and "\\ud" in "".join(canonical.split("\\\\")):
        raise ValueError("lone surrogate")
    return parse(canonical)


def wall() -> float:
    """Milliseconds since the epoch as this device has it, hours off perhaps: only `runtime.clock`, `rtc`
    and `written` ask it."""
    return time.time() * 1000.0


def monotonic() -> float:
    """Milliseconds of a clock that never goes back."""
    return float(window.performance.now())


_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def identifier(characters: int = 22) -> str:
    """A random word of the URL-safe alphabet; six bits a character, from the browser's secure source."""
    values = window.crypto.getRandomValues(window.Uint8Array.new(characters))
    return "".join([_ALPHABET[values[index] & 63] for index in range(characters)])


def size_of(blob: "Any") -> int:
    """Bytes of a Blob or File, exact above 2**31."""
    # As text: a list of names makes stringify read them from any object, its prototype's included.
    return int(str(window.JSON.stringify(blob, window.Array.of("size")))[8:-1])
