"""Two negotiators over a wire that reorders, repeats and loses come to rest with the same view."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ..wire import Side, agree, run

LINES = ("chat", "screen", "camera", "files")
STEPS = st.lists(
    st.tuples(st.sampled_from(["want", "restart", "finish", "send", "pass", "repeat", "lose", "swap"]), st.booleans()),
    max_size=60,
)


class Wire:
    """One direction: frames on their way, in whichever order the test lets them arrive."""

    def __init__(self, source: Side, target: Side, order: random.Random) -> None:
        self.source = source
        self.target = target
        self.order = order
        self.frames: list[dict[str, Any]] = []

    def send(self) -> None:
        self.frames += self.source.outgoing
        self.source.outgoing = []

    def arrive(self, keep: bool) -> None:
        if self.frames:
            at = self.order.randrange(len(self.frames))
            self.target.receive(self.frames[at] if keep else self.frames.pop(at))

    def lose(self) -> None:
        if self.frames:
            self.frames.pop(self.order.randrange(len(self.frames)))


def step(action: str, side: Side, wire: Wire, order: random.Random) -> None:
    if action == "want":
        side.want(order.choice(LINES) + side.connection.name)
    elif action == "restart":
        side.restart()
    elif action == "finish":
        side.finish()
    elif action == "send":
        wire.send()
    elif action in ("pass", "repeat"):
        wire.arrive(keep=action == "repeat")
    elif action == "lose":
        wire.lose()
    else:
        order.shuffle(wire.frames)


@settings(max_examples=400, deadline=None)
@given(STEPS, st.randoms(use_true_random=False))
def test_they_converge(actions: list[tuple[str, bool]], order: random.Random) -> None:
    sides = (Side("PP", True), Side("II", False))
    wires = (Wire(sides[0], sides[1], order), Wire(sides[1], sides[0], order))
    for action, impolite in actions:
        step(action, sides[impolite], wires[impolite], order)
    # The wire gets well: what was lost is sent again, everything arrives, still in any order.
    for _ in range(200):
        for side, wire in zip(sides, wires, strict=True):
            side.finish()
            wire.send()
            while wire.frames:
                wire.arrive(keep=False)
        if not any(side.operation is not None or side.outgoing for side in sides):
            if agree(*sides):
                break
            for side in sides:
                side.carry_out(side.negotiation.resend())
    assert agree(*sides)
    assert sides[0].negotiation.fingerprint in (None, "sha-256 II")
    assert sides[1].negotiation.fingerprint in (None, "sha-256 PP")


@settings(max_examples=200, deadline=None)
@given(STEPS, st.randoms(use_true_random=False))
def test_without_loss_nothing_has_to_be_sent_again(actions: list[tuple[str, bool]], order: random.Random) -> None:
    sides = (Side("PP", True), Side("II", False))
    wires = (Wire(sides[0], sides[1], order), Wire(sides[1], sides[0], order))
    for action, impolite in actions:
        if action != "lose":
            step(action, sides[impolite], wires[impolite], order)
    for wire in wires:
        wire.send()
        while wire.frames:
            wire.arrive(keep=False)
    run(*sides)
    assert agree(*sides)
