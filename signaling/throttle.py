"""Limits on how often: a token bucket for each WebSocket, counters by name and address for the rest."""

import math
import time
from collections import OrderedDict

from limits import parse


class TokenBucket:
    """Holds at most `burst` tokens and gains `rate` a second."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._at = now

    def take(self, cost: float, now: float) -> bool:
        """Whether `cost` tokens were there; they are gone then."""
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if cost > self._tokens:
            return False
        self._tokens -= cost
        return True


class Throttle:
    """Counts by key in a window of time that begins with the first. Kept in memory: a restart forgives."""

    def __init__(self, rate: str) -> None:
        """`rate` as `limits` writes it: 10/minute."""
        item = parse(rate)
        self._most = item.amount
        self._lasts = item.get_expiry()
        self._windows: OrderedDict[str, tuple[float, int]] = OrderedDict()  # by key, in the order of their ends

    async def hit(self, key: str) -> int:
        """Count one. 0 when it is allowed, otherwise the seconds after which it will be."""
        ends, count = self._window(key)
        self._windows[key] = (ends, count + 1)
        return 0 if count < self._most else max(1, math.ceil(ends - time.monotonic()))

    async def exhausted(self, key: str) -> bool:
        """Whether one more would be refused. Counts nothing."""
        return self._window(key)[1] >= self._most

    async def counted(self, key: str) -> int:
        """How many were counted for `key`. Counts nothing."""
        return self._window(key)[1]

    async def forgive(self, key: str) -> None:
        """Forget what was counted for `key`."""
        self._windows.pop(key, None)

    def _window(self, key: str) -> tuple[float, int]:
        """When it ends and what was counted in it; windows that are over are forgotten."""
        now = time.monotonic()
        while self._windows and next(iter(self._windows.values()))[0] <= now:
            self._windows.popitem(last=False)
        return self._windows.get(key, (now + self._lasts, 0))
