"""Real VP8, encoded by libvpx, and what a player makes of a WebM."""

import io
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import av

WIDTH, HEIGHT = 160, 120


class Frame(NamedTuple):
    data: bytes
    milliseconds: int
    keyframe: bool


class Played(NamedTuple):
    """What libav shows of a file. `shades` are the brightness of each picture; times in milliseconds."""

    times: list[int]
    shades: list[int]
    duration: int | None


@cache
def encoded(
    count: int, gap: int = 100, keyframe_every: int = 20, width: int = WIDTH, height: int = HEIGHT
) -> list[Frame]:
    """`count` pictures of one grey each, every time a little lighter: picture n has the shade 16 + 2n."""
    context = av.CodecContext.create("libvpx", "w")
    assert isinstance(context, av.VideoCodecContext)
    context.width, context.height, context.pix_fmt = width, height, "yuv420p"
    context.time_base = Fraction(1, 1000)
    context.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "g": str(keyframe_every)}
    packets = []
    for number in range(count):
        picture = av.VideoFrame(width, height, "yuv420p")
        for plane, shade in zip(picture.planes, (16 + 2 * number, 128, 128), strict=True):
            plane.update(bytes([shade]) * plane.buffer_size)
        picture.pts = number * gap
        packets += context.encode(picture)
    packets += context.encode(None)
    return [Frame(bytes(packet), packet.pts or 0, packet.is_keyframe) for packet in packets]


def played(content: bytes) -> Played:
    """Every picture of a WebM. Raises what libav raises for one that is damaged."""
    times, shades = [], []
    with av.open(io.BytesIO(content), mode="r", options={"err_detect": "explode"}) as file:
        for picture in file.decode(video=0):
            assert picture.time is not None
            times.append(round(picture.time * 1000))
            shades.append(bytes(picture.planes[0])[0])
        duration = file.duration // 1000 if file.duration is not None else None
    return Played(times, shades, duration)


def shown_at(content: bytes, milliseconds: int) -> int:
    """When the picture was taken that a player begins with after a jump to this moment."""
    with av.open(io.BytesIO(content), mode="r") as file:
        file.seek(milliseconds * 1000)
        time = next(file.decode(video=0)).time
        assert time is not None
        return round(time * 1000)
