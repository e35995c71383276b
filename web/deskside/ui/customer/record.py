"""The customer's page keeps the record: it numbers what counts, chains it and tells the representative's page."""

from ..entries import recordable
from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_UNACKNOWLEDGED = 32


class CustomerRecord(Record):
    """Entries of the log go in as they come; what was in the log and not in the chain before a reload follows."""

    role = "customer"

    def __init__(self, host: "Any", session: "Any") -> None:
        self._known: "dict[str, bool]" = {}
        self._waiting: "list[tuple[dict[str, Any], bool]]" = []  # and whether nothing was recorded then
        self._kept = 0  # how many this device holds: only these are told, or a browser that dies has told too much
        self._told = -1  # how many the other page has been told; -1 until it has said what it holds
        self._on_the_way = 0
        Record.__init__(self, host, session)

    def loaded(self) -> None:
        self._kept = len(self.chain.heads)
        for record in self.chain.records:
            self._known[record["kind"] + " " + record["id"]] = True
        waiting, self._waiting = self._waiting, []
        for entry, was_held in waiting:
            self._take(entry, was_held)

    def entry_changed(self, entry: "dict[str, Any]") -> None:
        if self.crypto is None:
            return
        if not self.is_loaded:
            self._waiting.append((entry, self.session.recording.is_held))
        else:
            self._take(entry)

    def _take(self, entry: "dict[str, Any]", was_held: bool = False) -> None:
        if entry["kind"] == "message" and "message " + entry["id"] in self._known:
            return
        for record in recordable(entry, self.role):
            self._append(record, was_held)

    def _append(self, record: "dict[str, Any]", was_held: bool = False) -> None:
        name = record["kind"] + " " + record["id"]
        if name not in self._known:
            self._known[name] = True
            commands = self.chain.append(record)
            self.session.recording.appended(record["number"], was_held)
            self.run(commands)

    def keys_agreed(self, own: str, other: str) -> None:
        record = {
            "kind": "keys",
            "id": self.host.identifier(),
            "at": int(self.host.now()),
            "author": "customer",
            "name": "",
            "text": "",
            "customer_key": own,
            "representative_key": other,
        }
        self._append(record)

    # telling

    @property
    def kept_records(self) -> "list[dict[str, Any]]":
        """The records that this device holds: nobody else is told of others."""
        records = self.chain.records
        return records if self._kept == len(records) else records[: self._kept]

    def began(self) -> None:
        self._told = -1
        self._on_the_way = 0

    def on_record_known(self, message: "dict[str, Any]") -> None:
        """The other page says what it holds; what is not the beginning of this record it will have to refuse."""
        records = message["records"]
        self._told = records if self.chain.holds(records, message.get("head", "")) else 0
        self._tell()

    def on_record_signature(self, message: "dict[str, Any]") -> None:
        self.check(message, "representative", lambda fine: None)

    def _tell(self) -> None:
        if self._exchange is None or self.session.peer not in (None, self._peer):
            return  # another page, which has yet to say what it holds
        chain = self.chain
        while 0 <= self._told < self._kept and self._on_the_way < MAX_UNACKNOWLEDGED:
            said = {"type": "record", "record": chain.records[self._told], "head": chain.heads[self._told]}
            if not self.session.tell(said):
                break
            self._told += 1
            self._on_the_way += 1

    def acknowledged(self, messages: "list[dict[str, Any]]") -> None:
        arrived = len([message for message in messages if message["type"] == "record"])
        if arrived:
            self._on_the_way = max(0, self._on_the_way - arrived)
            self._tell()

    def grown(self, record: "dict[str, Any]") -> None:
        self.host.records.when_kept(lambda: self._holds(record["number"]))

    def _holds(self, number: int) -> None:
        self._kept = max(self._kept, number)
        self._tell()
        self.session.recording.grown(self.kept_records)
        if self.session.ended and self.chain.is_settled:
            self.sign(_nothing)

    def tick(self) -> None:
        Record.tick(self)
        self._tell()
        # What is signed is what the other page was told: it has that before the signature.
        if self.chain.is_settled and self._told == len(self.chain.heads):
            self.sign(_nothing)


def _nothing() -> None:
    """A signature needs no answer."""
