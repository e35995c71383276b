"""The representative's page holds the record as the customer's tells it, unless that is not what happened."""

from ..entries import contradicts
from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class RepresentativeRecord(Record):
    """It takes what follows from what it has, signs it, and says so in the log when something was changed."""

    role = "representative"

    def __init__(self, host: "Any", session: "Any") -> None:
        self._by_id: "dict[str, dict[str, Any]]" = {}  # messages and files
        self._agreed_with: "dict[str, bool]" = {}  # the customer's keys that this page agreed on words with
        self._knows_all = False  # from the record of its own keys on
        self._to_sign: "dict[str, Any] | None" = None
        self._granted: "list[list[Any]]" = []  # permission, lease, and signatures since, of what no record says yet
        Record.__init__(self, host, session)

    def loaded(self) -> None:
        for record in self.chain.records:
            self._by_id[record["id"]] = record

    def keys_agreed(self, own: str, other: str) -> None:
        self._agreed_with[other] = True
        said = {"type": "record_known", "records": len(self.chain.heads)}
        if self.chain.head:
            said["head"] = self.chain.head
        self.session.post(said)

    def on_record(self, message: "dict[str, Any]") -> None:
        record = message["record"]
        entry = self.session.conversation.entries.get(record["id"])
        is_false = contradicts(record, entry, self.role, self._knows_all)
        if self._is_foreign(record) or is_false or self._is_unheard_consent(record):
            self.run(self.chain.refuse(record["number"]))
            return
        if record["kind"] == "keys" and record["representative_key"] == self.key.public:
            self._knows_all = True
        if record["kind"] in ("message", "file"):
            self._by_id[record["id"]] = record
        self.run(self.chain.received(record, message["head"]))

    def _is_foreign(self, record: "dict[str, Any]") -> bool:
        """Keys that nobody agreed on. Those of an earlier page of this representative come before this page's own."""
        if record["kind"] != "keys":
            return False
        if "customer_key" not in record or "representative_key" not in record:
            return True
        if record["representative_key"] == self.key.public:
            return record["customer_key"] not in self._agreed_with
        return self._knows_all

    # consents: what the customer's page told this one and what it records are the same

    def began(self) -> None:
        self._granted = []

    def granted(self, permission: str, lease: int) -> None:
        """The customer's page has told this one of a consent; its record of it is on the way."""
        self._granted.append([permission, lease, 0])

    def _is_unheard_consent(self, record: "dict[str, Any]") -> bool:
        if record["kind"] != "event" or record["text"] != "permission_granted":
            return False
        for index in range(len(self._granted)):
            if self._granted[index][:2] == [record.get("permission"), record.get("lease", 0)]:
                del self._granted[index]
                return False
        return self._knows_all

    def _is_silent_about_consent(self) -> bool:
        """Whether a consent is missing. The signature that comes first may have been under way when it was given."""
        for one in self._granted:
            one[2] += 1
        return any(one[2] > 1 for one in self._granted)

    def entry_changed(self, entry: "dict[str, Any]") -> None:
        """A message that comes after its record must be the one that the record has."""
        record = self._by_id.get(entry["id"])
        if record is not None and entry["kind"] == "message" and contradicts(record, entry, self.role, False):
            self.run(self.chain.refuse(record["number"]))

    def refused(self) -> None:
        self._to_sign = None
        self.session.conversation.event("record_refused")

    # signatures

    def on_record_signature(self, message: "dict[str, Any]") -> None:
        if self._is_silent_about_consent():
            self._granted = []
            self.run(self.chain.refuse(len(self.chain.heads) + 1))
            return
        self._to_sign = message
        if self.chain.is_settled:
            self.grown({})

    def grown(self, record: "dict[str, Any]") -> None:
        message = self._to_sign
        if message is None or len(self.chain.heads) < message["records"]:
            return
        self._to_sign = None
        self.check(message, "customer", self._checked)

    def _checked(self, fine: bool) -> None:
        if fine and not self.chain.is_broken:
            self.sign(_nothing)
        elif not fine:
            self.run(self.chain.refuse(len(self.chain.heads) + 1))


def _nothing() -> None:
    """A signature needs no answer."""
