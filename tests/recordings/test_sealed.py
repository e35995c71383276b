"""Sealed files: what goes in comes out, to whoever has the key, and nothing else ever does."""

import os
import stat
from pathlib import Path

import pytest

from signaling.recordings.keyring import KeyMissing, Keyring
from signaling.recordings.sealed import CHUNK, AlreadyClosed, SealBroken, SealedReader, SealedWriter

HEADER = 73
AROUND = 32
"""Bytes of a chunk besides its text."""


def content(path: Path, keyring: Keyring) -> bytes:
    with SealedReader(path, keyring) as reader:
        return reader.read(0, reader.length)


def sealed(path: Path, keyring: Keyring, *chunks: bytes, close: bool = True) -> Path:
    writer = SealedWriter(path, keyring)
    for chunk in chunks:
        writer.write(chunk)
        writer.flush()
    if close:
        writer.close()
    else:
        writer.abandon()
    return path


def test_what_is_written_is_read(tmp_path: Path, keyring: Keyring) -> None:
    data = os.urandom(3 * CHUNK + 17)
    with SealedWriter(tmp_path / "a", keyring) as writer:
        writer.write(data[:5])
        writer.write(data[5:])
        assert writer.position == len(data)
    assert content(tmp_path / "a", keyring) == data


def test_nothing_of_the_text_is_on_the_disk(tmp_path: Path, keyring: Keyring) -> None:
    path = sealed(tmp_path / "a", keyring, b"the account number is 4711" * 50)
    assert b"account" not in path.read_bytes()


def test_only_its_owner_may_open_the_file(tmp_path: Path, keyring: Keyring) -> None:
    path = sealed(tmp_path / "a", keyring, b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path, keyring: Keyring) -> None:
    path = sealed(tmp_path / "a", keyring, b"first")
    with pytest.raises(FileExistsError):
        SealedWriter(path, keyring)
    assert content(path, keyring) == b"first"


def test_what_is_flushed_is_readable_while_the_writer_goes_on(tmp_path: Path, keyring: Keyring) -> None:
    writer = SealedWriter(tmp_path / "a", keyring)
    seen = []
    for number in range(5):
        writer.write(b"%d" % number)
        writer.flush()
        with SealedReader(tmp_path / "a", keyring) as reader:
            seen.append((reader.read(0, 100), reader.is_complete))
    writer.close()
    assert seen == [(b"01234"[: number + 1], False) for number in range(5)]
    with SealedReader(tmp_path / "a", keyring) as reader:
        assert reader.is_complete


def test_a_reader_sees_what_was_there_when_it_was_opened(tmp_path: Path, keyring: Keyring) -> None:
    writer = SealedWriter(tmp_path / "a", keyring)
    writer.write(b"before")
    writer.flush()
    with SealedReader(tmp_path / "a", keyring) as reader:
        writer.write(b"after")
        writer.close()
        assert (reader.length, reader.read(0, 100), reader.is_complete) == (6, b"before", False)


def test_the_writer_knows_what_it_takes_on_the_disk(tmp_path: Path, keyring: Keyring) -> None:
    writer = SealedWriter(tmp_path / "a", keyring)
    assert writer.size == HEADER == (tmp_path / "a").stat().st_size
    writer.write(b"x" * 10)
    assert (writer.size, writer.position) == (HEADER, 10)
    writer.flush()
    writer.flush()
    assert writer.size == HEADER + AROUND + 10 == (tmp_path / "a").stat().st_size
    writer.close()


def test_beyond_the_end_there_is_nothing_and_before_the_beginning_an_error(tmp_path: Path, keyring: Keyring) -> None:
    path = sealed(tmp_path / "a", keyring, b"abc", b"def")
    with SealedReader(path, keyring) as reader:
        assert [reader.read(2, 2), reader.read(4, 10), reader.read(6, 1), reader.read(99, 1)] == [
            b"cd",
            b"ef",
            b"",
            b"",
        ]
        with pytest.raises(ValueError):
            reader.read(-1, 2)


def test_a_file_without_a_byte_can_be_closed(tmp_path: Path, keyring: Keyring) -> None:
    path = sealed(tmp_path / "a", keyring)
    with SealedReader(path, keyring) as reader:
        assert (reader.length, reader.is_complete) == (0, True)


def test_another_key_opens_nothing(tmp_path: Path, keyring: Keyring) -> None:
    path = sealed(tmp_path / "a", keyring, b"x")
    with pytest.raises(KeyMissing):
        SealedReader(path, Keyring.from_text(Keyring.generate()))


def test_what_is_no_sealed_file_is_said_to_be_none(tmp_path: Path, keyring: Keyring) -> None:
    path = tmp_path / "a"
    for text in (b"GIF89a", b"x" * 500):
        path.write_bytes(text)
        with pytest.raises(SealBroken):
            SealedReader(path, keyring)


