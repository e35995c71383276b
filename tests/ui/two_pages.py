"""A customer's and a representative's session joined by wires: real links, negotiation, hashes, keys and signatures."""

from typing import Any

from deskside.ui.console.session import RepresentativeSession
from deskside.ui.customer.session import CustomerSession
from tests.core.link_ends import Ends
from tests.ui.fakes import FakeHost
from tests.ui.fakes_crypto import FakeCrypto
from tests.ui.pages import ABOUT, FakePage


class ConsoleFakePage(FakePage):
    def message_arrived(self, session: Any, entry: dict[str, Any]) -> None:
        pass


def host(kept: FakeHost | None = None) -> FakeHost:
    """A device with WebCrypto; `kept` is the same one before its page was loaded anew."""
    made = FakeHost() if kept is None else FakeHost(kept.device, kept.records)
    made.crypto = FakeCrypto(made)
    if kept is not None:
        made.time = kept.time + 1000.0
        made._last = kept._last + 100_000
    return made


class TwoPages:
    """`join` connects them; `run` lets everything through and every hash be computed."""

    def __init__(self) -> None:
        self.ends = Ends()
        self.customer_host, self.representative_host = host(), host()
        self.customer = CustomerSession(self.customer_host, "s1", FakePage())
        self.representative = self._representative()
        self._pages = 0

    def _representative(self) -> RepresentativeSession:
        session = RepresentativeSession(self.representative_host, dict(ABOUT), ConsoleFakePage())
        session.loaded([], None)
        return session

    def join(self) -> "TwoPages":
        self._pages += 1
        self.customer.joined(f"representative{self._pages}", "Ann", {"ice_servers": []})
        self.representative.joined(f"customer{self._pages}", "Bob", {"ice_servers": []})
        self.ends = Ends()
        self.ends.customer = self.customer_host.peers[-1]
        self.ends.representative = self.representative_host.peers[-1]
        self.met()
        return self.run()

    def met(self) -> None:
        """The two pages know of each other, and have said nothing yet."""

    def run(self) -> "TwoPages":
        """Until nothing moves any more."""
        for _ in range(60):
            self.ends.run()
            self.customer_host.wait(0)
            self.representative_host.wait(0)
        return self

    def tick(self, seconds: int = 1) -> "TwoPages":
        for _ in range(seconds):
            for side, session in ((self.customer_host, self.customer), (self.representative_host, self.representative)):
                side.time += 1000.0
                session.tick()
            self.run()
        return self

    def write(self, text: str, author: str = "customer") -> "TwoPages":
        session: Any = self.customer if author == "customer" else self.representative
        session.conversation.write(text)
        assert session.conversation.send("Bob" if author == "customer" else "Ann")
        return self

    def red_x(self) -> "TwoPages":
        """The guard tells the other page at once, then Python sees to the rest."""
        self.run()
        self.representative_host.peers[-1].say({"type": "revoked", "at": int(self.customer_host.now())})
        self.customer.revoked()
        return self.run()

    def reload_customer(self) -> "TwoPages":
        """The customer's page is loaded anew: another peer, with what the device kept."""
        self.representative.left(self.representative_host.peers[-1].id)
        self._load_customer()
        return self.join()

    def reload_representative(self) -> "TwoPages":
        self.customer.left(self.customer_host.peers[-1].id)
        self._load_representative()
        return self.join()

    def reload_both(self) -> "TwoPages":
        """At once, as when a device of both is restarted: neither sees the other leave."""
        self._load_customer()
        self._load_representative()
        return self.join()

    def _load_customer(self) -> None:
        self.customer_host = host(self.customer_host)
        self.customer = CustomerSession(self.customer_host, "s1", FakePage())
        self._restore(self.customer_host, self.customer)

    def _load_representative(self) -> None:
        self.representative_host = host(self.representative_host)
        session = RepresentativeSession(self.representative_host, dict(ABOUT), ConsoleFakePage())
        self.representative = session
        self._restore(self.representative_host, session)

    def _restore(self, device: FakeHost, session: Any) -> None:
        found: list[list[Any]] = []
        device.records.load("s1/entry/", found.append)
        device.records.load("s1/stream", found.append)
        device.wait(0)
        entries, streams = found
        if isinstance(session, RepresentativeSession):
            session.loaded(entries, streams[0] if streams else None)
        else:
            session.conversation.restore(entries, streams[0] if streams else None)
            session.restored()
        device.wait(0)


def exported(session: Any, device: FakeHost) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    session.record.export(found.append)
    for _ in range(20):
        device.wait(0)
    return found[0]


def texts(session: Any) -> list[str]:
    """What the record of a page has, in order."""
    return [record["kind"] + " " + record["text"] for record in session.record.chain.records]


def events(session: Any) -> list[str]:
    conversation = session.conversation
    entries = [conversation.entries[entry] for entry in conversation.order]
    return [entry["event"] for entry in entries if entry["kind"] == "event"]
