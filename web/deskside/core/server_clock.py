"""The server's time on a page whose device may be hours off, be set while the page runs, or sleep.

A page reads two clocks. The one that only goes on (`performance.now`; here `ticks`) can be set by nobody, but on many
systems stands still while the device sleeps. The device's own (`Date`; here `wall`) goes on in its sleep, but shows
whatever people, a time service or a dead battery make of it. What the server says of its time settles both.
"""

JUMPS = 2000.0
"""Milliseconds in one second by which the two clocks of a device never go apart by themselves."""
LATE = 10_000.0
"""Milliseconds that the server's word takes at most to come here. Less, and it is taken for a slow line."""
UNANSWERED = 10_000.0
"""Milliseconds without the server's word after which a device whose clock has jumped counts as one that has slept: a
permission that should be over is worse than one that is over early."""


class ServerClock:
    """`passed` is for durations and never goes back; `now` is for moments, and compares with those of the server.

    Until the server has spoken, `now` is what the device's own clock showed at the beginning, and goes on from there.
    """

    def __init__(self, ticks: float, wall: float) -> None:
        self._slept = 0.0  # what has passed besides the ticks
        self._ahead = wall - ticks  # of the server's time before `passed`
        self._is_told = False
        self._apart = wall - ticks  # of the device's two clocks, when they were last known to be right
        self._doubted_at: "float | None" = None

    def passed(self, ticks: float) -> float:
        """Milliseconds that have passed since some moment, the device's sleep included once it is known."""
        return ticks + self._slept

    def now(self, ticks: float) -> float:
        """The server's time, in milliseconds since the epoch."""
        return ticks + self._slept + self._ahead

    def heard(self, now: float, ticks: float, wall: float) -> None:
        """The server has just said what time it is. Its word took a while, so of two the later time is the better."""
        more = now - self.now(ticks)
        if not self._is_told or more < -LATE:
            self._ahead += more
        elif more > 0.0:
            self._slept += more
        self._is_told = True
        self._agree(ticks, wall)

    def turn(self, ticks: float, wall: float) -> bool:
        """A second has passed. Whether to ask the server for its time: the device's clock has jumped."""
        jump = wall - ticks - self._apart
        if jump <= JUMPS:
            # A clock that was set back is not one that slept.
            self._agree(ticks, wall)
            return False
        if self._doubted_at is None:
            self._doubted_at = ticks
        if ticks - self._doubted_at < UNANSWERED:
            return True
        self._slept += jump
        self._is_told = False
        self._agree(ticks, wall)
        return False

    def _agree(self, ticks: float, wall: float) -> None:
        self._apart = wall - ticks
        self._doubted_at = None