def chunks_of(path: Path, *lengths: int) -> list[bytes]:
    """The header and each chunk of this many bytes of text."""
    data = path.read_bytes()
    pieces, place = [data[:HEADER]], HEADER
    for length in lengths:
        pieces.append(data[place : place + AROUND + length])
        place += AROUND + length
    return [*pieces, data[place:]]


def test_chunks_that_changed_places_are_noticed(tmp_path: Path, keyring: Keyring) -> None:
    path = sealed(tmp_path / "a", keyring, b"one", b"two", b"six")
    header, one, two, six, last = chunks_of(path, 3, 3, 3)
    for order in ([two, one, six, last], [one, six, last], [one, one, six, last], [one, two, last], [two, six, last]):
        path.write_bytes(header + b"".join(order))
        with pytest.raises(SealBroken):
            content(path, keyring)


def test_a_chunk_of_another_file_is_noticed(tmp_path: Path, keyring: Keyring) -> None:
    path = sealed(tmp_path / "a", keyring, b"one", b"two")
    other = sealed(tmp_path / "b", keyring, b"1ne", b"2wo")
    header, one, _, last = chunks_of(path, 3, 3)
    path.write_bytes(header + one + chunks_of(other, 3, 3)[2] + last)
    with pytest.raises(SealBroken):
        content(path, keyring)


def test_a_whole_file_in_the_place_of_another_is_noticed(tmp_path: Path, keyring: Keyring) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        sealed(tmp_path / name / "0001.webm", keyring, name.encode())
    (tmp_path / "one/0001.webm").replace(tmp_path / "two/0001.webm")
    with pytest.raises(SealBroken):
        content(tmp_path / "two/0001.webm", keyring)


def test_another_ending_of_the_name_makes_no_difference(tmp_path: Path, keyring: Keyring) -> None:
    path = sealed(tmp_path / "0001.new", keyring, b"x").rename(tmp_path / "0001.webm")
    assert content(path, keyring) == b"x"


def test_nothing_can_follow_the_last_chunk(tmp_path: Path, keyring: Keyring) -> None:
    path = sealed(tmp_path / "a", keyring, b"one")
    with open(path, "ab") as file:
        file.write(b"\0")
    with pytest.raises(SealBroken):
        SealedReader(path, keyring)


@pytest.mark.parametrize("close", [True, False])
def test_whether_a_chunk_is_the_last_one_cannot_be_altered(tmp_path: Path, keyring: Keyring, close: bool) -> None:
    path = tmp_path / "a"
    writer = SealedWriter(path, keyring)
    writer.write(b"one")
    if close:
        writer.close()
    else:
        writer.flush()
        writer.abandon()
    data = bytearray(path.read_bytes())
    data[HEADER] ^= 0x80
    path.write_bytes(data)
    with pytest.raises(SealBroken):
        content(path, keyring)


def test_a_closed_file_cannot_be_reopened(tmp_path: Path, keyring: Keyring) -> None:
    path = sealed(tmp_path / "a", keyring, b"one")
    with pytest.raises(AlreadyClosed):
        SealedWriter.reopen(path, keyring)


def test_reopened_it_goes_on_with_the_key_it_was_begun_with(tmp_path: Path) -> None:
    old, new = Keyring.generate(), Keyring.generate()
    path = sealed(tmp_path / "a", Keyring.from_text(old), b"one", close=False)
    with SealedWriter.reopen(path, Keyring.from_text(f"{new},{old}")) as writer:
        assert (writer.position, writer.size) == (3, path.stat().st_size)
        writer.write(b"two")
    assert content(path, Keyring.from_text(old)) == b"onetwo"


def test_an_error_inside_leaves_the_file_open_to_be_gone_on_with(tmp_path: Path, keyring: Keyring) -> None:
    with pytest.raises(ZeroDivisionError), SealedWriter(tmp_path / "a", keyring) as writer:
        writer.write(b"kept")
        writer.flush()
        writer.write(b"lost")
        raise ZeroDivisionError
    with SealedReader(tmp_path / "a", keyring) as reader:
        assert (reader.read(0, 10), reader.is_complete) == (b"kept", False)


def test_the_same_text_written_twice_looks_different(tmp_path: Path, keyring: Keyring) -> None:
    """So nothing is learned from a torn chunk that was written again, nor from two copies of the disk."""
    path = sealed(tmp_path / "a", keyring, b"one", close=False)
    before = path.read_bytes()
    os.truncate(path, len(before) - 1)
    with SealedWriter.reopen(path, keyring) as writer:
        writer.write(b"one")
        writer.flush()
    nonce = slice(HEADER + 4, HEADER + 16)
    assert before[nonce] != path.read_bytes()[nonce]
