"""Reading and writing of sealed files, whose form seal.py describes."""

import os
import secrets
from array import array
from bisect import bisect_right
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from signaling.recordings.keyring import KEY, Keyring, WrapBroken
from signaling.recordings.seal import AROUND, CHUNK, FILE_ID, HEAD, HEADER, LAST, MAGIC, VERSION, Seal, SealBroken

__all__ = ["CHUNK", "AlreadyClosed", "SealBroken", "SealedReader", "SealedWriter"]

_FLAGS = os.O_WRONLY | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class AlreadyClosed(Exception):
    """The file has its last chunk: nothing can be added."""


class SealedReader:
    """What is in a sealed file at this moment; `length` bytes of plain text. For one thread at a time.

    A chunk that is not whole at the end of a file that nobody closed is not counted: it is being written, or its writer
    was killed. Everything else that is not as it was written raises SealBroken, here or when it is read.
    """

    def __init__(self, path: Path, keyring: Keyring) -> None:
        self.length = 0
        self.is_complete = False
        """Whether the writer has closed the file, so that nothing is missing at its end."""

        self._starts = array("Q")
        self._kept: tuple[int, bytes] = -1, b""
        self._file: IO[bytes] = open(path, "rb", buffering=0)  # noqa: SIM115
        try:
            self._size = os.fstat(self._file.fileno()).st_size
            self._seal = self._read_header(path, keyring)
            if self._seal is not None:
                self._index()
        except BaseException:
            self.close()
            raise

    @property
    def end(self) -> int:
        """Bytes of the file up to the end of its last whole chunk; 0 where not even the header is whole."""
        return HEADER.size + self.length + AROUND * len(self._starts) if self._seal else 0

    @property
    def chunks(self) -> int:
        return len(self._starts)

    def read(self, offset: int, count: int) -> bytes:
        """`count` bytes from there, fewer where the file ends. Raises SealBroken."""
        if offset < 0 or count < 0:
            raise ValueError("What is before the beginning of a file cannot be read.")
        end = min(offset + count, self.length)
        number = bisect_right(self._starts, offset) - 1
        pieces = []
        while offset < end:
            start = offset - self._starts[number]
            piece = self._chunk(number)[start : start + end - offset]
            pieces.append(piece)
            offset += len(piece)
            number += 1
        return b"".join(pieces)

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read_header(self, path: Path, keyring: Keyring) -> Seal | None:
        header = self._at(0, HEADER.size)
        if header[: len(MAGIC) + 1] != (MAGIC + bytes([VERSION]))[: len(header)]:
            raise SealBroken("This is no sealed file, or one of a later version.")
        if len(header) < HEADER.size:
            return None
        _, _, file_id, key_id, wrapped = HEADER.unpack(header)
        try:
            return Seal(path, file_id, keyring.unwrap(key_id, wrapped))
        except WrapBroken:
            raise SealBroken("The key of this file was altered.") from None

    def _index(self) -> None:
        """Where each chunk begins, by their lengths alone."""
        place = HEADER.size
        while place < self._size:
            if self.is_complete:
                raise SealBroken("Something follows the last chunk.")
            head = self._at(place, HEAD.size)
            if len(head) < HEAD.size:
                return
            (marked,) = HEAD.unpack(head)
            length = marked & ~LAST
            if length > CHUNK or (length == 0 and not marked & LAST):
                raise SealBroken(f"The length of chunk {len(self._starts)} was altered.")
            place += AROUND + length
            if place > self._size:
                return
            self._starts.append(self.length)
            self.length += length
            self.is_complete = bool(marked & LAST)
        if self.is_complete:
            # A mark that is not proved would let a file that was cut off pass for a whole one.
            self._chunk(len(self._starts) - 1)

    def _chunk(self, number: int) -> bytes:
        """Plain text of a chunk. The last one that was asked for is kept: most read on where they were."""
        if self._kept[0] != number:
            is_final = number == len(self._starts) - 1
            length = (self.length if is_final else self._starts[number + 1]) - self._starts[number]
            place = HEADER.size + self._starts[number] + AROUND * number + HEAD.size
            sealed = self._at(place, AROUND - HEAD.size + length)
            assert self._seal is not None
            self._kept = number, self._seal.open(number, sealed, is_final and self.is_complete)
        return self._kept[1]

    def _at(self, place: int, count: int) -> bytes:
        self._file.seek(place)
        return self._file.read(count)


