"""What may leave a page only when its device holds it: a browser that is killed a moment later has lost nothing."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class KeptFirst:
    """Messages in their order, each after everything that was put into the storage when it was added, and in the same
    turn of the event loop. `when_kept(done)` is that of the storage, `send(message)` lets one go."""

    def __init__(self, when_kept: "Callable[[Callable[[], Any]], Any]", send: "Callable[[Any], Any]") -> None:
        self._when_kept = when_kept
        self._send = send
        self._waiting: "list[Any]" = []
        self._leaving: "list[Any]" = []

    def add(self, message: "Any") -> None:
        self._waiting.append(message)
        if not self._leaving:
            self._next()

    def clear(self) -> None:
        """Its channel is gone: what was for that is not for the next one."""
        self._waiting = []
        self._leaving = self._leaving[:0]

    def _next(self) -> None:
        leaving = self._leaving = self._waiting
        self._waiting = []

        def kept() -> None:
            if self._leaving is not leaving:
                return  # cleared meanwhile
            for message in leaving:
                self._send(message)
            self._leaving = []
            if self._waiting:
                self._next()

        self._when_kept(kept)
