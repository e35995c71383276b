"""What is posted arrives once and in order, whatever becomes of the channels and the pages."""

from deskside.core import outbox
from deskside.core.codec import check
from deskside.core.errors import StateError
from deskside.core.messages import CHAT

from .raising import raises, refusal
from .wire import Party, connect, disconnect, exchange


def pair() -> "tuple[Party, Party]":
    one, other = Party("ann"), Party("bob")
    connect(one, other)
    exchange(one, other)
    return one, other


def test_messages_arrive_in_order_and_are_acknowledged() -> None:
    one, other = pair()
    for text in ("a", "b", "c"):
        one.post(text)
    other.post("x")
    exchange(one, other)
    assert other.delivered == ["a", "b", "c"]
    assert one.delivered == ["x"]
    assert one.acknowledged == ["a", "b", "c"]
    assert one.stream.is_empty and other.stream.is_empty


def test_what_is_posted_before_there_is_a_channel_goes_after_the_hello() -> None:
    one, other = Party("ann"), Party("bob")
    one.post("early")
    assert one.outgoing == []
    one.open()
    assert [message["type"] for message in one.outgoing] == ["hello"]
    other.open()
    exchange(one, other)
    assert other.delivered == ["early"]


def test_nothing_numbered_is_sent_before_the_hello_of_this_channel() -> None:
    one, other = pair()
    disconnect(one, other)
    one.open()
    one.post("a")
    assert [message["type"] for message in one.outgoing] == ["hello"]


def test_a_numbered_message_before_the_hello_is_refused() -> None:
    one = Party("ann")
    one.open()
    assert refusal(one.stream.received, {"type": "message", "n": 1, "text": "a"}) == "hello_expected"
    assert refusal(one.stream.received, {"type": "ack", "received": 0}) == "hello_expected"


def test_what_was_lost_with_a_channel_is_replayed_once() -> None:
    one, other = pair()
    one.post("a")
    one.post("b")
    other.receive(one.outgoing.pop(0))
    disconnect(one, other)
    one.post("c")
    connect(one, other)
    exchange(one, other)
    assert other.delivered == ["a", "b", "c"]
    assert one.acknowledged == ["a", "b", "c"]


def test_a_duplicate_is_dropped_and_acknowledged_again() -> None:
    one, other = pair()
    one.post("a")
    message = one.outgoing[0]
    exchange(one, other)
    other.receive(message)
    assert other.delivered == ["a"]
    assert other.outgoing == [{"type": "ack", "received": 1}]


def test_a_gap_is_refused_and_changes_nothing() -> None:
    one, other = pair()
    assert refusal(other.stream.received, {"type": "message", "n": 2, "text": "b"}) == "out_of_order"
    one.post("a")
    exchange(one, other)
    assert other.delivered == ["a"]


def test_an_acknowledgement_of_what_was_never_sent_is_refused() -> None:
    one, other = pair()
    one.post("a")
    assert refusal(one.stream.received, {"type": "ack", "received": 2}) == "bad_acknowledgement"
    exchange(one, other)
    assert one.acknowledged == ["a"]


def test_an_old_acknowledgement_changes_nothing() -> None:
    one, other = pair()
    one.post("a")
    exchange(one, other)
    one.receive({"type": "ack", "received": 0})
    assert one.acknowledged == ["a"]


def test_a_reload_goes_on_where_it_stood() -> None:
    one, other = pair()
    one.post("a")
    one.post("b")
    other.receive(one.outgoing.pop(0))
    disconnect(one, other)
    one.reload()
    other.reload()
    one.post("c")
    other.post("x")
    connect(one, other)
    exchange(one, other)
    assert other.delivered == ["a", "b", "c"]
    assert one.delivered == ["x"]
    assert one.stream.is_empty and other.stream.is_empty


def test_a_reload_that_lost_the_last_posts_numbers_behind_them() -> None:
    one, other = pair()
    one.post("a")
    saved = one.saved
    one.post("lost here, known there")
    exchange(one, other)
    disconnect(one, other)
    one.saved = saved
    one.reload()
    one.post("new")
    one.post("newer")
    connect(one, other)
    exchange(one, other)
    assert other.delivered == ["a", "lost here, known there", "new", "newer"]
    assert one.stream.is_empty


def test_a_reload_that_lost_what_it_had_received_goes_on() -> None:
    one, other = pair()
    saved = other.saved
    one.post("a")
    exchange(one, other)
    disconnect(one, other)
    other.saved = saved
    other.reload()
    one.post("b")
    connect(one, other)
    exchange(one, other)
    assert other.delivered == ["a", "b"]


def test_a_page_that_lost_everything_gets_what_it_has_not_acknowledged() -> None:
    one, other = pair()
    one.post("a")
    other.post("x")
    other.post("y")
    exchange(one, other)
    disconnect(one, other)
    one.post("b")
    other = Party("new")
    other.post("z")
    connect(one, other)
    exchange(one, other)
    assert other.delivered == ["b"]
    assert one.delivered == ["x", "y", "z"]


def test_a_full_stream_refuses_and_keeps_all_it_took() -> None:
    one, other = pair()
    disconnect(one, other)
    for _ in range(outbox.MAX_KEPT):
        one.stream.post({"type": "typing"})
    assert one.stream.is_full
    raises(StateError, one.post, "one too many")
    large = Party("large")
    text = "x" * 1000000
    while not large.stream.is_full:
        large.stream.post({"type": "message", "text": text})
    raises(StateError, large.post, "a")


def test_a_hello_that_comes_twice_replays_nothing_twice() -> None:
    one, _ = pair()
    one.post("a")
    hello = {"type": "hello", "stream": "bob1", "first": 1, "received_stream": "ann1", "received": 0}
    one.receive(hello)
    assert [message["text"] for message in one.outgoing] == ["a"]


def test_frames_of_a_closed_channel_are_not_taken() -> None:
    one, other = pair()
    one.post("a")
    frame = one.outgoing[0]
    disconnect(one, other)
    assert other.stream.received(frame) == []


def test_what_a_stream_sends_is_a_message_of_the_table() -> None:
    one = outbox.Stream("ann")
    check(one.channel_opened()[0].message, CHAT)
    one.received({"type": "hello", "stream": "bob", "first": 1, "received": 0})
    sent = one.post({"type": "message", "id": "m1", "text": "hi", "at": 5})[0].message
    assert check(sent, CHAT)["n"] == 1
    check(one.channel_opened()[0].message, CHAT)
