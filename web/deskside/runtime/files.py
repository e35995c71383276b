"""Files from page to page: the shells of core's Sender and Receiver.

The bytes stay JavaScript ArrayBuffers from the disk to the channel and from the channel to the worker; Python
only sees their sizes.
"""

from ..core import transfer as commands
from ..core.file_names import safe_name
from ..core.messages import BLOCK_SIZE
from ..core.transfer_receiver import Receiver
from ..core.transfer_sender import Sender
from .deadline import within
from .file_channel import FileEnd
from .file_source import FileSource
from .file_storage import FileStorage
from .js import document, get, monotonic, size_of, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_HASHED_WITHIN = 30_000.0  # milliseconds

__all__ = ["FileReceiver", "FileSender", "FileStorage", "obstacle"]


def obstacle() -> str:
    """Why this page can neither send nor receive files: `insecure` (no WebCrypto over plain HTTP), or nothing."""
    return "insecure" if get(window.crypto, "subtle") is None else ""


class FileSender(FileEnd):
    """Sends a browser's File. `name`, `size` and `mime` are for the offer; after `file_accept` the caller opens a
    channel labelled `file:<id>` on `work` and hands it to `attach`, and another whenever the state is `suspended`
    and `work` is back.
    """

    transfer: Sender

    def __init__(self, file: "Any", file_id: str, on_change: "Callable[[], Any]") -> None:
        FileEnd.__init__(self, on_change)
        self.id = file_id
        self.name = safe_name(str(file.name))
        self.size = size_of(file)
        self.mime = str(file.type)[:127]
        self.transfer = Sender(self.size)
        self._source = FileSource(file, BLOCK_SIZE)
        self._bytes: "dict[int, Any]" = {}
        self._digests = window.Uint8Array.new(32 * self.transfer.blocks)

    @property
    def _low_mark(self) -> int:
        return self.transfer.low_mark

    def share(self, senders: int) -> None:
        """So many files leave over the connection of this one's channel, itself among them."""
        self.transfer.share(senders)
        if self._channel is not None:
            self._channel.bufferedAmountLowThreshold = self._low_mark
            self._drained()

    def pause(self, paused: bool, by_peer: bool = False) -> None:
        FileEnd.pause(self, paused, by_peer)
        self._drained()

    def _execute(self, command: "Any") -> None:
        kind = type(command)
        if kind is commands.SendChunk:
            if command.block in self._bytes:
                self._transmit(window.Uint8Array.new(self._bytes[command.block], command.start, command.size))
        elif kind is commands.Send:
            self._send(command.message)
        elif kind is commands.Read:
            self._read(command.block, command.offset, command.size)
        elif kind is commands.Release:
            self._release(command.block)
        elif kind is commands.HashFile:
            within(_HASHED_WITHIN, _sha256(self._digests), self._file_hashed, self._unhashed)
        elif kind is commands.HashStart:
            self._hash_start(command.blocks)
        elif kind is commands.Differs:
            self.leave()
            self._source.close()
        elif kind is commands.Close:
            self.leave()
            if self.transfer.over:
                self._source.close()

    def _read(self, block: int, offset: int, size: int) -> None:
        def failed(_: str) -> None:
            self._carry_out(self.transfer.read_failed(block, monotonic()))

        def read(buffer: "Any") -> None:
            self._bytes[block] = buffer
            within(_HASHED_WITHIN, _sha256(window.Uint8Array.new(buffer, 0, size)), hashed, failed)

        def hashed(digest: "Any") -> None:
            self._digests.set(window.Uint8Array.new(digest), 32 * block)
            self._carry_out(self.transfer.block_read(block, _hexadecimal(digest), monotonic()))

        self._source.read(offset, size, read, failed)

    def _hash_start(self, blocks: int) -> None:
        def hashed(digest: "Any") -> None:
            self._carry_out(self.transfer.start_hashed(blocks, _hexadecimal(digest), monotonic()))

        within(_HASHED_WITHIN, _sha256(self._digests.subarray(0, 32 * blocks)), hashed, self._unhashed)

    def _unhashed(self, _: str) -> None:
        self._carry_out(self.transfer.read_failed(0, monotonic()))

    def _file_hashed(self, digest: "Any") -> None:
        self._carry_out(self.transfer.file_hashed(_hexadecimal(digest), monotonic()))

    def _release(self, block: int) -> None:
        buffer = self._bytes.pop(block, None)
        if buffer is not None:
            self._source.release(buffer)

    def _channel_opened(self, largest: float) -> "list[Any]":
        return self.transfer.channel_opened(largest, monotonic())

    def _channel_closed(self) -> "list[Any]":
        return self.transfer.channel_closed(monotonic())

    def _message_received(self, message: "dict[str, Any]") -> "list[Any]":
        self._drained()
        return self.transfer.received(message, monotonic())

    def _bytes_received(self, data: "Any") -> "list[Any]":
        return self.transfer.received_bytes()

    def _drained(self) -> None:
        if self._channel is not None:
            self._carry_out(self.transfer.drained(self._channel.bufferedAmount, monotonic()))


