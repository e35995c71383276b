"""WebM of real VP8: it plays while it grows, when it was cut off, and finalised; then one can jump in it."""

import io
import os
import re
from contextlib import suppress

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signaling.recordings import ebml
from signaling.recordings.ebml import read_head
from signaling.recordings.webm import (
    Finalised,
    NotWebm,
    WebmWriter,
    dimensions,
    duration_of,
    examine,
    finalise,
)
from tests.recordings.video import HEIGHT, WIDTH, Frame, encoded, played, shown_at

GAP = 100
FRAMES = encoded(60, GAP, keyframe_every=20)
TIMES = [frame.milliseconds for frame in FRAMES]


class File:
    """Bytes in memory, as the functions read and write them."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray(data)
        self.largest = 0

    def read(self, offset: int, count: int) -> bytes:
        self.largest = max(self.largest, count)
        return bytes(self.data[offset : offset + count])

    def write(self, data: bytes) -> None:
        self.largest = max(self.largest, len(data))
        self.data += data


def live(frames: list[Frame], end: int | None = None) -> File:
    file = File()
    writer = WebmWriter(file.write, WIDTH, HEIGHT)
    for frame in frames:
        assert writer.frame(*frame)
    if end is not None:
        writer.end(end)
    return file


def finalised(file: File) -> tuple[Finalised, bytes]:
    whole = File()
    about = finalise(file.read, len(file.data), whole.write)
    assert examine(whole.read, len(whole.data)) == about
    return about, bytes(whole.data)


def test_a_live_file_plays() -> None:
    seen = played(bytes(live(FRAMES).data))
    assert seen.times == TIMES
    assert all(abs(shade - (16 + 2 * number)) <= 3 for number, shade in enumerate(seen.shades))


def test_a_finalised_file_shows_the_same_pictures_at_the_same_times() -> None:
    _, whole = finalised(live(FRAMES))
    before, after = played(bytes(live(FRAMES).data)), played(whole)
    assert (after.times, after.shades) == (before.times, before.shades)


def test_finalising_tells_what_is_in_the_video() -> None:
    about, whole = finalised(live(FRAMES, 9000))
    assert about == Finalised(9000, len(FRAMES), 3, WIDTH, HEIGHT)
    assert played(whole).duration == 9000
    file = File(whole)
    assert duration_of(file.read, len(whole)) == 9000


def test_a_live_file_does_not_say_how_long_it_is() -> None:
    file = live(FRAMES, 9000)
    assert duration_of(file.read, len(file.data)) is None


def test_the_index_points_at_the_clusters_that_begin_with_a_keyframe() -> None:
    """Players that find something else there read the whole file, and some do not jump at all."""
    _, whole = finalised(live(FRAMES))
    head = read_head(whole[whole.index(ebml.SEGMENT) :])
    assert head is not None
    content = whole.index(ebml.SEGMENT) + head.size
    cues = re.findall(rb"\xbb.\xb3.(.{1,2})\xb7.\xf7\x81\x01\xf1\x88(.{8})", whole, re.DOTALL)
    assert [int.from_bytes(time, "big") for time, _ in cues] == [0, 2000, 4000]
    for time, place in cues:
        cluster = whole[content + int.from_bytes(place, "big") :]
        assert cluster.startswith(ebml.CLUSTER)
        assert cluster[12:22] == ebml.TIMESTAMP + b"\x88" + time.rjust(8, b"\0")
    seeks = re.findall(rb"\x53\xab\x84(.{4})\x53\xac\x88(.{8})", whole, re.DOTALL)
    assert [name for name, _ in seeks] == [ebml.INFO, ebml.TRACKS, ebml.CUES]
    for name, place in seeks:
        assert whole[content + int.from_bytes(place, "big") :].startswith(name)


@pytest.mark.parametrize(("moment", "keyframe"), [(0, 0), (1999, 0), (2000, 2000), (3900, 2000), (5999, 4000)])
def test_a_jump_begins_with_the_keyframe_before(moment: int, keyframe: int) -> None:
    assert shown_at(finalised(live(FRAMES))[1], moment) == keyframe


def test_the_last_picture_stands_until_the_end() -> None:
    _, whole = finalised(live(FRAMES, 60_000))
    with av.open(io.BytesIO(whole), mode="r") as file:
        last = [packet for packet in file.demux(video=0) if packet.size][-1]
        assert (last.pts, last.duration) == (TIMES[-1], 60_000 - TIMES[-1])


def test_an_end_before_the_last_picture_shows_it_nevertheless() -> None:
    assert finalised(live(FRAMES, 0))[0].duration_ms == TIMES[-1] + 1


@pytest.mark.parametrize(("gap", "guess"), [(10, 40), (100, 100), (30_000, 1000)])
def test_where_nobody_wrote_the_end_the_last_picture_stands_about_as_long_as_the_one_before(
    gap: int, guess: int
) -> None:
    one, two = FRAMES[:2]
    file = live([one, two._replace(milliseconds=gap)])
    assert finalised(file)[0].duration_ms == gap + guess


def test_one_picture_is_a_video() -> None:
    about, whole = finalised(live(FRAMES[:1], 5000))
    assert about == Finalised(5000, 1, 1, WIDTH, HEIGHT)
    assert played(whole) == ([0], [16], 5000)


def test_no_picture_is_no_error() -> None:
    assert finalised(live([], 5000))[0].frames == 0
    assert finalise(File().read, 0, File().write).frames == 0


def test_what_comes_before_the_first_keyframe_is_left_out() -> None:
    file = File()
    writer = WebmWriter(file.write, WIDTH, HEIGHT)
    assert [writer.frame(*frame) for frame in FRAMES[18:22]] == [False, False, True, True]
    assert played(bytes(file.data)).times == TIMES[20:22]


def test_times_never_go_back() -> None:
    """A player refuses pictures that do not come one after another."""
    file = File()
    writer = WebmWriter(file.write, WIDTH, HEIGHT)
    for frame, time in zip(FRAMES, [5, 0, 0, -7, 100, 100, 90], strict=False):
        writer.frame(frame.data, time, frame.keyframe)
    assert played(finalised(file)[1]).times == [5, 6, 7, 8, 100, 101, 102]


def test_a_still_picture_of_hours_does_not_break_the_times() -> None:
    times = [0, 40_000, 40_100, 5 * 3_600_000]
    file = live([frame._replace(milliseconds=time) for frame, time in zip(FRAMES, times, strict=False)])
    assert played(finalised(file)[1]).times == times


def test_pictures_of_another_size_are_shown_and_the_greatest_counts() -> None:
    small, large = encoded(5, keyframe_every=5), encoded(5, keyframe_every=5, width=2 * WIDTH, height=2 * HEIGHT)
    frames = [*small, *(frame._replace(milliseconds=500 + frame.milliseconds) for frame in large)]
    about, whole = finalised(live(frames))
    assert (about.width, about.height) == (2 * WIDTH, 2 * HEIGHT)
    assert len(played(whole).times) == 10


def test_a_keyframe_says_its_size() -> None:
    assert dimensions(FRAMES[0].data) == (WIDTH, HEIGHT)
    assert dimensions(FRAMES[1].data) is None
    assert dimensions(b"") is None
    assert dimensions(FRAMES[0].data[:9]) is None


def test_each_frame_is_whole_when_it_is_written() -> None:
    """So that flushing after any of them leaves a file that plays up to it."""
    file = File()
    writer = WebmWriter(file.write, WIDTH, HEIGHT)
    for number, frame in enumerate(FRAMES[:25], 1):
        writer.frame(*frame)
        assert examine(file.read, len(file.data)).frames == number


def test_a_new_cluster_begins_at_each_keyframe_and_every_second() -> None:
    data = bytes(live(FRAMES).data)
    assert data.count(b"\x1f\x43\xb6\x75") == 6


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1))
def test_cut_anywhere_it_can_be_finalised_and_plays(place: float) -> None:
    file = live(FRAMES, 9000)
    cut = File(bytes(file.data[: int(place * len(file.data))]))
    about, whole = finalised(cut)
    assert about.duration_ms <= 9000
    if about.frames:
        seen = played(whole)
        assert seen.times == TIMES[: about.frames]
        assert seen.duration == about.duration_ms


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.floats(0, 1))
def test_garbage_is_finalised_or_refused_and_nothing_else(garbage: bytes, place: float) -> None:
    data = bytes(live(FRAMES[:22]).data)
    start = int(place * len(data))
    for file in (File(garbage), File(data[:start] + garbage + data[start + len(garbage) :])):
        with suppress(NotWebm):
            finalise(file.read, len(file.data), File().write)


def test_finalising_twice_changes_nothing() -> None:
    about, whole = finalised(live(FRAMES, 9000))
    assert finalised(File(whole)) == (about, whole)


def test_a_long_video_is_copied_in_pieces() -> None:
    file = File()
    writer = WebmWriter(file.write, WIDTH, HEIGHT)
    for number in range(40):
        writer.frame(FRAMES[0].data + os.urandom(100_000), number * 10, number == 0)
    file.largest = 0
    whole = File()
    about = finalise(file.read, len(file.data), whole.write)
    assert about.frames == 40
    assert len(whole.data) > 4_000_000
    assert max(file.largest, whole.largest) <= 1 << 18
