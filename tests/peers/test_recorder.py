"""The recorder as a process: real connections, a real folder, and a server of which there is only the WebSocket."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import av

from tests.peers.desk import Desk, Recorder
from tests.peers.page import Page, record
from tests.peers.pictures import are, shown
from tests.peers.waiting import until

Scene = Callable[[Desk, Recorder], Awaitable[None]]


def played(scene: Scene, data: Path, **variables: str) -> Recorder:
    """Let this happen between a server and a recorder; the recorder, which has ended well."""

    async def play() -> Recorder:
        async with Desk() as desk:
            with Recorder(data, desk.port, **variables) as recorder:
                await desk.came()
                await desk.expect("hello")
                await scene(desk, recorder)
                await asyncio.to_thread(recorder.end)
                return recorder

    return asyncio.run(play())


async def pictures(recorder: Recorder, recording: str, part: int, count: int) -> list[tuple[int, int]]:
    """The pictures that can be read, as soon as there are so many."""

    def look() -> list[tuple[int, int]]:
        found = readable(recorder, recording, part)
        return found if len(found) >= count else []

    return await until(look)


def readable(recorder: Recorder, recording: str, part: int) -> list[tuple[int, int]]:
    """The pictures that can be read now."""
    try:
        with recorder.folder.open_part(recording, part) as video:
            return shown(video)
    except (FileNotFoundError, av.FFmpegError):
        return []  # it has not begun yet


def now() -> int:
    return time.time_ns() // 1_000_000


def test_pictures_and_entries_are_kept_and_made_whole(tmp_path: Path) -> None:
    async def scene(desk: Desk, recorder: Recorder) -> None:
        page = await desk.connect("rec", 1)
        assert page.known == 0
        began = now()
        for number in range(1, 11):
            page.show(20 * number)
            page.say(record(number, now()))
            await page.until(lambda number=number: page.known == number)  # type: ignore[misc]
        assert len(await pictures(recorder, "rec", 1, 10)) == 10
        await page.close()
        ended = await desk.expect("part_ended")
        assert (ended["part"], ended["reason"]) == (1, "gone")
        await desk.send("finish", recording="rec")
        finished = await desk.expect("finished")
        assert finished["size"] == recorder.folder.size("rec")
        timeline = recorder.folder.timeline("rec")
        assert finished["duration"] == timeline.duration
        assert [entry.number for entry in timeline.entries] == list(range(1, 11))
        assert [entry.part for entry in timeline.entries] == [1] * 10
        assert abs(timeline.start - began) < 5000

    recorder = played(scene, tmp_path)
    assert [part.complete for part in recorder.folder.parts("rec")] == [True]
    with recorder.folder.open_part("rec", 1) as video:
        found = shown(video)
    assert are(found, [20 * number for number in range(1, 11)])
    assert [at for at, _ in found] == sorted({at for at, _ in found})


def test_a_lost_connection_is_another_part_of_the_same_recording(tmp_path: Path) -> None:
    async def scene(desk: Desk, recorder: Recorder) -> None:
        first = await desk.connect("rec", 1)
        first.show(50)
        first.say(record(1, now()))
        await first.until(lambda: first.known == 1)
        await pictures(recorder, "rec", 1, 1)
        # The page has lost the first connection, and the recorder has not noticed.
        second = Page()
        await desk.offer("rec", 2, await second.offer())
        await second.answered((await desk.expect("answer"))["sdp"])
        assert second.known == 1
        assert (await desk.expect("part_started"))["part"] == 2
        assert (await desk.expect("part_ended"))["part"] == 1
        second.say(record(1, now()))
        second.say(record(4, now()))
        await second.until(lambda: second.known == 4)
        second.show(90)
        await pictures(recorder, "rec", 2, 1)
        await desk.send("end_part", recording="rec", part=2)
        assert (await desk.expect("part_ended"))["reason"] == "asked"
        await desk.send("finish", recording="rec")
        await desk.expect("finished")

    recorder = played(scene, tmp_path)
    timeline = recorder.folder.timeline("rec")
    assert [(part.number, part.reason) for part in timeline.parts] == [(1, "gone"), (2, "asked")]
    assert [(entry.number, entry.part) for entry in timeline.entries] == [(1, 1), (4, 2)]
    assert timeline.parts[1].offset >= timeline.parts[0].duration


def test_a_connection_without_a_picture_has_a_timeline(tmp_path: Path) -> None:
    async def scene(desk: Desk, recorder: Recorder) -> None:
        page = await desk.connect("rec", 1)
        page.say(record(7, now()))
        await page.until(lambda: page.known == 7)
        await desk.send("finish", recording="rec")
        await desk.expect("part_ended")
        assert (await desk.expect("finished"))["size"] > 0

    recorder = played(scene, tmp_path)
    assert recorder.folder.parts("rec") == []
    assert [entry.number for entry in recorder.folder.timeline("rec").entries] == [7]


def test_what_was_on_the_disk_when_the_recorder_was_killed_is_there_and_plays(tmp_path: Path) -> None:
    async def play() -> None:
        async with Desk() as desk:
            with Recorder(tmp_path, desk.port) as killed:
                await desk.expect("hello")
                page = await desk.connect("rec", 1)
                for number in range(1, 6):
                    page.show(30 * number)
                    page.say(record(number, now()))
                await page.until(lambda: page.known == 5)
                seen = await pictures(killed, "rec", 1, 5)
                page.show(200)
                killed.kill()
                await page.close()
            with Recorder(tmp_path, desk.port, DESKSIDE_RECORDING_KEY=killed.key) as recorder:
                await desk.expect("hello")
                # The session goes on, and with it the recording.
                other = await desk.connect("rec", 2)
                assert other.known == 5
                other.say(record(6, now()))
                await other.until(lambda: other.known == 6)
                await desk.send("finish", recording="rec")
                await desk.expect("part_ended")
                await desk.expect("finished")
                await asyncio.to_thread(recorder.end)
            with recorder.folder.open_part("rec", 1) as video:
                assert video.is_complete
                assert shown(video)[:5] == seen
            timeline = recorder.folder.timeline("rec")
            assert [entry.number for entry in timeline.entries] == [1, 2, 3, 4, 5, 6]
            assert [part.number for part in timeline.parts] == [1, 2]

    asyncio.run(play())


def test_parts_that_a_killed_recorder_left_are_made_whole_at_the_next_start(tmp_path: Path) -> None:
    async def play() -> None:
        async with Desk() as desk:
            with Recorder(tmp_path, desk.port) as killed:
                await desk.expect("hello")
                page = await desk.connect("rec", 1)
                page.show(100)
                await pictures(killed, "rec", 1, 1)
                killed.kill()
                await page.close()
            assert killed.folder.unfinished() == ["rec"]
            with Recorder(tmp_path, desk.port, DESKSIDE_RECORDING_KEY=killed.key) as recorder:
                await desk.expect("hello")
                await until(lambda: not recorder.folder.unfinished())
                # A recording that this process never had open is finished all the same.
                await desk.send("finish", recording="rec")
                assert (await desk.expect("finished"))["duration"] > 0
                await desk.send("finish", recording="another")
                assert (await desk.expect("finished"))["size"] == 0

    asyncio.run(play())


def test_a_page_that_loses_every_tenth_packet_loses_no_picture(tmp_path: Path) -> None:
    async def scene(desk: Desk, recorder: Recorder) -> None:
        page = await desk.connect("rec", 1)
        sent = 0

        def is_tenth(data: bytes) -> bool:
            nonlocal sent
            sent += 1
            return sent % 10 == 0

        page.lose(is_tenth)
        for number in range(100):
            # Where a packet comes again late, a keyframe is asked for, and given one the recorder skips to it.
            page.show(100 + number, obeys=False)
            await asyncio.sleep(0.03)
        found = await pictures(recorder, "rec", 1, 95)
        # The last ones may be on their way again.
        assert are(found, [100 + number for number in range(len(found))])
        await page.close()
        await desk.expect("part_ended")

    played(scene, tmp_path)


def test_after_packets_that_never_come_a_keyframe_is_asked_for_and_nothing_broken_is_kept(tmp_path: Path) -> None:
    async def scene(desk: Desk, recorder: Recorder) -> None:
        page = await desk.connect("rec", 1)
        for number in range(10):
            page.show(10 * number)
        await pictures(recorder, "rec", 1, 10)
        is_cut = True
        page.lose(lambda data: is_cut)
        for number in range(150):
            page.show(number)
        await until(lambda: page.lost >= 150)
        is_cut = False

        def is_back() -> list[tuple[int, int]]:
            page.show(222)
            found = readable(recorder, "rec", 1)
            return found if len(found) > 10 and page.keyframes > 1 and found[-1][1] > 218 else []

        found = await until(is_back)
        assert are(found[:10], [10 * number for number in range(10)])
        await page.close()
        await desk.expect("part_ended")

    played(scene, tmp_path)
