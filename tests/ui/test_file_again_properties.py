"""Whatever two pages go through, in the end they agree about each file, and nothing moved that was not accepted."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.ui.fakes_files import FakeFile
from tests.ui.file_sides import Side, Sides

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "begin",
                "begin",
                "begin",
                "send",
                "accept",
                "decline",
                "cancel",
                "pause",
                "go_on",
                "red_X",
                "reload",
                "reload",
                "connect",
                "connect",
                "meet",
                "meet",
                "again",
                "again",
                "wrong",
                "differs",
                "serve",
                "serve",
                "settle",
                "settle",
                "cut",
                "tick",
                "finish",
            ]
        ),
        st.booleans(),
        st.integers(0, 3),
    ),
    max_size=60,
)


def take(sides: Sides, step: str, side: Side, at: int) -> None:
    ids = sorted(side.entries())
    file_id = ids[at % len(ids)] if ids else "none"
    mover = side.host.movers.get(file_id)
    transfers = side.transfers
    if step == "begin":
        sides.connect()
        transfers.send([FakeFile()], "You")
        sides.settle()
        other = sides.desk if side is sides.customer else sides.customer
        for card in other.transfers.cards():
            other.transfers.accept(card["id"])
        if at:
            sides.settle()
    elif step == "send":
        transfers.send([FakeFile()], "You")
    elif step in ("accept", "decline", "cancel"):
        getattr(transfers, step)(file_id)
    elif step in ("pause", "go_on"):
        transfers.pause(file_id, step == "pause")
    elif step == "red_X":
        sides.customer.transfers.revoked()
        sides.cut_work()
    elif step == "reload":
        sides.reload(side)
    elif step == "connect":
        sides.connect()
    elif step == "meet":
        sides.meet(side)
    elif step in ("again", "wrong"):
        transfers.resumption.choose_again(file_id, [FakeFile() if step == "again" else FakeFile(size=999)])
    elif step == "differs" and mover is not None and side.entry(file_id)["mine"] and mover.is_attached:
        mover.become("differs")
    elif step == "serve":
        sides.serve(side)
    elif step == "settle":
        sides.settle()
    elif step == "cut":
        sides.cut_work()
    elif step == "tick":
        sides.wait(1)
    elif step == "finish" and mover is not None and mover.is_attached and not side.entry(file_id)["mine"]:
        other = sides.desk if side is sides.customer else sides.customer
        sender = other.host.movers[file_id]
        if not sender.is_attached or sender.state == "differs":
            return  # from such a sender not a byte comes
        mover.become("finished")
        if at:
            sender.become("finished")
        else:
            sides.cut_work()


@settings(deadline=None, max_examples=300)
@given(STEPS)
@example([("begin", False, 1), ("pause", False, 0), ("cut", False, 0)])
@example([("begin", False, 1), ("reload", True, 0), ("meet", True, 0), ("settle", False, 0), ("connect", False, 0)])
@example([("begin", True, 1), ("pause", False, 0), ("reload", True, 0), ("connect", True, 0), ("settle", True, 0)])
def test_whatever_happens_both_pages_agree_in_the_end_and_nothing_moves_that_was_not_accepted(
    steps: list[tuple[str, bool, int]],
) -> None:
    sides = Sides()
    revoked: set[str] = set()
    for step, is_customer, at in steps:
        side = sides.customer if is_customer else sides.desk
        take(sides, step, side, at)
        if step == "red_X":
            entries = sides.customer.entries()
            revoked |= {one for one, entry in entries.items() if entry["phase"] == "ended"}
            for one in sides.both:
                one.attached.clear()
        for one in sides.both:
            for file_id in one.attached:
                assert file_id not in revoked, "a red X ended it for good"
                entry = one.other.entry(file_id) if one.other is not None else None
                assert entry is None or entry["accepted"], "nobody wanted it"
        for one in sides.both:
            one.attached.clear()
    sides.connect()
    sides.settle()
    sides.wait(1)
    sides.settle()
    assert sides.customer.open_files() == sides.desk.open_files()
    for file_id in sides.customer.open_files():
        sender, receiver = sides.both if sides.customer.entry(file_id)["mine"] else reversed(sides.both)
        assert sender.entry(file_id)["accepted"] == receiver.entry(file_id)["accepted"]
        if sender.entry(file_id)["accepted"] and not sender.transfers.all[file_id].is_wanted_again:
            mover = sender.host.movers[file_id]
            assert mover.is_attached or mover.state == "paused"
            assert receiver.host.movers[file_id].paused_here <= mover.paused_there, "who receives has paused it"
