"""What the recorder is told of a session's record: which entries, in which order, and how many at a time.

The recorder says the highest number that it holds; what follows is sent. What was appended while the recording was
held is never sent: it is withheld by its number, on every later page of the session too.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_UNACKNOWLEDGED = 32


class Timeline:
    """Numbers are those of the record, from 1. `kept` is an earlier `kept`, or ""."""

    def __init__(self, kept: str = "") -> None:
        self._withheld = [_span(word) for word in kept.split(",")] if kept else []
        self._sent = -1  # up to which number; -1 until the recorder has said what it holds
        self._waiting: "list[int]" = []  # sent, and not on the recorder's disk yet

    @property
    def kept(self) -> str:
        """What is withheld, as text."""
        return ",".join([str(first) + "-" + str(last) for first, last in self._withheld])

    def withhold(self, number: int) -> None:
        """This entry came while nothing may be recorded."""
        if self._withheld and self._withheld[-1][1] >= number - 1:
            self._withheld[-1] = (self._withheld[-1][0], max(number, self._withheld[-1][1]))
        else:
            self._withheld.append((number, number))

    def is_withheld(self, number: int) -> bool:
        return len([1 for first, last in self._withheld if first <= number <= last]) > 0

    def known(self, number: int) -> None:
        """The recorder holds everything up to this number that it is to have."""
        if self._sent < 0:
            self._sent = number
        self._waiting = [one for one in self._waiting if one > number]

    def closed(self) -> None:
        """The connection is gone; the next recorder says anew what it holds."""
        self._sent = -1
        self._waiting = []

    def due(self, records: "list[dict[str, Any]]") -> "list[dict[str, Any]]":
        """The entries to send now, of all there are."""
        found: "list[dict[str, Any]]" = []
        while 0 <= self._sent < len(records) and len(self._waiting) < MAX_UNACKNOWLEDGED:
            record = records[self._sent]
            self._sent += 1
            if not self.is_withheld(self._sent):
                self._waiting.append(self._sent)
                found.append(record)
        return found


def _span(word: str) -> "tuple[int, int]":
    first, _, last = word.partition("-")
    return int(first), int(last)
