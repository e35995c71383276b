"""What the measurement of the recorder lets happen: many screens, lost packets, a recorder that dies, two clocks."""

import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from signaling.recordings.webm import examine
from tests.bench.recorder_screen import PER_SECOND, move
from tests.bench.server_process import cpu_seconds, memory
from tests.peers.desk import Desk, Recorder
from tests.peers.page import Page, record
from tests.peers.pictures import Encoder, shown
from tests.peers.waiting import until
from tests.signaling.process import environment

Figures = dict[str, float]
_TICK = 0.08
_BEFORE, _OUTAGE, _AFTER = 15.0, 3.0, 15.0


@asynccontextmanager
async def recording(**variables: str) -> AsyncIterator[tuple[Desk, Recorder]]:
    """A recorder that has come to a server."""
    with tempfile.TemporaryDirectory() as folder:
        async with Desk() as desk:
            with Recorder(Path(folder), desk.port, **variables) as recorder:
                await desk.came()
                await desk.expect("hello")
                yield desk, recorder


def now() -> int:
    """By the clock of this machine, in milliseconds."""
    return time.time_ns() // 1_000_000


# --- many screens ------------------------------------------------------------------------------------------------


async def many(connections: int, seconds: float, frames: list[bytes]) -> Figures:
    """So many pages at a time into one recorder."""
    async with recording(DESKSIDE_MAX_RECORDINGS=str(connections)) as (desk, recorder):
        pid = recorder.process.pid
        idle = memory(pid)
        pages = [await desk.connect(f"rec{number}", 1) for number in range(connections)]
        samples: list[tuple[float, int]] = []
        sampling = asyncio.create_task(_sample(pid, max(1.0, seconds / 60), samples))
        before = cpu_seconds(pid)
        await asyncio.gather(*(move(page, frames, seconds) for page in pages))
        used = cpu_seconds(pid) - before
        sampling.cancel()
        full = memory(pid)
        cut = sum(page.is_lost for page in pages)
        for page in pages:
            await page.close()
            await desk.expect("part_ended")
        sent = sum(page.pictures for page in pages)
        there = sum([await asyncio.to_thread(_count, recorder, f"rec{number}") for number in range(connections)])
        return _cost(used, sent, there) | {
            "connections": connections,
            "connections lost": cut,
            "memory per connection, MB": (full - idle) / connections / 1e6,
            "memory slope, MB per minute": _slope(samples) / 1e6,
        }


async def reference(seconds: float, frames: list[bytes]) -> Figures:
    """aiortc's own recorder, in a process of its own, on one page with the same screen."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.mp4"
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.bench.recorder_reference",
            str(path),
            env=environment(PYTHONWARNINGS="default"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdin and process.stdout
        page = Page()
        process.stdin.write(json.dumps(await page.offer()).encode() + b"\n")
        await page.accepted(json.loads(await process.stdout.readline()))
        before = cpu_seconds(process.pid)
        await move(page, frames, seconds)
        used = cpu_seconds(process.pid) - before
        process.stdin.close()
        there = json.loads(await process.stdout.readline())
        await page.close()
        await process.wait()
        return _cost(used, page.pictures, there)


def _cost(used: float, sent: int, there: int) -> Figures:
    return {
        "cpu seconds per recorded minute": used * 60 * PER_SECOND / max(1, there),
        "pictures sent": sent,
        "pictures lost": sent - there,
    }


async def _sample(pid: int, every: float, samples: list[tuple[float, int]]) -> None:
    while True:
        await asyncio.sleep(every)
        samples.append((time.monotonic() / 60, memory(pid)))


def _slope(samples: list[tuple[float, int]]) -> float:
    """Bytes a minute in the second half of a run, by least squares; the first half is warming up."""
    times, sizes = zip(*samples[len(samples) // 2 :], strict=True)
    return statistics.linear_regression(times, sizes).slope


def _count(recorder: Recorder, recording: str) -> int:
    with recorder.folder.open_part(recording, 1) as video:
        return examine(video.read, video.length).frames


# --- trouble -----------------------------------------------------------------------------------------------------


async def killed(times: int) -> Figures:
    """kill -9 at any moment: how much of what had been sent is not in the file."""
    missing = []
    for number in range(times):
        async with recording() as (desk, recorder):
            page = await desk.connect("rec", 1)
            sent: list[int] = []
            ends = asyncio.get_running_loop().time() + 2 + random.Random(number).random()
            while asyncio.get_running_loop().time() < ends:
                page.show(len(sent) % 200)
                sent.append(now())
                await asyncio.sleep(_TICK)
            recorder.kill()
            at = now()
            await page.close()
            with recorder.folder.open_part("rec", 1) as video:
                there = len(shown(video))
            missing.append(at - sent[there] if there < len(sent) else 0)
    return {"missing, median ms": statistics.median(missing), "missing, most ms": max(missing)}


async def lossy(frames: list[bytes]) -> Figures:
    """Every tenth packet lost at random, and for three seconds all of them: what is kept, and when it is back."""
    async with recording() as (desk, recorder):
        page = await desk.connect("rec", 1)
        chance, is_cut = random.Random(2), False
        page.lose(lambda data: is_cut or chance.random() < 0.1)
        await move(page, frames, _BEFORE)
        sent, is_cut, cut = page.pictures, True, now()
        await move(page, frames, _OUTAGE)
        is_cut, back, out = False, now(), page.pictures - sent
        await move(page, frames, _AFTER)
        await asyncio.sleep(1)
        await page.close()
        await desk.expect("part_ended")
        timeline = recorder.folder.timeline("rec")
        with recorder.folder.open_part("rec", 1) as video:
            found = await asyncio.to_thread(shown, video)  # raises when one cannot be decoded
        start = timeline.parts[0].start
        before = sum(1 for at, _ in found if start + at < cut)
        after = [start + at for at, _ in found if start + at >= back]
        return {
            "pictures sent": page.pictures,
            "lost before the outage": sent - before,
            "sent in the outage": out,
            "back after, ms": after[0] - back,
            "lost after that": max(0, page.pictures - sent - out - len(after) - (after[0] - back) * PER_SECOND // 1000),
        }


async def clocks(changes: int) -> Figures:
    """A change of colour and an entry of the same moment: how far apart they stand in the recording."""
    async with recording() as (desk, recorder):
        page = await desk.connect("rec", 1)
        encoder = Encoder()
        page.send(encoder.picture(0, True))
        for number in range(1, changes + 1):
            # A screen that stands still between, for as long as screens do.
            await asyncio.sleep(random.Random(number).choice((0.1, 0.5, 2.0)))
            picture = encoder.picture(number * 12 % 240)
            page.send(picture)
            page.say(record(number, now()))
        await page.until(lambda: page.known == changes)
        await until(lambda: _has(recorder, changes + 1))
        await page.close()
        await desk.expect("part_ended")
        timeline = recorder.folder.timeline("rec")
        with recorder.folder.open_part("rec", 1) as video:
            found = shown(video)
        apart = [
            abs(timeline.parts[0].offset + picture - entry.offset)
            for (picture, _), entry in zip(found[1:], timeline.entries, strict=True)
        ]
        return {"apart, median ms": statistics.median(apart), "apart, most ms": max(apart)}


def _has(recorder: Recorder, pictures: int) -> bool:
    with recorder.folder.open_part("rec", 1) as video:
        return len(shown(video)) >= pictures
