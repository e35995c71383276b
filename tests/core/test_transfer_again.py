"""After a reload of either page a file goes on behind what has arrived, and two files are never mixed."""

from deskside.core import transfer as commands
from deskside.core.messages import BLOCK_SIZE
from deskside.core.transfer_sender import Sender

from .test_transfer import arrived
from .transfer_ends import QUEUES, Ends, digest, sending, starting

MB = BLOCK_SIZE
DIGEST = digest("any")


def test_a_receiver_that_comes_back_with_half_the_file_is_sent_the_other_half() -> None:
    ends = Ends(6 * MB)
    ends.stored = [digest(block, "word") for block in range(3)]
    ends.connect()
    ends.run()
    assert arrived(ends)
    assert ends.sent_blocks == [3, 4, 5]


def half_way() -> Ends:
    """The sender's page was loaded anew when the receiver had some blocks of its file."""
    ends = Ends(9 * MB)
    ends.connect()
    while len(ends.stored) < 2:
        for name in QUEUES:
            ends.serve(name)
    ends.cut()
    ends.run()
    assert 0 < len(ends.stored) < 9
    ends.sender = Sender(9 * MB)
    ends.digests = {}
    ends.sent_blocks = []
    return ends


def test_the_same_file_picked_again_goes_on_behind_what_has_arrived() -> None:
    ends = half_way()
    stood = len(ends.stored)
    ends.connect()
    ends.run()
    assert arrived(ends)
    assert ends.sent_blocks == list(range(stood, 9))


def test_another_file_of_the_same_size_is_refused_before_a_byte_of_it_leaves_and_loses_nothing() -> None:
    for changed in (0, 1):
        ends = half_way()
        stood = list(ends.stored)
        ends.words[changed] = "other"
        ends.connect()
        ends.run()
        assert (ends.sender.state, ends.sent_blocks, ends.held) == ("differs", [], {})
        assert (ends.receiver.state, ends.stored, ends.discarded) == ("suspended", stood, False)
        assert ends.sender.channel_opened(0, 0) == [commands.Close()]
        ends.words[changed] = "word"
        ends.sender = Sender(9 * MB)
        ends.connect()
        ends.run()
        assert arrived(ends)


def test_a_proof_that_was_asked_for_before_the_channel_dropped_proves_nothing_later() -> None:
    sender = sending(3 * MB, 1)
    assert commands.HashStart(1) in sender.block_read(0, DIGEST, 0)
    sender.channel_closed(0)
    assert sender.start_hashed(1, digest("other"), 0) == []
    sender.channel_opened(0, 0)
    sender.received(starting(2), 0)
    assert sender.start_hashed(1, digest("first", 1), 0) == []
    assert sender.state == "moving"


def test_several_files_share_what_may_wait_in_the_channels() -> None:
    for senders, most in ((1, 8 * MB), (2, 4 * MB), (4, 2 * MB), (20, MB)):
        sender = sending(30 * MB)
        sender.share(senders)
        sent = 0
        for block in range(12):
            for command in sender.block_read(block, DIGEST, 0):
                sent += command.size if type(command) is commands.SendChunk else 0
        assert sent == most
        assert sender.low_mark == most // 2
