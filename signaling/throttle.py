"""Limits on how often: a token bucket for each WebSocket, counters by name and address for the rest."""

import math
import time

from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter


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
    """Counts by key in a window of time. Kept in memory: a restart forgives. Make it on the event loop."""

    def __init__(self, rate: str) -> None:
        self._item = parse(rate)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    async def hit(self, key: str) -> int:
        """Count one. 0 when it is allowed, otherwise the seconds after which it will be."""
        if await self._limiter.hit(self._item, key):
            return 0
        window = await self._limiter.get_window_stats(self._item, key)
        return max(1, math.ceil(window.reset_time - time.time()))

    async def exhausted(self, key: str) -> bool:
        """Whether one more would be refused. Counts nothing."""
        return not await self._limiter.test(self._item, key)

    async def forgive(self, key: str) -> None:
        """Forget what was counted for `key`."""
        await self._limiter.clear(self._item, key)
