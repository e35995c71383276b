"""The representative's page holds the record as the customer's tells it, and signs what it has seen of it itself."""

from ...core.chain import last_signature
from ...core.recorder_messages import MOST_HEADS
from ...core.witness import FALSE, SEEN, Witness
from ..entries import recordable
from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SEEN_SINCE = 3
"""The version from which on the customer's page knows a signature that says what this page has not seen."""
OVERDUE_AFTER = 6
"""Turns of a second after which an entry of the record cannot be on its way any more: the path would be gone."""
_OWN_ALONE = ("nudge", "permission_asked", "permission_withdrawn")
"""Events that the customer's page has from this one, and nobody else."""


class RepresentativeRecord(Record):
    """It takes what follows from what it has, signs it, and says so in the log when something was changed."""

    role = "representative"

    def __init__(self, host: "Any", session: "Any") -> None:
        self._witness: "Any" = Witness(self.role)
        self._is_witnessed = False  # the witness knows what this page kept of the record
        self._told = 0  # how many entries the witness was told
        self._agreed_with: "dict[str, bool]" = {}  # the customer's keys that this page agreed on words with
        self._knows_all = False  # what its person did: from the record of its own keys on
        self._hears_all = False  # what the customer's page says: from the keys of these two pages on
        self._to_sign: "dict[str, Any] | None" = None
        # Of what no record says yet: how often, and how many signatures came since the first of them.
        self._granted: "dict[tuple[str, int], list[int]]" = {}
        self._turns = 0
        self._own_keys: "dict[str, bool]" = {}  # of this device's pages
        self._wanted: "dict[str, Any] | None" = None  # what the recorder has asked for
        Record.__init__(self, host, session)

    def _signatures_loaded(self, kept: "list[Any]") -> None:
        def keys_loaded(keys: "list[str]") -> None:
            for key in keys:
                self._own_keys[key] = True
            Record._signatures_loaded(self, kept)
            self._tell_heads()

        self.host.records.load(self.session.id + "/keys/", keys_loaded)

    def keys_agreed(self, own: str, other: str) -> None:
        self._agreed_with[other] = True
        if self.session.conversation.is_kept:
            self.host.records.put(self.session.id + "/keys/" + own, own)
        said = {"type": "record_known", "records": len(self.chain.heads)}
        if self.chain.head:
            said["head"] = self.chain.head
        self.session.post(said)

    # what this page has seen itself

    def entry_changed(self, entry: "dict[str, Any]") -> None:
        """An entry of the log, which its half of the record may have come before."""
        if self.crypto is None:
            return
        if entry["kind"] == "event" and entry["event"] == "words":
            # New words are those of new pages, and the customer's log says of this one that it is back.
            self._witness.saw(_event(entry, self.role, "returned"))
            return
        for record in recordable(entry, self.role):
            number = self._witness.saw(record)
            if number and number <= self._told:
                self.run(self.chain.refuse(number))
            is_there = not entry["mine"] or entry.get("state") not in ("sending", None)
            if (record["kind"] == "message" and is_there) or (record["kind"] == "file" and entry["accepted"]):
                self._witness.owes(record)
        if self.session.ended:
            self._sign_again()

    def _is_lie(self, record: "dict[str, Any]") -> bool:
        """Whether this page knows better than the record. What it cannot know it does not sign either."""
        if record["kind"] == "keys":
            return self._is_foreign(record)
        found = self._witness.told(record)
        is_event = record["kind"] == "event"
        if found == SEEN:
            self._consent_recorded(record)
            return False
        if found == FALSE:
            return True
        if record["author"] == self.role:
            is_own_alone = record["text"] in _OWN_ALONE if is_event else record["kind"] != "file_end"
            return self._knows_all and is_own_alone
        return self._hears_all and is_event and record["text"] == "permission_granted"

    def _is_foreign(self, record: "dict[str, Any]") -> bool:
        """Keys that nobody agreed on. Those of an earlier page of this representative come before this page's own."""
        if "customer_key" not in record or "representative_key" not in record:
            return True
        key = record["representative_key"]
        if key == self.key.public:
            if record["customer_key"] not in self._agreed_with:
                return True
            if not self._knows_all:
                self._witness.is_another_page()
            self._knows_all = True
            self._hears_all = record["customer_key"] == self.other_key
            return False
        if key not in self._own_keys:
            self._witness.unknown(record["number"])
        return self._knows_all

    def on_record(self, message: "dict[str, Any]") -> None:
        record = message["record"]
        if self.chain.is_broken:
            return
        if record["number"] == self._told + 1:
            self._told += 1
            if self._is_lie(record):
                self.run(self.chain.refuse(record["number"]))
                return
        self.run(self.chain.received(record, message["head"]))

    # consents: what the customer's page told this one must be in the record soon

    def began(self) -> None:
        self._granted = {}
        self._hears_all = False
        if not self._is_witnessed:
            self._is_witnessed = True
            # The log is there by now: nobody is connected to before. What contradicted it was refused then.
            for record in self.chain.records:
                self._told += 1
                if record["kind"] == "keys":
                    self._is_foreign(record)
                else:
                    self._witness.told(record)

    def granted(self, permission: str, lease: int) -> None:
        """The customer's page has told this one of a consent; its record of it is on the way."""
        self._granted.setdefault((permission, lease), [0, 0])[0] += 1

    def _consent_recorded(self, record: "dict[str, Any]") -> None:
        if record["text"] != "permission_granted" or record["kind"] != "event":
            return
        what = (record.get("permission", ""), record.get("lease", 0))
        found = self._granted.get(what)
        if found is not None:
            found[0] -= 1
            found[1] = 0
            if not found[0]:
                del self._granted[what]

    def _is_silent_about_consent(self) -> bool:
        """Whether a consent is missing. The signature that comes first may have been under way when it was given."""
        for one in self._granted.values():
            one[1] += 1
        return any(one[1] > 1 for one in self._granted.values())

    def refused(self) -> None:
        self._to_sign = None
        self.session.conversation.event("record_refused")

    # signatures

    def statement(self) -> "dict[str, Any]":
        said = Record.statement(self)
        last = self.chain.records[-1:]
        is_over = [(record["kind"], record["text"]) for record in last] == [("event", "ended")]
        seen = {"unseen": self._witness.unseen(said["records"]), "missing": self._witness.missing(is_over)}
        is_all = seen == {"unseen": "", "missing": 0}
        return said if is_all and self._version() < SEEN_SINCE else said | seen

    def may_tell(self, said: "dict[str, Any]") -> bool:
        return "unseen" not in said or self._version() >= SEEN_SINCE

    def _version(self) -> int:
        return SEEN_SINCE if self._peer is None else int(self._peer.link.version)

    def on_record_signature(self, message: "dict[str, Any]") -> None:
        if self.chain.is_broken:
            return
        if self._is_silent_about_consent():
            self._granted = {}
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

    def _sign_again(self) -> None:
        """The same entries, of which this page has seen more since, or knows of more that they lack."""
        said = self.statement()
        if said["records"] == self._signed["records"] and said != self._signed and not self.chain.is_broken:
            self.sign(_nothing)

    # what the recorder asks

    def heads_wanted(self, message: "dict[str, Any]") -> None:
        """It is answered as soon as this page has signed one of those entries, and something else than is `known`."""
        self._wanted = message
        self._tell_heads()

    def keep(self, role: str, key: str, said: "dict[str, Any]") -> None:
        Record.keep(self, role, key, said)
        self._tell_heads()

    def _tell_heads(self) -> None:
        wanted = self._wanted
        signed = last_signature(list(self.signatures.values()), self.role)
        if wanted is None or signed is None or signed["signature"] == wanted.get("known"):
            return
        first, heads = wanted["first"], self.chain.heads
        if not first <= signed["records"] <= len(heads):
            return
        last = min(signed["records"], first + MOST_HEADS - 1)
        told = {name: signed[name] for name in signed if name != "by"}
        told |= {"type": "heads", "session": self.session.id, "first": first, "heads": heads[first - 1 : last]}
        if first > 1:
            told["before"] = heads[first - 2]
        if self.session.page.signaling.send(told):
            self._wanted = None

    def tick(self) -> None:
        Record.tick(self)
        self._turns += 1
        if self._turns % OVERDUE_AFTER == 0:
            self._witness.is_overdue()
        if self.crypto is not None:
            self._sign_again()


def _nothing() -> None:
    """A signature needs no answer."""


def _event(entry: "dict[str, Any]", role: str, text: str) -> "dict[str, Any]":
    return {"kind": "event", "id": entry["id"], "at": int(entry["at"]), "author": role, "text": text}
