"""The server's clock, which a test can put forward."""

import time


class Clock:
    """Takes the place of the module `time` for the server."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def time(self) -> float:
        """Seconds since the epoch."""
        return time.time() + self._ahead

    def forward(self, seconds: float) -> None:
        """So much later at once."""
        self._ahead += seconds
