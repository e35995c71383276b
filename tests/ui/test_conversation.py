"""A conversation loses nothing that was written, says what became of it, and is the same after a reload."""

from typing import Any

import pytest

from deskside.core.messages import MAX_MESSAGE_TEXT
from deskside.core.outbox import MAX_KEPT, Stream
from deskside.ui.conversation import Conversation
from tests.ui.fakes import FakeHost
from tests.ui.fakes_peer import FakePeer
from tests.ui.pages import customer_session, log


class Owner:
    def __init__(self) -> None:
        self.changes: list[dict[str, Any]] = []

    def changed(self) -> None:
        pass

    def entry_changed(self, conversation: Conversation, entry: dict[str, Any]) -> None:
        self.changes.append(entry)


def alone(host: FakeHost) -> tuple[Conversation, Owner]:
    owner = Owner()
    return Conversation(host, "s1", owner), owner


def write(conversation: Conversation, text: str) -> bool:
    conversation.write(text)
    return conversation.send("You")


def there() -> tuple[FakeHost, Conversation, FakePeer]:
    host = FakeHost()
    session, peer = customer_session(host)
    return host, session.conversation, peer


def texts(conversation: Conversation) -> list[str]:
    return [entry["text"] for entry in log(conversation) if entry["kind"] == "message"]


def states(conversation: Conversation) -> list[str]:
    return [entry["state"] for entry in log(conversation) if entry["kind"] == "message"]


def theirs(name: str, text: str = "hello") -> dict[str, Any]:
    return {"type": "message", "n": 1, "id": name, "text": text, "at": 1}


# writing


def test_what_is_written_while_nobody_is_there_waits_in_the_stream() -> None:
    conversation, _ = alone(FakeHost())
    assert write(conversation, "hello")
    assert states(conversation) == ["sending"]
    assert not conversation.stream.is_empty


@pytest.mark.parametrize("draft", ["", "   ", "\n\t \n", "\u202e", " \u202e \u0007 "])
def test_nothing_is_not_sent(draft: str) -> None:
    conversation, _ = alone(FakeHost())
    assert not write(conversation, draft)
    assert conversation.order == []


@pytest.mark.parametrize(
    ("draft", "text"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        (" two words ", "two words"),
        ("an \u202eover\u2066ride\u0000", "an override"),
        ("half \ud83d a pair", "half  a pair"),
        ("\U0001f600 tab\there", "\U0001f600 tab\there"),
        ("<b>not markup</b>", "<b>not markup</b>"),
    ],
)
def test_controls_go_and_the_words_stay(draft: str, text: str) -> None:
    conversation, _ = alone(FakeHost())
    assert write(conversation, draft)
    assert texts(conversation) == [text]


def test_what_is_too_long_stays_in_the_box_until_it_is_shorter() -> None:
    conversation, _ = alone(FakeHost())
    assert not write(conversation, "x" * (MAX_MESSAGE_TEXT + 1))
    assert conversation.talk["problem"] == "too_long"
    assert len(conversation.talk["draft"]) == MAX_MESSAGE_TEXT + 1
    conversation.write("x" * MAX_MESSAGE_TEXT)
    assert conversation.talk["problem"] == ""
    assert conversation.send("You") and conversation.talk["draft"] == ""


def test_a_pasted_book_is_refused_by_its_length_at_once_and_stays() -> None:
    conversation, _ = alone(FakeHost())
    book = "x" * 3_000_000
    conversation.write(book)
    assert conversation.talk["problem"] == "too_long"
    assert not conversation.send("You")
    assert conversation.talk["draft"] == book and texts(conversation) == []
    conversation.write("x")
    assert conversation.talk["problem"] == ""


def test_what_finds_no_room_stays_in_the_box() -> None:
    conversation = there()[1]
    for _ in range(MAX_KEPT):
        conversation.stream.post({"type": "read", "through": "nothing"})
    assert not write(conversation, "hello")
    assert (conversation.talk["problem"], conversation.talk["draft"]) == ("full", "hello")
    conversation.stream = Stream("anew")
    assert conversation.send("You") and conversation.talk["problem"] == ""


# marks


def test_a_message_is_sending_then_delivered_then_read() -> None:
    _, conversation, _ = there()
    write(conversation, "one")
    message = log(conversation)[-1]
    conversation.acknowledged([{"type": "message", "id": message["id"]}])
    assert message["state"] == "delivered"
    conversation.received({"type": "read", "n": 1, "through": message["id"]})
    assert message["state"] == "read"
    conversation.acknowledged([{"type": "message", "id": message["id"]}, {"type": "read"}])
    assert message["state"] == "read"


def test_reading_costs_as_much_as_is_newly_read() -> None:
    conversation, owner = alone(FakeHost())
    for number in range(500):
        write(conversation, str(number))
        if number % 100 == 99:
            owner.changes.clear()
            conversation.received({"type": "read", "n": 1, "through": conversation.order[-1]})
            assert len(owner.changes) == 100


