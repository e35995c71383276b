"""The folder of recordings: parts that become whole, sizes, and deletion that leaves nothing."""

import os
import stat
from pathlib import Path

import pytest

from signaling.recordings.folder import RecordingFolder
from signaling.recordings.keyring import KeyMissing, Keyring
from signaling.recordings.sealed import AlreadyClosed, SealBroken
from signaling.recordings.timeline import as_webvtt
from signaling.recordings.webm import WebmWriter
from tests.recordings.records import message
from tests.recordings.video import HEIGHT, WIDTH, encoded, played

START = 1_700_000_000_000
FRAMES = encoded(30)


def add_part(folder: RecordingFolder, recording: str, number: int, frames: int = len(FRAMES)) -> None:
    """A part of three seconds, an hour after the one before."""
    folder.create(recording)
    start = START + number * 3_600_000
    timeline = folder.timeline_writer(recording)
    timeline.part_started(number, start, start)
    timeline.entry(message(timeline.highest + 1, start + 1000), start + 1000)
    with folder.part_writer(recording, number) as video:
        writer = WebmWriter(video.write, WIDTH, HEIGHT)
        for frame in FRAMES[:frames]:
            writer.frame(*frame)
        writer.end(3000)
    timeline.part_ended(number, start + 3000, "asked")
    timeline.close()


def names(folder: RecordingFolder, recording: str) -> set[str]:
    return {path.name for path in (folder.root / recording).iterdir()}


def shown(folder: RecordingFolder, recording: str, number: int) -> int:
    """How many pictures a player shows of a part."""
    with folder.open_part(recording, number) as video:
        return len(played(video.read(0, video.length)).times)


def test_a_recording_of_two_parts_is_finished(folder: RecordingFolder) -> None:
    add_part(folder, "one", 1)
    add_part(folder, "one", 2)
    assert names(folder, "one") == {"0001.live", "0002.live", "timeline.log"}
    assert folder.unfinished() == ["one"]
    finished = folder.finish("one")
    assert (finished.duration, finished.size) == (6000, folder.size("one"))
    assert names(folder, "one") == {"0001.webm", "0002.webm", "timeline.log"}
    assert folder.unfinished() == []
    assert [(part.number, part.complete) for part in folder.parts("one")] == [(1, True), (2, True)]
    assert (shown(folder, "one", 1), shown(folder, "one", 2)) == (30, 30)
    timeline = folder.timeline("one")
    assert [(entry.part, entry.offset) for entry in timeline.entries] == [(1, 1000), (2, 3_601_000)]
    assert "00:00:01.000 --> " in as_webvtt(timeline, 2)


def test_finishing_again_changes_nothing(folder: RecordingFolder) -> None:
    add_part(folder, "one", 1)
    first = folder.finish("one")
    before = {path: path.read_bytes() for path in (folder.root / "one").iterdir()}
    assert folder.finish("one") == first
    assert {path: path.read_bytes() for path in (folder.root / "one").iterdir()} == before


def test_finalising_a_part_again_says_the_same(folder: RecordingFolder) -> None:
    add_part(folder, "one", 1)
    first = folder.finalise_part("one", 1)
    assert (first.duration_ms, first.frames, first.width, first.height) == (3000, 30, WIDTH, HEIGHT)
    assert folder.finalise_part("one", 1) == first


def test_a_later_part_joins_parts_that_are_finalised(folder: RecordingFolder) -> None:
    add_part(folder, "one", 1)
    folder.finalise_part("one", 1)
    add_part(folder, "one", 2)
    assert [(part.number, part.complete) for part in folder.parts("one")] == [(1, True), (2, False)]
    assert folder.finish("one").duration == 6000


def test_to_a_finished_recording_nothing_is_added(folder: RecordingFolder) -> None:
    add_part(folder, "one", 1)
    folder.finish("one")
    with pytest.raises(AlreadyClosed):
        folder.timeline_writer("one")
    with pytest.raises(FileExistsError):
        folder.part_writer("one", 1)


def test_of_a_part_without_a_picture_nothing_remains_but_the_timeline(folder: RecordingFolder) -> None:
    add_part(folder, "one", 1, frames=0)
    assert folder.finalise_part("one", 1).frames == 0
    assert names(folder, "one") == {"timeline.log"}
    assert folder.finish("one").duration == 3000
    assert folder.parts("one") == []
    with pytest.raises(FileNotFoundError):
        folder.open_part("one", 1)


