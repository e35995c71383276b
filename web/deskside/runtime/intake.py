"""What a page is sent by one other page, handled in its order and a little at a time."""

from ..core.rate import Budget
from .js import document, later, monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_SHARE = 0.5
_AT_ONCE = 40.0
_AT_ONCE_HIDDEN = 400.0
"""Milliseconds. Timers of a hidden page run once a second, and nobody presses anything there."""


class Intake:
    """A page has one thread for everything. What one peer sends gets at most half of it, however much that is: the rest
    waits here, and between two frames the browser hands over the person's keys, the red X and what others send.
    """

    def __init__(self) -> None:
        self._budget = Budget(_SHARE)
        self._waiting: "list[Callable[[], Any] | None]" = []
        self._next = 0
        self._is_busy = False  # handling something, or a timer will

    def take(self, handle: "Callable[[], Any]") -> None:
        """Call `handle` now, or when there is time for it and all before it were called."""
        self._waiting.append(handle)
        if not self._is_busy:
            self._is_busy = True
            self._go()

    def clear(self) -> None:
        """The channel is given up: what waits was not acknowledged, and is sent again on the next one."""
        self._waiting = []
        self._next = 0

    def _go(self) -> None:
        pause = 0.0
        try:
            while self._next < len(self._waiting):
                began = monotonic()
                pause = self._budget.pause(began, _AT_ONCE_HIDDEN if document.hidden else _AT_ONCE)
                if pause:
                    break
                handle = self._waiting[self._next]
                self._waiting[self._next] = None
                self._next += 1
                if handle is not None:
                    handle()
                self._budget.spent(monotonic() - began)
        finally:
            if self._next < len(self._waiting):
                later(pause, self._go)
            else:
                self.clear()
                self._is_busy = False
