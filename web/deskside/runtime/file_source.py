"""The bytes of a File, read block by block into buffers that are used again and again."""

from .js import attempt, then, to_js, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    Wanted = tuple[int, int, Callable[[Any], None], Callable[[str], None]]


class FileSource:
    """Reads one after the other. In order is best: the file is then one stream, with no memory to ask for by block.

    A browser that cannot read streams of files into our buffers reads slices.
    """

    def __init__(self, file: "Any", block_size: int) -> None:
        self._file = file
        self._block_size = block_size
        self._reader: "Any" = None
        self._next = 0
        self._has_streams = True
        self._waiting: "list[Wanted]" = []
        self._is_reading = False
        self._free: "list[Any]" = []
        self._is_closed = False

    def read(self, offset: int, size: int, ok: "Callable[[Any], None]", failed: "Callable[[str], None]") -> None:
        """Call `ok` with an ArrayBuffer that begins with these bytes, to be given back by `release`."""
        self._waiting.append((offset, size, ok, failed))
        self._go_on()

    def release(self, buffer: "Any") -> None:
        """The buffer is not needed any more."""
        if self._is_closed:
            _free(buffer)
        else:
            self._free.append(buffer)

    def close(self) -> None:
        """Nothing more is read; the memory is given back."""
        self._is_closed = True
        self._waiting = []
        self._leave_stream()
        while self._free:
            _free(self._free.pop())

    def _go_on(self) -> None:
        if self._is_reading or not self._waiting:
            return
        self._is_reading = True
        wanted = self._waiting.pop(0)
        if self._reader is None or self._next != wanted[0]:
            self._open_stream(wanted[0])
        if self._reader is None:
            self._slice(wanted)
        else:
            buffer = self._free.pop() if self._free else window.ArrayBuffer.new(self._block_size)
            self._fill(wanted, buffer, 0)

    def _open_stream(self, offset: int) -> None:
        self._leave_stream()
        if self._has_streams:
            stream = self._file.slice(float(offset)).stream()
            ok, reader = attempt(stream, "getReader", to_js({"mode": "byob"}))
            self._has_streams = ok
            self._reader = reader if ok else None
            self._next = offset

    def _leave_stream(self) -> None:
        if self._reader is not None:
            then(self._reader.cancel(), _nothing, _nothing)
            self._reader = None

    def _fill(self, wanted: "Wanted", buffer: "Any", filled: int) -> None:
        size = wanted[1]

        def read(result: "Any") -> None:
            if result.done:
                self._end(wanted, "changed")
                return
            # The buffer went into the read and comes back as another object.
            view = result.value
            present = filled + int(view.byteLength)
            if present < size:
                self._fill(wanted, view.buffer, present)
            else:
                self._next += size
                self._end(wanted, "", view.buffer)

        view = window.Uint8Array.new(buffer, filled, size - filled)
        then(self._reader.read(view, to_js({"min": size - filled})), read, lambda error: self._end(wanted, error))

    def _slice(self, wanted: "Wanted") -> None:
        def read(buffer: "Any") -> None:
            if buffer.byteLength == wanted[1]:
                self._end(wanted, "", buffer)
            else:
                self._end(wanted, "changed")

        part = self._file.slice(float(wanted[0]), float(wanted[0] + wanted[1]))
        then(part.arrayBuffer(), read, lambda error: self._end(wanted, error))

    def _end(self, wanted: "Wanted", error: str, buffer: "Any" = None) -> None:
        self._is_reading = False
        if error:
            self._leave_stream()
        if self._is_closed:
            if buffer is not None:
                _free(buffer)
            return
        if error:
            wanted[3](error)
        else:
            wanted[2](buffer)
        self._go_on()


def _free(buffer: "Any") -> None:
    # Moved into nothing: its memory goes now, not when Python's collector finds that nobody needs it.
    if getattr(buffer, "transfer", None) is not None:
        buffer.transfer(0)


def _nothing(_: "Any") -> None:
    """Nobody waits for the end of a stream that was left."""
