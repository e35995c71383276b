"""The record of a session as a chain: each entry's hash goes over the one before, so that none can be changed later.

The customer's page appends and numbers; the representative's page takes what it is told, number by number, and
refuses a head that is not the right one. Hashes are asked for and come back by `digested`, one at a time, so entries
stay in order however long a browser takes.
"""

from collections import namedtuple

from .canonical import canonical

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Digest = namedtuple("Digest", ("text",))
"""Compute the SHA-256 of this text in UTF-8 and hand it to `digested`."""
Chained = namedtuple("Chained", ("record", "head"))
"""This record is in the chain, and `head` stands for everything up to it."""
Refused = namedtuple("Refused", ("number",))
"""What the other page says of this record does not follow from the ones before. Nothing more is taken."""

FORMAT = "deskside transcript 1"


def link_text(session: str, previous: str, record: "dict[str, Any]") -> str:
    """What is hashed for the head after `record`; `previous` is the head before it, "" for the first."""
    return (previous or FORMAT + "\n" + session) + "\n" + canonical(record)


def signature_text(session: str, role: str, number: int, head: str) -> str:
    """What a page signs to say that it holds the first `number` records under this head."""
    return "\n".join(["deskside transcript signature 1", session, role, str(number), head])


class Chain:
    """`saved` are pairs of record and head, in order, as `Chained` gave them before the page was loaded anew."""

    def __init__(self, session: str, saved: "list[tuple[dict[str, Any], str]] | None" = None) -> None:
        self.session = session
        self.records: "list[dict[str, Any]]" = []
        self.heads: "list[str]" = []
        self.refused_at = 0
        self._waiting: "list[tuple[dict[str, Any], str]]" = []
        for record, head in saved or []:
            if record.get("number") != len(self.records) + 1:
                break
            self.records.append(record)
            self.heads.append(head)

    @property
    def head(self) -> str:
        return self.heads[-1] if self.heads else ""

    @property
    def is_broken(self) -> bool:
        """Whether this page saw something else than it was told, and takes nothing more."""
        return self.refused_at > 0

    @property
    def is_settled(self) -> bool:
        """Whether every record that was handed over has its head."""
        return not self._waiting

    def append(self, record: "dict[str, Any]") -> "list[Any]":
        """The customer's page: one more record, which gets its number here."""
        record["number"] = len(self.records) + len(self._waiting) + 1
        return self._wait(record, "")

    def received(self, record: "dict[str, Any]", head: str) -> "list[Any]":
        """The representative's page: what it is told. What is there already changes nothing, unless it is another."""
        number = record["number"]
        if self.is_broken:
            return []
        if number <= len(self.heads):
            return [] if self.heads[number - 1] == head else self.refuse(number)
        known = len(self.records) + len(self._waiting)
        if number <= known:
            return [] if self._waiting[number - known - 1] == (record, head) else self.refuse(number)
        return self._wait(record, head) if number == known + 1 else self.refuse(number)

    def refuse(self, number: int) -> "list[Any]":
        """Take nothing more: this page saw something else."""
        if self.is_broken:
            return []
        self.refused_at = number
        self._waiting = []
        return [Refused(number)]

    def digested(self, head: str) -> "list[Any]":
        """The hash of the text that was asked for last."""
        if not self._waiting:
            return []
        record, expected = self._waiting.pop(0)
        if expected and expected != head:
            return self.refuse(record["number"])
        self.records.append(record)
        self.heads.append(head)
        return [Chained(record, head)] + self._next()

    def holds(self, number: int, head: str) -> bool:
        """Whether the first `number` records end in this head."""
        return number == 0 or (0 < number <= len(self.heads) and self.heads[number - 1] == head)

    def _wait(self, record: "dict[str, Any]", head: str) -> "list[Any]":
        self._waiting.append((record, head))
        return self._next() if len(self._waiting) == 1 else []

    def _next(self) -> "list[Any]":
        return [Digest(link_text(self.session, self.head, self._waiting[0][0]))] if self._waiting else []


def shown_text(session: str, role: str, digest: str) -> str:
    """What a page signs for what a file shows to people; `digest` is that of the file without its data."""
    return "\n".join(["deskside transcript shown 1", session, role, digest])
