"""VP8 frames out of packets: whole or not at all, and never one that needs another that is lost."""

import random
from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from signaling.peers.recorder.packets import GIVE_UP, LONGEST_PAUSE, MOST_BYTES, PATIENCE, Assembler
from tests.peers.stream import Packet, delta, keyframe, packets

EVERY = 15.0
Arrivals = Iterable[tuple[Packet, float]]


def a_stream(count: int, keyframes: Iterable[int] = (0,), size: int = 3000) -> list[bytes]:
    wanted = set(keyframes)
    return [
        (keyframe if number in wanted else delta)(number.to_bytes(2, "big") + bytes(size)) for number in range(count)
    ]


def put_together(arrivals: Arrivals, assembler: Assembler | None = None) -> list[bytes]:
    assembler = assembler or Assembler(EVERY)
    return [frame.data for packet, now in arrivals for frame in assembler.received(*packet, now)]


def at_once(stream: Iterable[Packet], pace: float = 0.01) -> list[tuple[Packet, float]]:
    return [(packet, number * pace) for number, packet in enumerate(stream)]


def test_frames_come_out_as_they_went_in() -> None:
    frames = a_stream(20)
    assembler = Assembler(EVERY)
    assert put_together(at_once(packets(frames)), assembler) == frames
    assert (assembler.frames, assembler.keyframes, assembler.refused) == (20, 1, 0)


def test_a_keyframe_says_its_size_and_others_are_none() -> None:
    stream = packets([keyframe(b"x", 640, 480), delta(b"y")])
    assembler = Assembler(EVERY)
    found = [frame for packet in stream for frame in assembler.received(*packet, 0.0)]
    assert [(frame.width, frame.height, frame.is_key) for frame in found] == [(640, 480, True), (0, 0, False)]


def test_packets_in_disorder_and_twice_change_nothing() -> None:
    frames = a_stream(200, size=6000)
    stream = packets(frames, sequence=65400)
    shuffled = [
        packet
        for start in range(0, len(stream), 10)
        for packet in random.Random(start).sample(stream[start : start + 10], 10) * 2  # ten at a time
        if start + 10 <= len(stream)
    ]
    assert put_together(at_once(shuffled, 0.001)) == frames


def test_sequence_numbers_and_timestamps_begin_anew() -> None:
    frames = a_stream(30)
    assert put_together(at_once(packets(frames, sequence=65530, timestamp=0xFFFFFF00))) == frames


def test_what_comes_before_the_first_keyframe_is_left_out_and_one_is_asked_for() -> None:
    frames = a_stream(10, keyframes=[4])
    assembler = Assembler(EVERY)
    assert not assembler.wants_keyframe(0.0)
    assembler.received(*packets(frames)[0], 0.0)
    assert assembler.wants_keyframe(0.0)
    assert put_together(at_once(packets(frames)[1:]), assembler) == frames[4:]


def test_a_packet_that_is_sent_again_in_time_is_waited_for() -> None:
    frames = a_stream(10)
    stream = at_once(packets(frames))
    late, _ = stream.pop(7)
    stream.insert(20, (late, stream[19][1]))
    assembler = Assembler(EVERY)
    assert put_together(stream, assembler) == frames
    assert not assembler.is_searching


def test_after_a_packet_that_never_comes_the_next_keyframe_is_the_next_frame() -> None:
    frames = a_stream(200, keyframes=[0, 100], size=2000)
    stream = packets(frames)
    lost = stream.pop(41)
    number = (lost.timestamp - 5000) // 9000
    assembler = Assembler(EVERY)
    assert put_together(at_once(stream, 0.02), assembler) == frames[:number] + frames[100:]


def test_a_keyframe_is_asked_for_when_a_packet_is_late_and_nothing_follows() -> None:
    frames = a_stream(3)
    stream = packets(frames)
    late = stream.pop(4)
    assembler = Assembler(EVERY)
    put_together(at_once(stream, 0.0), assembler)
    assert assembler.tick(PATIENCE - 0.01) == []
    assert not assembler.wants_keyframe(PATIENCE - 0.01)
    assembler.tick(PATIENCE + 0.01)
    assert assembler.wants_keyframe(PATIENCE + 0.01)
    # It comes after all, before the keyframe does: nothing is lost.
    assert [frame.data for frame in assembler.received(*late, GIVE_UP - 0.1)] == frames[1:]
    assert not assembler.is_searching


