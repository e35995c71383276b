"""Everything that is posted arrives exactly once and in order, over a wire and pages that break at any moment."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from ..wire import Party, connect, disconnect, exchange

PARTY = st.integers(0, 1)


class TwoPages(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.parties = (Party("ann"), Party("bob"))
        self.connected = False
        self.count = 0

    @rule(party=PARTY)
    def post(self, party: int) -> None:
        self.count += 1
        self.parties[party].post(str(self.count))

    @rule(party=PARTY)
    def let_one_through(self, party: int) -> None:
        source, target = self.parties[party], self.parties[1 - party]
        if source.outgoing:
            target.receive(source.outgoing.pop(0))

    @rule(party=PARTY)
    def repeat_one(self, party: int) -> None:
        source, target = self.parties[party], self.parties[1 - party]
        if source.outgoing and self.connected and source.outgoing[0]["type"] != "hello":
            frame = source.outgoing.pop(0)
            if target.stream.is_greeted:
                target.receive(frame)
                target.receive(frame)
            else:
                source.outgoing.insert(0, frame)

    @rule()
    def drop(self) -> None:
        disconnect(*self.parties)
        self.connected = False

    @rule()
    def reconnect(self) -> None:
        if not self.connected:
            connect(*self.parties)
            self.connected = True

    @rule(party=PARTY)
    def reload(self, party: int) -> None:
        disconnect(*self.parties)
        self.connected = False
        self.parties[party].reload()

    @invariant()
    def arrived_in_order_and_once(self) -> None:
        for one, other in (self.parties, self.parties[::-1]):
            assert other.delivered == one.posted[: len(other.delivered)]
            assert one.acknowledged == one.posted[: len(one.acknowledged)]
            assert len(one.acknowledged) <= len(other.delivered)

    def teardown(self) -> None:
        disconnect(*self.parties)
        connect(*self.parties)
        exchange(*self.parties)
        for one, other in (self.parties, self.parties[::-1]):
            assert other.delivered == one.posted
            assert one.stream.is_empty


TwoPages.TestCase.settings = settings(max_examples=200, stateful_step_count=60, deadline=None)
TestTwoPages = TwoPages.TestCase
