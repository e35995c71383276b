"""Wires that drop, delay, repeat and reorder, a customer who opens and closes `work`: both pages end up agreeing."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.core.link_ends import End, Ends

PICK = st.integers(0, 100)


class TwoPages(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.ends = Ends()
        self.ends.start()
        self.posted: dict[str, list[str]] = {"customer": [], "representative": []}
        self.seen: list[tuple[End, dict[str, Any]]] = []  # signals that may come again, to whom
        self.wants_work = False

    def end(self, is_customer: bool) -> tuple[End, End]:
        return self.ends.pairs()[0 if is_customer else 1]

    @rule(customer=st.booleans(), kind=st.sampled_from(["talk", "work"]))
    def finish(self, customer: bool, kind: str) -> None:
        self.end(customer)[0].finish(kind)
        self.ends.connect()

    @rule(customer=st.booleans(), pick=PICK, lost=st.booleans(), kept=st.booleans())
    def signal(self, customer: bool, pick: int, lost: bool, kept: bool) -> None:
        source, target = self.end(customer)
        if not source.signals:
            return
        negotiation = source.signals.pop(pick % len(source.signals))
        if kept:
            self.seen.append((target, negotiation))
        if not lost:
            target.signal(negotiation)

    @rule()
    def settle(self) -> None:
        self.ends.path = True
        self.ends.run()

    @rule(pick=PICK)
    def repeat(self, pick: int) -> None:
        if self.seen:
            target, negotiation = self.seen[pick % len(self.seen)]
            target.signal(negotiation)

    @rule(customer=st.booleans(), label=st.sampled_from(["control", "chat"]))
    def frame(self, customer: bool, label: str) -> None:
        source, target = self.end(customer)
        if source.frames[label] and target.is_open and self.ends.path:
            target.frame(label, source.frames[label].pop(0))

    @rule()
    def open_work(self) -> None:
        self.wants_work = True
        self.ends.customer.carry_out(self.ends.customer.link.open_work())

    @rule(told=st.booleans())
    def close_work(self, told: bool) -> None:
        self.wants_work = False
        self.ends.customer.carry_out(self.ends.customer.link.close_work())
        if told:
            # `revoked` came over control: the other page lets go as well, perhaps more than once.
            while self.ends.customer.frames["control"] and self.ends.representative.is_open and self.ends.path:
                self.ends.representative.frame("control", self.ends.customer.frames["control"].pop(0))
            if not self.ends.customer.frames["control"]:
                for _ in range(3):
                    self.ends.representative.carry_out(self.ends.representative.link.close_work())

    @rule()
    def cut(self) -> None:
        self.ends.cut()

    @rule()
    def mend(self) -> None:
        self.ends.path = True

    @rule(customer=st.booleans(), milliseconds=st.sampled_from([100.0, 1000.0, 5000.0]))
    def tick(self, customer: bool, milliseconds: float) -> None:
        self.ends.now += milliseconds
        self.end(customer)[0].tick(self.ends.now)

    @rule(customer=st.booleans())
    def write(self, customer: bool) -> None:
        end = self.end(customer)[0]
        mine = self.posted["customer" if customer else "representative"]
        mine.append(str(len(mine)))
        end.post("chat", {"type": "message", "id": mine[-1], "text": mine[-1], "at": 1})

    @invariant()
    def no_work_is_open_that_the_customer_closed(self) -> None:
        assert ("work" in self.ends.customer.connections) == self.wants_work

    @invariant()
    def what_came_came_once_and_in_order(self) -> None:
        for name, end in (("customer", self.ends.representative), ("representative", self.ends.customer)):
            assert end.texts() == self.posted[name][: len(end.texts())]

    def teardown(self) -> None:
        self.ends.server = self.ends.path = True
        self.ends.run()
        self.ends.wait(12)
        for end, _ in self.ends.pairs():
            assert end.link.is_connected and not end.refused
            assert ("work" in end.connections) == self.wants_work
            assert end.link.states["work"] == ("connected" if self.wants_work else "closed")
        self.what_came_came_once_and_in_order()
        assert self.ends.representative.texts() == self.posted["customer"]
        assert self.ends.customer.texts() == self.posted["representative"]


TwoPages.TestCase.settings = settings(max_examples=40, stateful_step_count=50, deadline=None)
test_two_pages_agree_once_the_wires_are_mended = TwoPages.TestCase
