"""The page around this one, when it stands in a frame of the same site."""

from .js import attempt, get, listen, loads, to_js, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class Parent:
    """`received(message)` gets every JSON object that the page around this one posts."""

    def __init__(self, received: "Callable[[dict[str, Any]], Any]") -> None:
        self._received = received
        self._listener = listen(window, "message", self._message)

    def tell(self, message: "dict[str, Any]") -> None:
        window.parent.postMessage(to_js(message), window.location.origin)

    def _message(self, event: "Any") -> None:
        if str(event.origin) != str(window.location.origin) or get(event, "data") is None:
            return
        ok, text = attempt(window.JSON, "stringify", event.data)
        message = loads(str(text)) if ok else None
        if type(message) is dict:
            self._received(message)