@pytest.mark.parametrize("through", ["nothing", "theirs", "event"])
def test_a_mark_for_what_is_no_message_of_mine_means_nothing(through: str) -> None:
    conversation, _ = alone(FakeHost())
    write(conversation, "mine")
    conversation.received(theirs("theirs"))
    conversation.event("joined")
    wanted = conversation.order[-1] if through == "event" else through
    conversation.received({"type": "read", "n": 2, "through": wanted})
    assert states(conversation) == ["sending", ""]


def test_what_was_seen_is_told_once() -> None:
    _, conversation, peer = there()
    conversation.received(theirs("a"))
    conversation.received(theirs("b"))
    assert conversation.has_unseen
    conversation.seen()
    conversation.seen()
    assert [message for message in peer.posted if message["type"] == "read"] == [{"type": "read", "through": "b"}]


def test_a_message_that_comes_twice_stands_there_once() -> None:
    conversation, _ = alone(FakeHost())
    assert conversation.received(theirs("a", "first")) is not None
    assert conversation.received(theirs("a", "second")) is None
    assert texts(conversation) == ["first"]


# typing


def test_typing_is_shown_until_it_stops_or_a_message_comes() -> None:
    host, conversation, _ = there()
    conversation.received({"type": "typing", "on": True})
    assert conversation.talk["typing"]
    host.wait(4000)
    conversation.received({"type": "typing", "on": True})
    host.wait(4000)
    assert conversation.talk["typing"]
    host.wait(3000)
    assert not conversation.talk["typing"]
    conversation.received({"type": "typing", "on": True})
    conversation.received(theirs("a"))
    assert not conversation.talk["typing"]


def test_typing_is_told_every_few_seconds_and_not_at_each_key() -> None:
    host, conversation, peer = there()
    for length in range(1, 80):
        conversation.write("x" * length)
        host.wait(100)
    assert len(peer.whispered) == 3


@pytest.mark.parametrize("days", [-1, 1])
def test_another_time_of_the_server_neither_silences_the_typing_nor_repeats_it(days: int) -> None:
    host, conversation, peer = there()
    conversation.write("x")
    host.heard(host.now() + days * 86_400_000)
    conversation.write("xy")
    assert len(peer.whispered) == 1
    host.wait(3001)
    conversation.write("xyz")
    assert len(peer.whispered) == 2


def test_an_emptied_box_is_no_typing() -> None:
    _, conversation, peer = there()
    conversation.write("")
    assert peer.whispered == []


# a reload


def reloaded(host: FakeHost) -> Conversation:
    after = FakeHost(host.device, host.records)
    conversation, _ = alone(after)
    found: list[list[Any]] = []
    after.records.load("s1/entry/", found.append)
    after.records.load("s1/stream", found.append)
    after.wait(0)
    conversation.restore(found[0], found[1][0] if found[1] else None)
    return conversation


def test_the_log_and_what_was_not_delivered_survive_a_reload() -> None:
    host = FakeHost()
    conversation, _ = alone(host)
    write(conversation, "one")
    conversation.received(theirs("a", "two"))
    conversation.event("nudge")
    again = reloaded(host)
    assert [entry["id"] for entry in log(again)] == conversation.order
    assert texts(again) == ["one", "two"]
    assert again.stream.snapshot() == conversation.stream.snapshot()
    write(again, "three")
    assert [entry["number"] for entry in log(again)] == [1, 2, 3, 4]
    assert texts(reloaded(host)) == ["one", "two", "three"]


def test_what_was_not_read_before_a_reload_is_marked_when_it_is_read_after() -> None:
    host = FakeHost()
    conversation, _ = alone(host)
    conversation.received(theirs("a"))
    again = reloaded(host)
    assert again.has_unseen
    again.seen()
    assert again.stream.snapshot()["kept"] == [{"type": "read", "through": "a", "n": 1}]
    assert not again.has_unseen


def test_a_hole_in_what_was_kept_closes_and_nothing_overwrites_what_is_there() -> None:
    host = FakeHost()
    conversation, _ = alone(host)
    for text in ("one", "two", "three"):
        write(conversation, text)
    del host.records.kept["s1/entry/00000002"]
    again = reloaded(host)
    assert texts(again) == ["one", "three"]
    write(again, "four")
    again.received({"type": "read", "n": 1, "through": again.order[-1]})
    assert states(again) == ["read"] * 3
    assert texts(reloaded(host)) == ["one", "three", "four"]


def test_nothing_is_kept_once_the_conversation_was_let_go() -> None:
    host = FakeHost()
    conversation, _ = alone(host)
    write(conversation, "one")
    conversation.received({"type": "typing", "on": True})
    before = dict(host.records.kept)
    conversation.let_go()
    conversation.event("sharing_stopped")
    write(conversation, "two")
    assert host.records.kept == before
    assert not conversation.talk["typing"]


# display


def test_the_size_of_the_text_and_the_sounds_are_remembered() -> None:
    host = FakeHost()
    conversation, _ = alone(host)
    for _ in range(9):
        conversation.resize(1)
    assert conversation.talk["text_size"] == 4
    conversation.toggle_sounds()
    again, _ = alone(host)
    assert (again.talk["text_size"], again.talk["muted"]) == (4, True)
