"""The recorder as a process: what the server asks of it, and the parts that it has open."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from deskside.core.recorder_messages import HEADS_SINCE
from signaling.peers.recorder import hooks
from signaling.peers.recorder.disk import Disk, reason_of
from signaling.peers.recorder.finishing import Finisher
from signaling.peers.recorder.line import Line
from signaling.peers.recorder.offers import BadOffer
from signaling.peers.recorder.part import Part
from signaling.peers.recorder.recording import Recording
from signaling.recordings.folder import RecordingFolder
from signaling.recordings.keyring import KeyMissing
from signaling.recordings.sealed import AlreadyClosed, SealBroken
from signaling.secrets import identifier

log = structlog.get_logger()
Message = dict[str, Any]
LOOK_AT_ROOM = 2.0
ANSWERS_WITHIN = 12.0
LAST_WORDS = 1.0
ENDS_WITHIN = 5.0


@dataclass(frozen=True)
class Options:
    """What an operator may change about a recorder. Room is in bytes."""

    server: str
    token: str
    capacity: int
    certificate: Path | None = None
    room_to_begin: int = 512 << 20
    room_to_go_on: int = 64 << 20


class Service:
    """`run` until it is cancelled; then everything that is open is ended and written."""

    def __init__(self, options: Options, folder: RecordingFolder) -> None:
        self._options = options
        self._folder = folder
        self._disk = Disk()
        self._finisher = Finisher(folder)
        self._recordings: dict[str, Recording] = {}
        self._finishing: set[str] = set()
        self._parts = 0
        self._opening = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        lacking = hooks.missing()
        if lacking:
            log.error("recorder_cannot_record", missing=lacking)
        self._capacity = 0 if lacking else options.capacity
        hello = {"recorder": identifier(), "capacity": self._capacity}
        self._line = Line(options.server, options.token, hello, self._received, options.certificate)

    async def run(self) -> None:
        """Record whatever the server asks for."""
        self._disk.start()
        self._finisher.start()
        line = asyncio.create_task(self._line.run())
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._watch_room())
                group.create_task(self._mend())
        finally:
            await self._end()
            line.cancel()

    # --- what the server says ----------------------------------------------------------------------------------

    def _received(self, message: Message) -> None:
        kind = message["type"]
        if kind == "welcome":
            self._repeat()
        elif kind == "offer":
            self._spawn(self._offered(message))
        elif kind == "end_part":
            self._end_part(message["recording"], message["part"])
        elif kind == "finish":
            self._spawn(self._finish(message["recording"]))
        elif kind == "heads":
            recording = self._recordings.get(message["recording"])
            if recording:
                recording.heads.told(message)

    def _repeat(self) -> None:
        """What stands, stands: said again, because nobody knows what of the former line has arrived."""
        for recording in self._recordings.values():
            for part in recording.parts.values():
                if part.is_open:
                    self._line.send("part_started", **_name(part), at=part.began)
            recording.heads.ask_again()

    def _ask(self, recording: str, wanted: dict[str, Any]) -> bool:
        """For heads of this recording's session. It is asked again on the next line, so that nothing of it waits."""
        if not self._line.is_open or self._line.version < HEADS_SINCE:
            return False
        self._line.send("heads_wanted", recording=recording, **wanted)
        return True

    async def _offered(self, message: Message) -> None:
        id, number = message["recording"], message["part"]
        reason = await self._reason_against(id)
        if reason:
            self._line.send("refused", recording=id, part=number, reason=reason)
            return
        self._parts += 1
        try:
            part = await self._begin(id, number, message)
        except (AlreadyClosed, OSError, SealBroken, KeyMissing) as error:
            self._parts -= 1
            log.error("recorder_cannot_open", recording=id, error=type(error).__name__)
            reason = "not_allowed" if isinstance(error, AlreadyClosed) else reason_of(error)
            self._line.send("refused", recording=id, part=number, reason=reason)
            return
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                answer = await part.answer(message["sdp"])
        except (BadOffer, TimeoutError) as error:
            log.warning("recorder_offer_refused", recording=id, error=type(error).__name__)
            part.refuse("bad_offer" if isinstance(error, BadOffer) else "failed")
        else:
            self._line.send("answer", recording=id, part=number, sdp=answer)

    async def _reason_against(self, id: str) -> str:
        if not self._capacity:
            return "failed"
        if self._parts >= self._capacity:
            return "full"
        try:
            free = await self._disk.run(self._folder.free)
        except OSError:
            return "failed"
        return "no_room" if free < self._options.room_to_begin else ""

    async def _begin(self, id: str, number: int, message: Message) -> Part:
        async with self._opening:
            if id in self._finishing:
                raise AlreadyClosed
            recording = self._recordings.get(id)
            if not recording:
                recording = await Recording.opened(id, self._disk, self._folder, self._ask)
                self._recordings[id] = recording
                recording.heads.ask_again()
        if number in recording.parts:
            raise FileExistsError
        part = Part(recording, number, self._disk, message["ice_servers"], self._started, self._ended)
        recording.parts[number] = part
        return part

    def _end_part(self, id: str, number: int) -> None:
        recording = self._recordings.get(id)
        part = recording.parts.get(number) if recording else None
        if part:
            part.end("asked")
        else:
            self._line.send("part_ended", recording=id, part=number, reason="gone")

    async def _finish(self, id: str) -> None:
        if id in self._finishing:
            return
        self._finishing.add(id)
        try:
            await self._end_parts(id, "asked")
            if id in self._recordings:
                await self._recordings[id].heads.settled()
            async with self._opening:
                recording = self._recordings.pop(id, None)
                if recording:
                    await recording.close()
            finished = await self._finisher.finish(id)
            self._line.send("finished", recording=id, size=finished.size, duration=finished.duration)
        finally:
            self._finishing.discard(id)

    # --- parts -------------------------------------------------------------------------------------------------

    def _started(self, part: Part) -> None:
        log.info("recording_part_started", recording=part.recording.id, part=part.number)
        self._line.send("part_started", **_name(part), at=part.began)
        # The page has one connection; what it had before it has lost.
        for number, other in list(part.recording.parts.items()):
            if number < part.number:
                other.end("gone")

    def _ended(self, part: Part, reason: str) -> None:
        log.info("recording_part_ended", recording=part.recording.id, part=part.number, reason=reason)
        part.recording.parts.pop(part.number, None)
        self._parts -= 1
        if part.refusal:
            self._line.send("refused", **_name(part), reason=part.refusal)
        else:
            self._line.send("part_ended", **_name(part), reason=reason)

    async def _end_parts(self, id: str | None, reason: str, tell: str = "") -> None:
        ending = [
            part
            for recording in self._recordings.values()
            if id in (None, recording.id)
            for part in recording.parts.values()
        ]
        for part in ending:
            part.end(reason, tell)
        for part in ending:
            await part.over()

    # --- what goes on all the time -----------------------------------------------------------------------------

    async def _watch_room(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AT_ROOM)
            try:
                has_room = await self._disk.run(self._folder.free) >= self._options.room_to_go_on
            except OSError:
                has_room = False
            if not has_room and self._parts:
                log.error("recorder_has_no_room", parts=self._parts)
                await self._end_parts(None, "no_room")

    async def _mend(self) -> None:
        """What a process before this one has left open."""
        for id in await self._finisher.leftovers():
            await self._finisher.mend(id, lambda number, id=id: self._is_open(id, number))  # type: ignore[misc]

    def _is_open(self, id: str, number: int) -> bool:
        recording = self._recordings.get(id)
        return bool(recording and number in recording.parts)

    async def _end(self) -> None:
        try:
            async with asyncio.timeout(ENDS_WITHIN):
                await self._end_parts(None, "failed", "missing")
                for recording in self._recordings.values():
                    await recording.close()
                async with asyncio.timeout(LAST_WORDS):
                    await self._line.said()
                    await self._line.close()
        except TimeoutError:
            log.warning("recorder_ends_in_haste")
        self._disk.stop(ENDS_WITHIN)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _name(part: Part) -> Message:
    return {"recording": part.recording.id, "part": part.number}
