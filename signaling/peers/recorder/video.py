"""The file of one part, which begins with its first picture. Everything here runs in the disk's thread."""

from collections.abc import Callable
from functools import partial

from signaling.peers.recorder.disk import Disk
from signaling.peers.recorder.vp8 import Frame
from signaling.recordings.sealed import SealedWriter
from signaling.recordings.webm import WebmWriter


class Video:
    """`create` opens the file. What fails is told once, to `failed`; after that nothing is written."""

    def __init__(self, disk: Disk, create: Callable[[], SealedWriter], failed: Callable[[Exception], None]) -> None:
        self._disk = disk
        self._create = create
        self._failed = failed
        self._file: SealedWriter | None = None
        self._webm: WebmWriter | None = None
        self._is_over = False

    def frame(self, frame: Frame, at: int) -> None:
        """Add a picture, `at` milliseconds after the beginning of the part."""
        self._try(partial(self._write, frame, at))

    def flush(self) -> None:
        """Write what is buffered."""
        if self._file:
            self._try(self._file.flush)

    def end(self, at: int) -> None:
        """The last picture stood until then; nothing follows."""
        self._try(partial(self._close, at))
        self._abandon()

    def _write(self, frame: Frame, at: int) -> None:
        if not self._webm:
            self._file = self._create()
            self._webm = WebmWriter(self._file.write, frame.width, frame.height)
            self._disk.opened(self)
        self._webm.frame(frame.data, at, frame.is_key)

    def _close(self, at: int) -> None:
        if self._file and self._webm:
            self._webm.end(at)
            self._file.close()

    def _try(self, job: Callable[[], object]) -> None:
        if self._is_over:
            return
        try:
            job()
        except Exception as error:
            self._abandon()
            self._failed(error)

    def _abandon(self) -> None:
        """What is on the disk is a file that plays, whatever came after it."""
        self._is_over = True
        self._disk.closed(self)
        if self._file:
            self._file.abandon()
