"""Recorders that are killed, and disks that are full: what was flushed is kept, and what is kept is whole."""

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from signaling.recordings.folder import RecordingFolder
from signaling.recordings.keyring import Keyring
from signaling.recordings.sealed import CHUNK, SealedReader, SealedWriter
from signaling.recordings.webm import WebmWriter
from tests.recordings.records import message
from tests.recordings.test_sealed import content
from tests.recordings.video import HEIGHT, WIDTH, encoded, played


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process can become larger: a write goes as far as it can, as on a disk that fills up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def record_and_kill(folder: RecordingFolder, key: str, recording: str, after: int) -> int:
    """A process records and is killed at any moment after so many frames; how many it said are kept."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.recordings.writing", str(folder.root), key, recording]
    path = os.pathsep.join([str(root / "web"), str(root)])
    process = subprocess.Popen(command, cwd=root, env=os.environ | {"PYTHONPATH": path}, stdout=subprocess.PIPE)
    assert process.stdout is not None
    for _ in range(after):
        assert process.stdout.readline()
    process.kill()
    rest = process.stdout.read().splitlines()
    process.stdout.close()
    process.wait()
    # The last line may be cut off: then the frame that it told of is kept, and not counted.
    return after + max(0, len(rest) - 1)


@pytest.mark.parametrize("after", [1, 30, 137])
def test_a_recorder_that_is_killed_loses_nothing_that_it_had_flushed(tmp_path: Path, after: int) -> None:
    key = Keyring.generate()
    folder = RecordingFolder(tmp_path / "recordings", Keyring.from_text(key))
    kept = record_and_kill(folder, key, "killed", after)
    assert folder.unfinished() == ["killed"]
    timeline = folder.timeline("killed")
    assert len(timeline.entries) >= kept

    with folder.open_part("killed", 1) as video:
        assert len(played(video.read(0, video.length)).times) >= kept
    finished = folder.finish("killed")
    assert folder.unfinished() == []
    with folder.open_part("killed", 1) as video:
        seen = played(video.read(0, video.length))
    assert len(seen.times) >= kept
    assert seen.times == [100 * number for number in range(len(seen.times))]
    # Of a single picture nobody knows how long it stood.
    length = len(seen.times) * 100 if len(seen.times) > 1 else 40
    assert seen.duration == finished.duration == folder.timeline("killed").duration == length


def test_after_a_kill_the_timeline_goes_on_with_the_next_number(tmp_path: Path) -> None:
    key = Keyring.generate()
    folder = RecordingFolder(tmp_path / "recordings", Keyring.from_text(key))
    kept = record_and_kill(folder, key, "killed", 20)
    timeline = folder.timeline_writer("killed")
    highest = timeline.highest
    assert highest >= kept
    assert not timeline.entry(message(highest, 1), 1)
    assert timeline.entry(message(highest + 1, 1_000_000), 1_000_000)
    timeline.finish()
    numbers = [entry.number for entry in folder.timeline("killed").entries]
    assert numbers == list(range(1, highest + 2))


def test_a_full_disk_is_told_and_leaves_whole_chunks(tmp_path: Path, keyring: Keyring) -> None:
    path = tmp_path / "full"
    data = os.urandom(3 * CHUNK)
    writer = SealedWriter(path, keyring)
    with room_for(2 * CHUNK + 100), pytest.raises(OSError) as full:
        writer.write(data)
    assert full.value.errno == errno.EFBIG
    assert path.stat().st_size == writer.size
    with SealedReader(path, keyring) as reader:
        assert reader.read(0, reader.length) == data[: reader.length]
        assert reader.length == CHUNK


def test_when_there_is_room_again_nothing_is_missing(tmp_path: Path, keyring: Keyring) -> None:
    data = os.urandom(3 * CHUNK)
    writer = SealedWriter(tmp_path / "full", keyring)
    with room_for(2 * CHUNK + 100):
        with pytest.raises(OSError):
            writer.write(data)
        for _ in range(2):
            with pytest.raises(OSError):
                writer.flush()
    writer.write(b"more")
    writer.close()
    assert content(tmp_path / "full", keyring) == data + b"more"


def test_a_file_that_could_not_be_closed_can_be_gone_on_with(tmp_path: Path, keyring: Keyring) -> None:
    writer = SealedWriter(tmp_path / "full", keyring)
    writer.write(b"kept")
    writer.flush()
    writer.write(b"lost")
    with room_for(writer.size + 10), pytest.raises(OSError):
        writer.close()
    assert writer.is_closed
    with SealedWriter.reopen(tmp_path / "full", keyring) as again:
        again.write(b"!")
    assert content(tmp_path / "full", keyring) == b"kept!"


def test_a_file_that_has_no_room_for_its_header_is_not_left_there(tmp_path: Path, keyring: Keyring) -> None:
    with room_for(10), pytest.raises(OSError):
        SealedWriter(tmp_path / "full", keyring)
    assert not (tmp_path / "full").exists()


def test_a_part_that_there_is_no_room_to_finalise_stays_as_it_was(folder: RecordingFolder) -> None:
    folder.create("full")
    with folder.part_writer("full", 1) as video:
        writer = WebmWriter(video.write, WIDTH, HEIGHT)
        for frame in encoded(100):
            writer.frame(*frame)
    with room_for(1000), pytest.raises(OSError):
        folder.finish("full")
    assert [(part.number, part.complete) for part in folder.parts("full")] == [(1, False)]
    assert {path.name for path in (folder.root / "full").iterdir()} == {"0001.live"}
    folder.finish("full")
    assert [(part.number, part.complete) for part in folder.parts("full")] == [(1, True)]
