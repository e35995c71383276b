"""A file arrives whole or not at all, goes on where it stood, and no peer makes the other hold more than it said."""

from deskside.core import transfer as commands
from deskside.core.messages import BLOCK_SIZE
from deskside.core.transfer_receiver import Receiver
from deskside.core.transfer_sender import Sender

from .raising import refusal
from .transfer_ends import Ends, digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MB = BLOCK_SIZE
DIGEST = digest("any")


def arrived(ends: Ends) -> bool:
    whole = [digest(block, ends.words[block]) for block in range(len(ends.words))]
    return ends.sender.state == "finished" and ends.receiver.state == "finished" and ends.stored == whole


def is_done(item: "Any") -> bool:
    return type(item) is dict and item["type"] == "done"


def receiving(size: int, blocks: int = 0) -> Receiver:
    """A receiver that has been answered: bytes may come from block `blocks` on."""
    receiver = Receiver(size)
    receiver.storage_ready(blocks, 0)
    receiver.channel_opened(0)
    receiver.received({"type": "start", "block": blocks}, 0)
    return receiver


def sending(size: int, blocks: int = 0) -> Sender:
    sender = Sender(size)
    sender.channel_opened(0, 0)
    sender.received({"type": "start", "block": blocks}, 0)
    return sender


def fill(receiver: Receiver, block: int) -> "list[Any]":
    """Receive one whole block of 1 MiB."""
    for _ in range(4):
        assert receiver.received_chunk(MB // 4, 0) == [commands.Keep()]
    return receiver.received({"type": "block", "block": block, "size": MB, "digest": DIGEST}, 0)


def test_files_of_every_size_arrive_whole() -> None:
    for size in (0, 1, 1000, 256 * 1024, MB - 1, MB, MB + 1, 3 * MB + 5, 20 * MB):
        ends = Ends(size)
        ends.connect()
        ends.run()
        assert arrived(ends), size


def test_both_sides_say_what_they_are_doing() -> None:
    ends = Ends(2 * MB)
    assert (ends.sender.state, ends.receiver.state) == ("waiting", "waiting")
    ends.connect()
    assert (ends.sender.state, ends.receiver.state) == ("moving", "moving")
    ends.cut()
    assert (ends.sender.state, ends.receiver.state) == ("suspended", "suspended")
    ends.sender.pause(True)
    assert ends.sender.state == "paused"
    ends.sender.pause(False)
    ends.connect()
    ends.run()
    assert (ends.sender.state, ends.receiver.state) == ("finished", "finished")


def test_a_small_largest_message_makes_smaller_chunks() -> None:
    assert commands.chunk_size(0) == 256 * 1024
    assert commands.chunk_size(1 << 30) == 256 * 1024
    assert commands.chunk_size(100000) == 64 * 1024
    assert commands.chunk_size(20000) == 16 * 1024
    ends = Ends(3 * MB + 100, 65536)
    ends.connect()
    ends.run()
    assert arrived(ends)


def test_the_channel_never_holds_more_than_its_mark_and_the_page_never_more_than_it_reads_ahead() -> None:
    ends = Ends(40 * MB)
    ends.connect()
    while ends.serve("reads") or ends.serve("to_sender"):
        pass
    assert ends.sender.state == "moving"
    ends.run()
    assert arrived(ends)
    assert ends.most_buffered <= commands.HIGH_MARK
    assert ends.most_held <= commands.READ_AHEAD


def test_no_more_than_the_window_is_under_way() -> None:
    ends = Ends(40 * MB)
    ends.connect()
    while any(ends.serve(name) for name in ("reads", "to_receiver", "to_sender")):
        # The storage answers once, that it is open, and then nothing more.
        if len(ends.storing) == 1 and ends.storing[0][0] == "ready":
            ends.serve("storing")
    assert len(ends.storing) == 1 or len(ends.storing) == commands.WINDOW


def test_a_dropped_channel_resumes_from_the_first_block_that_is_missing() -> None:
    ends = Ends(10 * MB)
    ends.connect()
    while len(ends.stored) < 4:
        for name in ("reads", "to_receiver", "to_sender", "storing"):
            ends.serve(name)
    ends.cut()
    ends.run()
    stood = len(ends.stored)
    ends.sent_blocks = []
    ends.connect()
    ends.run()
    assert arrived(ends)
    assert ends.sent_blocks == list(range(stood, 10))


def test_a_channel_that_drops_at_every_step_still_ends_with_the_file() -> None:
    ends = Ends(3 * MB)
    names = ("reads", "to_receiver", "to_sender", "storing")
    for steps in range(60):
        ends.connect()
        for step in range(steps):
            ends.serve(names[step % 4])
        ends.cut()
    ends.connect()
    ends.run()
    assert arrived(ends)


def test_a_drop_after_the_last_byte_is_healed_by_the_next_channel() -> None:
    for lost in ("done", "stored"):
        ends = Ends(2 * MB)
        ends.connect()
        while ends.receiver.state != "finished":
            if lost == "done" and ends.to_receiver and is_done(ends.to_receiver[0]):
                break
            for name in ("reads", "to_receiver", "to_sender", "storing"):
                ends.serve(name)
        ends.cut()
        assert ends.sender.state == "suspended"
        ends.connect()
        ends.run()
        assert arrived(ends), lost


def test_a_receiver_that_comes_back_with_half_the_file_is_sent_the_other_half() -> None:
    ends = Ends(6 * MB)
    ends.stored = [digest(block, "word") for block in range(3)]
    ends.connect()
    ends.run()
    assert arrived(ends)
    assert ends.sent_blocks == [3, 4, 5]


def test_a_pause_of_either_side_stops_the_sender_and_both_must_end_it() -> None:
    ends = Ends(30 * MB)
    ends.connect()
    for _ in range(8):
        for name in ("reads", "to_receiver", "to_sender", "storing"):
            ends.serve(name)
    ends.pause(True, by_peer=True)
    ends.receiver.pause(True)
    ends.pause(True)
    ends.run()
    stood = list(ends.sent_blocks)
    assert (ends.sender.state, ends.receiver.state) == ("paused", "paused")
    assert (ends.sender.paused_here, ends.receiver.paused_here) == (True, True)
    ends.pause(False)
    ends.run()
    assert ends.sent_blocks == stood
    ends.receiver.pause(False)
    ends.pause(False, by_peer=True)
    ends.run()
    assert arrived(ends)


def test_a_block_that_came_broken_is_asked_for_again() -> None:
    ends = Ends(8 * MB)
    ends.connect()
    spoilt = False
    while ends.receiver.state != "finished":
        for index in range(len(ends.to_receiver)):
            item = ends.to_receiver[index]
            if not spoilt and type(item) is tuple and item[0] == 2 and item[1] == 0:
                ends.to_receiver[index] = (2, 0, item[2], "noise")
                spoilt = True
        assert any(ends.serve(name) for name in ("reads", "to_receiver", "to_sender", "storing"))
    ends.run()
    assert spoilt
    assert arrived(ends)


def test_a_block_that_stays_broken_ends_the_transfer_as_corrupt() -> None:
    ends = Ends(3 * MB)
    ends.connect()
    rounds = 0
    while not ends.receiver.over:
        for index in range(len(ends.to_receiver)):
            item = ends.to_receiver[index]
            if type(item) is tuple and item[0] == 1 and item[1] == 0:
                ends.to_receiver[index] = (1, 0, item[2], "noise")
        assert any(ends.serve(name) for name in ("reads", "to_receiver", "to_sender", "storing"))
        rounds += 1
        assert rounds < 10000
    assert (ends.receiver.state, ends.receiver.reason) == ("ended", "corrupt")
    assert ends.discarded
    assert ends.sender.state == "suspended"


def test_a_source_that_vanishes_ends_the_transfer() -> None:
    ends = Ends(9 * MB)
    ends.broken_reads = [5]
    ends.connect()
    ends.run()
    assert (ends.sender.state, ends.sender.reason) == ("ended", "vanished")
    assert ends.held == {}
    assert not ends.connected


def test_a_source_that_changed_between_two_channels_is_never_taken_for_whole() -> None:
    ends = Ends(4 * MB)
    ends.connect()
    while len(ends.stored) < 2:
        for name in ("reads", "to_receiver", "to_sender", "storing"):
            ends.serve(name)
    ends.cut()
    ends.run()
    stood = len(ends.stored)
    sender = Sender(4 * MB)  # the sender's page was loaded anew, with another file of the same size
    ends.sender = sender
    ends.words = ["other"] * 4
    ends.connect()
    ends.run()
    assert 0 < stood < 4
    assert (ends.receiver.state, ends.receiver.reason) == ("ended", "corrupt")


def test_a_full_disk_ends_the_transfer() -> None:
    receiver = receiving(5 * MB)
    assert receiver.storage_failed("no_space") == [commands.Close(), commands.Discard()]
    assert (receiver.state, receiver.reason) == ("ended", "no_space")
    assert receiver.received_chunk(10, 0) == []
    assert receiver.block_stored(0, 0) == []


def test_after_the_end_nothing_is_carried_out() -> None:
    sender = sending(5 * MB)
    assert sender.end("cancelled") == [commands.Close()]
    assert sender.block_read(0, DIGEST, 0) == [commands.Release(0)]
    assert sender.drained(0, 0) == []
    assert sender.pause(True) == []
    assert sender.end("vanished") == []
    assert sender.reason == "cancelled"
    assert sender.channel_opened(0, 0) == [commands.Close()]


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
    receiver.storage_ready(0, 0)
    assert receiver.channel_opened(0) == [commands.Send({"type": "start", "block": 0})]
    assert refusal(receiver.received_chunk, MB // 4, 0) == "not_started"
    block = {"type": "block", "block": 0, "size": MB, "digest": DIGEST}
    assert refusal(receiver.received, block, 0) == "not_started"
    assert refusal(receiver.received, {"type": "start", "block": 1}, 0) == "out_of_order"


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


def test_a_sender_refuses_what_a_receiver_must_not_say() -> None:
    assert refusal(sending(5 * MB).received_bytes) == "unexpected_bytes"
    assert refusal(sending(5 * MB).received, {"type": "verified", "block": 0}, 0) == "out_of_order"
    assert refusal(sending(5 * MB).received, {"type": "stored", "digest": DIGEST}, 0) == "out_of_order"
    assert refusal(sending(5 * MB).received, {"type": "start", "block": 6}, 0) == "out_of_range"
    assert refusal(sending(5 * MB).received, {"type": "start", "block": 1}, 0) == "out_of_order"
    assert refusal(sending(5 * MB).received, {"type": "done", "blocks": 5, "digest": DIGEST}, 0) == "unexpected_message"
    sender = sending(5 * MB)
    for _ in range(commands.RETRIES):
        sender.received({"type": "start", "block": 0}, 0)
    assert refusal(sender.received, {"type": "start", "block": 0}, 0) == "too_many_restarts"


def test_a_sender_believes_no_receiver_that_stored_something_else() -> None:
    sender = sending(0)
    sender.file_hashed(digest("whole"), 0)
    assert refusal(sender.received, {"type": "stored", "digest": digest("other")}, 0) == "wrong_digest"


def test_offsets_above_two_gigabytes_are_exact() -> None:
    size = 5 * 1024 * MB + 7
    sender = sending(size, 5 * 1024 - 1)
    assert sender.blocks == 5 * 1024 + 1
    sender._hashed = sender.blocks
    sender.channel_closed(0)
    sender.channel_opened(0, 0)
    found = sender.received({"type": "start", "block": 5 * 1024}, 0)
    assert commands.Read(5 * 1024, 5 * 1024 * MB, 7) in found


def test_progress_is_smoothed_and_says_how_long_it_takes() -> None:
    meter = commands.Meter()
    assert meter.progress(0, 100 * MB, 0.0).speed is None
    for second in range(1, 31):
        meter.moved(second * MB, second * 1000.0)
    progress = meter.progress(30 * MB, 100 * MB, 30000.0)
    assert abs((progress.speed or 0) - MB) < MB // 100
    assert progress.seconds_left in (70, 71)
    meter.moved(31 * MB + 9 * MB, 31000.0)
    assert MB < (meter.progress(40 * MB, 100 * MB, 31000.0).speed or 0) < 5 * MB
    assert (meter.progress(40 * MB, 100 * MB, 60000.0).speed or 0) < MB
    meter.rest()
    assert meter.progress(40 * MB, 100 * MB, 61000.0).seconds_left is None


def test_the_progress_of_both_sides_reaches_the_size() -> None:
    ends = Ends(3 * MB + 5)
    ends.connect()
    ends.run()
    assert ends.sender.progress(ends.now).done == ends.receiver.progress(ends.now).done == 3 * MB + 5