class FileReceiver(FileEnd):
    """Receives a file into the storage and hands it to the browser's downloads.

    `entry` names it in the storage and must be no other transfer's: the session's id and the file's id, joined by
    a dot. The same entry after a reload goes on from the blocks that are there. `name` is made safe here. `place` is
    the FileSystemFileHandle of a place that a person has picked: the file is written there, and not kept by us.
    """

    transfer: Receiver

    def __init__(
        self,
        storage: FileStorage,
        entry: str,
        name: str,
        size: int,
        on_change: "Callable[[], Any]",
        place: "Any" = None,
    ) -> None:
        FileEnd.__init__(self, on_change)
        self.entry = entry
        self.name = safe_name(name)
        self.size = size
        self.transfer = Receiver(size)
        self.file: "Any" = None
        """The Blob or File, when the state is `finished`."""
        self._chunk: "Any" = None
        self._url = ""
        self._storage = storage
        self.is_placed = place is not None
        storage.open(entry, size, self._answered, place)

    def save(self) -> bool:
        """Hand the file to the browser's downloads (again); False when it is not there, or is in its place already."""
        if self.file is None or self.is_placed:
            return False
        if not self._url:
            self._url = str(window.URL.createObjectURL(self.file))
        link = document.createElement("a")
        link.href = self._url
        link.download = self.name
        link.click()
        return True

    def discard(self) -> None:
        """Delete what this page holds of it; what the browser has saved stays."""
        self.end("cancelled")
        if self._url:
            window.URL.revokeObjectURL(self._url)
            self._url = ""
        self.file = None
        self.leave()
        self._storage.discard(self.entry)

    def release(self) -> None:
        """Let go of it, with all that has arrived: another page of the session goes on."""
        self.leave()
        self._storage.release(self.entry)

    def _execute(self, command: "Any") -> None:
        kind = type(command)
        if kind is commands.Keep:
            self._storage.keep(self.entry, self._chunk)
            self._chunk = None
        elif kind is commands.Send:
            self._send(command.message)
        elif kind is commands.Check:
            self._storage.check(self.entry, command.block, command.digest)
        elif kind is commands.Rewind:
            self._storage.rewind(self.entry)
        elif kind is commands.Finish:
            self._storage.finish(self.entry, command.digest)
        elif kind is commands.Discard:
            self._storage.discard(self.entry)
        elif kind is commands.Close:
            self.leave()

    def _answered(self, kind: str, value: "Any", digest: str) -> None:
        moment = monotonic()
        if kind == "ready":
            self._carry_out(self.transfer.storage_ready(value, digest, moment))
        elif kind == "stored":
            self._carry_out(self.transfer.block_stored(value, moment))
        elif kind == "bad":
            self._carry_out(self.transfer.block_bad(value, moment))
        elif kind == "wrong":
            self._carry_out(self.transfer.file_bad(moment))
        elif kind == "file":
            # Whatever the other side calls its type: a page of ours must never be made of it.
            self.file = value.slice(0.0, float(self.size), "application/octet-stream")
            self._carry_out(self.transfer.file_stored(moment))
        else:
            self.error = str(value)
            self._carry_out(self.transfer.storage_failed("no_space"))

    def _channel_opened(self, largest: float) -> "list[Any]":
        return self.transfer.channel_opened(monotonic())

    def _channel_closed(self) -> "list[Any]":
        return self.transfer.channel_closed(monotonic())

    def _message_received(self, message: "dict[str, Any]") -> "list[Any]":
        return self.transfer.received(message, monotonic())

    def _bytes_received(self, data: "Any") -> "list[Any]":
        self._chunk = data
        return self.transfer.received_chunk(data.byteLength, monotonic())


def _sha256(data: "Any") -> "Any":
    return window.crypto.subtle.digest("SHA-256", data)


def _hexadecimal(digest: "Any") -> str:
    numbers = str(window.Uint8Array.new(digest).join(",")).split(",")
    return "".join([f"{int(number):02x}" for number in numbers])
