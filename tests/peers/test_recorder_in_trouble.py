"""What the recorder does when something is full, lost, wrong or over."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from deskside.core.versions import VERSION
from signaling.peers.recorder import hooks
from signaling.peers.recorder.service import Options, Service
from signaling.recordings.folder import RecordingFolder
from signaling.recordings.keyring import Keyring
from tests.peers.desk import TOKEN, Desk, Recorder
from tests.peers.page import Page, record
from tests.peers.pictures import shown
from tests.peers.waiting import until

PLENTY = 1 << 40


class SmallDisk(RecordingFolder):
    """A folder on a disk that has as much room as a test says."""

    room = PLENTY

    def free(self) -> int:
        return self.room


@asynccontextmanager
async def recording(data: Path, capacity: int = 5) -> AsyncIterator[tuple[Desk, SmallDisk]]:
    """A server and a recorder in this process, which has said `hello`."""
    folder = SmallDisk(data / "recordings", Keyring.from_text(Keyring.generate()))
    async with Desk() as desk:
        service = Service(Options(f"http://127.0.0.1:{desk.port}", TOKEN, capacity), folder)
        running = asyncio.create_task(service.run())
        try:
            await desk.came()
            yield desk, folder
        finally:
            running.cancel()
            await asyncio.wait([running])


async def refusal(desk: Desk, sdp: str | None = None, recording: str = "rec", part: int = 1) -> str:
    """Why this is not recorded."""
    page = Page()
    await desk.offer(recording, part, await page.offer() if sdp is None else sdp)
    reason: str = (await desk.expect("refused"))["reason"]
    await page.close()
    return reason


def test_it_takes_as_many_connections_as_it_says_and_another_one_when_one_has_ended(tmp_path: Path) -> None:
    async def play() -> None:
        async with recording(tmp_path, capacity=1) as (desk, _):
            assert (await desk.expect("hello"))["capacity"] == 1
            page = await desk.connect("rec", 1)
            assert await refusal(desk, recording="other") == "full"
            await page.close()
            await desk.expect("part_ended")
            page = await desk.connect("other", 1)
            await page.close()

    asyncio.run(play())


def test_a_disk_with_little_room_takes_no_more_and_one_with_none_ends_what_is_open(tmp_path: Path) -> None:
    async def play() -> None:
        async with recording(tmp_path) as (desk, folder):
            await desk.expect("hello")
            page = await desk.connect("rec", 1)
            folder.room = 500 << 20
            assert await refusal(desk, recording="other") == "no_room"
            folder.room = 60 << 20
            await page.until(lambda: page.failed == "no_room")
            assert (await desk.expect("part_ended"))["reason"] == "no_room"
            await page.close()

    asyncio.run(play())


def test_a_file_that_cannot_grow_ends_its_part_and_plays_up_to_there(tmp_path: Path) -> None:
    async def play() -> None:
        async with Desk() as desk:
            with Recorder(tmp_path, desk.port) as recorder:
                await desk.expect("hello")
                page = await desk.connect("rec", 1)
                page.show(100)
                await until(lambda: recorder.folder.parts("rec"))
                resource.prlimit(recorder.process.pid, resource.RLIMIT_FSIZE, (200_000, 200_000))

                def is_over() -> bool:
                    page.send(bytes([0x11, 0, 0]) + bytes(3000))
                    return page.failed != ""

                await until(is_over)
                assert page.failed == "no_room"
                assert (await desk.expect("part_ended"))["reason"] == "no_room"
                await page.close()
                with recorder.folder.open_part("rec", 1) as video:
                    assert 3000 < video.length <= 200_000
                await asyncio.to_thread(recorder.end)

    asyncio.run(play())


def test_a_server_of_version_1_gets_a_hello_that_it_understands(tmp_path: Path) -> None:
    async def play() -> None:
        async with Desk() as desk:
            desk.refuses_versions = True
            with Recorder(tmp_path, desk.port) as recorder:
                assert (await desk.expect("hello"))["version"] == VERSION
                assert "version" not in await desk.expect("hello")
                page = await desk.connect("rec", 1)
                await page.close()
                await desk.expect("part_ended")
                await asyncio.to_thread(recorder.end)

    asyncio.run(play())


def test_a_line_that_is_lost_is_opened_again_and_what_happened_meanwhile_is_said(tmp_path: Path) -> None:
    async def play() -> None:
        async with recording(tmp_path) as (desk, _):
            hello = await desk.expect("hello")
            gone, stays = await desk.connect("rec", 1), await desk.connect("other", 3)
            await desk.shut()
            await gone.close()
            # Pictures and entries need no server.
            stays.say(record(1, 1000))
            await stays.until(lambda: stays.known == 1)
            await desk.open()
            assert await desk.expect("hello") == hello
            said = [await desk.next(), await desk.next()]
            assert sorted((message["type"], message["recording"]) for message in said) == [
                ("part_ended", "rec"),
                ("part_started", "other"),
            ]
            await stays.close()

    asyncio.run(play())


@pytest.mark.parametrize("change", ["nothing", "audio", "codec", "direction", "order"])
def test_an_offer_that_is_none_of_ours_is_refused_and_leaves_nothing(tmp_path: Path, change: str) -> None:
    changes = {
        "nothing": ("m=", "x="),
        "audio": ("m=video", "m=audio"),
        "codec": ("VP8/90000", "VP9/90000"),
        "direction": ("a=sendonly", "a=recvonly"),
        "order": ("a=ice-ufrag", "a=unheard-of"),
    }

    async def play() -> None:
        async with recording(tmp_path) as (desk, folder):
            await desk.expect("hello")
            page = Page()
            assert await refusal(desk, (await page.offer()).replace(*changes[change])) == "bad_offer"
            await page.close()
            await desk.send("finish", recording="rec")
            assert (await desk.expect("finished"))["size"] == 0
            assert not folder.exists("rec")

    asyncio.run(play())


def test_a_part_that_is_there_already_and_a_recording_that_is_finished_are_not_added_to(tmp_path: Path) -> None:
    async def play() -> None:
        async with recording(tmp_path) as (desk, _):
            await desk.expect("hello")
            page = await desk.connect("rec", 1)
            assert await refusal(desk, part=1) == "failed"
            page.say(record(1, 1000))
            await page.until(lambda: page.known == 1)
            await desk.send("finish", recording="rec")
            assert (await desk.expect("part_ended"))["reason"] == "asked"
            await desk.expect("finished")
            assert await refusal(desk, part=2) == "not_allowed"
            await page.close()
            await desk.send("end_part", recording="rec", part=1)
            assert (await desk.expect("part_ended"))["reason"] == "gone"

    asyncio.run(play())


@pytest.mark.parametrize("text", ["", "{}", '{"type":"known","number":3}', '{"type":"entry","record":{"number":1}}'])
def test_nonsense_on_the_timeline_ends_the_part(tmp_path: Path, text: str) -> None:
    async def play() -> None:
        async with recording(tmp_path) as (desk, _):
            await desk.expect("hello")
            page = await desk.connect("rec", 1)
            page.raw(text)
            await page.until(lambda: page.failed == "failed")
            assert (await desk.expect("part_ended"))["reason"] == "bad_media"
            await page.close()

    asyncio.run(play())


def test_a_timeline_that_is_full_takes_nothing_more_and_the_recording_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.recordings.timeline.LARGEST", 2000)

    async def play() -> None:
        async with recording(tmp_path) as (desk, folder):
            await desk.expect("hello")
            page = await desk.connect("rec", 1)
            for number in range(1, 40):
                page.say(record(number, number))

            await until(lambda: folder.timeline("rec").is_full)
            page.say(record(40, 40))
            await page.close()
            assert (await desk.expect("part_ended"))["reason"] == "gone"
            kept = folder.timeline("rec").entries
            assert 1 < len(kept) < 39 and page.known <= len(kept)
            assert [entry.number for entry in kept] == list(range(1, len(kept) + 1))

    asyncio.run(play())


def test_pictures_that_are_none_end_the_part(tmp_path: Path) -> None:
    async def play() -> None:
        async with recording(tmp_path) as (desk, folder):
            await desk.expect("hello")
            page = await desk.connect("rec", 1)

            def is_over() -> bool:
                for _ in range(20):
                    page.send(b"\x10\x00\x00no picture")
                return page.failed != ""

            await until(is_over)
            assert (await desk.expect("part_ended"))["reason"] == "bad_media"
            assert folder.parts("rec") == []
            await page.close()

    asyncio.run(play())


def test_a_recorder_that_is_ended_tells_the_pages_and_leaves_files_that_play(tmp_path: Path) -> None:
    async def play() -> None:
        async with Desk() as desk:
            with Recorder(tmp_path, desk.port) as recorder:
                await desk.expect("hello")
                page = await desk.connect("rec", 1)
                page.show(100)
                page.say(record(1, 1000))
                await page.until(lambda: page.known == 1)
                await until(lambda: recorder.folder.parts("rec"))
                recorder.process.terminate()
                await page.until(lambda: page.failed == "missing")
                assert (await desk.expect("part_ended"))["reason"] == "failed"
                await asyncio.to_thread(recorder.end)
                await page.close()
                with recorder.folder.open_part("rec", 1) as video:
                    assert video.is_complete
                    assert len(shown(video)) == 1
                part = recorder.folder.timeline("rec").part(1)
                assert part and (part.reason, part.end is not None) == ("failed", True)

    asyncio.run(play())


def test_with_another_aiortc_nothing_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "missing", lambda: ["RTCRtpReceiver.__jitter_buffer.add"])

    async def play() -> None:
        async with recording(tmp_path) as (desk, _):
            assert (await desk.expect("hello"))["capacity"] == 0
            assert await refusal(desk) == "failed"

    asyncio.run(play())


def test_nothing_is_logged_that_only_people_should_know(tmp_path: Path) -> None:
    async def play() -> None:
        async with Desk() as desk:
            with Recorder(tmp_path, desk.port) as recorder:
                await desk.expect("hello")
                page = await desk.connect("rec", 1)
                page.say(record(1, 1000, name="Ann", text="my password is tulip"))
                await page.until(lambda: page.known == 1)
                page.raw('{"type":"entry","record":"my password is tulip"}')
                await desk.expect("part_ended")
                await page.close()
                log = await asyncio.to_thread(recorder.end)
        assert "recording_part_started" in log
        for secret in ("tulip", "Ann", TOKEN, recorder.key, "192.", "candidate"):
            assert secret not in log

    asyncio.run(play())
