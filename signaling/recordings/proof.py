"""Which entries of a timeline the representative's page has seen itself: its signed heads beside what came.

The customer's page tells the recorder what it likes. The representative's page has the same chain (`core.chain`), signs
its head, and says which of its entries it has not seen (`core.witness`). What it says comes through the server, from
the WebSocket of whoever is in the session: by that its key is vouched for, and the customer's page has no part in it.
Each entry is looked at by itself, with the heads before and after it, because not all are recorded.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deskside.core.chain import link_text, signature_text, spans
from signaling.transcript.checking import is_signed

Entry = dict[str, Any]
MOST_WAITING = 512 << 10
"""Characters of entries that wait for a head, and `ENTRY` for each; of more than that the oldest are given up."""
ENTRY = 256
LOOKED_AT_AGAIN = 32
"""So many entries are compared once more: a page may see a little later what it is told of."""


class Proof:
    """`entries` are those that are kept already, and that nobody has vouched for."""

    def __init__(self, entries: Iterable[Entry] = (), taken: int = 0) -> None:
        self._waiting: dict[int, Entry] = {}
        self._size = 0
        self._taken = taken
        self._signed = 0  # how many entries the last signature is of
        self.known = ""
        """The last signature, where it can say nothing more than it has said."""
        for entry in entries:
            self.took(entry)
        self._checked = min(self._waiting, default=taken + 1) - 1

    def took(self, entry: Entry) -> bool:
        """An entry that is kept; numbers rise. Whether what was signed before may say something of it."""
        number = entry["number"]
        self._taken = max(self._taken, number)
        if entry["kind"] == "keys":  # it says nothing to people
            return False
        self._waiting[number] = entry
        self._size += ENTRY + len(entry["text"])
        while self._size > MOST_WAITING:
            self._drop(next(iter(self._waiting)))
        if number > self._signed:
            return False
        self.known = ""
        return True

    @property
    def first(self) -> int:
        """From which entry on heads are wanted."""
        return next(self._hopeful(), self._checked + 1)

    @property
    def is_waiting(self) -> bool:
        """Whether there is an entry that may still be vouched for."""
        return next(self._hopeful(), None) is not None

    @property
    def is_behind(self) -> bool:
        """Whether there are more heads of what was signed than have come."""
        return self._checked < min(self._taken, self._signed)

    def heads(self, told: Mapping[str, Any]) -> list[int]:
        """The numbers of what is proved by this, as `heads` of the protocol says it. False things prove nothing."""
        first, heads = told["first"], told["heads"]
        last = first + len(heads) - 1
        try:
            unseen = spans(told.get("unseen", ""))
        except ValueError:
            return []
        if not heads or ("before" in told) != (first > 1) or first > self.first or last > told["records"]:
            return []
        if (last == told["records"] and heads[-1] != told["head"]) or not _is_signed(told):
            return []
        proved = []
        before = told.get("before", "")
        for number, head in enumerate(heads, first):
            entry = self._waiting.get(number)
            if entry and not any(one <= number <= two for one, two in unseen):
                text = link_text(told["session"], before, entry)
                if hashlib.sha256(text.encode()).hexdigest() == head:
                    proved.append(number)
                    self._drop(number)
            before = head
        self._checked = max(self._checked, min(last, self._taken))
        self._signed = told["records"]
        self.known = "" if self.is_behind else told["signature"]
        return proved

    def _hopeful(self) -> Iterator[int]:
        return (number for number in self._waiting if number > self._checked - LOOKED_AT_AGAIN)

    def _drop(self, number: int) -> None:
        self._size -= ENTRY + len(self._waiting.pop(number)["text"])


def _is_signed(told: Mapping[str, Any]) -> bool:
    text = signature_text(
        told["session"], "representative", told["records"], told["head"], told.get("unseen"), told.get("missing", 0)
    )
    return is_signed(told["key"], text, told["signature"])
