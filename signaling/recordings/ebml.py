"""EBML, the binary form of WebM (RFC 8794, RFC 9559): the elements that one video track needs, written and read."""

import struct
from typing import NamedTuple

EBML = b"\x1a\x45\xdf\xa3"
EBML_VERSION, EBML_READ_VERSION = b"\x42\x86", b"\x42\xf7"
EBML_LONGEST_ID, EBML_LONGEST_SIZE = b"\x42\xf2", b"\x42\xf3"
DOC_TYPE, DOC_VERSION, DOC_READ_VERSION = b"\x42\x82", b"\x42\x87", b"\x42\x85"
VOID = b"\xec"
SEGMENT = b"\x18\x53\x80\x67"
SEEK_HEAD, SEEK, SEEK_ID, SEEK_POSITION = b"\x11\x4d\x9b\x74", b"\x4d\xbb", b"\x53\xab", b"\x53\xac"
INFO, TIMESTAMP_SCALE, DURATION = b"\x15\x49\xa9\x66", b"\x2a\xd7\xb1", b"\x44\x89"
MUXING_APP, WRITING_APP = b"\x4d\x80", b"\x57\x41"
TRACKS, TRACK, TRACK_NUMBER, TRACK_UID, TRACK_TYPE = b"\x16\x54\xae\x6b", b"\xae", b"\xd7", b"\x73\xc5", b"\x83"
FLAG_LACING, LANGUAGE, CODEC = b"\x9c", b"\x22\xb5\x9c", b"\x86"
VIDEO, PIXEL_WIDTH, PIXEL_HEIGHT = b"\xe0", b"\xb0", b"\xba"
CUES, CUE, CUE_TIME, CUE_POSITIONS = b"\x1c\x53\xbb\x6b", b"\xbb", b"\xb3", b"\xb7"
CUE_TRACK, CUE_CLUSTER = b"\xf7", b"\xf1"
CLUSTER, TIMESTAMP, SIMPLE_BLOCK = b"\x1f\x43\xb6\x75", b"\xe7", b"\xa3"
BLOCK_GROUP, BLOCK, BLOCK_DURATION, REFERENCE_BLOCK = b"\xa0", b"\xa1", b"\x9b", b"\xfb"

UNKNOWN_LENGTH = b"\x01\xff\xff\xff\xff\xff\xff\xff"
LONGEST_HEAD = 12


class NotWebm(ValueError):
    """These bytes are nothing that our writer has written."""


class Head(NamedTuple):
    """The beginning of an element; `length` is None where it goes on to the end of what is there."""

    identifier: bytes
    size: int
    """Of the head itself."""
    length: int | None


def head(identifier: bytes, length: int, width: int = 0) -> bytes:
    """Identifier and length of an element, the length in `width` bytes (0: as few as it takes)."""
    if not width:
        width = 1
        while length >= (1 << 7 * width) - 1:
            width += 1
    return identifier + (length | 1 << 7 * width).to_bytes(width, "big")


def element(identifier: bytes, *content: bytes) -> bytes:
    """The content of an element in pieces, with its head."""
    joined = b"".join(content)
    return head(identifier, len(joined)) + joined


def unsigned(identifier: bytes, value: int, width: int = 0) -> bytes:
    """An integer, in `width` bytes (0: as few as it takes)."""
    return element(identifier, value.to_bytes(width or max(1, (value.bit_length() + 7) // 8), "big"))


def signed(identifier: bytes, value: int) -> bytes:
    return element(identifier, value.to_bytes(8, "big", signed=True))


def real(identifier: bytes, value: float) -> bytes:
    return element(identifier, struct.pack(">d", value))


def read_head(data: bytes) -> Head | None:
    """The head that `data` begins with; None where it is cut off. Raises NotWebm."""
    size = _width(data, 0, 4)
    width = _width(data, size, 8) if size else 0
    if not width:
        return None
    greatest = (1 << 7 * width) - 1
    length = int.from_bytes(data[size : size + width], "big") & greatest
    return Head(data[:size], size + width, None if length == greatest else length)


def _width(data: bytes, place: int, most: int) -> int:
    """How many bytes the number there has; 0 where it is cut off."""
    if place >= len(data):
        return 0
    width = 9 - data[place].bit_length()
    if width > most:
        raise NotWebm("No element begins here.")
    return width if place + width <= len(data) else 0
