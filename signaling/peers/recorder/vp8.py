"""VP8 in RTP (RFC 7741): what one packet carries, and what a frame says about itself. Nothing here raises."""

from typing import NamedTuple

BEGINNING, REST, PADDING, NONSENSE = range(4)
"""What a packet holds: the first bytes of a frame, later ones, nothing at all, or something that is no VP8."""
_START_CODE = b"\x9d\x01\x2a"
_MOST_PIXELS = 8192
"""A side of a picture. More is no screen, but an attempt on the memory of whoever plays it."""


class Frame(NamedTuple):
    """One encoded picture. Keyframes, which need no other picture, say their size; of others it is 0."""

    data: bytes
    timestamp: int
    width: int
    height: int

    @property
    def is_key(self) -> bool:
        """Whether playing can begin here."""
        return self.width > 0


def payload_of(payload: bytes) -> tuple[int, bytes]:
    """What a packet holds, and its bytes of the frame, without the descriptor before them."""
    if not payload:
        return PADDING, b""
    first = payload[0]
    at = 1
    if first & 0x80:
        more = payload[1] if len(payload) > 1 else 0
        at = 2
        if more & 0x80:
            long = len(payload) > 2 and payload[2] & 0x80
            at += 2 if long else 1
        at += bool(more & 0x40) + bool(more & 0x30)
    if at >= len(payload):
        return NONSENSE, b""
    return BEGINNING if first & 0x17 == 0x10 else REST, payload[at:]


def begins_keyframe(kind: int, data: bytes) -> bool:
    """Whether this packet is the first one of a keyframe."""
    return kind == BEGINNING and not data[0] & 1


def frame_of(data: bytes, timestamp: int) -> Frame | None:
    """The frame of these bytes; None for nonsense."""
    if data[0] & 1:
        return Frame(data, timestamp, 0, 0)
    if len(data) < 10 or data[3:6] != _START_CODE:
        return None
    width = int.from_bytes(data[6:8], "little") & 0x3FFF
    height = int.from_bytes(data[8:10], "little") & 0x3FFF
    if not 0 < width <= _MOST_PIXELS or not 0 < height <= _MOST_PIXELS:
        return None
    return Frame(data, timestamp, width, height)
