"""When the device's network has changed under the page, as far as the browser tells."""

from .js import get, listen, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class NetworkChange:
    """Calls `changed` when the device is online again, or went from one kind of network to another."""

    def __init__(self, changed: "Callable[[], Any]") -> None:
        self._changed = changed
        self._listeners = [listen(window, "online", lambda _: changed())]
        self._connection = get(window.navigator, "connection")
        self._kind = self._kind_now()
        if self._connection is not None:
            self._listeners.append(listen(self._connection, "change", lambda _: self._looked()))

    def remove(self) -> None:
        for listener in self._listeners:
            listener.remove()
        self._listeners = []

    def _kind_now(self) -> str:
        return str(get(self._connection, "type", "")) if self._connection is not None else ""

    def _looked(self) -> None:
        # The event comes for every new estimate of the speed as well.
        kind = self._kind_now()
        if kind != self._kind:
            self._kind = kind
            self._changed()
