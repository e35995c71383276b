"""One VP8 track as WebM: written as it comes, without going back, and finalised so that players can seek in it."""

from collections.abc import Callable

from signaling.recordings import ebml
from signaling.recordings.ebml import NotWebm, element, head, real, signed, unsigned
from signaling.recordings.webm_scan import Block, Finalised, Scan, dimensions, scan

__all__ = ["Finalised", "NotWebm", "WebmWriter", "dimensions", "duration_of", "examine", "finalise"]

Read = Callable[[int, int], bytes]
Write = Callable[[bytes], object]

LONGEST_CLUSTER = 1000
"""Milliseconds."""

_TRACK = 1
_VIDEO = 1
_KEYFRAME = 0x80
_NAME = b"Deskside"
_NANOSECONDS = 1_000_000
"""In the unit of time, which is a millisecond."""

_LONG = 8
"""Bytes of a length or place that is not known before others are."""

_LONG_TIMESTAMP = len(unsigned(ebml.TIMESTAMP, 0, _LONG))
_PIECE = 1 << 18
_HEADS = 4096
"""All that stands before the index fits in here."""


class WebmWriter:
    """Writes the live form: segment and clusters without a length, each frame as soon as it comes.

    `write` gets whole elements: whoever has flushed after a frame has a file that plays up to this frame.
    """

    def __init__(self, write: Write, width: int, height: int) -> None:
        self._write = write
        self._cluster: int | None = None
        self._last = -1
        write(_document() + ebml.SEGMENT + ebml.UNKNOWN_LENGTH + _info() + _tracks(width, height))

    def frame(self, data: bytes, milliseconds: int, keyframe: bool) -> bool:
        """Add a frame at its time from the beginning of the part; one that is not after the last is put after it.

        False for what comes before the first keyframe: nobody could show it.
        """
        if self._cluster is None and not keyframe:
            return False
        self._last = time = max(milliseconds, self._last + 1)
        opening = b""
        if keyframe or self._cluster is None or time - self._cluster >= LONGEST_CLUSTER:
            self._cluster = time
            opening = ebml.CLUSTER + ebml.UNKNOWN_LENGTH + unsigned(ebml.TIMESTAMP, time)
        beginning = _block_head(time - self._cluster, _KEYFRAME if keyframe else 0)
        self._write(opening + element(ebml.SIMPLE_BLOCK, beginning, data))
        return True

    def end(self, milliseconds: int) -> None:
        """Until when the last frame stood. Kept as an empty cluster of that time, which players pass over."""
        if self._cluster is not None:
            self._write(element(ebml.CLUSTER, unsigned(ebml.TIMESTAMP, max(milliseconds, self._last + 1))))


def finalise(read: Read, length: int, write: Write) -> Finalised:
    """Write the video anew with its duration, with an index before the pictures, and with lengths that are known.

    `read(offset, count)` gives what a WebmWriter has written, which may end anywhere; `write` gets the new form from
    beginning to end. In memory are a few numbers for each cluster. Raises NotWebm.
    """
    found = scan(read, length)
    done = found.summary()
    clusters, last = found.clusters, found.last
    lengths = [_LONG_TIMESTAMP + cluster.end - cluster.start for cluster in clusters]
    before = after = b""
    if last is not None:
        before, after = _last_group(last, found.previous, done.duration_ms)
        lengths[-1] += len(before) + len(after) - (last.data - last.start)
    write(_beginning(found, done, lengths))
    for cluster, content in zip(clusters, lengths, strict=True):
        write(head(ebml.CLUSTER, content, _LONG) + unsigned(ebml.TIMESTAMP, cluster.time, _LONG))
        _copy(read, write, cluster.start, last.start if cluster is clusters[-1] and last else cluster.end)
    if last is not None:
        write(before)
        _copy(read, write, last.data, last.end)
        write(after)
    return done


def examine(read: Read, length: int) -> Finalised:
    """What is in a video of either form. Raises NotWebm."""
    return scan(read, length).summary()


def duration_of(read: Read, length: int) -> int | None:
    """Milliseconds, by the head of a finalised video alone; None for one that is not. Raises NotWebm."""
    return scan(read, min(length, _HEADS)).duration


