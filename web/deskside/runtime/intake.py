"""What a page is sent by one other page, handled in its order and a little at a time."""

from ..core.rate import Budget
from .js import Timer, document, later, monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_SHARE = 0.5
_AT_ONCE = 40.0
_AT_ONCE_HIDDEN = 400.0
_AT_THE_END = 300.0
"""Milliseconds. Timers of a hidden page run once a second, and nobody presses anything there."""


class Intake:
    """A page has one thread for everything. What one peer sends gets at most half of it, however much that is: the rest
    waits here, and between two frames the browser hands over the person's keys, the red X and what others send.
    """

    def __init__(self) -> None:
        self._budget = Budget(_SHARE)
        self._waiting: "list[Callable[[], Any] | None]" = []
        self._next = 0
        self._is_busy = False  # handling something now
        self._timer: "Timer | None" = None

    def take(self, handle: "Callable[[], Any]") -> None:
        """Call `handle` now, or when there is time for it and all before it were called."""
        self._waiting.append(handle)
        # Events do not come while another one is handled. An exception of JavaScript goes past Python, and leaves
        # nothing behind that would keep the next one from being handled.
        if self._timer is None:
            self._go()

    def hear_out(self) -> None:
        """Nothing more will come, and what did must not be lost: handle it now, as far as that takes no time at all."""
        end = monotonic() + _AT_THE_END
        while self._next < len(self._waiting) and not self._is_busy and monotonic() < end:
            self._handle_next()

    def clear(self) -> None:
        """The channel is given up: what waits was not acknowledged, and is sent again on the next one."""
        self._waiting = []
        self._next = 0

    def _go(self) -> None:
        self._timer = None
        while self._next < len(self._waiting):
            began = monotonic()
            pause = self._budget.pause(began, _AT_ONCE_HIDDEN if document.hidden else _AT_ONCE)
            if pause:
                self._timer = later(pause, self._go)
                return
            self._handle_next()
            self._budget.spent(monotonic() - began)
        self.clear()

    def _handle_next(self) -> None:
        handle = self._waiting[self._next]
        self._waiting[self._next] = None
        self._next += 1
        if handle is None:
            return
        self._is_busy = True
        try:
            handle()
        finally:
            self._is_busy = False