class SealedWriter:
    """A new sealed file. For one thread at a time; `flush` or lose what is buffered when the process is killed.

    Errors of the disk are raised as they come (OSError). The file then ends with its last whole chunk, and what was not
    written stays buffered: the next call tries again. Whoever gets such an error again should close or abandon it.
    """

    size: int
    """Bytes on the disk."""
    position: int
    """Bytes of plain text so far, with those that are buffered."""
    is_closed: bool
    _file: int
    _seal: Seal

    def __init__(self, path: Path, keyring: Keyring) -> None:
        self._begin(os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            self._write_header(path, keyring)
        except BaseException:
            os.close(self._file)
            path.unlink()
            raise

    @classmethod
    def reopen(cls, path: Path, keyring: Keyring) -> "SealedWriter":
        """Go on with a file whose writer was killed or has abandoned it; what it left of a torn chunk is cut off.

        Raises AlreadyClosed for a file that has its last chunk, SealBroken, KeyMissing.
        """
        with SealedReader(path, keyring) as reader:
            if reader.is_complete:
                raise AlreadyClosed("This file was closed.")
            writer = cls.__new__(cls)
            writer._begin(os.open(path, _FLAGS))
            try:
                os.ftruncate(writer._file, reader.end)
                if reader._seal is None:
                    writer._write_header(path, keyring)
                else:
                    writer._seal = reader._seal
                    writer.size, writer.position, writer._number = reader.end, reader.length, reader.chunks
            except BaseException:
                os.close(writer._file)
                raise
            return writer

    def write(self, data: bytes) -> None:
        """Add these bytes; they reach the disk when a chunk is full, or by `flush`."""
        self._buffer += data
        self.position += len(data)
        self._write_full_chunks()

    def flush(self) -> None:
        """Write all that is buffered; a process that is killed from now on does not lose it."""
        self._write_full_chunks()
        if self._buffer:
            self._write_chunk(len(self._buffer))

    def sync(self) -> None:
        """Make the disk keep what was written."""
        os.fsync(self._file)

    def close(self) -> None:
        """Write all that is buffered and the mark that this is all, and make the disk keep it."""
        if self.is_closed:
            return
        try:
            self._write_full_chunks()
            self._write_chunk(len(self._buffer), is_last=True)
            self.sync()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of the file as it is: what is buffered is lost, and it can be reopened."""
        if not self.is_closed:
            self.is_closed = True
            os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()

    def _begin(self, file: int) -> None:
        self.size = 0
        self.position = 0
        self.is_closed = False
        self._file = file
        self._buffer = bytearray()
        self._number = 0
        self._is_torn = False

    def _write_header(self, path: Path, keyring: Keyring) -> None:
        key, file_id = secrets.token_bytes(KEY), secrets.token_bytes(FILE_ID)
        self._seal = Seal(path, file_id, key)
        self._append(HEADER.pack(MAGIC, VERSION, file_id, *keyring.wrap(key)))

    def _write_full_chunks(self) -> None:
        while len(self._buffer) >= CHUNK:
            self._write_chunk(CHUNK)

    def _write_chunk(self, length: int, is_last: bool = False) -> None:
        self._append(self._seal.seal(self._number, bytes(self._buffer[:length]), is_last))
        self._number += 1
        del self._buffer[:length]

    def _append(self, data: bytes) -> None:
        """All of it or nothing."""
        if self._is_torn:
            self._mend()
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._file, rest) :]
        except BaseException:
            self._is_torn = True
            with suppress(OSError):
                self._mend()
            raise
        self.size += len(data)

    def _mend(self) -> None:
        os.ftruncate(self._file, self.size)
        self._is_torn = False
