"""The folder of all recordings: where their files are, what they take, and how they end or go."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from deskside.core.schema import is_identifier
from signaling.recordings.keyring import KeyMissing, Keyring
from signaling.recordings.seal import HEADER
from signaling.recordings.sealed import AlreadyClosed, SealBroken, SealedReader, SealedWriter
from signaling.recordings.timeline import Timeline, TimelineWriter, read_timeline
from signaling.recordings.webm import Finalised, NotWebm, duration_of, examine, finalise

TIMELINE = "timeline.log"
_LIVE, _NEW, _WHOLE = ".live", ".new", ".webm"
_MOST = 10_000
"""Parts of a recording."""

_DYING = "deleted."
"""Before the name of a folder that is on its way out; no identifier holds a full stop."""


class PartFile(NamedTuple):
    """The video of one connection: `complete` when it has its duration and can be seeked in."""

    number: int
    path: Path
    complete: bool
    size: int
    """Bytes on the disk. What a reader sees of them is its `length`."""


class Finished(NamedTuple):
    """A recording to which nothing is added any more."""

    size: int
    duration: int
    """Milliseconds that were recorded, the pauses left out."""


class RecordingFolder:
    """`root` is made when the first recording is. Every method that is given a recording raises ValueError for what is
    no identifier, so that no path leads elsewhere, and FileNotFoundError for one that is not there."""

    def __init__(self, root: Path, keyring: Keyring) -> None:
        self.root = root
        self._keyring = keyring

    def create(self, recording: str) -> None:
        """Make room for this recording; nothing happens when it is there."""
        path = self._path(recording)
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.mkdir(exist_ok=True, mode=0o700)
        _sync(self.root)

    def exists(self, recording: str) -> bool:
        return self._path(recording).is_dir()

    def part_writer(self, recording: str, number: int) -> SealedWriter:
        """A new file for the video of this part. Raises FileExistsError where there is one already."""
        path = self._part(recording, number, _LIVE)
        if path.with_suffix(_WHOLE).exists():
            raise FileExistsError(f"Part {number} is there already.")
        return SealedWriter(path, self._keyring)

    def timeline_writer(self, recording: str) -> TimelineWriter:
        """The timeline, new or gone on with. One at a time. Raises AlreadyClosed for a finished recording."""
        return TimelineWriter(self._path(recording) / TIMELINE, self._keyring)

    def parts(self, recording: str) -> list[PartFile]:
        """Those that have a picture, in order."""
        found: dict[int, PartFile] = {}
        for entry in self._files(recording):
            stem, ending = os.path.splitext(entry.name)
            if ending in (_LIVE, _WHOLE) and stem.isdecimal():
                with suppress(FileNotFoundError):
                    part = PartFile(int(stem), Path(entry.path), ending == _WHOLE, entry.stat().st_size)
                    if part.complete or part.number not in found:
                        found[part.number] = part
        return [found[number] for number in sorted(found)]

    def open_part(self, recording: str, number: int) -> SealedReader:
        """Its video, as far as it goes now. Raises FileNotFoundError, SealBroken, KeyMissing."""
        try:
            return self._whole(self._part(recording, number, _WHOLE))
        except FileNotFoundError:
            pass
        try:
            return SealedReader(self._part(recording, number, _LIVE), self._keyring)
        except FileNotFoundError:
            # It was finalised in between.
            return self._whole(self._part(recording, number, _WHOLE))

    def timeline(self, recording: str) -> Timeline:
        """What happened in it, with the lengths of its parts. Raises SealBroken, KeyMissing."""
        durations = {part.number: self._duration(recording, part) for part in self.parts(recording)}
        try:
            with SealedReader(self._path(recording) / TIMELINE, self._keyring) as reader:
                return read_timeline(reader, durations)
        except FileNotFoundError:
            return Timeline()

    def finalise_part(self, recording: str, number: int) -> Finalised:
        """Give the video of a part its duration and its index; nobody may be writing it any more. Needs room for a
        second copy for as long as it takes, little memory, and may be called again.

        Of a part without a picture nothing remains. Raises SealBroken, NotWebm, KeyMissing and errors of the disk, and
        leaves the video as it was.
        """
        live = self._part(recording, number, _LIVE)
        whole, new = live.with_suffix(_WHOLE), live.with_suffix(_NEW)
        new.unlink(missing_ok=True)
        try:
            with self._whole(whole) as video:
                done = examine(video.read, video.length)
        except FileNotFoundError:
            done = self._finalise(live, new, whole)
        live.unlink(missing_ok=True)
        return done

    def finish(self, recording: str) -> Finished:
        """Finalise every part that is not, and close the timeline. May be called again. Raises as finalise_part does,
        having done for the other parts what could be done."""
        failures: list[Exception] = []
        for number in self._unfinished_parts(recording):
            try:
                self.finalise_part(recording, number)
            except (OSError, SealBroken, NotWebm, KeyMissing) as error:
                failures.append(error)
        if failures:
            raise failures[0]
        with suppress(AlreadyClosed):
            self.timeline_writer(recording).finish()
        return Finished(self.size(recording), self.timeline(recording).duration)

    def unfinished(self) -> list[str]:
        """Recordings with parts that are not finalised: they run, or their recorder was killed."""
        return [recording for recording in self._recordings() if self._unfinished_parts(recording)]

    def size(self, recording: str) -> int:
        """Bytes on the disk; 0 for one that is not there."""
        return _size(self._path(recording))

    def total_size(self) -> int:
        """Bytes of all recordings."""
        return sum(self.size(recording) for recording in self._recordings())

    def free(self) -> int:
        """Bytes that can still be written where the recordings are."""
        return shutil.disk_usage(_existing(self.root.absolute())).free

    def delete(self, recording: str) -> None:
        """Really gone when this returns, and unreadable before that; nothing happens when it is not there.

        What a crash leaves of a recording is removed when it, or another one, is deleted the next time.
        """
        path = self._path(recording)
        self._sweep()
        with suppress(FileNotFoundError):
            path.rename(self.root / (_DYING + recording))
        self._sweep()

    def _sweep(self) -> None:
        for entry in _scan(self.root):
            if entry.name.startswith(_DYING):
                _destroy(Path(entry.path))

    def _finalise(self, live: Path, new: Path, whole: Path) -> Finalised:
        try:
            with SealedReader(live, self._keyring) as video, SealedWriter(new, self._keyring) as writer:
                done = finalise(video.read, video.length, writer.write)
            if done.frames:
                new.rename(whole)
                _sync(whole.parent)
        finally:
            new.unlink(missing_ok=True)
        return done

    def _duration(self, recording: str, part: PartFile) -> int | None:
        """None where only the timeline tells. That a video is broken shows when it is opened."""
        if not part.complete:
            return None
        try:
            with self.open_part(recording, part.number) as video:
                return duration_of(video.read, video.length)
        except (FileNotFoundError, SealBroken, NotWebm, KeyMissing):
            return None

    def _whole(self, path: Path) -> SealedReader:
        """A file that has been closed. One that was cut off since is broken."""
        reader = SealedReader(path, self._keyring)
        if not reader.is_complete:
            reader.close()
            raise SealBroken("The end of this file is missing.")
        return reader

    def _path(self, recording: str) -> Path:
        if not is_identifier(recording):
            raise ValueError("This names no recording.")
        return self.root / recording

    def _part(self, recording: str, number: int, ending: str) -> Path:
        if not 0 < number <= _MOST:
            raise ValueError("This is no number of a part.")
        return self._path(recording) / f"{number:04}{ending}"

    def _recordings(self) -> list[str]:
        return sorted(entry.name for entry in _scan(self.root) if is_identifier(entry.name) and entry.is_dir())

    def _files(self, recording: str) -> list[os.DirEntry[str]]:
        entries = _scan(self._path(recording))
        if not entries and not self.exists(recording):
            raise FileNotFoundError("There is no such recording.")
        return entries

    def _unfinished_parts(self, recording: str) -> list[int]:
        names = [os.path.splitext(entry.name) for entry in _scan(self._path(recording))]
        return sorted({int(stem) for stem, ending in names if ending == _LIVE and stem.isdecimal()})


def _scan(path: Path) -> list[os.DirEntry[str]]:
    """What is in a folder, nothing where it is not there (any more)."""
    try:
        with os.scandir(path) as entries:
            return list(entries)
    except FileNotFoundError:
        return []


def _size(path: Path) -> int:
    size = 0
    for entry in _scan(path):
        with suppress(FileNotFoundError):
            size += entry.stat().st_size
    return size


def _destroy(path: Path) -> None:
    """First the keys in the headers: what the disk keeps of the rest cannot be read without them. (Somebody else may be
    at it too.)"""
    for entry in _scan(path):
        with suppress(FileNotFoundError), open(entry.path, "r+b", buffering=0) as file:
            file.write(bytes(HEADER.size))
            os.fsync(file.fileno())
            os.unlink(entry.path)
    with suppress(FileNotFoundError):
        path.rmdir()
    _sync(path.parent)


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


def _sync(folder: Path) -> None:
    """Make the disk keep which files are in it. (Not to be had on Windows.)"""
    if os.name == "posix":
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
