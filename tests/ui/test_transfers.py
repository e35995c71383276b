"""Files are offered, accepted once, and end as soon as somebody says so; a foreign channel brings nothing."""

from typing import Any

import pytest

from deskside.ui.transfers import MAX_AT_ONCE, Transfers
from tests.ui.fakes import FakeHost
from tests.ui.fakes_files import FakeFile
from tests.ui.fakes_peer import FakeChannel
from tests.ui.pages import CustomerPage, customer_session, log

OFFER = {"type": "file_offer", "id": "f1", "name": "a.txt", "size": 5, "mime": "", "at": 1}


class Files:
    """A customer's session with somebody there, seen from its files."""

    def __init__(self) -> None:
        self.host = FakeHost()
        self.session, self.peer = customer_session(self.host)

    @property
    def transfers(self) -> Transfers:
        return self.session.transfers

    def send(self, *files: FakeFile) -> str:
        self.transfers.send(list(files) or [FakeFile()], "You")
        return str(self.session.conversation.order[-1])

    def entry(self, file_id: str = "f1") -> dict[str, Any]:
        return self.session.conversation.entries[file_id]

    def ends(self) -> list[tuple[str, str]]:
        return [(one["id"], one["reason"]) for one in self.peer.posted if one["type"] == "file_end"]

    def sending(self) -> str:
        file_id = self.send()
        self.peer.say({"type": "file_accept", "id": file_id})
        return file_id

    def receiving(self) -> FakeChannel:
        self.peer.say(OFFER)
        self.transfers.accept("f1")
        channel = FakeChannel("file:f1")
        self.session.file_channel(self.peer, "f1", channel)
        return channel


# sending


def test_no_byte_moves_before_the_other_side_accepts() -> None:
    files = Files()
    file_id = files.send()
    assert files.peer.kinds()[-1] == "file_offer"
    assert files.peer.work is None and not files.host.movers[file_id].is_attached
    files.peer.say({"type": "file_accept", "id": file_id})
    assert files.host.movers[file_id].channel.label == "file:" + file_id


def test_a_file_that_was_picked_while_nobody_was_there_is_offered_to_who_comes() -> None:
    page = CustomerPage().queue()
    page.do("pick_files", value=[FakeFile()])
    page.join()
    page.host.peers[-1].meet()
    assert page.host.peers[-1].kinds().count("file_offer") == 1


def test_a_second_acceptance_changes_nothing() -> None:
    files = Files()
    file_id = files.sending()
    channel = files.host.movers[file_id].channel
    files.peer.say({"type": "file_accept", "id": file_id})
    files.host.wait(2000)
    files.session.tick()
    assert files.host.movers[file_id].channel is channel


@pytest.mark.parametrize("file_id", ["unknown", "f1"])
def test_who_accepts_what_was_not_offered_gets_nothing(file_id: str) -> None:
    files = Files()
    files.peer.say(OFFER)
    files.peer.say({"type": "file_accept", "id": file_id})
    assert files.peer.work is None
    assert files.entry()["phase"] == "offered"


def test_what_is_larger_than_the_site_allows_is_not_offered() -> None:
    files = Files()
    files.transfers.send([FakeFile(size=10_001), FakeFile(size=10_000)], "You")
    assert files.session.conversation.talk["problem"] == "file_too_large"
    assert [one["size"] for one in files.peer.posted if one["type"] == "file_offer"] == [10_000]


def test_a_folder_is_no_file_and_what_was_dropped_with_it_is_offered() -> None:
    files = Files()
    files.transfers.send([None, FakeFile()], "You")
    assert files.session.conversation.talk["problem"] == "folder"
    assert len(files.transfers.all) == 1


def test_what_the_site_forbids_is_neither_offered_nor_taken() -> None:
    files = Files()
    files.session.page.site["forbidden_types"] = [".exe"]
    files.transfers.send([FakeFile("setup.EXE"), FakeFile("notes.txt")], "You")
    assert files.session.conversation.talk["problem"] == "file_forbidden"
    assert [one["name"] for one in files.peer.posted if one["type"] == "file_offer"] == ["notes.txt"]
    files.peer.say(OFFER | {"name": "setup.exe"})
    assert files.ends() == [(OFFER["id"], "forbidden_type")]


def test_a_site_that_is_not_known_yet_refuses_no_file() -> None:
    files = Files()
    files.session.page.site = {}
    files.peer.say(OFFER)
    assert files.entry()["phase"] == "offered"


def test_only_so_many_files_at_once_and_the_rest_is_said() -> None:
    files = Files()
    files.send(*[FakeFile()] * (MAX_AT_ONCE + 1))
    assert files.session.conversation.talk["problem"] == "too_many_files"
    assert files.peer.kinds().count("file_offer") == MAX_AT_ONCE
    files.transfers.cancel(files.session.conversation.order[-1])
    files.send()
    assert files.session.conversation.talk["problem"] == ""


def test_a_channel_that_closed_is_replaced_once_a_second() -> None:
    files = Files()
    file_id = files.sending()
    mover = files.host.movers[file_id]
    mover.channel.close()
    mover.become("suspended")
    files.session.tick()
    assert mover.is_attached


