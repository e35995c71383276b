"""Making whole files of recordings: one at a time, in a thread that stands back behind what is recorded meanwhile."""

import asyncio
import contextlib
import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future

import structlog

from signaling.recordings.folder import Finished, RecordingFolder
from signaling.recordings.keyring import KeyMissing
from signaling.recordings.seal import SealBroken
from signaling.recordings.webm import NotWebm

log = structlog.get_logger()
_NICE = 10
_Job = tuple[Callable[[], Finished | None], "Future[Finished | None]"]


class Finisher:
    """What is interrupted begins again at the next start: a video stays as it was until its whole file is there."""

    def __init__(self, folder: RecordingFolder) -> None:
        self._folder = folder
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()

    def start(self) -> None:
        """Begin to work."""
        # A daemon: nobody waits for it at the end.
        threading.Thread(target=self._work, name="deskside-finisher", daemon=True).start()

    async def finish(self, recording: str) -> Finished:
        """Make whole files of all parts, and close the timeline. What cannot be done is logged, and left as it is."""
        result: Future[Finished | None] = Future()
        self._jobs.put((lambda: self._finish(recording), result))
        finished = await asyncio.wrap_future(result)
        assert finished
        return finished

    async def mend(self, recording: str, is_open: Callable[[int], bool]) -> None:
        """Make whole files of the parts that a killed process left. Those that are open are left alone."""
        result: Future[Finished | None] = Future()
        self._jobs.put((lambda: self._mend(recording, is_open), result))
        await asyncio.wrap_future(result)

    async def leftovers(self) -> list[str]:
        """Recordings with parts that are not whole."""
        try:
            return await asyncio.to_thread(self._folder.unfinished)
        except OSError as error:
            log.error("recordings_not_looked_through", error=type(error).__name__)
            return []

    def _finish(self, recording: str) -> Finished:
        folder = self._folder
        if not folder.exists(recording):
            return Finished(0, 0)
        try:
            done = folder.finish(recording)
            timeline = folder.timeline(recording)
            if timeline.parts or timeline.entries:
                return done
            # No connection ever stood.
            folder.delete(recording)
            return Finished(0, 0)
        except (OSError, SealBroken, NotWebm, KeyMissing) as error:
            log.error("recording_not_finished", recording=recording, error=type(error).__name__)
        try:
            return Finished(folder.size(recording), folder.timeline(recording).duration)
        except (OSError, SealBroken, NotWebm, KeyMissing):
            return Finished(folder.size(recording), 0)

    def _mend(self, recording: str, is_open: Callable[[int], bool]) -> None:
        with contextlib.suppress(FileNotFoundError):
            for part in self._folder.parts(recording):
                if part.complete or is_open(part.number):
                    continue
                try:
                    self._folder.finalise_part(recording, part.number)
                except (OSError, SealBroken, NotWebm, KeyMissing) as error:
                    log.error("recording_not_mended", recording=recording, error=type(error).__name__)

    def _work(self) -> None:
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        while True:
            job, result = self._jobs.get()
            try:
                done = job()
            except Exception as error:
                result.set_exception(error)
            else:
                result.set_result(done)
