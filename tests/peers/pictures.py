"""Pictures encoded as VP8, and what can be read out of them again."""

from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO

import av
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from signaling.recordings.sealed import SealedReader

MILLISECONDS = Fraction(1, 1000)


class Encoder:
    """Encodes grey pictures, whose brightness is their number."""

    def __init__(self, width: int = 320, height: int = 200) -> None:
        self.size = width, height
        context = av.CodecContext.create("libvpx", "w")
        assert isinstance(context, VideoCodecContext)
        context.width, context.height = self.size
        context.pix_fmt = "yuv420p"
        context.time_base = MILLISECONDS
        context.bit_rate = 500_000
        context.gop_size = 1_000_000
        context.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
        self._context = context
        self._count = 0

    def picture(self, brightness: int, is_key: bool = False) -> bytes:
        """The next picture."""
        frame = av.VideoFrame(*self.size, "yuv420p")
        for place, plane in enumerate(frame.planes):
            plane.update(bytes([brightness if place == 0 else 128]) * plane.buffer_size)
        frame.pts = self._count * 40
        frame.time_base = MILLISECONDS
        self._count += 1
        frame.pict_type = PictureType.I if is_key else PictureType.NONE
        return b"".join(bytes(packet) for packet in self._context.encode(frame))


def shown(video: SealedReader) -> list[tuple[int, int]]:
    """When each picture of a video stands, in milliseconds, and how bright it is. Raises when one cannot be decoded."""
    return list(_shown(video.read(0, video.length)))


def are(found: list[tuple[int, int]], expected: list[int]) -> bool:
    """Whether these are the pictures of this brightness, as far as the codec keeps it."""
    return len(found) == len(expected) and all(
        abs(brightness - other) <= 4 for (_, brightness), other in zip(found, expected, strict=True)
    )


def _shown(data: bytes) -> Iterator[tuple[int, int]]:
    with av.open(BytesIO(data), "r", format="matroska") as container:
        for frame in container.decode(video=0):
            middle = frame.planes[0]
            at = middle.line_size * (frame.height // 2) + frame.width // 2
            assert frame.time is not None
            yield round(frame.time * 1000), bytes(middle)[at]