# receiving


@pytest.mark.parametrize("offer", [OFFER, {**OFFER, "name": "../../etc/passwd"}, {**OFFER, "size": 0}])
def test_an_offer_is_a_card_with_a_safe_name(offer: dict[str, Any]) -> None:
    files = Files()
    files.peer.say(offer)
    card = files.transfers.cards()[0]
    assert "/" not in card["name"] and not card["name"].startswith(".")
    assert "f1" not in files.host.movers


def test_an_offer_that_comes_twice_is_one() -> None:
    files = Files()
    files.peer.say(OFFER)
    files.peer.say({**OFFER, "name": "other.txt"})
    assert len(files.transfers.cards()) == 1
    files.transfers.decline("f1")
    files.peer.say(OFFER)
    # Told once more: a page that offers it again has lost the answer.
    assert files.transfers.cards() == [] and files.ends() == [("f1", "declined")] * 2


def test_offers_beyond_the_limits_are_answered_without_a_card() -> None:
    files = Files()
    files.peer.say({**OFFER, "size": 10_001})
    for number in range(MAX_AT_ONCE + 1):
        files.peer.say({**OFFER, "id": f"n{number}"})
    assert files.ends() == [("f1", "too_large"), (f"n{MAX_AT_ONCE}", "busy")]


def test_accepting_twice_accepts_once() -> None:
    files = Files()
    files.peer.say(OFFER)
    files.transfers.accept("f1")
    mover = files.host.movers["f1"]
    files.transfers.accept("f1")
    assert files.host.movers["f1"] is mover
    assert files.peer.kinds().count("file_accept") == 1


@pytest.mark.parametrize("file_id", ["f1", "mine", "nothing"])
def test_a_channel_for_what_was_not_accepted_here_is_closed(file_id: str) -> None:
    files = Files()
    files.peer.say(OFFER)
    mine = files.sending()
    channel = FakeChannel()
    files.session.file_channel(files.peer, mine if file_id == "mine" else file_id, channel)
    assert channel.is_closed


def test_a_channel_that_comes_after_the_end_is_closed() -> None:
    files = Files()
    files.receiving()
    files.transfers.cancel("f1")
    late = FakeChannel()
    files.session.file_channel(files.peer, "f1", late)
    assert late.is_closed


def test_a_file_that_has_arrived_is_saved_and_can_be_saved_again() -> None:
    files = Files()
    files.receiving()
    mover = files.host.movers["f1"]
    mover.become("finished")
    assert (files.entry()["phase"], files.entry()["saveable"], mover.saves) == ("finished", True, 1)
    assert files.transfers.save("f1") and mover.saves == 2
    assert not files.transfers.save("nothing")


# pauses and ends


def test_both_sides_can_pause() -> None:
    files = Files()
    files.receiving()
    files.transfers.pause("f1", True)
    files.peer.say({"type": "file_pause", "id": "f1", "paused": False})
    assert files.host.movers["f1"].pauses == [(True, False), (False, True)]
    assert files.peer.posted[-1] == {"type": "file_pause", "id": "f1", "paused": True}


def test_nobody_can_pause_what_was_not_accepted() -> None:
    files = Files()
    files.peer.say(OFFER)
    files.peer.say({"type": "file_pause", "id": "f1", "paused": True})
    files.transfers.pause("f1", True)
    assert files.entry()["phase"] == "offered"


@pytest.mark.parametrize("reason", ["declined", "cancelled", "busy", "vanished"])
def test_an_end_is_told_once_and_only_by_who_ended(reason: str) -> None:
    files = Files()
    file_id = files.send()
    files.peer.say({"type": "file_end", "id": file_id, "reason": reason})
    files.transfers.cancel(file_id)
    assert files.entry(file_id)["reason"] == reason
    assert files.ends() == []


def test_what_breaks_by_itself_is_told() -> None:
    files = Files()
    files.receiving()
    files.host.movers["f1"].become("ended", "corrupt")
    assert files.ends() == [("f1", "corrupt")]
    assert files.entry()["reason"] == "corrupt"


def test_the_red_x_ends_both_directions_and_what_was_only_offered_is_not_sent_later() -> None:
    files = Files()
    files.receiving()
    moving, offered = files.sending(), files.send()
    files.session.revoked()
    assert {files.entry(one)["reason"] for one in ("f1", moving, offered)} == {"revoked"}
    files.peer.say({"type": "file_accept", "id": offered})
    assert files.peer.work is None
    assert not files.host.movers[offered].is_attached


def test_a_red_x_of_the_other_side_is_told_back_to_nobody() -> None:
    files = Files()
    files.receiving()
    files.transfers.revoked_there()
    assert files.entry()["reason"] == "revoked" and files.ends() == []


def test_the_end_of_the_session_ends_every_file() -> None:
    files = Files()
    files.receiving()
    files.sending()
    files.session.finish("customer")
    phases = {entry["phase"] for entry in log(files.session.conversation) if entry["kind"] == "file"}
    assert phases == {"ended"}
    assert not files.transfers.is_moving
