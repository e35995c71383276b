"""Where the entries of a timeline stand beside the parts of the video, though several clocks were used to note them.

The pages write the server's time, as far as each knows it. A picture bears what the clock of the customer's device
shows, which may be hours off, and with pages of former versions the entries do too.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

APART = 2000
"""Milliseconds by which two clocks seem to differ at most that are the same, because what travels takes time."""


@dataclass
class Part:
    """The time of one connection, by the customer's clock: `end` is None where nobody has noted it."""

    number: int
    start: int
    end: int | None = None
    reason: str = ""
    offset: int = 0
    """From the start of the recording."""

    duration: int = 0
    received: int | None = None
    """What the recorder's clock showed at `start`, where that is told by the pictures."""


@dataclass
class Entry:
    """One of the session's record: `at` is when it was, by the customer's clock, and `offset` from the start of the
    recording. It stands in `part`, or in the pause beside it."""

    number: int
    record: Mapping[str, Any]
    received: int
    at: int = 0
    part: int = 0
    offset: int = 0
    is_marked: bool = False
    """Whether the representative's page has not confirmed it, though it has confirmed others."""


class Clocks:
    """How far the recorder's clock is ahead of each author's.

    What travels takes time, and what was kept back while a connection was lost takes more: the shortest way that was
    seen tells nearly the truth.
    """

    def __init__(self) -> None:
        self._ahead: dict[str, int] = {}

    def seen(self, author: str, at: int, received: int) -> None:
        ahead = received - at
        self._ahead[author] = min(self._ahead.get(author, ahead), ahead)

    def compare(self, part: Part) -> None:
        """A part whose start the pictures told: put it on the clock of the customer's page, if that is another one."""
        if part.received is None:
            return
        customer = self._ahead.get("customer")
        off = 0 if customer is None else part.start - (part.received - customer)
        if abs(off) <= APART:
            # No way of what travels lies between these two.
            self.seen("customer", part.start, part.received)
        else:
            part.start -= off
            part.end = None if part.end is None else part.end - off

    def customers(self, author: str, at: int) -> int:
        """A moment of the author's clock, by the customer's."""
        customer = self._ahead.get("customer")
        return at if customer is None else at + self._ahead.get(author, customer) - customer

    def latest(self, received: int) -> int | None:
        """When, by the customer's clock, what came then had happened; None where no entry compares the two."""
        customer = self._ahead.get("customer")
        return None if customer is None else received - customer


def place(parts: list[Part], entries: list[Entry], clocks: Clocks, durations: Mapping[int, int | None]) -> int:
    """Fill in all that follows from the notes, and return the start of the recording. Both lists are in order."""
    _settle(entries, clocks)
    start = parts[0].start if parts else min((entry.at for entry in entries), default=0)
    reached = 0
    for part in parts:
        length = durations.get(part.number)
        if length is None and part.end is not None:
            length = max(0, part.end - part.start)
        if length is None:
            length = _known(part, parts, entries)
        # A clock that was set back does not put one part into another.
        part.offset, part.duration = max(part.start - start, reached), length
        reached = part.offset + length
    starts = [part.start for part in parts]
    for entry in entries:
        part_of = _nearest(parts, starts, entry.at)
        if part_of is None:
            entry.offset = max(0, entry.at - start)
        else:
            entry.part = part_of.number
            entry.offset = max(0, part_of.offset + entry.at - part_of.start)
    return start


def _settle(entries: list[Entry], clocks: Clocks) -> None:
    """When each entry was. The end of a file bears the time of its offer: it was when it came, or before the next."""
    following: int | None = None
    for entry in reversed(entries):
        latest = clocks.latest(entry.received)
        if entry.record["kind"] == "file_end" and latest is not None:
            entry.at = latest if following is None else min(latest, following)
        else:
            entry.at = clocks.customers(entry.record["author"], entry.record["at"])
            following = entry.at
    reached = 0
    for entry in entries:
        reached = entry.at = max(entry.at, reached)


def _known(part: Part, parts: list[Part], entries: Iterable[Entry]) -> int:
    """How long a part lasted at least whose end nobody has noted."""
    following = min((other.start for other in parts if other.number > part.number), default=None)
    moments = [entry.at for entry in entries if following is None or entry.at < following]
    return max(0, max(moments, default=part.start) - part.start)


def _nearest(parts: list[Part], starts: list[int], at: int) -> Part | None:
    """The part in which this was; of two around a pause the one that is nearer."""
    after = bisect_right(starts, at)
    around = parts[max(0, after - 1) : after + 1]
    return min(around, key=lambda part: max(part.start - at, at - part.start - part.duration, 0), default=None)
