"""The disk for files being received: one worker (writer.js) that checks and writes the blocks of all of them."""

from .deadline import PATIENCE, Deadline
from .js import attempt, construct, listen, window
from .trusted import script_url

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    Answered = Callable[[str, Any, str], None]


_WORKER_WITHIN = 15_000.0
"""Milliseconds until a worker whose script has not come is given up; the next file asks for it again."""
_ROOM_WITHIN = 3 * PATIENCE


class FileStorage:
    """Entries by name, each with a function that hears the worker's answers: `ready`, `stored`, `bad`, `file`,
    `wrong` and `failed`, each with a value, and `ready` with a digest too.
    """

    def __init__(self, writer_url: str) -> None:
        self._url = writer_url
        self._worker: "Any" = None
        self._listeners: "list[Any]" = []
        self._entries: "dict[str, Answered]" = {}
        self._coming: "Any" = None  # a Deadline, until the worker has said that it is here

    def start(self) -> None:
        """Have the worker ready: a file may come when the server, which has its script, is away."""
        if self._worker is None:
            self._start()

    def open(self, entry: str, size: int, answered: "Answered", place: "Any" = None) -> None:
        """Open the entry, with the whole blocks that an earlier page has left in it; or the FileSystemFileHandle
        `place`, anew."""
        self._entries[entry] = answered
        if place is None:
            self._post("open", entry, float(size))
        else:
            self._post("open", entry, float(size), place)

    def keep(self, entry: str, chunk: "Any") -> None:
        """Hand over an ArrayBuffer: it moves to the worker, nothing is copied."""
        if self._worker is not None:
            array = window.Array
            attempt(self._worker, "postMessage", array.of("chunk", entry, chunk), array.of(chunk))

    def check(self, entry: str, block: int, digest: str) -> None:
        self._post("check", entry, block, digest)

    def rewind(self, entry: str) -> None:
        self._post("rewind", entry)

    def finish(self, entry: str, digest: str) -> None:
        self._post("finish", entry, digest)

    def discard(self, entry: str) -> None:
        """Delete the entry. Nothing is answered any more."""
        if self._entries.pop(entry, None) is not None:
            self._post("discard", entry)

    def forget(self, entry: str) -> None:
        """Delete an entry that an earlier page of this session has left, and this one did not open."""
        self._post("discard", entry)

    def release(self, entry: str) -> None:
        """Leave the entry to another page of the session, with what is in it. Nothing is answered any more."""
        if self._entries.pop(entry, None) is not None:
            self._post("release", entry)

    def room(self, entry: str, size: int, answered: "Callable[[bool], Any]") -> None:
        """Whether `size` bytes would find room, tried with this entry. Where that cannot be tried, they may."""

        def told(kind: str, fits: "Any", _: str) -> None:
            self._entries.pop(entry, None)
            if deadline.met():
                answered(kind != "room" or bool(fits))

        self._entries[entry] = told
        deadline = Deadline(_ROOM_WITHIN, lambda: answered(True))
        self._post("room", entry, float(size))

    def sweep(self, age: float) -> None:
        """Delete what no living page holds and nobody has written to for `age` milliseconds."""
        self._post("sweep", "", age)

    def _post(self, *words: "Any") -> None:
        if self._worker is None and not self._start():
            self._fail("NoWorker")
        elif self._worker is not None:
            self._worker.postMessage(window.Array.of(*words))

    def _start(self) -> bool:
        ok, worker = construct("Worker", script_url(self._url))
        if ok:
            self._worker = worker
            self._coming = Deadline(_WORKER_WITHIN, self._crashed)
            self._listeners = [
                listen(worker, "message", self._answered),
                listen(worker, "error", lambda _: self._crashed()),
            ]
        return ok

    def _answered(self, event: "Any") -> None:
        self._coming.met()
        answer = event.data
        answered = self._entries.get(str(answer[1]))
        if answered is not None:
            answered(str(answer[0]), answer[2], str(answer[3]))

    def _crashed(self) -> None:
        for listener in self._listeners:
            listener.remove()
        self._coming.met()
        self._worker.terminate()
        self._worker = None
        self._fail("WorkerError")

    def _fail(self, error: str) -> None:
        entries = self._entries
        self._entries = {}
        for entry in entries:
            entries[entry]("failed", error, "")
