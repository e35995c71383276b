"""A file whose channel carries nothing any more does not stay where it is."""

import pytest

from deskside.ui.transfer import STUCK_AFTER
from tests.ui.fakes_files import FakeFile
from tests.ui.file_sides import Side, Sides


def moving() -> tuple[Sides, str]:
    """A file on its way from the customer to the desk."""
    sides = Sides()
    sides.connect()
    sides.customer.transfers.send([FakeFile()], "You")
    (file_id,) = sides.customer.entries()
    sides.settle()
    sides.desk.transfers.accept(file_id)
    sides.settle()
    assert all(side.host.movers[file_id].is_attached for side in sides.both)
    return sides, file_id


def turn(side: Side, times: int = 1) -> None:
    for _ in range(times):
        side.host.wait(1000)
        side.transfers.tick()


@pytest.mark.parametrize("who", ["customer", "desk"])
def test_either_page_asks_for_another_work_when_nothing_moves(who: str) -> None:
    sides, file_id = moving()
    side: Side = getattr(sides, who)
    turn(side, STUCK_AFTER)
    assert side.renewals == 0
    turn(side, 2)
    assert side.renewals == 1
    turn(sides.customer)
    sides.settle()
    assert all(one.host.movers[file_id].is_attached for one in sides.both)


def test_a_slow_file_is_left_alone() -> None:
    sides, file_id = moving()
    for done in range(1, 20):
        sides.customer.host.movers[file_id].done = done
        turn(sides.customer, STUCK_AFTER - 1)
    assert sides.customer.renewals == 0


def test_a_file_that_stays_stuck_is_not_torn_from_its_channel_again_and_again() -> None:
    sides, _ = moving()
    turn(sides.customer, STUCK_AFTER * 16)
    assert 2 <= sides.customer.renewals <= 4


def test_a_paused_file_is_not_stuck() -> None:
    sides, file_id = moving()
    sides.customer.transfers.pause(file_id, True)
    turn(sides.customer, STUCK_AFTER * 4)
    assert sides.customer.renewals == 0


def test_a_channel_that_never_opened_is_left_with_its_connection() -> None:
    """A browser closes it without a word, and nothing else would ever take its place."""
    sides, file_id = moving()
    mover = sides.customer.host.movers[file_id]
    mover.become("waiting")
    channel = mover.channel
    sides.has_work = False
    sides.customer.transfers.suspended()
    assert channel.is_closed and not mover.is_attached
    turn(sides.customer)
    sides.settle()
    assert mover.is_attached and mover.channel is not channel
