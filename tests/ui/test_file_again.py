"""A reload of either page loses nothing of a file: what has arrived stays, and the same file goes on from there."""

import pytest

from tests.ui.fakes_files import FakeFile
from tests.ui.file_sides import Sides

WRONG = (FakeFile(size=999), FakeFile("other.txt"))


def sent() -> tuple[Sides, str]:
    """A file on its way from the customer to the desk."""
    sides = Sides()
    sides.connect()
    sides.customer.transfers.send([FakeFile()], "You")
    (file_id,) = sides.customer.entries()
    sides.settle()
    sides.desk.transfers.accept(file_id)
    sides.settle()
    assert sides.customer.entry(file_id)["phase"] == sides.desk.entry(file_id)["phase"] == "moving"
    return sides, file_id


def is_moving(sides: Sides, file_id: str) -> bool:
    movers = [side.host.movers.get(file_id) for side in sides.both]
    return all(mover is not None and mover.is_attached and mover.state == "moving" for mover in movers)


def test_a_receiver_who_reloads_goes_on_by_itself_from_what_is_on_the_disk() -> None:
    sides, file_id = sent()
    desk = sides.reload(sides.desk)
    assert desk.entry(file_id)["phase"] == "interrupted"
    assert file_id in desk.host.movers
    sides.connect()
    sides.settle()
    assert is_moving(sides, file_id)
    assert desk.cards() == sides.customer.cards() == []


def test_a_sender_who_reloads_is_asked_for_the_same_file_and_another_one_loses_nothing() -> None:
    sides, file_id = sent()
    customer = sides.reload(sides.customer)
    sides.connect()
    sides.settle()
    assert customer.cards() == [("file_again", "")]
    assert sides.desk.entry(file_id)["phase"] == "paused" and not sides.desk.entry(file_id)["held"]
    assert not customer.attached
    for wrong in WRONG:
        customer.transfers.resumption.choose_again(file_id, [wrong])
        assert customer.cards() == [("file_again", "other_file")]
        assert not customer.attached
    customer.transfers.resumption.choose_again(file_id, [WRONG[0], FakeFile()])
    sides.settle()
    assert is_moving(sides, file_id)
    assert customer.cards() == []


def test_a_file_of_the_same_name_and_size_that_turns_out_to_be_another_is_asked_for_again() -> None:
    sides, file_id = sent()
    customer = sides.reload(sides.customer)
    sides.connect()
    sides.settle()
    customer.transfers.resumption.choose_again(file_id, [FakeFile()])
    sides.settle()
    customer.host.movers[file_id].become("differs")
    sides.settle()
    assert customer.cards() == [("file_again", "other_file")]
    assert customer.entry(file_id)["phase"] == "again"
    assert sides.desk.entry(file_id)["phase"] == "paused"
    assert sides.desk.host.movers[file_id].reason == ""
    customer.transfers.resumption.choose_again(file_id, [FakeFile()])
    sides.settle()
    assert is_moving(sides, file_id)


def test_a_file_that_was_chosen_before_the_other_page_is_there_goes_on_when_it_is() -> None:
    sides, file_id = sent()
    customer = sides.reload(sides.customer)
    customer.transfers.resumption.choose_again(file_id, [FakeFile()])
    assert not customer.attached
    sides.connect()
    sides.settle()
    assert is_moving(sides, file_id)


def test_both_pages_reload_and_the_file_still_goes_on() -> None:
    sides, file_id = sent()
    sides.reload(sides.desk)
    sides.reload(sides.customer)
    sides.connect()
    sides.settle()
    sides.customer.transfers.resumption.choose_again(file_id, [FakeFile()])
    sides.settle()
    assert is_moving(sides, file_id)


@pytest.mark.parametrize("who", ["customer", "desk"])
def test_a_word_that_comes_before_this_page_knows_that_the_other_is_there_counts(who: str) -> None:
    sides, file_id = sent()
    sides.reload(sides.customer if who == "customer" else sides.desk)
    sides.meet(sides.desk)
    sides.settle()
    sides.meet(sides.customer)
    sides.settle()
    if who == "customer":
        sides.customer.transfers.resumption.choose_again(file_id, [FakeFile()])
        sides.settle()
    assert is_moving(sides, file_id)
    sides.cut_work()
    sides.wait(1)
    assert is_moving(sides, file_id)


@pytest.mark.parametrize("is_known_first", [True, False])
def test_what_the_receiver_has_paused_rests_when_the_sender_has_chosen_it_again(is_known_first: bool) -> None:
    sides, file_id = sent()
    sides.desk.transfers.pause(file_id, True)
    sides.settle()
    customer = sides.reload(sides.customer)
    sides.connect()
    if is_known_first:
        sides.settle()
    customer.transfers.resumption.choose_again(file_id, [FakeFile()])
    sides.settle()
    assert customer.entry(file_id)["phase"] == sides.desk.entry(file_id)["phase"] == "paused"
    sides.desk.transfers.pause(file_id, False)
    sides.settle()
    sides.wait(1)
    assert is_moving(sides, file_id)


def test_a_pause_outlives_the_other_pages_reload() -> None:
    sides, file_id = sent()
    sides.customer.transfers.pause(file_id, True)
    sides.reload(sides.desk)
    sides.connect()
    sides.settle()
    assert (True, True) in sides.desk.host.movers[file_id].pauses
    sides.customer.transfers.pause(file_id, False)
    sides.settle()
    assert sides.desk.host.movers[file_id].pauses[-1] == (False, True)