def test_a_packet_is_not_waited_for_for_ever() -> None:
    stream = packets(a_stream(3))
    del stream[4]
    assembler = Assembler(EVERY)
    put_together(at_once(stream, 0.0), assembler)
    assembler.tick(GIVE_UP - 0.01)
    assert not assembler.is_searching
    assembler.tick(GIVE_UP + 0.01)
    assert assembler.is_searching


def test_a_gap_that_nobody_can_fill_is_not_waited_for() -> None:
    frames = a_stream(400, size=2000)
    stream = packets(frames)
    assembler = Assembler(EVERY)
    put_together(at_once(stream[:20] + stream[320:322], 0.0), assembler)
    assert assembler.wants_keyframe(0.0)


def test_a_keyframe_that_waits_behind_a_gap_is_gone_on_from() -> None:
    frames = a_stream(10, keyframes=[0, 5])
    stream = packets(frames)
    del stream[4]
    assembler = Assembler(EVERY)
    given = put_together(at_once(stream, 0.0), assembler)
    given += [frame.data for frame in assembler.tick(PATIENCE + 0.01)]
    assert given == frames[:1] + frames[5:]


def test_the_first_packet_of_a_keyframe_may_come_late() -> None:
    frames = a_stream(10, keyframes=[5])
    stream = packets(frames)
    begin = next(place for place, packet in enumerate(stream) if packet.timestamp == 5000 + 5 * 9000)
    late = stream.pop(begin)
    stream.insert(begin + 4, late)
    assert put_together(at_once(stream)) == frames[5:]


def test_a_missing_packet_is_asked_for_again_but_not_for_ever() -> None:
    stream = packets(a_stream(4))
    missing = stream.pop(2)
    assembler = Assembler(EVERY)
    for packet in stream:
        assembler.received(*packet, 0.0)
    asked = [now for now in range(0, 10_000, 10) if assembler.to_ask_again(now / 1000) == [missing.sequence]]
    assert asked[0] == 100
    assert [later - earlier for earlier, later in pairwise(asked)] == [210, 610]


def test_keyframes_are_asked_for_more_seldom_the_longer_none_comes() -> None:
    assembler = Assembler(EVERY)
    assembler.received(*packets([delta(b"x")])[0], 0.0)
    asked = [now / 10 for now in range(320) if assembler.wants_keyframe(now / 10)]
    assert asked == [0.0, 0.5, 1.5, 3.5, 7.5, 15.5, 23.5, 31.5]
    assert asked[-1] - asked[-2] == LONGEST_PAUSE


def test_no_keyframe_is_asked_for_while_one_is_arriving() -> None:
    stream = packets([keyframe(bytes(50_000))])
    assembler = Assembler(EVERY)
    asked = [now for now, packet in enumerate(stream) if not assembler.received(*packet, now) and
             assembler.wants_keyframe(now)]  # fmt: skip
    assert asked == []


def test_a_picture_that_moves_gets_a_keyframe_from_time_to_time_and_one_that_stands_still_none() -> None:
    still = Assembler(EVERY)
    put_together(at_once(packets([keyframe(b"x")])), still)
    assert not any(still.wants_keyframe(now) for now in range(100))
    moving = Assembler(EVERY)
    put_together(at_once(packets([keyframe(b"x"), delta(b"y")])), moving)
    assert [now for now in range(20) if moving.wants_keyframe(now)] == [15, 16, 17, 19]


def test_padding_is_passed_over() -> None:
    stream = packets(a_stream(3, size=2000))
    padded: list[Packet] = []
    for packet in stream:
        padded.append(packet._replace(sequence=100 + len(padded)))
        padded.append(Packet(100 + len(padded), packet.timestamp, False, b""))
    assert put_together(at_once(padded)) == a_stream(3, size=2000)


def test_frames_without_markers_end_where_the_next_begins() -> None:
    frames = a_stream(5)
    stream = [packet._replace(marker=False) for packet in packets(frames)]
    assert put_together(at_once(stream)) == frames[:4]


def test_a_sequence_that_jumps_is_believed_when_it_goes_on() -> None:
    first, second = a_stream(5), a_stream(5)
    stream = packets(first, sequence=100) + packets(second, sequence=40_000, timestamp=900_000)
    stray = stream[3]._replace(sequence=20_000)
    stream.insert(4, stray)
    # The first packet after the jump is not believed, and with it goes the keyframe; the next one begins anew.
    third = a_stream(3)
    after = packets(third, sequence=(stream[-1].sequence + 1) & 0xFFFF, timestamp=2_000_000)
    assert put_together(at_once([*stream, *after])) == first + third


