"""Sealed files, cut anywhere and altered anywhere: what is read was written, in its place, or nothing is read."""

import os
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from signaling.recordings.keyring import KeyMissing, Keyring
from signaling.recordings.sealed import CHUNK, AlreadyClosed, SealBroken, SealedReader, SealedWriter

KEYRING = Keyring.from_text(Keyring.generate())
LENGTH = st.one_of(st.integers(0, 40), st.integers(CHUNK - 2, 2 * CHUNK + 2))
STEPS = st.lists(st.tuples(LENGTH, st.booleans()), max_size=8)
"""So many bytes are written, and flushed or not."""

PLACE = st.floats(0, 1, exclude_max=True)
"""Of the whole, so that it shrinks well whatever the size."""


class File:
    """What was written, and the file that holds it."""

    def __init__(self, folder: str, steps: list[tuple[int, bool]], close: bool) -> None:
        self.path = Path(folder) / "file"
        self.text = b""
        writer = SealedWriter(self.path, KEYRING)
        for number, (length, flush) in enumerate(steps):
            piece = bytes([number + 1]) * length
            writer.write(piece)
            self.text += piece
            if flush:
                writer.flush()
        if close:
            writer.close()
        else:
            writer.flush()
            writer.abandon()
        self.is_closed = close
        self.size = self.path.stat().st_size

    def read(self) -> tuple[bytes, bool]:
        with SealedReader(self.path, KEYRING) as reader:
            text = reader.read(0, reader.length)
            assert len(text) == reader.length
            return text, reader.is_complete


@settings(max_examples=60, deadline=None)
@given(STEPS, st.booleans(), st.lists(st.tuples(PLACE, st.integers(0, 2 * CHUNK)), max_size=10))
def test_any_piece_can_be_read(steps: list[tuple[int, bool]], close: bool, pieces: list[tuple[float, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = File(folder, steps, close)
        assert file.read() == (file.text, close)
        with SealedReader(file.path, KEYRING) as reader:
            for place, count in pieces:
                start = int(place * (len(file.text) + 10))
                assert reader.read(start, count) == file.text[start : start + count]


@settings(max_examples=100, deadline=None)
@given(STEPS, st.booleans(), PLACE, st.binary(max_size=100))
def test_cut_anywhere_it_holds_the_beginning_and_goes_on_from_there(
    steps: list[tuple[int, bool]], close: bool, place: float, more: bytes
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = File(folder, steps, close)
        os.truncate(file.path, int(place * file.size))
        text, is_complete = file.read()
        assert file.text.startswith(text) and not is_complete
        with SealedWriter.reopen(file.path, KEYRING) as writer:
            assert (writer.position, writer.size) == (len(text), file.path.stat().st_size)
            writer.write(more)
        assert file.read() == (text + more, True)


@settings(max_examples=200, deadline=None)
@given(STEPS, st.booleans(), PLACE, st.integers(0, 7))
def test_no_flipped_bit_is_ever_read_as_something_else(
    steps: list[tuple[int, bool]], close: bool, place: float, bit: int
) -> None:
    """A length that points beyond the end looks like a chunk that was torn: then the file is short, and not complete,
    as if it had been cut off there."""
    with tempfile.TemporaryDirectory() as folder:
        file = File(folder, steps, close)
        data = bytearray(file.path.read_bytes())
        data[int(place * file.size)] ^= 1 << bit
        file.path.write_bytes(data)
        try:
            text, is_complete = file.read()
        except (SealBroken, KeyMissing):
            return
        assert file.text.startswith(text) and not is_complete
        assert len(text) < len(file.text) or not text or file.is_closed


@settings(max_examples=50, deadline=None)
@given(STEPS, PLACE, st.integers(0, 7))
def test_what_was_altered_is_never_gone_on_with(steps: list[tuple[int, bool]], place: float, bit: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = File(folder, steps, close=False)
        data = bytearray(file.path.read_bytes())
        data[int(place * file.size)] ^= 1 << bit
        file.path.write_bytes(data)
        try:
            with SealedWriter.reopen(file.path, KEYRING) as writer:
                writer.write(b"more")
            text, _ = file.read()
        except (SealBroken, KeyMissing, AlreadyClosed):
            return
        assert file.text.startswith(text.removesuffix(b"more"))