@pytest.mark.parametrize("who", ["customer", "desk"])
def test_an_offer_outlives_a_reload(who: str) -> None:
    sides = Sides()
    sides.connect()
    sides.customer.transfers.send([FakeFile()], "You")
    (file_id,) = sides.customer.entries()
    sides.settle()
    sides.reload(sides.customer if who == "customer" else sides.desk)
    sides.connect()
    sides.settle()
    assert sides.desk.cards() == [("file_offer", "")]
    sides.desk.transfers.accept(file_id)
    sides.settle()
    if who == "customer":
        assert sides.customer.cards() == [("file_again", "")]
        sides.customer.transfers.resumption.choose_again(file_id, [FakeFile()])
        sides.settle()
    assert is_moving(sides, file_id)


def test_an_acceptance_that_was_never_heard_holds_after_the_reload() -> None:
    sides = Sides()
    sides.connect()
    sides.customer.transfers.send([FakeFile()], "You")
    (file_id,) = sides.customer.entries()
    sides.settle()
    sides.desk.transfers.accept(file_id)
    sides.reload(sides.desk)
    sides.connect()
    sides.settle()
    assert is_moving(sides, file_id)


def test_a_page_that_has_lost_everything_is_sent_nothing_and_the_other_says_so() -> None:
    sides, file_id = sent()
    sides.desk.host.records.delete("")
    sides.reload(sides.desk)
    sides.connect()
    sides.settle()
    assert (sides.customer.entry(file_id)["phase"], sides.customer.entry(file_id)["reason"]) == ("ended", "expired")


def test_what_arrived_whole_before_the_senders_reload_is_known_as_sent() -> None:
    sides, file_id = sent()
    sides.desk.host.movers[file_id].become("finished")
    customer = sides.reload(sides.customer)
    sides.connect()
    sides.settle()
    assert customer.entry(file_id)["phase"] == "finished"
    assert customer.cards() == []


def test_a_file_that_arrived_whole_is_known_as_sent_when_the_word_of_it_was_lost() -> None:
    sides, file_id = sent()
    sides.desk.host.movers[file_id].become("finished")
    sides.cut_work()
    assert sides.customer.entry(file_id)["phase"] == "interrupted"
    sides.customer.open_work()
    sides.settle()
    assert sides.customer.entry(file_id)["phase"] == "finished"


def test_what_nobody_goes_on_with_in_time_is_given_up_on_both_sides() -> None:
    sides, file_id = sent()
    sides.reload(sides.customer)
    sides.connect()
    sides.settle()
    sides.wait(299)
    assert sides.customer.cards() == [("file_again", "")]
    sides.wait(2)
    sides.settle()
    assert sides.customer.cards() == []
    for side in sides.both:
        assert side.entry(file_id)["reason"] == "expired"
    assert sides.desk.host.movers[file_id].reason == "expired"


@pytest.mark.parametrize("days", [-1, 1])
def test_a_device_whose_clock_is_off_gives_up_neither_sooner_nor_later(days: int) -> None:
    sides, _file_id = sent()
    customer = sides.reload(sides.customer)
    customer.host.heard(customer.host.now() + days * 86_400_000)
    sides.wait(299)
    assert [kind for kind, _ in customer.cards()] == ["file_again"]
    sides.wait(3)
    assert customer.cards() == []


def test_a_file_in_a_place_of_the_persons_does_not_outlive_the_page() -> None:
    sides = Sides()
    sides.connect()
    sides.customer.transfers.send([FakeFile()], "You")
    (file_id,) = sides.customer.entries()
    sides.settle()
    sides.desk.host.room = "picked"
    sides.desk.transfers.accept(file_id)
    name, picked, _ = sides.desk.host.places[0]
    assert name == "notes.txt" and sides.desk.entry(file_id)["phase"] == "offered"
    picked("the place")
    sides.settle()
    assert is_moving(sides, file_id) and sides.desk.host.movers[file_id].place == "the place"
    sides.reload(sides.desk)
    sides.connect()
    sides.settle()
    assert sides.desk.entry(file_id)["reason"] == "interrupted"
    assert sides.customer.entry(file_id)["phase"] == "ended"


def test_what_this_page_has_received_whole_goes_with_it() -> None:
    sides, file_id = sent()
    sides.desk.host.movers[file_id].become("finished")
    assert sides.desk.entry(file_id)["saveable"]
    desk = sides.reload(sides.desk)
    assert not desk.entry(file_id)["saveable"]
    assert desk.host.forgotten == ["session." + file_id]


def test_another_tab_of_the_same_page_finds_what_has_arrived() -> None:
    sides, file_id = sent()
    mover = sides.desk.host.movers[file_id]
    sides.desk.conversation.let_go()
    sides.desk.transfers.finish(True)
    assert mover.is_released
    desk = sides.reload(sides.desk)
    assert desk.entry(file_id)["phase"] == "interrupted"


def test_whoever_takes_over_was_not_asked_and_gets_only_what_is_still_offered() -> None:
    sides, file_id = sent()
    sides.customer.transfers.send([FakeFile("later.txt")], "You")
    sides.settle()
    sides.desk.host.records.delete("")
    sides.reload(sides.desk)
    sides.customer.transfers.given_up()
    sides.connect()
    sides.settle()
    assert sides.customer.entry(file_id)["reason"] == "interrupted"
    assert [card["name"] for card in sides.desk.transfers.cards()] == ["later.txt"]
