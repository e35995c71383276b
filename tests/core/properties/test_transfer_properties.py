"""Whatever the order of things, a file arrives whole or the transfer ends with a reason, and nothing grows."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from deskside.core import transfer as commands
from deskside.core.errors import ProtocolError
from deskside.core.file_names import LONGEST_NAME, safe_name, split_ending
from deskside.core.messages import BLOCK_SIZE
from deskside.core.schema import has_control_characters
from deskside.core.transfer_receiver import Receiver
from deskside.core.transfer_sender import Sender

from ..transfer_ends import QUEUES, Ends, digest

SIZES = st.one_of(
    st.integers(0, 3 * BLOCK_SIZE),
    st.integers(0, 24).map(lambda blocks: blocks * BLOCK_SIZE),
    st.just(20 * BLOCK_SIZE + 1),
)
STEPS = st.lists(
    st.one_of(
        st.sampled_from(QUEUES),
        st.sampled_from(("cut", "connect", "pause here", "pause there", "go on", "spoil")),
    ),
    max_size=200,
)


def _spoil(ends: Ends) -> None:
    for index, item in enumerate(ends.to_receiver):
        if type(item) is tuple and item[1] == 0:
            ends.to_receiver[index] = (item[0], item[1], item[2], "noise")
            return


def _take(ends: Ends, step: str) -> None:
    if step in QUEUES:
        ends.serve(step)
    elif step == "cut":
        ends.cut()
    elif step == "connect":
        ends.connect()
    elif step == "spoil":
        _spoil(ends)
    elif step == "go on":
        ends.pause(False)
        ends.pause(False, by_peer=True)
    else:
        ends.pause(True, by_peer=step == "pause there")


@settings(deadline=None, max_examples=200)
@given(SIZES, STEPS, st.sampled_from((0, 65536, 262144)))
def test_in_any_order_of_events_the_file_arrives_whole_or_is_given_up(size: int, steps: list[str], most: int) -> None:
    ends = Ends(size, most)
    for step in steps:
        _take(ends, step)
        assert len(ends.held) <= commands.READ_AHEAD
        assert ends.buffered() <= commands.HIGH_MARK
        assert len([one for one in ends.storing if one[0] == "check"]) <= commands.WINDOW
        assert ends.sender.progress(ends.now).done <= size
        assert ends.receiver.progress(ends.now).done <= size
    _take(ends, "go on")
    ends.connect()
    ends.run()
    if ends.receiver.state == "ended":
        # Only a block that was spoilt again and again is given up.
        assert ends.receiver.reason == "corrupt"
        assert steps.count("spoil") > commands.RETRIES
        assert ends.discarded
    else:
        assert ends.sender.state == ends.receiver.state == "finished"
        assert ends.stored == [digest(block, "word") for block in range(len(ends.words))]
    assert ends.held == {}


RELOADS = st.lists(
    st.one_of(
        st.sampled_from(QUEUES),
        st.sampled_from(("connect", "sender", "receiver", "wrong file")),
        st.sampled_from(QUEUES),
    ),
    max_size=300,
)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 6 * BLOCK_SIZE), RELOADS)
def test_reloads_of_either_page_and_wrong_files_never_mix_two_files(size: int, steps: list[str]) -> None:
    ends = Ends(size)
    for step in steps:
        if step in QUEUES:
            ends.serve(step)
        elif step == "connect":
            ends.connect()
        elif step == "receiver":
            ends.reload_receiver()
        else:
            ends.reload_sender("other" if step == "wrong file" else "word")
        wholes = [[digest(block, word) for block in range(len(ends.stored))] for word in ("word", "other")]
        assert ends.stored in wholes
    for word in ("word", "other"):
        stored = list(ends.stored)
        ends.reload_sender(word)
        ends.connect()
        ends.run()
        if ends.sender.state == "finished":
            break
        # The wrong one was refused, and nothing that had arrived is lost.
        assert (ends.sender.state, ends.stored) == ("differs", stored)
    assert ends.sender.state == ends.receiver.state == "finished"
    assert ends.stored == [digest(block, word) for block in range(len(ends.words))]


DIGESTS = st.sampled_from((digest("one"), digest("other")))
BLOCKS = st.integers(0, 20)
MESSAGES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(lambda block: {"type": "start", "block": block}, BLOCKS),
    st.builds(lambda block, of: {"type": "start", "block": block, "digest": of}, BLOCKS, DIGESTS),
    st.builds(lambda block: {"type": "verified", "block": block}, BLOCKS),
    st.builds(
        lambda block, size, of: {"type": "block", "block": block, "size": size, "digest": of},
        BLOCKS,
        st.integers(0, BLOCK_SIZE),
        DIGESTS,
    ),
    st.builds(lambda blocks, of: {"type": "done", "blocks": blocks, "digest": of}, BLOCKS, DIGESTS),
    st.builds(lambda of: {"type": "stored", "digest": of}, DIGESTS),
)
CHUNKS = st.one_of(st.integers(0, 400_000), st.just(BLOCK_SIZE // 4))


@settings(deadline=None)
@given(st.integers(0, 20 * BLOCK_SIZE), st.lists(st.one_of(MESSAGES, CHUNKS), max_size=100))
def test_no_sender_makes_a_receiver_hold_more_than_was_offered(size: int, events: list[Any]) -> None:
    receiver = Receiver(size)
    receiver.storage_ready(0, "", 0)
    receiver.channel_opened(0)
    kept = 0
    for event in [{"type": "start", "block": 0}, *events]:
        try:
            if isinstance(event, int):
                kept += event if receiver.received_chunk(event, 0) else 0
            else:
                receiver.received(event, 0)
        except ProtocolError:
            found = receiver.end("corrupt")
            assert receiver.state == "ended"
            assert found == [commands.Close(), commands.Discard()]
            return
        assert kept <= min(size, commands.WINDOW * BLOCK_SIZE)


@settings(deadline=None)
@given(st.integers(0, 20 * BLOCK_SIZE), st.lists(MESSAGES, max_size=100))
def test_no_receiver_makes_a_sender_do_more_than_send_its_file(size: int, messages: list[dict[str, Any]]) -> None:
    sender = Sender(size)
    sender.channel_opened(0, 0)
    sent = 0
    for message in messages:
        try:
            found = sender.received(message, 0)
        except ProtocolError:
            sender.end("corrupt")
            assert sender.state == "ended"
            return
        for command in found:
            if type(command) is commands.Read:
                found = found + sender.block_read(command.block, digest(command.block), 0)
            elif type(command) is commands.HashStart:
                found = found + sender.start_hashed(command.blocks, digest("one"), 0)
        sent += sum(command.size for command in found if type(command) is commands.SendChunk)
        # The channel drains nothing here: not even restarts make the sender fill it over its mark.
        assert sent <= commands.HIGH_MARK
        assert not sender.finished


@given(st.text(max_size=400))
def test_every_name_becomes_safe_and_stays_so(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert safe == safe_name(safe)
    assert not any(letter in safe for letter in '/\\<>:"|?*')
    assert not has_control_characters(safe)
    assert safe[0] not in ". " and safe[-1] not in ". "
    assert len(safe.encode()) <= LONGEST_NAME + 1


@given(st.text("abcü.-_ ", max_size=400), st.sampled_from((".pdf", ".tar", ".JPEG")))
def test_the_ending_survives(name: str, ending: str) -> None:
    assert split_ending(safe_name("x" + name + "x" + ending))[1] == ending
