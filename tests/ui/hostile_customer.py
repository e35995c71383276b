"""A customer's page that writes into its record what it likes, beside an honest representative's; and what that page
has really seen, by the wires and not by what it says of it."""

import hashlib
import itertools
import json
from collections.abc import Callable
from typing import Any

from deskside.core.chain import link_text, spans
from deskside.ui.console.session import RepresentativeSession
from tests.ui.pages import ABOUT
from tests.ui.two_pages import ConsoleFakePage, TwoPages, host

_ids = itertools.count(1)
Change = Callable[[list[dict[str, Any]]], Any]


def lie(**values: Any) -> dict[str, Any]:
    """An entry of the record that never happened; a message of the representative where nothing else is said."""
    record = {"kind": "message", "author": "representative", "name": "Ann", "text": "I pay you 1000"}
    return record | {"id": f"lie{next(_ids)}", "at": 1_700_000_000_000} | values


class Device:
    """What one representative's device has had: sessions of its pages, and the messages that came and went."""

    def __init__(self) -> None:
        self.sessions: list[RepresentativeSession] = []
        self.messages: dict[str, tuple[str, str]] = {}  # by id, in order: author and text

    @property
    def keys(self) -> list[str]:
        return [session.record.key.public for session in self.sessions if session.record.key]


class HostileCustomer(TwoPages):
    """Its honest half runs on: what is forged stands in the same chain, with right numbers and heads."""

    def __init__(self) -> None:
        self.devices = [Device()]
        super().__init__()
        self.devices[-1].sessions.append(self.representative)
        self.change: Change | None = None  # of what the chain is given next

    def join(self) -> "HostileCustomer":
        super().join()
        self._listen()  # to the chain that this page goes on with
        return self

    def met(self) -> None:
        device = self.devices[-1]
        peer: Any = self.ends.representative
        deliver = peer.deliver

        def delivered(label: str, message: dict[str, Any]) -> None:
            if message["type"] == "message":
                device.messages.setdefault(message["id"], ("customer", message["text"]))
            deliver(label, message)

        peer.deliver = delivered

    def write(self, text: str, author: str = "customer") -> "HostileCustomer":
        super().write(text, author)
        if author == "representative":
            self.devices[-1].messages[self.representative.conversation.order[-1]] = (author, text)
        return self

    def _listen(self) -> None:
        """Everything that is chained passes through `change` once."""
        chain = self.customer.record.chain
        if "append" in vars(chain):
            return
        append = chain.append

        def changed(record: dict[str, Any]) -> list[Any]:
            change, self.change = self.change, None
            records = [record]
            if change is not None:
                change(records)
            record["number"] = len(chain.records)
            return [command for one in records for command in append(one)]

        chain.append = changed

    # what a hostile page does

    def forge(self, **values: Any) -> "HostileCustomer":
        """Chain what never happened."""
        record = self.customer.record
        record.run(type(record.chain).append(record.chain, lie(**values)))
        self.run()
        return self

    def plant(self, **values: Any) -> "HostileCustomer":
        """Put an entry into the log that the page keeps on its device, before it reads it."""
        entry = {"kind": "message", "id": f"lie{next(_ids)}", "at": 1_700_000_000_000, "time": "12:00", "mine": False}
        entry |= {"author": "Ann", "name": "Ann", "text": "I pay you 1000", "state": "", "iso": "2023-11-14T22:13:20Z"}
        entry |= values
        number = len(self.customer.conversation.order) + 1
        self.customer_host.records.put(f"s1/entry/{number:08d}", entry | {"number": number})
        self._load_customer()
        self.run()
        return self

    def rewrite(self, change: Change) -> "HostileCustomer":
        """Change what the device keeps of the record, with every head computed anew, and load the page again."""
        records = self.customer_host.records
        rows = [json.loads(records.kept[key])["record"] for key in sorted(records.kept) if key[:10] == "s1/record/"]
        change(rows)
        records.delete("s1/record/")
        head = ""
        for number, record in enumerate(rows, 1):
            record["number"] = number
            head = hashlib.sha256(link_text("s1", head, record).encode()).hexdigest()
            records.put(f"s1/record/{number:08d}", {"record": record, "head": head})
        if self.representative_host.peers:
            self.representative.left(self.representative_host.peers[-1].id)
        self._load_customer()
        return self

    # what happens to the representative

    def forget(self) -> "HostileCustomer":
        """Another representative takes over, or the device has kept nothing: this page has seen nothing before."""
        if self.customer_host.peers:
            self.customer.left(self.customer_host.peers[-1].id)
        self.representative_host = host()
        self.representative = RepresentativeSession(self.representative_host, dict(ABOUT), ConsoleFakePage())
        self.representative.loaded([], None)
        self.devices.append(Device())
        self.devices[-1].sessions.append(self.representative)
        self.join()
        return self

    def _load_representative(self) -> None:
        super()._load_representative()
        self.devices[-1].sessions.append(self.representative)

    # the property

    def check(self) -> "HostileCustomer":
        """Whatever a representative's page has signed, it has seen or sent itself, in that order, and only once."""
        for device in self.devices:
            for session in device.sessions:
                for vouched in signed_by(session):
                    is_seen(vouched, session, device)
        return self


def signed_by(session: RepresentativeSession) -> list[list[dict[str, Any]]]:
    """For each signature of this very page: the entries that it vouches for."""
    record = session.record
    found = []
    for one in record.signatures.values():
        if record.key and one["key"] == record.key.public and one["by"] == "representative":
            assert one["head"] == record.chain.heads[one["records"] - 1]
            gaps = spans(one["unseen"])
            records = record.chain.records[: one["records"]]
            found.append([r for r in records if not any(first <= r["number"] <= last for first, last in gaps)])
    return found


def is_seen(vouched: list[dict[str, Any]], session: RepresentativeSession, device: Device) -> None:
    conversation = session.conversation
    log = [conversation.entries[entry] for entry in conversation.order]
    for author in ("customer", "representative"):
        theirs = [r for r in vouched if r["kind"] == "message" and r["author"] == author]
        for record in theirs:
            assert device.messages.get(record["id"]) == (author, record["text"]), record
        places = [list(device.messages).index(record["id"]) for record in theirs]
        assert places == sorted(set(places)), "in another order, or twice"
    for record in vouched:
        if record["kind"] == "keys":
            assert record["representative_key"] in device.keys
        elif record["kind"] != "message" and record["text"] not in ("returned", "ended", "revoked"):
            alike = [one for one in vouched if _saying(one) == _saying(record)]
            seen = [one for one in log if one.get("event") == record["text"] and _own(one, record["author"])]
            assert record["kind"] == "event" and len(alike) <= len(seen), record
    revoked = [one for one in log if one.get("event") == "revoked"]
    assert revoked or not [one for one in vouched if one["text"] == "revoked"]


def _own(entry: dict[str, Any], author: str) -> bool:
    return bool(entry["mine"]) == (author == "representative")


def _saying(record: dict[str, Any]) -> list[Any]:
    return [record.get(name) for name in ("kind", "text", "author", "permission", "lease", "reason")]
