"""The thread that writes: every file of the process, each job in the order in which it was handed over."""

import asyncio
import errno
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

import structlog

log = structlog.get_logger()
T = TypeVar("T")
_Job = tuple[Callable[[], None], int]
GATHER = 0.2
"""Seconds in which jobs are gathered, and so what a killed process loses: waking a thread for each picture costs more
than the writing. What somebody waits for goes at once, with all before it."""


class Flushed(Protocol):
    """What wants to be flushed; handles its own errors."""

    def flush(self) -> None:
        """Write what is buffered."""


class Disk:
    """Jobs run one after the other in a thread of their own. `put` never waits; look at `pending` before."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[list[_Job]] = queue.SimpleQueue()
        self._batch: list[_Job] = []
        self._open: set[Flushed] = set()
        # Each is counted by one thread alone, so that neither needs a lock.
        self._handed, self._done = 0, 0
        self._thread = threading.Thread(target=self._work, name="deskside-disk", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    @property
    def pending(self) -> int:
        """Bytes that were handed over and are not written."""
        return self._handed - self._done

    def put(self, job: Callable[[], None], size: int = 0) -> None:
        """Do this after everything before it. `size` is what it holds in memory."""
        self._handed += size
        if not self._batch:
            asyncio.get_running_loop().call_later(GATHER, self._hand_over)
        self._batch.append((job, size))

    async def run(self, job: Callable[[], T]) -> T:
        """The same, and wait for its result. What it raises is raised."""
        result: Future[T] = Future()

        def run() -> None:
            try:
                result.set_result(job())
            except BaseException as error:
                result.set_exception(error)

        self.put(run)
        self._hand_over()
        return await asyncio.wrap_future(result)

    def opened(self, file: Flushed) -> None:
        """Flush this after each turn. To be called by a job, as `closed`."""
        self._open.add(file)

    def closed(self, file: Flushed) -> None:
        """No longer."""
        self._open.discard(file)

    def stop(self, patience: float) -> None:
        """End when everything is written, or this many seconds have passed."""
        self._hand_over()
        self._jobs.put([])
        self._thread.join(patience)

    def _hand_over(self) -> None:
        if self._batch:
            self._jobs.put(self._batch)
            self._batch = []

    def _work(self) -> None:
        while jobs := self._jobs.get():
            for job, size in jobs:
                self._do(job)
                self._done += size
            for file in list(self._open):
                file.flush()

    def _do(self, job: Callable[[], None]) -> None:
        try:
            job()
        except Exception:
            # A job handles what it knows; one that does not must not end the writing of the others.
            log.exception("recorder_write_failed")


def reason_of(error: Exception) -> str:
    """What an error of the disk is called on the wire."""
    full = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return "no_room" if isinstance(error, OSError) and error.errno in full else "failed"
