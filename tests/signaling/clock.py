"""The server's clock, which a test can put forward."""

import time


class Clock:
    """Takes the place of the module `time` for the server."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._set_by = 0.0

    def time(self) -> float:
        """Seconds since the epoch, as the machine has it."""
        return time.time() + self._ahead + self._set_by

    def clock_gettime(self, clock: int) -> float:
        """Seconds of a clock that nobody can set."""
        return time.clock_gettime(clock) + self._ahead

    def monotonic(self) -> float:
        """The same."""
        return time.monotonic() + self._ahead

    def forward(self, seconds: float) -> None:
        """So much later at once."""
        self._ahead += seconds

    def set_by(self, seconds: float) -> None:
        """Somebody sets the machine's clock."""
        self._set_by += seconds
