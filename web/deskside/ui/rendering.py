"""When a page shows what has changed: soon, once for many changes, and in no more than half of its time."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

LONGEST_PAUSE = 250.0
"""Milliseconds that a page which took long to render once lets pass at most."""


class Rendering:
    """Calls `render()`; `later(milliseconds, handler)` and `passed()` are those of the host.

    After each time the page does something else for as long as that took. So a slow device that is told much renders
    less often, and no press waits for a row of renderings.
    """

    def __init__(
        self,
        later: "Callable[[float, Callable[[], Any]], Any]",
        passed: "Callable[[], float]",
        render: "Callable[[], Any]",
    ) -> None:
        self._later = later
        self._passed = passed
        self._render = render
        self._timer: "Any" = None
        self._not_before = 0.0

    def changed(self) -> None:
        """Render soon; many changes of one moment are one rendering."""
        if self._timer is None:
            self._timer = self._later(max(0.0, self._not_before - self._passed()), self.at_once)

    def settle(self) -> None:
        """Render what has changed at once, before the person's next key."""
        if self._timer is not None:
            self.at_once()

    def at_once(self) -> None:
        """Render, whether anything has changed or not."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        began = self._passed()
        self._render()
        ended = self._passed()
        self._not_before = ended + min(ended - began, LONGEST_PAUSE)
