"""What one page has itself seen or done, beside what the record of the session says of it.

The customer's page keeps the record; the representative's page signs it, and so must tell which of its entries it can
vouch for. Both sides of that comparison have the shape of the record: what this page's own log has (`saw`), and what
the record says (`told`). An entry is seen when both have it; until then it is *unseen*, whichever comes first.

- Messages and files are found by their id, and must be the same.
- Events have another id on each page. One of them counts for one in the record, and is found by what it says.
- Messages of one person, and what is said of consents, stand in the record in the order in which this page had them.
"""

from .chain import spans_text
from .file_names import safe_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SEEN, UNSEEN, FALSE = "seen", "unseen", "false"
MAX_SPANS = 60
"""More gaps than that are told as fewer and larger ones: then less is vouched for, and never more."""
SLACK_MS = 300_000
"""By how much the two pages' times of one entry may differ. Both go by the server's clock."""
_ORDERED = ("permission_granted", "permission_denied", "revoked", "sharing_started", "sharing_stopped")


class Witness:
    """`own` is the role of this page's person. Nothing here asks whom to believe: it only compares."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._known: "dict[str, tuple[dict[str, Any], int]]" = {}  # of the log: what it says, and its place
        self._events: "dict[str, list[tuple[dict[str, Any], int]]]" = {}  # of the log, which no entry has claimed yet
        self._waiting: "dict[str, list[dict[str, Any]]]" = {}  # of the record, whose own half is not here
        self._recorded: "dict[str, bool]" = {}
        self._spans: "list[list[int]]" = []
        self._last: "dict[str, tuple[int, int]]" = {}  # by stream: number in the record and place in the log
        self._places = 0
        self._is_revoked = False
        self._owed: "dict[str, bool]" = {}
        self._overdue: "dict[str, bool]" = {}

    # what happens

    def saw(self, record: "dict[str, Any]") -> int:
        """This page's own log has this. The number of an entry of the record that it contradicts, or 0."""
        name = _name(record)
        if name in self._known:
            return 0
        self._places += 1
        half = (record, self._places)
        self._known[name] = half
        key = name if _is_lasting(record) else _saying(record)
        waiting = self._waiting.get(key)
        if not waiting:
            if not _is_lasting(record):
                self._events.setdefault(key, []).append(half)
            return 0
        told = waiting.pop(0)
        if _is_lasting(record) and not _is_same(told, record):
            return int(told["number"]) if told["kind"] != "file_end" else 0
        if self._fits(told, half):
            self._found(told["number"])
        return 0

    def told(self, record: "dict[str, Any]") -> str:
        """The record's next entry says this: SEEN, UNSEEN so far, or FALSE where this page has something else."""
        if _is_lasting(record):
            key = _name(record)
            if key in self._recorded:
                self._miss(record["number"])
                return FALSE
            self._recorded[key] = True
            self._owed.pop(key, None)
            self._overdue.pop(key, None)
            half = self._known.get(key)
            if half is not None and not _is_same(record, half[0]):
                self._miss(record["number"])
                return UNSEEN if record["kind"] == "file_end" else FALSE
        else:
            key = _saying(record)
            events = self._events.get(key)
            half = events.pop(0) if events else None
            if half is None and record["text"] == "revoked" and self._is_revoked:
                return SEEN  # pressed once more: this page writes that down only once
        if half is not None and self._fits(record, half):
            return SEEN
        self._miss(record["number"])
        if half is None:
            self._waiting.setdefault(key, []).append(record)
        return UNSEEN

    def is_another_page(self) -> None:
        """What the record has of this role so far is of an earlier page, perhaps of somebody else: nothing that is done
        on this one is the other half of it."""
        for key in list(self._waiting):
            self._waiting[key] = [
                one for one in self._waiting[key] if one["kind"] != "event" or one["author"] != self._own
            ]

    def unknown(self, number: int) -> None:
        """An entry that nobody can have seen but those whose keys it names."""
        self._miss(number)

    def owes(self, record: "dict[str, Any]") -> None:
        """The customer's page has this message or file, so that its record must have it soon."""
        if _name(record) not in self._recorded:
            self._owed[_name(record)] = True

    def is_overdue(self) -> None:
        """Call when what was owed at the last call can no longer be on its way."""
        self._overdue.update(self._owed)
        self._owed = {}

    # what can be vouched for

    def unseen(self, number: int) -> str:
        """Which of the first `number` entries this page has not seen, as `core.chain.spans` reads it."""
        return spans_text([[first, min(last, number)] for first, last in self._spans if first <= number])

    def missing(self, is_over: bool) -> int:
        """How many messages and files the record lacks; after its last entry (`is_over`) nothing more is on its way."""
        return len(self._overdue) + (len(self._owed) if is_over else 0)

    # within

    def _fits(self, record: "dict[str, Any]", half: "tuple[dict[str, Any], int]") -> bool:
        """Whether an entry stands at its place and in its time; one that does not is not vouched for."""
        seen, place = half
        # Either may have been without a line in between: what is written arrives later, and never earlier.
        late = record["at"] - seen["at"] if seen["author"] != self._own else seen["at"] - record["at"]
        if late > SLACK_MS:
            return False
        if record["kind"] == "message":
            stream = "message " + record["author"]
        elif record["text"] in _ORDERED and record["kind"] == "event":
            stream = "event " + record["author"]
        else:
            return True
        last = self._last.get(stream, (0, 0))
        if record["number"] < last[0] or place < last[1]:
            return False
        self._last[stream] = (record["number"], place)
        if record["kind"] == "event" and record["text"] in ("revoked", "permission_granted"):
            self._is_revoked = record["text"] == "revoked"
        return True

    def _miss(self, number: int) -> None:
        if self._spans and self._spans[-1][1] >= number - 1:
            self._spans[-1][1] = max(number, self._spans[-1][1])
        else:
            self._spans.append([number, number])
        self._limit()

    def _found(self, number: int) -> None:
        for index in range(len(self._spans) - 1, -1, -1):
            first, last = self._spans[index]
            if first <= number <= last:
                parts = [part for part in ([first, number - 1], [number + 1, last]) if part[0] <= part[1]]
                self._spans[index : index + 1] = parts
                self._limit()
                return

    def _limit(self) -> None:
        while len(self._spans) > MAX_SPANS:
            last = self._spans.pop()
            self._spans[-1][1] = last[1]


