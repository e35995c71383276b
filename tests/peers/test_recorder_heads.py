"""The recorder asks for the signed heads of the representative's page, and keeps what they prove: real connections."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from deskside.core.versions import OLDEST, SPOKEN
from tests.peers.desk import Desk, Recorder
from tests.peers.page import Page
from tests.peers.waiting import until
from tests.recordings.test_proof import Recorded, Server

Scene = Callable[[Desk, Recorder, Recorded], Awaitable[None]]


def played(scene: Scene, data: Path, spoken: dict[str, int] = SPOKEN) -> list[tuple[str, bool]]:
    """Let this happen; the messages of the timeline, and whether each is marked as not confirmed."""

    async def play() -> Recorder:
        async with Desk() as desk:
            desk.spoken = spoken
            with Recorder(data, desk.port) as recorder:
                await desk.came()
                await desk.expect("hello")
                await scene(desk, recorder, Recorded().join())
                await asyncio.to_thread(recorder.end)
                return recorder

    return marks(asyncio.run(play()))


def marks(recorder: Recorder) -> list[tuple[str, bool]]:
    timeline = recorder.folder.timeline("rec")
    return [(one.record["text"], one.is_marked) for one in timeline.entries if one.record["kind"] == "message"]


async def begun(desk: Desk, part: int = 1) -> Page:
    """A page that is recorded, whose recorder has asked for heads."""
    page = Page()
    await desk.offer("rec", part, await page.offer())
    if part == 1:
        assert await desk.expect("heads_wanted") == {"type": "heads_wanted", "recording": "rec", "first": 1}
    answer = await desk.expect("answer")
    await page.answered(answer["sdp"])
    await desk.expect("part_started")
    return page


async def tell(page: Page, *entries: dict[str, Any]) -> None:
    for entry in entries:
        page.say(entry)
    await page.until(lambda: page.known == entries[-1]["number"])


def answer(session: Recorded, wanted: dict[str, Any]) -> dict[str, Any] | None:
    """What the representative's page says to this; None while it has nothing to say."""
    server = Server()
    console: Any = session.pages.representative.page
    console.signaling = server
    session.pages.representative.record.heads_wanted(wanted | {"session": "s1"})
    session.pages.tick(1)
    return {name: value for name, value in server.heads[0].items() if name != "type"} if server.heads else None


async def answered(desk: Desk, session: Recorded, wanted: dict[str, Any]) -> None:
    heads = answer(session, wanted)
    assert heads
    await desk.send("heads", recording="rec", name="Robin", **heads)


def said(session: Recorded, *texts: str) -> list[dict[str, Any]]:
    """The representative says this; what is new in the record."""
    before = len(session.records)
    for text in texts:
        session.pages.write(text, "representative").run()
    session.pages.tick(2)
    return session.records[before:]


def test_an_invention_is_marked_and_what_was_said_is_not(tmp_path: Path) -> None:
    async def scene(desk: Desk, recorder: Recorder, session: Recorded) -> None:
        page = await begun(desk)
        said(session, "Good morning", "I look into it", "Done")
        entries = session.records
        forged = entries[2] | {"text": "I pay you 1000"}
        await tell(page, *entries[:2], forged, *entries[3:])
        await answered(desk, session, {"first": 1})
        wanted = await desk.expect("heads_wanted")
        assert wanted["first"] == 3 and wanted["known"], "it may be seen a little later"
        await until(lambda: sum(marked for _, marked in marks(recorder)) == 1)
        await desk.send("finish", recording="rec")
        await desk.expect("part_ended")
        assert (await desk.expect("heads_wanted"))["first"] == 3
        await desk.expect("finished")

    assert played(scene, tmp_path) == [("Good morning", False), ("I pay you 1000", True), ("Done", False)]


def test_what_is_signed_after_the_end_is_heard(tmp_path: Path) -> None:
    async def scene(desk: Desk, recorder: Recorder, session: Recorded) -> None:
        page = await begun(desk)
        await tell(page, *session.records, *said(session, "First"))
        await answered(desk, session, {"first": 1})
        wanted = await desk.expect("heads_wanted")
        await tell(page, *said(session, "Last words"))
        await desk.send("finish", recording="rec")
        await desk.expect("part_ended")
        again = await desk.expect("heads_wanted")
        assert again["first"] == wanted["first"] and again["known"] == wanted["known"]
        await answered(desk, session, again)
        await desk.expect("finished")

    assert played(scene, tmp_path) == [("First", False), ("Last words", False)]


def test_a_pause_leaves_no_gap_and_another_line_is_asked_anew(tmp_path: Path) -> None:
    async def scene(desk: Desk, recorder: Recorder, session: Recorded) -> None:
        page = await begun(desk)
        await tell(page, *session.records, *said(session, "Before"))
        await desk.shut()
        said(session, "Not for the recorder")
        await tell(page, *said(session, "After"))
        await desk.open()
        await desk.expect("hello")
        await desk.expect("part_started")
        wanted = await desk.expect("heads_wanted")
        assert "known" not in wanted
        await answered(desk, session, wanted)
        await until(lambda: bool(marks(recorder)) and recorder.folder.timeline("rec").has_proof)
        await desk.send("finish", recording="rec")
        while (await desk.next())["type"] != "finished":
            pass

    assert played(scene, tmp_path) == [("Before", False), ("After", False)]


def test_a_recorder_that_was_killed_goes_on_with_what_is_not_proved(tmp_path: Path) -> None:
    async def play() -> list[tuple[str, bool]]:
        session = Recorded().join()
        async with Desk() as desk:
            desk.spoken = SPOKEN
            with Recorder(tmp_path, desk.port) as killed:
                await desk.expect("hello")
                page = await begun(desk)
                await tell(page, *session.records, *said(session, "Before"))
                killed.kill()
                await page.close()
            with Recorder(tmp_path, desk.port, DESKSIDE_RECORDING_KEY=killed.key) as recorder:
                await desk.expect("hello")
                other = Page()
                await desk.offer("rec", 2, await other.offer())
                wanted = await desk.expect("heads_wanted")
                await other.answered((await desk.expect("answer"))["sdp"])
                await desk.expect("part_started")
                await tell(other, *said(session, "After"))
                await answered(desk, session, wanted)
                await until(lambda: len(marks(recorder)) == 2 and not any(marked for _, marked in marks(recorder)))
                await asyncio.to_thread(recorder.end)
                assert recorder.folder.timeline("rec").has_proof
                return marks(recorder)

    assert asyncio.run(play()) == [("Before", False), ("After", False)]


@pytest.mark.parametrize("spoken", [{}, {"version": 3, "oldest": OLDEST}])
def test_a_server_of_the_last_release_is_not_asked_and_nothing_is_waited_for(
    tmp_path: Path, spoken: dict[str, int]
) -> None:
    async def scene(desk: Desk, recorder: Recorder, session: Recorded) -> None:
        page = await desk.connect("rec", 1)
        await tell(page, *session.records, *said(session, "First"))
        await desk.send("finish", recording="rec")
        await desk.expect("part_ended")
        await desk.expect("finished")
        assert recorder.folder.timeline("rec").is_unproved

    assert played(scene, tmp_path, spoken) == [("First", False)]
