"""The clocks of a page: what has passed, the server's time, and moments in words and for machines."""

from ..core.server_clock import ServerClock
from .js import document, monotonic, new, wall, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_STYLES = {
    "time": (("hour", "2-digit"), ("minute", "2-digit")),
    "date": (("dateStyle", "medium"),),
    "moment": (("dateStyle", "medium"), ("timeStyle", "short")),
    "day": (("dateStyle", "full"),),
}


class PageClock:
    """One for a page. Times are milliseconds."""

    def __init__(self) -> None:
        self._server = ServerClock(monotonic(), wall())
        self._language = ""
        self._made: "dict[str, Any]" = {}

    def now(self) -> float:
        """The server's time, since the epoch."""
        return self._server.now(monotonic())

    def passed(self) -> float:
        """For durations: it never goes back, whatever becomes of the device's clock."""
        return self._server.passed(monotonic())

    def ahead(self) -> float:
        """Of the server's time before `performance.now`."""
        ticks = monotonic()
        return self._server.now(ticks) - ticks

    def heard(self, now: float) -> None:
        """The server has just said what time it is."""
        self._server.heard(now, monotonic(), wall())

    def is_in_doubt(self) -> bool:
        """Once a second: whether the server should be asked what time it is."""
        return self._server.turn(monotonic(), wall())

    def said(self, style: str, at: float) -> "tuple[str, str]":
        """A moment in the page's language, as `time` of day, `date`, `moment` of both or `day` of the week with its
        date, and as `iso` gives it.
        """
        language = str(document.documentElement.lang)
        if language != self._language:
            self._language = language
            self._made = {}
        if style not in self._made:
            pairs = [window.Array.of(*pair) for pair in _STYLES[style]]
            options = window.Object.fromEntries(window.Array.of(*pairs))
            # The digits of the numbers beside it.
            self._made[style] = new(window.Intl.DateTimeFormat, language + "-u-nu-latn", options)
        return str(self._made[style].format(window.Date.new(float(at)))), iso(at)


def iso(at: float) -> str:
    """A moment as this device's people have it, with what that is ahead of UTC: 2026-11-30T11:05:12.000+01:00."""
    ahead = -int(window.Date.new(float(at)).getTimezoneOffset())
    shown = str(window.Date.new(float(at) + ahead * 60_000.0).toISOString())[:-1]
    minutes = abs(ahead)
    return shown + ("-" if ahead < 0 else "+") + f"{minutes // 60:02d}:{minutes % 60:02d}"


def zone() -> str:
    """The name of this device's time zone, as Europe/Berlin."""
    return str(window.Intl.DateTimeFormat.new().resolvedOptions().timeZone)
