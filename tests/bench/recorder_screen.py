"""A screen that moves as screens do, encoded once, and pages that send it."""

import asyncio
import random
from fractions import Fraction

import av
from av.video.codeccontext import VideoCodecContext

from tests.peers.page import Page
from tests.peers.waiting import until

WIDTH, HEIGHT, PER_SECOND = 1280, 800, 12
_SECONDS = 10
_LINE = 8
"""Rows of a line of text."""


def screen(bitrate: int) -> list[bytes]:
    """Ten seconds in which a text scrolls, stands and is typed into, and a film runs beside it. The first picture
    is a keyframe."""
    context = av.CodecContext.create("libvpx", "w")
    assert isinstance(context, VideoCodecContext)
    context.width, context.height, context.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    context.time_base = Fraction(1, PER_SECOND)
    context.bit_rate = bitrate
    context.gop_size = 1_000_000
    context.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    chance = random.Random(1)
    text = [b"".join(bytes([chance.choice((30, 235, 235, 235))]) * 4 for _ in range(WIDTH // 4)) for _ in range(400)]
    encoded = []
    for number in range(PER_SECOND * _SECONDS):
        frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        frame.planes[0].update(_picture(text, number))
        for plane in frame.planes[1:]:
            plane.update(bytes([128]) * plane.buffer_size)
        frame.pts, frame.time_base = number, Fraction(1, PER_SECOND)
        encoded += [bytes(packet) for packet in context.encode(frame)]
    return encoded


def _picture(text: list[bytes], number: int) -> bytes:
    scrolled = min(number, 4 * PER_SECOND)
    typed = min(WIDTH, 8 * max(0, number - 6 * PER_SECOND))
    rows = []
    for y in range(HEIGHT):
        line, within = divmod(y, _LINE)
        row = text[(line + scrolled) % len(text)] if within < 5 else bytes([235]) * WIDTH
        row = bytes([30]) * typed + row[typed:] if line == 50 else row
        if 500 <= y < 740:
            # As a film does: smooth, and everywhere another one than before.
            wave = bytes(128 + (x * (number + 5) // 40 + y * 3 + number * 9) % 97 for x in range(320))
            row = row[:900] + wave + row[1220:]
        rows.append(row)
    return b"".join(rows)


async def move(page: Page, frames: list[bytes], seconds: float) -> None:
    """Send these over and over as a browser would: at its own pace, with a keyframe when one is asked for."""
    loop = asyncio.get_running_loop()
    began, place = loop.time(), 0
    for number in range(int(seconds * PER_SECOND)):
        await asyncio.sleep(max(0.0, began + number / PER_SECOND - loop.time()))
        if not page.is_idle():
            continue  # as a browser leaves out what its machine has no time for
        if page.is_asked():
            place = 0
        page.send(frames[place % len(frames)])
        place += 1
    await until(page.is_idle)
