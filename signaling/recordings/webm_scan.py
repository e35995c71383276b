"""What is in a WebM of ours, finalised or not: a walk over its elements that ends where the file was cut off."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from signaling.recordings import ebml
from signaling.recordings.ebml import NotWebm, read_head

_HOLDERS = {ebml.SEGMENT, ebml.INFO, ebml.TRACKS, ebml.TRACK, ebml.VIDEO, ebml.CLUSTER, ebml.BLOCK_GROUP}
"""Elements that are walked into; what is in others does not matter."""

_WINDOW = 32
"""Bytes that hold a head with a number, or with the beginning of a frame."""

_BLOCK_HEAD = 4
_LEAST_GUESS, _GREATEST_GUESS = 40, 1000
"""Milliseconds that the last frame stood, where nobody has written how long: as long as the one before."""


class Finalised(NamedTuple):
    """What is in a video. Times are in milliseconds; the size is that of its greatest keyframe."""

    duration_ms: int
    frames: int
    keyframes: int
    width: int
    height: int


class Block(NamedTuple):
    """One frame. `start` is where its element begins, `data` where the frame itself does."""

    start: int
    data: int
    end: int
    time: int
    relative: int
    is_keyframe: bool


@dataclass(slots=True)
class Cluster:
    """`start` is where its blocks begin, `end` is after the last of them."""

    time: int
    start: int
    end: int
    is_seekable: bool


@dataclass
class Scan:
    """What the walk has found."""

    clusters: list[Cluster] = field(default_factory=list)
    """Those with frames."""

    last: Block | None = None
    previous: int = -1
    """The time of the frame before the last."""

    frames: int = 0
    keyframes: int = 0
    width: int = 0
    height: int = 0
    end: int | None = None
    """Until when the last frame stood, where that is written."""

    duration: int | None = None
    """What the head says."""

    def summary(self) -> Finalised:
        end = 0
        if self.last is not None:
            gap = self.last.time - self.previous if self.previous >= 0 else 0
            guess = self.last.time + min(max(gap, _LEAST_GUESS), _GREATEST_GUESS)
            end = max(self.end, self.last.time + 1) if self.end is not None else guess
        return Finalised(end, self.frames, self.keyframes, self.width, self.height)


def scan(read: Callable[[int, int], bytes], length: int) -> Scan:
    """Raises NotWebm."""
    walk = _Walk()
    place = 0
    while (found := read_head(window := read(place, min(_WINDOW, length - place)))) is not None:
        if place == 0 and found.identifier != ebml.EBML:
            raise NotWebm("This is no WebM.")
        if found.identifier in _HOLDERS:
            walk.enter(found.identifier, place)
            place += found.size
            continue
        if found.length is None:
            raise NotWebm("An element without a length that should have one.")
        end = place + found.size + found.length
        if end > length:
            break
        walk.leaf(found.identifier, window[found.size : found.size + found.length], place, place + found.size, end)
        place = end
    return walk.ended()


class _Walk:
    def __init__(self) -> None:
        self.found = Scan()
        self._cluster: int | None = None  # the time of one that has no frame yet
        self._group = 0
        self._greatest = 0

    def enter(self, identifier: bytes, place: int) -> None:
        if identifier == ebml.CLUSTER:
            self._cluster = None
        elif identifier == ebml.BLOCK_GROUP:
            self._group = place

    def leaf(self, identifier: bytes, content: bytes, start: int, data: int, end: int) -> None:
        """`content` is its beginning."""
        found = self.found
        if identifier == ebml.SIMPLE_BLOCK:
            self._block(content, start, data, end, content[3] & 0x80 != 0 if len(content) > 3 else False)
        elif identifier == ebml.BLOCK:
            self._block(content, self._group, data, end, True)
        elif identifier == ebml.REFERENCE_BLOCK and found.last is not None:
            found.keyframes -= 1
            found.last = found.last._replace(is_keyframe=False)
        elif identifier == ebml.BLOCK_DURATION and found.last is not None:
            found.end = found.last.time + int.from_bytes(content, "big")
        elif identifier == ebml.TIMESTAMP:
            self._cluster = int.from_bytes(content, "big")
        elif identifier == ebml.DURATION and len(content) == 8:
            found.duration = round(struct.unpack(">d", content)[0])
        elif identifier == ebml.PIXEL_WIDTH:
            found.width = int.from_bytes(content, "big")
        elif identifier == ebml.PIXEL_HEIGHT:
            found.height = int.from_bytes(content, "big")

    def ended(self) -> Scan:
        if self._cluster is not None:
            self.found.end = self._cluster
        return self.found

    def _block(self, content: bytes, start: int, data: int, end: int, is_keyframe: bool) -> None:
        found = self.found
        if len(content) < _BLOCK_HEAD or (self._cluster is None and not found.clusters):
            raise NotWebm("A frame that belongs nowhere.")
        if self._cluster is not None:
            found.clusters.append(Cluster(self._cluster, start, end, is_keyframe))
            self._cluster = None
        cluster = found.clusters[-1]
        cluster.end = end
        relative = int.from_bytes(content[1:3], "big", signed=True)
        found.previous = found.last.time if found.last else -1
        found.last = Block(start, data + _BLOCK_HEAD, end, cluster.time + relative, relative, is_keyframe)
        found.frames += 1
        found.end = None
        if is_keyframe:
            found.keyframes += 1
            self._measure(dimensions(content[_BLOCK_HEAD:]))

    def _measure(self, size: tuple[int, int] | None) -> None:
        """The greatest keyframe counts: browsers begin with small pictures where the network is slow."""
        if size is not None and size[0] * size[1] > self._greatest:
            self._greatest = size[0] * size[1]
            self.found.width, self.found.height = size


def dimensions(frame: bytes) -> tuple[int, int] | None:
    """Width and height that a VP8 keyframe says (RFC 6386, 9.1); None for what is no keyframe. Ten bytes are enough."""
    if len(frame) < 10 or frame[0] & 1 or frame[3:6] != b"\x9d\x01\x2a":
        return None
    width, height = struct.unpack("<HH", frame[6:10])
    return width & 0x3FFF, height & 0x3FFF
