"""Who may do what costs much: a few at a time, the others in turn, and not more than can be served soon."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST = 32
"""So many wait at once on each of the two sides; each takes a tenth of a second or two."""
MOST_OF_ONE = 4
"""So many of them from one address."""

Line = OrderedDict[str, deque["asyncio.Future[None]"]]


class Crowded(Exception):
    """No room to wait: later again."""


class Turns:
    """`places` at a time. Who is known comes before strangers; among each, addresses take turns."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._known: Line = OrderedDict()
        self._strangers: Line = OrderedDict()

    @asynccontextmanager
    async def turn(self, address: str, is_known: bool, is_bounded: bool = True) -> AsyncIterator[None]:
        """Held by a `with`. Raises Crowded, at once or when somebody with fewer waiting needs the room. What is not
        `is_bounded` always finds room: an administrator's own doing."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(self._known if is_known else self._strangers, address, is_bounded)
        try:
            yield
        finally:
            self._next()

    async def _wait(self, line: Line, address: str, is_bounded: bool) -> None:
        if is_bounded:
            self._make_room(line, address)
        place = asyncio.get_running_loop().create_future()
        line.setdefault(address, deque()).append(place)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():
                self._next()  # it had the turn already
            raise

    def _make_room(self, line: Line, address: str) -> None:
        own = len(line.get(address, ()))
        if own >= MOST_OF_ONE:
            raise Crowded
        if sum(map(len, line.values())) < MOST:
            return
        # Whoever comes from several addresses takes no more room than the others leave.
        busiest = max(line, key=lambda one: len(line[one]))
        if len(line[busiest]) < own + 2:
            raise Crowded
        last = line[busiest].pop()
        if not last.done():
            last.set_exception(Crowded())

    def _next(self) -> None:
        for line in (self._known, self._strangers):
            while line:
                address, places = line.popitem(last=False)
                place = places.popleft()
                if places:
                    line[address] = places
                if not place.done():
                    place.set_result(None)
                    return
        self._free += 1