def _beginning(found: Scan, done: Finalised, lengths: list[int]) -> bytes:
    """All that comes before the first cluster. Places are counted from the content of the segment."""
    parts = {ebml.INFO: _info(done.duration_ms), ebml.TRACKS: _tracks(done.width, done.height)}
    if done.keyframes:
        parts[ebml.CUES] = _cues(found, lengths, 0)
    places = dict.fromkeys(parts, 0)
    place = len(_seek_head(places))
    for name, part in parts.items():
        places[name] = place
        place += len(part)
    if done.keyframes:
        # Places have a fixed width, so that its length does not change.
        parts[ebml.CUES] = _cues(found, lengths, place)
    content = place + sum(len(ebml.CLUSTER) + _LONG + length for length in lengths)
    return b"".join([_document(), head(ebml.SEGMENT, content, _LONG), _seek_head(places), *parts.values()])


def _document() -> bytes:
    return element(
        ebml.EBML,
        unsigned(ebml.EBML_VERSION, 1),
        unsigned(ebml.EBML_READ_VERSION, 1),
        unsigned(ebml.EBML_LONGEST_ID, 4),
        unsigned(ebml.EBML_LONGEST_SIZE, 8),
        element(ebml.DOC_TYPE, b"webm"),
        unsigned(ebml.DOC_VERSION, 2),
        unsigned(ebml.DOC_READ_VERSION, 2),
    )


def _seek_head(places: dict[bytes, int]) -> bytes:
    return element(
        ebml.SEEK_HEAD,
        *(
            element(ebml.SEEK, element(ebml.SEEK_ID, identifier), unsigned(ebml.SEEK_POSITION, place, _LONG))
            for identifier, place in places.items()
        ),
    )


def _info(duration: int | None = None) -> bytes:
    return element(
        ebml.INFO,
        unsigned(ebml.TIMESTAMP_SCALE, _NANOSECONDS),
        real(ebml.DURATION, duration) if duration is not None else b"",
        element(ebml.MUXING_APP, _NAME),
        element(ebml.WRITING_APP, _NAME),
    )


def _tracks(width: int, height: int) -> bytes:
    video = element(ebml.VIDEO, unsigned(ebml.PIXEL_WIDTH, width), unsigned(ebml.PIXEL_HEIGHT, height))
    return element(
        ebml.TRACKS,
        element(
            ebml.TRACK,
            unsigned(ebml.TRACK_NUMBER, _TRACK),
            unsigned(ebml.TRACK_UID, _TRACK),
            unsigned(ebml.TRACK_TYPE, _VIDEO),
            unsigned(ebml.FLAG_LACING, 0),
            element(ebml.LANGUAGE, b"und"),
            element(ebml.CODEC, b"V_VP8"),
            video,
        ),
    )


def _cues(found: Scan, lengths: list[int], start: int) -> bytes:
    """Where the clusters are from which one can play; the first begins at `start`."""
    points = []
    for cluster, length in zip(found.clusters, lengths, strict=True):
        if cluster.is_seekable:
            where = unsigned(ebml.CUE_TRACK, _TRACK) + unsigned(ebml.CUE_CLUSTER, start, _LONG)
            points.append(element(ebml.CUE, unsigned(ebml.CUE_TIME, cluster.time), element(ebml.CUE_POSITIONS, where)))
        start += len(ebml.CLUSTER) + _LONG + length
    return element(ebml.CUES, *points)


def _block_head(relative: int, flags: int) -> bytes:
    return bytes([0x80 | _TRACK]) + relative.to_bytes(2, "big", signed=True) + bytes([flags])


def _last_group(last: Block, previous: int, end: int) -> tuple[bytes, bytes]:
    """What stands around the last frame: only in a group can it say how long it stands."""
    block = head(ebml.BLOCK, 4 + last.end - last.data) + _block_head(last.relative, 0)
    rest = unsigned(ebml.BLOCK_DURATION, end - last.time)
    if not last.is_keyframe:
        rest += signed(ebml.REFERENCE_BLOCK, previous - last.time)
    return head(ebml.BLOCK_GROUP, len(block) + last.end - last.data + len(rest)) + block, rest


def _copy(read: Read, write: Write, start: int, end: int) -> None:
    while start < end:
        data = read(start, min(_PIECE, end - start))
        if not data:
            raise NotWebm("The video has become shorter.")
        write(data)
        start += len(data)
