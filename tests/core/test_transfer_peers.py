"""A peer that does not keep to the rules ends its own transfer: it makes nobody hold, send or believe more."""

from deskside.core import transfer as commands
from deskside.core.messages import BLOCK_SIZE
from deskside.core.transfer_receiver import Receiver

from .raising import refusal
from .transfer_ends import digest, fill, receiving, sending, starting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MB = BLOCK_SIZE
DIGEST = digest("any")


def test_a_receiver_refuses_what_was_not_offered() -> None:
    assert refusal(receiving(100).received_chunk, 101, 0) == "too_many_bytes"
    assert refusal(receiving(0).received_chunk, 1, 0) == "too_many_bytes"
    assert refusal(receiving(5 * MB).received_chunk, 256 * 1024 + 1, 0) == "oversized_chunk"
    assert refusal(receiving(5 * MB).received_chunk, 1000, 0) == "undersized_chunk"
    assert refusal(receiving(5 * MB).received_chunk, 0, 0) == "undersized_chunk"
    receiver = receiving(MB)
    fill(receiver, 0)
    assert refusal(receiver.received_chunk, 1, 0) == "too_many_bytes"
    receiver = receiving(MB + 10)
    for _ in range(4):
        receiver.received_chunk(MB // 4, 0)
    assert refusal(receiver.received_chunk, 10, 0) == "too_many_bytes"


def test_a_receiver_refuses_bytes_before_the_sender_said_from_where() -> None:
    receiver = Receiver(5 * MB)
    receiver.storage_ready(0, "", 0)
    assert receiver.channel_opened(0) == [commands.Send({"type": "start", "block": 0})]
    assert refusal(receiver.received_chunk, MB // 4, 0) == "not_started"
    block = {"type": "block", "block": 0, "size": MB, "digest": DIGEST}
    assert refusal(receiver.received, block, 0) == "not_started"
    assert refusal(receiver.received, {"type": "start", "block": 1}, 0) == "out_of_order"
    assert refusal(receiving(5 * MB).received, {"type": "start", "block": 0}, 0) == "out_of_order"


def test_a_receiver_refuses_blocks_out_of_their_order_or_size() -> None:
    def block(number: int, size: int) -> "dict[str, Any]":
        return {"type": "block", "block": number, "size": size, "digest": DIGEST}

    receiver = receiving(5 * MB)
    for _ in range(4):
        receiver.received_chunk(MB // 4, 0)
    assert refusal(receiver.received, block(1, MB), 0) == "out_of_order"
    assert refusal(receiver.received, block(0, MB - 1), 0) == "wrong_size"
    assert receiver.received(block(0, MB), 0) == [commands.Check(0, DIGEST)]
    assert refusal(receiver.received, block(0, MB), 0) == "out_of_order"
    assert refusal(receiver.received, block(1, MB), 0) == "wrong_size"
    assert refusal(receiver.received, {"type": "start", "block": 1}, 0) == "out_of_order"
    assert refusal(receiver.received, {"type": "verified", "block": 0}, 0) == "unexpected_message"


def test_a_receiver_refuses_a_wrong_total() -> None:
    receiver = receiving(2 * MB)
    fill(receiver, 0)
    assert refusal(receiver.received, {"type": "done", "blocks": 1, "digest": DIGEST}, 0) == "wrong_total"
    fill(receiver, 1)
    assert refusal(receiver.received, {"type": "done", "blocks": 3, "digest": DIGEST}, 0) == "wrong_total"
    receiver.received({"type": "done", "blocks": 2, "digest": DIGEST}, 0)
    again = {"type": "done", "blocks": 2, "digest": DIGEST}
    assert refusal(receiver.received, again, 0) == "out_of_order"


def test_a_receiver_holds_no_more_than_the_window() -> None:
    receiver = receiving(100 * MB)
    for block in range(commands.WINDOW):
        fill(receiver, block)
    assert refusal(receiver.received_chunk, MB // 4, 0) == "too_far_ahead"


def test_what_may_still_come_after_a_restart_is_bounded() -> None:
    receiver = receiving(100 * MB)
    fill(receiver, 0)
    assert receiver.block_bad(0, 0) == [commands.Rewind()]
    for _ in range(commands.WINDOW + 1):
        for _ in range(4):
            assert receiver.received_chunk(MB // 4, 0) == []
    assert refusal(receiver.received_chunk, MB // 4, 0) == "not_started"


def test_what_may_still_come_after_a_restart_is_bounded_in_frames_too() -> None:
    block = {"type": "block", "block": 1, "size": MB, "digest": DIGEST}

    def one_byte(receiver: Receiver) -> "list[Any]":
        return receiver.received_chunk(1, 0)

    def message(receiver: Receiver) -> "list[Any]":
        return receiver.received(block, 0)

    for send in (one_byte, message):
        receiver = receiving(100 * MB)
        fill(receiver, 0)
        receiver.block_bad(0, 0)
        frames = (commands.WINDOW + 1) * (MB // commands.SMALLEST_CHUNK + 2)
        for _ in range(frames):
            assert send(receiver) == []
        assert refusal(send, receiver) == "not_started"


def test_nothing_may_come_from_before_a_restart_on_another_channel() -> None:
    receiver = receiving(100 * MB)
    fill(receiver, 0)
    receiver.block_bad(0, 0)
    receiver.channel_closed(0)
    receiver.channel_opened(0)
    assert refusal(receiver.received_chunk, MB // 4, 0) == "not_started"


def test_a_sender_refuses_what_a_receiver_must_not_say() -> None:
    assert refusal(sending(5 * MB).received_bytes) == "unexpected_bytes"
    assert refusal(sending(5 * MB).received, {"type": "verified", "block": 0}, 0) == "out_of_order"
    assert refusal(sending(5 * MB).received, {"type": "stored", "digest": DIGEST}, 0) == "out_of_order"
    assert refusal(sending(5 * MB).received, starting(6), 0) == "out_of_range"
    assert refusal(sending(5 * MB).received, starting(1), 0) == "out_of_order"
    assert refusal(sending(5 * MB).received, {"type": "start", "block": 1}, 0) == "missing_digest"
    assert refusal(sending(5 * MB).received, {"type": "done", "blocks": 5, "digest": DIGEST}, 0) == "unexpected_message"
    sender = sending(5 * MB)
    for _ in range(commands.RETRIES):
        sender.received({"type": "start", "block": 0}, 0)
    assert refusal(sender.received, {"type": "start", "block": 0}, 0) == "too_many_restarts"


def test_a_receiver_may_ask_again_as_often_as_it_makes_progress() -> None:
    sender = sending(5 * MB)
    sender.block_read(0, DIGEST, 0)
    for _ in range(commands.RETRIES):
        sender.received({"type": "start", "block": 0}, 0)
    sender.block_read(0, DIGEST, 0)
    sender.received({"type": "verified", "block": 0}, 0)
    for _ in range(commands.RETRIES):
        sender.received(starting(1), 0)
    assert sender.state == "moving"


def test_a_restart_far_back_gives_back_what_was_read_ahead() -> None:
    sender = sending(40 * MB)
    for block in range(8 + commands.READ_AHEAD):
        sender.block_read(block, DIGEST, 0)
    found = sender.received({"type": "start", "block": 0}, 0)
    assert [commands.Release(block) for block in range(8, 8 + commands.READ_AHEAD)] == found[: commands.READ_AHEAD]


def test_a_sender_believes_no_receiver_that_stored_what_it_did_not_verify() -> None:
    sender = sending(MB)
    sender.block_read(0, DIGEST, 0)
    assert commands.Send({"type": "done", "blocks": 1, "digest": DIGEST}) in sender.file_hashed(DIGEST, 0)
    assert refusal(sender.received, {"type": "stored", "digest": DIGEST}, 0) == "out_of_order"


def test_a_sender_believes_no_receiver_that_stored_something_else() -> None:
    sender = sending(0)
    sender.file_hashed(digest("whole"), 0)
    assert refusal(sender.received, {"type": "stored", "digest": digest("other")}, 0) == "wrong_digest"