@pytest.mark.parametrize("killed", ["while it wrote", "before it renamed", "before it removed"])
def test_finalising_that_was_interrupted_is_done_again(folder: RecordingFolder, killed: str) -> None:
    add_part(folder, "one", 1)
    live, new = folder.root / "one/0001.live", folder.root / "one/0001.new"
    before = live.read_bytes()
    folder.finalise_part("one", 1)
    live.write_bytes(before)
    whole = folder.root / "one/0001.webm"
    if killed != "before it removed":
        whole.rename(new)
    if killed == "while it wrote":
        os.truncate(new, new.stat().st_size // 2)
    assert folder.unfinished() == ["one"]
    assert len(folder.parts("one")) == 1
    assert folder.finish("one").duration == 3000
    assert names(folder, "one") == {"0001.webm", "timeline.log"}
    assert shown(folder, "one", 1) == 30


def test_a_part_that_is_broken_keeps_no_other_from_being_finalised(folder: RecordingFolder) -> None:
    for number in (1, 2, 3):
        add_part(folder, "one", number)
    live = folder.root / "one/0002.live"
    data = bytearray(live.read_bytes())
    data[200] ^= 1
    live.write_bytes(data)
    with pytest.raises(SealBroken):
        folder.finish("one")
    assert [(part.number, part.complete) for part in folder.parts("one")] == [(1, True), (2, False), (3, True)]
    assert live.read_bytes() == data


def test_a_finalised_part_that_was_cut_off_is_broken(folder: RecordingFolder) -> None:
    add_part(folder, "one", 1)
    folder.finish("one")
    os.truncate(folder.root / "one/0001.webm", 500)
    with pytest.raises(SealBroken):
        folder.open_part("one", 1)
    assert folder.timeline("one").parts[0].duration == 3000


def test_without_the_key_nothing_opens(folder: RecordingFolder) -> None:
    add_part(folder, "one", 1)
    other = RecordingFolder(folder.root, Keyring.from_text(Keyring.generate()))
    with pytest.raises(KeyMissing):
        other.open_part("one", 1)
    with pytest.raises(KeyMissing):
        other.timeline("one")
    with pytest.raises(KeyMissing):
        other.finish("one")
    folder.finish("one")


@pytest.mark.parametrize("name", ["", ".", "..", "../one", "a/b", "/etc", "a.b", "a\0b", "x" * 65, "é"])
def test_no_name_leads_out_of_the_folder(folder: RecordingFolder, name: str) -> None:
    add_part(folder, "one", 1)
    methods = (folder.create, folder.parts, folder.timeline, folder.finish, folder.size, folder.delete, folder.exists)
    for method in methods:
        with pytest.raises(ValueError):
            method(name)
    for number in (0, -1, 10_001):
        with pytest.raises(ValueError):
            folder.open_part("one", number)


def test_what_is_not_there_is_said_not_to_be(folder: RecordingFolder) -> None:
    for method in (folder.parts, folder.timeline, folder.finish):
        with pytest.raises(FileNotFoundError):
            method("nobody")
    with pytest.raises(FileNotFoundError):
        folder.open_part("nobody", 1)
    assert (folder.exists("nobody"), folder.size("nobody"), folder.unfinished(), folder.total_size()) == (
        False,
        0,
        [],
        0,
    )
    assert folder.free() > 0


def test_only_its_owner_may_look_into_the_folder(folder: RecordingFolder) -> None:
    add_part(folder, "one", 1)
    folder.finish("one")
    for path in [folder.root, *folder.root.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_sizes_are_those_of_the_files(folder: RecordingFolder) -> None:
    add_part(folder, "one", 1)
    add_part(folder, "two", 1)
    files = [path for path in folder.root.rglob("*") if path.is_file()]
    assert folder.total_size() == sum(path.stat().st_size for path in files) == folder.size("one") + folder.size("two")
    (part,) = folder.parts("one")
    assert part.size == part.path.stat().st_size


def test_what_is_deleted_is_gone(folder: RecordingFolder) -> None:
    add_part(folder, "one", 1)
    add_part(folder, "two", 1)
    folder.finish("one")
    folder.delete("one")
    assert [path.name for path in folder.root.iterdir()] == ["two"]
    assert not folder.exists("one")
    folder.delete("one")
    assert shown(folder, "two", 1) == 30


def test_what_the_disk_keeps_of_a_deleted_file_cannot_be_read(
    folder: RecordingFolder, keyring: Keyring, tmp_path: Path
) -> None:
    """A second name for the file stands for the blocks that a disk has not written over yet."""
    add_part(folder, "one", 1)
    (tmp_path / "one").mkdir()
    kept = tmp_path / "one/0001.live"
    os.link(folder.root / "one/0001.live", kept)
    folder.delete("one")
    with pytest.raises(SealBroken):
        RecordingFolder(tmp_path, keyring).open_part("one", 1)


def test_a_deletion_that_was_interrupted_is_completed_by_the_next(folder: RecordingFolder) -> None:
    for recording in ("one", "two"):
        add_part(folder, recording, 1)
    (folder.root / "one").rename(folder.root / "deleted.one")
    assert folder.unfinished() == ["two"]
    add_part(folder, "one", 1)
    folder.delete("one")
    assert [path.name for path in folder.root.iterdir()] == ["two"]
