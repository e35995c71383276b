"""One connection from a customer's page: what comes on it goes to the disk as it is, nothing is decoded."""

import asyncio
import json
import random
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import structlog
from aiortc import MediaStreamTrack, RTCDataChannel

from deskside.core.codec import decode, encode
from deskside.core.errors import ProtocolError
from deskside.core.recorder_messages import TIMELINE
from signaling.frames import loads
from signaling.peers.recorder.clock import PartClock
from signaling.peers.recorder.disk import Disk
from signaling.peers.recorder.hooks import Consent, Tap, let_media_pass
from signaling.peers.recorder.offers import answered, cleaned, connection
from signaling.peers.recorder.packets import Assembler
from signaling.peers.recorder.recording import Recording, moment
from signaling.peers.recorder.vp8 import Frame

log = structlog.get_logger()
TICK = 0.1
"""Seconds to the next look at what is waited for."""
CONNECTS_WITHIN = 20.0
"""Seconds that a page gets for its connection, once it was answered."""
KEYFRAME_EVERY = (10.0, 20.0)
"""Seconds of movement after which a keyframe is asked for: not all pages at the same moment."""
MOST_PENDING = 48 << 20
"""Bytes that wait for the disk, of all parts together. Beyond, pictures are left out up to the next keyframe."""
MOST_REFUSED = 500
LAST_WORDS = 0.5
CLOSES_WITHIN = 10.0
WINDOW = 10.0
MOST_IN_WINDOW = 60 << 20
"""Bytes: many times what a page of ours would send. Whoever sends more wants to fill the disk."""
_FROM_PAGE = {"entry": TIMELINE["entry"]}
FAILED_BECAUSE = {"no_room": "no_room", "failed": "failed", "bad_media": "failed", "missing": "missing"}


