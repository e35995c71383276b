"""A file arrives whole or not at all, goes on where it stood, and no peer makes the other hold more than it said."""

from deskside.core import transfer as commands
from deskside.core.messages import BLOCK_SIZE

from .transfer_ends import QUEUES, Ends, digest, fill, receiving, sending, starting

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
    ends.serve("storing")
    while any(ends.serve(name) for name in ("reads", "to_receiver", "to_sender")):
        pass
    assert len(ends.storing) == commands.WINDOW
    ends.run()
    assert arrived(ends)


def test_a_dropped_channel_resumes_from_the_first_block_that_is_missing() -> None:
    ends = Ends(10 * MB)
    ends.connect()
    while len(ends.stored) < 4:
        for name in QUEUES:
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
    for steps in range(60):
        ends.connect()
        for step in range(steps):
            ends.serve(QUEUES[step % 4])
        ends.cut()
    ends.connect()
    ends.run()
    assert arrived(ends)


def test_a_drop_amid_a_block_sends_the_block_anew() -> None:
    ends = Ends(20 * MB)
    ends.connect()
    ends.serve("storing")
    ends.serve("to_sender")
    ends.serve("reads")
    ends.carry_out(ends.sender.drained(ends.buffered(), ends.now))
    while ends.serve("reads"):
        pass
    last = [item for item in ends.to_receiver if type(item) is tuple][-1]
    assert last[1] + last[2] < MB
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
            for name in QUEUES:
                ends.serve(name)
        ends.cut()
        assert ends.sender.state == "suspended"
        ends.connect()
        ends.run()
        assert arrived(ends), lost


def test_a_drop_while_the_whole_is_being_checked_changes_nothing() -> None:
    ends = Ends(2 * MB)
    ends.connect()
    while not ends.storing or ends.storing[0][0] != "finish":
        for name in QUEUES:
            if not ends.storing or ends.storing[0][0] != "finish":
                ends.serve(name)
    ends.connect()
    while any(ends.serve(name) for name in ("reads", "to_receiver", "to_sender")):
        pass
    assert ends.receiver.state != "ended"
    ends.run()
    assert arrived(ends)


def test_a_pause_of_either_side_stops_the_sender_and_both_must_end_it() -> None:
    ends = Ends(30 * MB)
    ends.connect()
    for _ in range(8):
        for name in QUEUES:
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
    ends = Ends(20 * MB)
    ends.connect()
    left = {2: commands.RETRIES, 5: commands.RETRIES, 19: 1}
    while ends.receiver.state != "finished":
        block = 2 if left[2] else 5 if left[5] else 19
        # One after the other, so that what is dropped after a bad block is none of them.
        if left[block] and len(ends.stored) > block - 3 and ends.spoil(block):
            left[block] -= 1
        for name in QUEUES:
            ends.serve(name)
        assert len(ends.held) <= commands.READ_AHEAD
    ends.run()
    assert left == {2: 0, 5: 0, 19: 0}
    assert arrived(ends)


def test_a_block_that_stays_broken_ends_the_transfer_as_corrupt() -> None:
    ends = Ends(3 * MB)
    ends.connect()
    while not ends.receiver.over:
        ends.spoil(1)
        assert any(ends.serve(name) for name in QUEUES)
    assert (ends.receiver.state, ends.receiver.reason) == ("ended", "corrupt")
    assert ends.discarded
    assert ends.sender.state == "suspended"


def test_the_whole_is_checked_when_every_block_is_on_the_disk() -> None:
    receiver = receiving(MB)
    fill(receiver, 0)
    assert receiver.received({"type": "done", "blocks": 1, "digest": DIGEST}, 0) == []
    verified = commands.Send({"type": "verified", "block": 0})
    assert receiver.block_stored(0, 0) == [verified, commands.Finish(DIGEST)]
    assert receiver.file_stored(0) == [commands.Send({"type": "stored", "digest": DIGEST})]


def test_a_source_that_vanishes_ends_the_transfer() -> None:
    ends = Ends(9 * MB)
    ends.broken_reads = [5]
    ends.connect()
    ends.run()
    assert (ends.sender.state, ends.sender.reason) == ("ended", "vanished")
    assert ends.held == {}
    assert not ends.connected


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


def test_offsets_above_two_gigabytes_are_exact() -> None:
    size = 5 * 1024 * MB + 7
    sender = sending(size, 5 * 1024 - 1)
    assert sender.blocks == 5 * 1024 + 1
    sender._hashed = sender.blocks
    sender.channel_closed(0)
    sender.channel_opened(0, 0)
    found = sender.received(starting(5 * 1024), 0)
    assert commands.Read(5 * 1024, 5 * 1024 * MB, 7) in found
