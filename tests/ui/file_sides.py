"""Two pages that send each other files, without a browser: real Transfers over a wire that a test serves and cuts."""

from types import SimpleNamespace
from typing import Any

from deskside.core.codec import check
from deskside.core.messages import CONTROL
from deskside.ui.conversation import Conversation
from deskside.ui.transfers import Transfers
from tests.ui.fakes import FakeHost
from tests.ui.fakes_peer import FakeChannel


class Side:
    """One page of the session. Its session object is itself."""

    id = "session"
    other_name = "other"

    def __init__(self, sides: "Sides", host: FakeHost) -> None:
        self.sides = sides
        self.host = host
        self.other: Side | None = None
        self.has_met = False  # this page knows that the other one can be reached
        self.wire: list[dict[str, Any]] = []  # what this page has said and the other has not heard
        self.page = SimpleNamespace(site={"reconnect_time": 300})
        self.attached: list[str] = []
        self.renewals = 0
        self.conversation = Conversation(host, self.id, self)
        self.transfers = Transfers(host, self)
        kept = self.host.records.kept
        found: list[Any] = []
        self.host.records.load(self.id + "/entry/", found.extend)
        self.host.wait(0)
        assert len(found) == len([key for key in kept if "/entry/" in key])
        self.conversation.restore(found, None)

    # what Transfers needs of a session

    @property
    def peer(self) -> "Side | None":
        return self if self.other is not None else None

    @property
    def work(self) -> bool | None:
        return self.sides.has_work or None

    def post(self, message: dict[str, Any]) -> bool:
        if self.other is None:
            return False
        self.wire.append(check({"n": 1, **message}, CONTROL))
        return True

    def open_work(self) -> None:
        """Only the customer's page does; the representative's has to wait for it."""
        if self is self.sides.customer and self.other is not None and not self.sides.has_work:
            self.sides.has_work = True
            self.transfers.work_opened()
            self.other.transfers.work_opened()

    def renew_work(self) -> None:
        """Both pages give up the channels they have, as on a connection that is made anew."""
        self.renewals += 1
        self.sides.cut_work()

    @property
    def connection(self) -> str:
        return "connected" if self.other is not None else "reconnecting"

    def file_channel(self, file_id: str) -> FakeChannel:
        channel = FakeChannel("file:" + file_id)
        assert self.other is not None
        self.sides.channels.append(channel)
        self.other.transfers.channel_arrived(file_id, channel)
        if not channel.is_closed:
            self.attached.append(file_id)
        return channel

    def refuses_file(self, name: str, size: int, mime: str) -> str:
        return ""

    def changed(self) -> None:
        pass

    def file_arrived(self, entry: dict[str, Any]) -> None:
        pass

    def entry_changed(self, conversation: Any, entry: dict[str, Any]) -> None:
        pass

    def file_restored(self, entry: dict[str, Any]) -> bool:
        return self.transfers.resumption.restored(entry)

    # what a test sees and does

    def entries(self) -> dict[str, dict[str, Any]]:
        return self.conversation.entries

    def entry(self, file_id: str) -> dict[str, Any]:
        return self.conversation.entries[file_id]

    def open_files(self) -> set[str]:
        return {file_id for file_id, entry in self.entries().items() if entry["phase"] not in ("finished", "ended")}

    def cards(self) -> list[tuple[str, str]]:
        return [(card["kind"], card["problem"]) for card in self.transfers.cards()]

    def hear(self, message: dict[str, Any]) -> None:
        transfers = self.transfers
        handlers = {
            "file_offer": transfers.acceptance.offered,
            "file_accept": transfers.accepted,
            "file_resume": transfers.resumption.resumed,
            "file_end": transfers.ended,
            "file_pause": transfers.paused,
        }
        handlers[message["type"]](message)


class Sides:
    """Both pages and what is between them."""

    def __init__(self) -> None:
        self.has_work = False
        self.channels: list[FakeChannel] = []
        self.customer = Side(self, FakeHost())
        self.desk = Side(self, FakeHost())

    @property
    def both(self) -> tuple[Side, Side]:
        return self.customer, self.desk

    def connect(self) -> None:
        for side in self.both:
            self.meet(side)

    def meet(self, side: Side) -> None:
        """This page learns that the other one can be reached, which may have spoken already."""
        if self.customer.other is None:
            self.customer.other, self.desk.other = self.desk, self.customer
        if not side.has_met:
            side.has_met = True
            side.transfers.resumption.met()

    def cut_work(self) -> None:
        """The connection of the files is gone, with its channels."""
        self.has_work = False
        for channel in self.channels:
            channel.close()
        self.channels = []
        for side in self.both:
            for mover in side.host.movers.values():
                if mover.state in ("moving", "paused") and mover.channel is not None:
                    mover.suspend()
            side.transfers.suspended()

    def reload(self, side: Side) -> Side:
        """That page is loaded anew; the other loses it, as a new pair of pages is to meet."""
        is_customer = side is self.customer
        other = self.desk if is_customer else self.customer
        self.cut_work()
        for one in self.both:
            one.other = None
            one.has_met = False
            one.wire = []
        host = FakeHost(records=side.host.records)
        host.time = side.host.time
        other.transfers.resumption.lost()
        made = Side(self, host)
        if is_customer:
            self.customer = made
        else:
            self.desk = made
        return made

    def serve(self, side: Side) -> bool:
        """The other page hears the oldest thing that this one has said."""
        if not side.wire or side.other is None:
            return False
        side.other.hear(side.wire.pop(0))
        return True

    def settle(self) -> None:
        while any(self.serve(side) for side in self.both):
            pass

    def wait(self, seconds: float) -> None:
        for side in self.both:
            side.host.wait(seconds * 1000)
            side.transfers.tick()
