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


def signature_text(
    session: str, role: str, number: int, head: str, unseen: "str | None" = None, missing: int = 0
) -> str:
    """What a page signs of the first `number` records under this head.

    The customer's page has written each of them. The representative's says which of them it has not seen itself
    (`unseen`, spans), and how many messages and files that it knows of they lack; up to version 2 it did not.
    """
    if unseen is None:
        return "\n".join(["deskside transcript signature 1", session, role, str(number), head])
    return "\n".join(["deskside transcript signature 2", session, role, str(number), head, unseen, str(missing)])


def spans_text(found: "list[list[int]]") -> str:
    """Numbers of records, from the lowest, as first and last of each row of them: `1-4,7-7`; "" for none."""
    return ",".join([str(first) + "-" + str(last) for first, last in found])


def spans(text: str) -> "list[list[int]]":
    """What `spans_text` has written; ValueError for anything else."""
    found: "list[list[int]]" = []
    for word in text.split(",") if text else []:
        first, _, last = word.partition("-")
        found.append([int(first), int(last)])
    before = 0
    for one in found:
        if one[0] <= before or one[1] < one[0]:
            raise ValueError("not in order")
        before = one[1]
    if spans_text(found) != text:
        raise ValueError("written otherwise")
    return found


PRESENCE = ("joined", "left", "returned", "handed_back", "ended")
"""What the server tells both pages, and neither person says."""


def last_signature(signatures: "list[dict[str, Any]]", role: str) -> "dict[str, Any] | None":
    """Of the pages that one person had in a session, the one that signed the most of it last."""
    last: "dict[str, Any] | None" = None
    for one in signatures:
        if one["by"] == role and (last is None or one["records"] > last["records"]):
            last = one
    return last


def unconfirmed(
    records: "list[dict[str, Any]]", signatures: "list[dict[str, Any]]", holder: str
) -> "list[dict[str, Any]]":
    """The entries of one side's copy that its own word alone stands for: what comes after the last signature of the
    other page, and whatever the representative's page has not seen."""
    other = "representative" if holder == "customer" else "customer"
    theirs = last_signature(signatures, other)
    confirmed = 0 if theirs is None else theirs["records"]
    signed = last_signature(signatures, "representative")
    unseen = [] if signed is None else spans(signed.get("unseen", ""))
    found = []
    for record in records:
        number = record["number"]
        if record["kind"] == "keys":
            continue
        is_late = number > confirmed and (record["kind"] != "event" or record["text"] not in PRESENCE)
        while unseen and unseen[0][1] < number:
            del unseen[0]
        if is_late or (unseen and unseen[0][0] <= number):
            found.append(record)
    return found


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
