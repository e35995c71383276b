"""One recording as long as it goes on: its timeline, and the parts of it that are open."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from signaling.clock import SteadyClock
from signaling.peers.recorder.disk import Disk, reason_of
from signaling.peers.recorder.heads import Heads
from signaling.peers.recorder.video import Video
from signaling.recordings.folder import RecordingFolder
from signaling.recordings.proof import Proof
from signaling.recordings.timeline import TimelineWriter

if TYPE_CHECKING:
    from signaling.peers.recorder.part import Part


Ask = Callable[[str, dict[str, Any]], bool]
_CLOCK = SteadyClock()


def moment() -> int:
    """Now, by the recorder's clock, in milliseconds."""
    return _CLOCK.now()


class Recording:
    """Made by `opened`. What is written is written by the disk's thread, in order."""

    def __init__(self, id: str, disk: Disk, folder: RecordingFolder, timeline: TimelineWriter, ask: Ask) -> None:
        self.id = id
        self.heads = Heads(Proof(timeline.unproved.values(), timeline.highest), partial(ask, id), self._seen)
        self.parts: dict[int, Part] = {}
        self.taken = self.known = timeline.highest
        """The highest number that has come, and the highest that is on the disk."""
        self.ahead: int | None = None
        """How far our clock is ahead of the customer's, at most: what is sent takes time."""
        self._disk = disk
        self._folder = folder
        self._timeline = timeline
        self._loop = asyncio.get_running_loop()

    @classmethod
    async def opened(cls, id: str, disk: Disk, folder: RecordingFolder, ask: Ask) -> "Recording":
        """A new recording, or one that goes on. `ask` is told its id and which heads are wanted.

        Raises AlreadyClosed, OSError, SealBroken, KeyMissing."""

        def open_timeline() -> TimelineWriter:
            folder.create(id)
            return folder.timeline_writer(id)

        return cls(id, disk, folder, await disk.run(open_timeline), ask)

    def entry(self, record: dict[str, Any], size: int) -> None:
        """Keep an entry of the session's record; when it is on the disk, all pages of this recording are told. Once the
        timeline is full they are told nothing more, and send no more than wait for an answer already."""
        if self._timeline.is_full:
            return
        received = moment()
        if record["author"] == "customer" and record["kind"] != "file_end":
            ahead = received - record["at"]
            self.ahead = ahead if self.ahead is None else min(self.ahead, ahead)
        self.taken = record["number"]
        self._write(partial(self._timeline.entry, record, received), size, partial(self._kept, record["number"]))
        self.heads.took(record)

    def part_started(self, part: int, at: int, received: int | None) -> None:
        """The beginning of a part, by the customer's clock; said again when it is known better."""
        self._write(partial(self._timeline.part_started, part, at, received))

    def part_ended(self, part: int, at: int, reason: str) -> None:
        """The end of a part, by the customer's clock."""
        self._write(partial(self._timeline.part_ended, part, at, reason))

    def video(self, part: int, failed: Callable[[str], None]) -> Video:
        """The file of a part. `failed` is told why nothing more can be kept of it."""

        def tell(error: Exception) -> None:
            self._loop.call_soon_threadsafe(failed, reason_of(error))

        return Video(self._disk, partial(self._folder.part_writer, self.id, part), tell)

    async def close(self) -> None:
        """Let go of the timeline, so that it can be finished or gone on with."""
        self.heads.close()
        await self._disk.run(self._timeline.close)

    async def written(self) -> None:
        """Everything that was handed over is on the disk, and the disk keeps it."""
        await self._disk.run(self._timeline.sync)

    def _seen(self, numbers: str, name: str) -> None:
        self._write(partial(self._timeline.seen, numbers, name))

    def _kept(self, number: int) -> None:
        if self._timeline.is_full:
            return
        self.known = number
        for part in self.parts.values():
            part.tell_known()

    def _write(self, job: Callable[[], object], size: int = 0, done: Callable[[], None] | None = None) -> None:
        def write() -> None:
            try:
                job()
            except Exception as error:
                self._loop.call_soon_threadsafe(self._broken, reason_of(error))
            else:
                if done:
                    self._loop.call_soon_threadsafe(done)

        self._disk.put(write, size)

    def _broken(self, reason: str) -> None:
        for part in list(self.parts.values()):
            part.end(reason)