def test_memory_is_bounded_whatever_is_sent() -> None:
    assembler = Assembler(EVERY)
    beginning = packets([keyframe(b"x")])[0]
    assembler.received(*beginning, 0.0)
    for number in range(3_000):
        # One packet is missing, and the clock stands still.
        assembler.received((102 + number) & 0xFFFF, 5000, False, b"\x00" + bytes(60_000), 0.0)
        assert assembler.held <= MOST_BYTES + 2 * 60_000
    assert assembler.held <= MOST_BYTES


def test_a_frame_without_end_is_refused() -> None:
    assembler = Assembler(EVERY)
    assembler.received(100, 0, False, b"\x10" + keyframe(b""), 0.0)
    for number in range(200):
        assembler.received(101 + number, 0, False, b"\x00" + bytes(60_000), 0.0)
    assert assembler.refused == 1
    assert assembler.is_searching


_NONSENSE = st.tuples(
    st.integers(0, 65535), st.integers(0, 0xFFFFFFFF), st.booleans(), st.binary(max_size=40), st.floats(0, 100)
)


@settings(deadline=None)
@given(st.lists(_NONSENSE, max_size=60))
def test_nonsense_never_raises(arrivals: list[tuple[int, int, bool, bytes, float]]) -> None:
    assembler = Assembler(EVERY)
    for sequence, timestamp, marker, payload, now in arrivals:
        assembler.received(sequence, timestamp, marker, payload, now)
        assembler.tick(now)
        assembler.wants_keyframe(now)
        assembler.to_ask_again(now)


@settings(deadline=None)
@given(st.data())
def test_whatever_is_lost_doubled_or_late_each_frame_has_the_one_before_it_or_is_a_keyframe(
    data: st.DataObject,
) -> None:
    keyframes = {0, *data.draw(st.lists(st.integers(1, 59), max_size=5))}
    frames = a_stream(60, keyframes)
    stream = packets(frames, sequence=data.draw(st.integers(0, 65535)))
    fates = data.draw(st.lists(st.sampled_from("-------lltw"), min_size=len(stream), max_size=len(stream)))
    arrivals: list[tuple[Packet, float]] = []
    for place, (packet, fate) in enumerate(zip(stream, fates, strict=True)):
        now = place * 0.03
        if fate != "l":
            arrivals.append((packet, now + (data.draw(st.floats(0, 0.6)) if fate == "w" else 0.0)))
        if fate == "t":
            arrivals.append((packet, now + 0.2))
    arrivals.sort(key=lambda arrival: arrival[1])
    given_out = put_together(arrivals)
    numbers = [frames.index(frame) for frame in given_out]
    assert numbers == sorted(set(numbers))
    for place, number in enumerate(numbers):
        assert number in keyframes or number == numbers[place - 1] + 1


def test_ten_percent_of_packets_lost_and_sent_again_lose_no_frame() -> None:
    frames = a_stream(300, size=8000)
    chance = random.Random(7)
    arrivals: list[tuple[Packet, float]] = []
    for place, packet in enumerate(packets(frames)):
        now, tries = place * 0.01, 0
        while chance.random() < 0.1:
            tries += 1
        arrivals.append((packet, now + tries * 0.1))
    arrivals.sort(key=lambda arrival: arrival[1])
    assert put_together(arrivals) == frames


def test_after_an_outage_the_picture_is_back_as_soon_as_a_keyframe_can_be() -> None:
    assembler = Assembler(EVERY)
    sequence, is_asked, back = 100, True, 0.0
    for tick in range(100):
        now = tick / 10
        packet = packets([keyframe(b"") if is_asked else delta(b"")], sequence, tick * 9000)[0]
        sequence, is_asked = sequence + 1, False
        if 2 <= now < 5:
            continue
        frames = assembler.received(*packet, now) + assembler.tick(now)
        is_asked = assembler.wants_keyframe(now)
        if now >= 5 and frames and not back:
            back = now - 5
    # The packets of the outage are waited for, and then a keyframe is one frame away.
    assert 0 < back <= PATIENCE + 0.2