class Part:
    """Answers one offer. `started` and `ended` are called once each at most, `ended` when all is on the disk."""

    def __init__(
        self,
        recording: Recording,
        number: int,
        disk: Disk,
        ice_servers: Iterable[dict[str, Any]],
        started: Callable[["Part"], None],
        ended: Callable[["Part", str], None],
    ) -> None:
        self.recording = recording
        self.number = number
        self.is_open = False
        self.began = 0
        """When the connection stood, by our clock, in milliseconds."""
        self.refusal = ""
        """Why the offer was refused, where it was."""
        self._disk = disk
        self._started, self._ended = started, ended
        self._loop = asyncio.get_running_loop()
        self._assembler = Assembler(random.uniform(*KEYFRAME_EVERY))
        self._clock = PartClock()
        self._video = recording.video(number, self.end)
        self._began = 0.0
        self._noted: int | None = None
        self._tap: Tap | None = None
        self._ending: asyncio.Task[None] | None = None
        self._asking: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._window, self._in_window = 0.0, 0
        self._deadline = self._loop.call_later(CONNECTS_WITHIN, self.end, "gone")
        self._connection = connection(ice_servers)
        Consent(self._connection.getReceivers()[0])
        self._connection.on("track", self._track)
        self._connection.on("connectionstatechange", self._connection_changed)
        self._timeline: RTCDataChannel = self._connection.createDataChannel("timeline", negotiated=True, id=0)
        self._timeline.on("open", self.tell_known)
        self._timeline.on("message", self._message)

    async def answer(self, sdp: str) -> str:
        """The answer to the page's offer. Raises BadOffer; then the part is to be ended."""
        return await answered(self._connection, cleaned(sdp))

    def tell_known(self) -> None:
        """Tell the page which entry is the last that is on the disk."""
        self._tell("known", number=self.recording.known)

    def end(self, reason: str, tell: str = "") -> None:
        """Close the connection; `ended` follows. `tell` is why, for the page, when it is not the page's doing."""
        if not self._ending:
            self._deadline.cancel()
            self._ending = self._loop.create_task(self._end(reason, tell or FAILED_BECAUSE.get(reason, "")))

    def refuse(self, reason: str) -> None:
        """The same for a part that was never answered."""
        if not self._ending:
            self.refusal = reason
            self.end("failed")

    async def over(self) -> None:
        """Wait until the part has ended."""
        if self._ending:
            await asyncio.wait([self._ending])

    # --- what comes on the connection: hooks.Sink ------------------------------------------------------------

    def packet(self, sequence: int, timestamp: int, marker: bool, payload: bytes) -> bool:
        """A packet of the picture."""
        now = self._loop.time()
        if self._is_too_much(len(payload), now):
            self.end("bad_media")
            return False
        frames = self._assembler.received(sequence, timestamp, marker, payload, now)
        if frames:
            self._keep(frames)
        elif self._assembler.refused > MOST_REFUSED:
            self.end("bad_media")
        self._look_again()
        return self._assembler.wants_keyframe(now)

    def report(self, ntp_timestamp: int, rtp_timestamp: int) -> None:
        """A sender report."""
        self._clock.reported(ntp_timestamp, rtp_timestamp)
        self._note_start()

    def failed(self, error: Exception) -> None:
        """One of these has raised."""
        log.error("recorder_part_failed", error=type(error).__name__)
        self.end("bad_media" if isinstance(error, ValueError) else "failed")

    # --- the inside --------------------------------------------------------------------------------------------

    def _track(self, track: MediaStreamTrack) -> None:
        self._tap = Tap(self._connection.getTransceivers()[0].receiver, self)

    def _look_again(self) -> None:
        """In a moment, as long as something is waited for; most of the time nothing is."""
        if self._assembler.is_waiting and not self._timer:
            self._timer = self._loop.call_later(TICK, self._tick)

    def _tick(self) -> None:
        self._timer = None
        if not self._tap or self._ending:
            return
        now = self._loop.time()
        self._keep(self._assembler.tick(now))
        again = self._assembler.to_ask_again(now)
        for_keyframe = self._assembler.wants_keyframe(now)
        if again or for_keyframe:
            self._asking = self._loop.create_task(self._tap.ask(for_keyframe, again))
        self._look_again()

    def _connection_changed(self) -> None:
        state = self._connection.connectionState
        if state == "connected" and not self.is_open and not self._ending:
            self._deadline.cancel()
            self.is_open = True
            let_media_pass(self._connection.getReceivers()[0])
            self._began, self.began = self._loop.time(), moment()
            self._note_start()
            self._started(self)
        elif state in ("failed", "closed"):
            self.end("gone")

    def _message(self, text: Any) -> None:
        if self._ending:
            return
        try:
            message = decode(text, _FROM_PAGE, loads)
        except ProtocolError as error:
            log.warning("recorder_entry_refused", code=error.code)
            self.end("bad_media")
            return
        record = message["record"]
        if record["number"] <= self.recording.taken:
            # Sent again; what it is told then is what was kept.
            self.tell_known()
        elif self._is_too_much(len(text), self._loop.time()) or self._disk.pending > 2 * MOST_PENDING:
            self.end("bad_media")
        else:
            self.recording.entry(record, len(text))

    def _keep(self, frames: list[Frame]) -> None:
        for frame in frames:
            if self._disk.pending > MOST_PENDING:
                # The disk is too slow. The next keyframe stands for itself, whatever is left out before it.
                self._assembler.lose()
                return
            first = self._clock.start
            at = self._clock.place(frame.timestamp, self._elapsed())
            if self._clock.start != first:
                self._note_start()
            self._disk.put(partial(self._video.frame, frame, at), len(frame.data))

    def _elapsed(self) -> int:
        return round((self._loop.time() - self._began) * 1000)

    def _note_start(self) -> None:
        """When this part began, by the customer's clock: until that is known, by ours."""
        known = self._clock.start
        if known is not None:
            at, received = known, self.began
        else:
            at, received = self.began - (self.recording.ahead or 0), None
        if self.is_open and at != self._noted and (known is not None or self._noted is None or self._ending):
            self._noted = at
            self.recording.part_started(self.number, at, received)

    def _is_too_much(self, size: int, now: float) -> bool:
        if now - self._window > WINDOW:
            self._window, self._in_window = now, 0
        self._in_window += size
        return self._in_window > MOST_IN_WINDOW

    def _tell(self, kind: str, **fields: Any) -> None:
        if self._timeline.readyState == "open":
            self._timeline.send(encode({"type": kind} | fields, TIMELINE, json.dumps))

    async def _end(self, reason: str, tell: str) -> None:
        if self._tap:
            self._tap.close()
        lasted = self._elapsed()
        self._disk.put(partial(self._video.end, lasted))
        if self.is_open:
            self._note_start()
            assert self._noted is not None
            self.recording.part_ended(self.number, self._noted + lasted, reason)
        if tell:
            self._tell("failed", reason=tell)
            await self._last_words()
        for job in (self._connection.close, self.recording.written):
            try:
                async with asyncio.timeout(CLOSES_WITHIN):
                    await job()
            except Exception as error:
                # It counts as ended all the same, or its place would be taken for ever.
                log.error("recorder_end_failed", error=type(error).__name__)
        self._ended(self, reason)

    async def _last_words(self) -> None:
        sent = asyncio.Event()
        self._timeline.on("bufferedamountlow", sent.set)
        if self._timeline.bufferedAmount:
            try:
                async with asyncio.timeout(LAST_WORDS):
                    await sent.wait()
            except TimeoutError:
                pass
