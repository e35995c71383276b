"""The server's time: as the machine has it, without the steps that people and time services make in it."""

import time

_ELAPSED = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""Of the clocks that nobody can set, the one that goes on while the machine sleeps."""


class SteadyClock:
    """Waits, leases and countdowns are differences of its moments, so none changes when the machine's clock is set.

    It takes over the machine's time at its start, and whenever `settle` says that nothing is being measured.
    """

    def __init__(self) -> None:
        self._ahead = 0.0
        self.settle()

    def now(self) -> int:
        """Milliseconds since the epoch."""
        return int((_elapsed() + self._ahead) * 1000)

    def settle(self) -> None:
        """Take the machine's time, whatever it is."""
        self._ahead = time.time() - _elapsed()

    @property
    def off(self) -> float:
        """Seconds that the machine's clock is ahead of this one: what it was set by."""
        return time.time() - _elapsed() - self._ahead


def wall() -> float:
    """Seconds since the epoch as the machine has it: for what another machine compares with its own clock."""
    return time.time()


def _elapsed() -> float:
    return time.monotonic() if _ELAPSED is None else time.clock_gettime(_ELAPSED)