def _is_lasting(record: "dict[str, Any]") -> bool:
    """Whether both pages call it by the same id."""
    return record["kind"] in ("message", "file", "file_end")


def _name(record: "dict[str, Any]") -> str:
    """Under which an entry is known: a message and a file never have the same id."""
    prefix = {"file_end": "end ", "event": "event "}.get(record["kind"], "entry ")
    return prefix + str(record["id"])


def _saying(record: "dict[str, Any]") -> str:
    """What an event says. Where pages are gone at once, each holds its own for the one that left; the reason of an end
    says whose it was; and a page whose Python had crashed does not know what the red X stopped."""
    details = {name: str(record.get(name, "")) for name in ("author", "permission", "surface", "reason")}
    if record["text"] == "ended" or details["reason"] == "left":
        details["author"] = ""
    if record["text"] == "sharing_stopped":
        details["surface"] = ""
    said = [details[name] for name in ("author", "permission", "surface", "reason")]
    return "\n".join(["event", record["text"], str(record.get("lease", 0))] + said)


def _is_same(one: "dict[str, Any]", two: "dict[str, Any]") -> bool:
    if one["kind"] != two["kind"] or one["author"] != two["author"]:
        return False
    if one["kind"] == "message":
        return bool(one["text"] == two["text"])
    if safe_name(one["text"]) != safe_name(two["text"]):
        return False
    if one["kind"] == "file":
        return bool(one.get("size") == two.get("size"))
    return bool(one.get("reason") == two.get("reason"))
