"""What finds no room on the device is not accepted, and many files share what there is of the line."""

import pytest

from tests.ui.fakes_peer import FakeChannel
from tests.ui.test_transfers import OFFER, Files


def test_what_finds_no_room_is_not_accepted_and_the_card_says_what_is_missing() -> None:
    files = Files()
    files.peer.say(OFFER)
    files.host.room = "none"
    files.transfers.accept("f1")
    (card,) = files.transfers.cards()
    assert card["problem"] == "no_room"
    assert "file_accept" not in files.peer.kinds() and "f1" not in files.host.movers
    files.host.room = "private"
    files.transfers.accept("f1")
    assert files.peer.kinds()[-1] == "file_accept"


def test_room_is_asked_for_all_that_is_still_to_come() -> None:
    files = Files()
    files.peer.say(OFFER | {"size": 4000})
    files.transfers.accept("f1")
    files.entry()["done"] = 1000
    files.peer.say(OFFER | {"id": "f2", "size": 500})
    files.host.room = "none"
    files.transfers.accept("f2")
    assert files.host.asked_room == [4000, 3500]


def test_a_place_is_asked_for_where_there_is_no_room_and_a_closed_dialog_changes_nothing() -> None:
    files = Files()
    files.peer.say(OFFER)
    files.host.room = "picked"
    files.transfers.accept("f1")
    files.transfers.accept("f1")
    ((name, _, failed),) = files.host.places
    failed("AbortError")
    assert name == "a.txt" and files.transfers.cards()[0]["problem"] == ""
    files.transfers.accept("f1")
    files.host.places[-1][2]("SecurityError")
    assert files.transfers.cards()[0]["problem"] == "no_room"
    files.transfers.accept("f1")
    files.host.places[-1][1]("the place")
    assert files.host.movers["f1"].place == "the place"
    files.session.file_channel(files.peer, "f1", FakeChannel("file:f1"))
    files.host.movers["f1"].become("finished")
    assert not files.entry()["saveable"]


@pytest.mark.parametrize("end", ["red X", "taken back", "over"])
def test_a_dialog_that_is_answered_too_late_brings_nothing(end: str) -> None:
    files = Files()
    files.peer.say(OFFER)
    files.host.room = "picked"
    files.transfers.accept("f1")
    if end == "red X":
        files.session.revoked()
    elif end == "over":
        files.session.finish("customer")
    else:
        files.peer.say({"type": "file_end", "id": "f1", "reason": "cancelled"})
    files.host.places[0][1]("the place")
    assert "f1" not in files.host.movers
    assert "file_accept" not in files.peer.kinds()


# many at once


def test_the_files_that_leave_share_the_line() -> None:
    files = Files()
    first, second = files.sending(), files.sending()
    assert [files.host.movers[one].senders for one in (first, second)] == [2, 2]
    files.host.movers[first].become("finished")
    files.session.tick()
    assert files.host.movers[second].senders == 1
