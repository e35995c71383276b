"""Which moment of the customer's clock a picture shows, and where in its file it stands.

A file begins when its connection stands; that moment is not known by the customer's clock before the first sender
report has come (RFC 3550, 6.4.1). So the first picture stands where it arrived, the others as far from it as their
RTP timestamps say, and the first report tells what the customer's clock showed at the file's beginning. Later reports
move the pictures by what the two clocks have gone apart.
"""

RATE = 90
"""RTP ticks of video in a millisecond."""
_NTP_TO_1970 = 2_208_988_800
CREDIBLE = 500.0
"""Milliseconds by which a report may differ from those before it."""
AGREED = 3
"""So many reports in a row that differ all the same way are believed after all: somebody has set the clock."""
FARTHEST = 10_000.0
"""Milliseconds between a picture's arrival and its place. What is farther off stands where it arrived."""
_SHARE = 0.25
"""How much of a difference is taken over at each report: reports are some milliseconds wrong themselves."""


class PartClock:
    """The clock of one connection. All times are milliseconds; `arrived` counts from the file's beginning."""

    def __init__(self) -> None:
        self.start: int | None = None
        """What the customer's clock showed at the file's beginning, once a report has said so."""
        self._ticks: int | None = None
        self._origin: float | None = None
        self._last = -1
        self._disagreed: list[float] = []
        self._early: tuple[float, int] | None = None

    def place(self, timestamp: int, arrived: int) -> int:
        """Where in the file the picture of this RTP timestamp stands: after all that were placed before it."""
        at = self._unwrapped(timestamp) / RATE
        if self._origin is None or abs(at - self._origin - arrived) > FARTHEST:
            self._origin = at - arrived
            self.start = None
            self._disagreed.clear()
            if self._early:
                self._reported(*self._early)
        self._last = max(self._last + 1, round(at - self._origin))
        return self._last

    def reported(self, ntp_timestamp: int, rtp_timestamp: int) -> None:
        """A sender report: what the customer's clock shows at an RTP timestamp."""
        shown = ((ntp_timestamp >> 32) - _NTP_TO_1970) * 1000 + (ntp_timestamp & 0xFFFFFFFF) * 1000 / (1 << 32)
        ticks = self._unwrapped(rtp_timestamp)
        if self._origin is None:
            self._early = (shown, ticks)
        else:
            self._reported(shown, ticks)

    def _reported(self, shown: float, ticks: int) -> None:
        assert self._origin is not None
        self._early = None
        start = shown - (ticks / RATE - self._origin)
        if start < 0:
            return
        if self.start is None:
            self.start = round(start)
            return
        off = start - self.start
        if abs(off) <= CREDIBLE:
            self._disagreed.clear()
            self._origin -= off * _SHARE
        else:
            self._disagree(off)

    def _disagree(self, off: float) -> None:
        if self._disagreed and abs(off - self._disagreed[-1]) > CREDIBLE:
            self._disagreed.clear()
        self._disagreed.append(off)
        if len(self._disagreed) >= AGREED:
            assert self.start is not None
            self.start += round(off)
            self._disagreed.clear()

    def _unwrapped(self, timestamp: int) -> int:
        """The RTP timestamp as if it had no end: it begins anew every 13 hours, and reports come oftener."""
        if self._ticks is None:
            self._ticks = timestamp
        else:
            ahead = ((timestamp - self._ticks + (1 << 31)) & 0xFFFFFFFF) - (1 << 31)
            self._ticks += ahead
        return self._ticks
