"""How long this page waits for the browser. Some of its answers never come: a database after an unclean shutdown, a
worker whose script is held back, a server that takes the request and says nothing.
"""

from .js import later, then

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

PATIENCE = 2000.0
"""Milliseconds that the browser has for what it does by itself."""
_TURNS = 2


class Deadline:
    """For one answer. `missed` is called when none has come in time; one that comes later finds `met()` false.

    The time is waited in turns: a page that was held up itself hears all its timers at once, perhaps before an answer
    that has been there for long.
    """

    def __init__(self, milliseconds: float, missed: "Callable[[], Any]") -> None:
        self._missed = missed
        self._turn = milliseconds / _TURNS
        self._left = _TURNS
        self._is_over = False
        self._timer = later(self._turn, self._passed)

    def met(self) -> bool:
        """Call with the answer: True the first time, if nobody has given it up."""
        in_time = not self._is_over
        self._is_over = True
        self._timer.cancel()
        return in_time

    def _passed(self) -> None:
        self._left -= 1
        if self._left:
            self._timer = later(self._turn, self._passed)
        else:
            self._is_over = True
            self._missed()


def within(
    milliseconds: float,
    promise: "Any",
    ok: "Callable[[Any], Any]",
    failed: "Callable[[str], Any]",
    late: "Callable[[Any], Any] | None" = None,
) -> None:
    """Like `js.then`, but `failed("TimeoutError")` when the promise has not settled in time. What it brings after that
    goes to `late`, to be closed, or nowhere.
    """
    deadline = Deadline(milliseconds, lambda: failed("TimeoutError"))

    def succeeded(value: "Any") -> None:
        if deadline.met():
            ok(value)
        elif late is not None:
            late(value)

    def refused(error: str) -> None:
        if deadline.met():
            failed(error)

    then(promise, succeeded, refused)
