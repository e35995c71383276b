"""The desk carries out what the hub decides: rows are written first, then it is told, all in order."""

import asyncio
from collections import deque
from concurrent.futures import Future
from functools import partial
from typing import Any, NamedTuple

import structlog
from sqlalchemy import Connection, Executable

from deskside.core.close_codes import UNAVAILABLE
from deskside.core.errors import ProtocolError
from deskside.core.schema import Record
from signaling import (
    absence,
    arrival,
    customers,
    left_messages,
    notices,
    presence,
    recorder_news,
    recording,
    relays,
    representatives,
    waiting,
)
from signaling.bus.local import LocalBus
from signaling.clock import SteadyClock, wall
from signaling.frames import frame
from signaling.hub import Hub
from signaling.recorded import Recording
from signaling.secrets import identifier
from signaling.session import Link
from signaling.settings import Settings
from signaling.site.live import LiveSite, Notice
from signaling.step import Attach, Close, Detach, Effect, Forward, Refusal, Send, Step
from signaling.store import recordings as recording_rows
from signaling.store import sessions as rows
from signaling.store import way_in
from signaling.store.database import Database
from signaling.turn import ice_servers

log = structlog.get_logger()
_PART = 50
"""So many customers are looked at again in one go."""
_BREATH = 0.01
"""Seconds between two parts, in which everybody else is served."""
_DURATIONS = 2000
_HANDLERS = {
    "customer": customers.HANDLERS,
    "representative": representatives.HANDLERS,
    "recorder": recorder_news.HANDLERS,
}


_CLOCK = SteadyClock()
_SET = 1.0
"""Seconds from which on the machine's clock counts as set."""


def now() -> int:
    """Milliseconds since the epoch, whatever becomes of the machine's clock meanwhile."""
    return _CLOCK.now()


class _Pending:
    """A step whose rows are on their way to the disk."""

    def __init__(self, effects: list[Effect], written: bool) -> None:
        self.effects = effects
        self.written = written


class Desk:
    """One hub, with the store it is written to and the bus it speaks through."""

    def __init__(self, settings: Settings, database: Database, site: LiveSite) -> None:
        self.settings = settings
        self.site = site
        self.database = database
        self.bus = LocalBus()
        self.ready = False
        self._pending: deque[_Pending] = deque()
        self._loop = asyncio.get_running_loop()
        self._restoring: asyncio.Task[None] | None = None
        self._catching_up: asyncio.TimerHandle | None = None
        self._watched_at = now()
        self.hub = self._new_hub()
        site.listeners.append(self)

    def _new_hub(self) -> Hub:
        def servers(user: str, _: int) -> list[dict[str, Any]]:
            # The TURN server compares it with its own clock.
            return ice_servers(self.settings, user, wall())

        last = self.settings.turn_lifetime * 1000 if self.settings.relays else 0
        chosen = self.settings
        return Hub(
            identifier, servers, self.site, chosen.max_waiting, last, chosen.max_recordings,
            chosen.max_left_messages, chosen.left_messages_per_address,
        )  # fmt: skip

    async def restore(self) -> None:
        """Read what is on the disk; from then on the desk is ready."""
        hub = self._new_hub()
        left = await self.database.read(partial(_left, now()))
        step = hub.restore(left.living, left.keys, left.messages, now(), left.recordings)
        for queue, seconds in left.durations:
            hub.estimator.ended(queue, seconds)
        self.hub, self.ready = hub, True
        self.perform(step)
        self._watched_at = now()
        self._catch_up()
        log.info("restored", waiting=len(hub.queue), sessions=len(hub.sessions))

    def received(self, link: Link, message: dict[str, Any]) -> None:
        """A checked message from the page on `link`. Raises Refusal."""
        if not link.current:
            raise Refusal("wrong_state")
        handler = _HANDLERS[link.role].get(message["type"])
        if not handler:
            raise Refusal("wrong_state")
        step = Step()
        try:
            handler(self.hub, step, link, message, now())
        finally:
            self.perform(step)

    def perform(self, step: Step) -> None:
        """Write, then tell. What needs no writing still waits for what was decided before it."""
        self._catch_up()
        if not step.writes and not self._pending:
            self._release(step.effects)
            return
        pending = _Pending(step.effects, written=not step.writes)
        self._pending.append(pending)
        if step.writes:
            future = self.database.submit(partial(_execute, step.writes))
            future.add_done_callback(partial(self._written_in_thread, pending))

    # --- as time goes on -------------------------------------------------------------------------

    async def tick(self) -> None:
        """From time to time: who has been gone for too long, and places in the queues that were not told yet."""
        if not self.ready:
            return
        self._follow_the_machine()
        step = Step()
        absence.tick(self.hub, step, now())
        waiting.tell_waits(self.hub, step, now())
        relays.refresh(self.hub, step, now())
        recording.tick(self.hub, step, now())
        self.perform(step)
        told = False
        while self.ready and not told:
            step = Step()
            told = waiting.tell_places(self.hub, step, now())
            self.perform(step)
            await asyncio.sleep(_BREATH)

    def _follow_the_machine(self) -> None:
        """Its clock was set: as soon as nobody waits, is served or was invited, that is the time."""
        if abs(_CLOCK.off) >= _SET and not (self.hub.sessions or self.hub.keys):
            log.warning("clock_set", seconds=round(_CLOCK.off))
            _CLOCK.settle()
            self._watched_at = now()

    async def watch(self) -> None:
        """Every second: answers that did not come in time, and grace times that are over."""
        if self.ready:
            step, before = Step(), self._watched_at
            self._watched_at = now()
            for session in self.hub.overdue(self._watched_at):
                arrival.expire(self.hub, step, session, self._watched_at)
            waiting.grace_over(self.hub, before, self._watched_at)
            self.perform(step)

    def _catch_up(self) -> None:
        """Soon, and in parts: look again at those for whom something may have changed."""
        if self._catching_up or not (self.hub.again or self.hub.news):
            return
        self._catching_up = self._loop.call_later(_BREATH, self._catch_up_now)

    def _catch_up_now(self) -> None:
        self._catching_up = None
        if self.ready:
            self.perform(arrival.catch_up(self.hub, _PART, now()))

    async def look_for_messages(self) -> None:
        """From time to time: left messages that are open no more, because they were kept for long enough or handled
        from the command line."""
        known = list(self.hub.left_messages)
        if not self.ready or not known:
            return
        # Behind everything that was decided before: what is not written yet is not gone.
        still_open = await self.database.write(way_in.open_message_ids)
        step = Step()
        left_messages.gone(self.hub, step, [id for id in known if id not in still_open])
        self.perform(step)

    # --- what administrators decide ----------------------------------------------------------------

    def site_changed(self) -> None:
        """Other settings are in force: pages ask for them, steps are looked at again."""
        step = Step()
        arrival.site_changed(self.hub, step, now())
        recording.site_changed(self.hub, step, now())
        self.perform(step)

    def notice_published(self, notice: Notice) -> None:
        """A notice is in force, or has other words."""
        step = Step()
        notices.published(self.hub, step, notice, now())
        self.perform(step)

    def notice_ended(self, notice_id: str) -> None:
        """A notice was withdrawn, or has expired."""
        step = Step()
        notices.ended(self.hub, step, notice_id, now())
        self.perform(step)

    # --- writing and telling -------------------------------------------------------------------------

    def _written_in_thread(self, pending: _Pending, future: "Future[None]") -> None:
        self._loop.call_soon_threadsafe(self._written, pending, future)

    def _written(self, pending: _Pending, future: "Future[None]") -> None:
        if future.exception():
            self._fail(future.exception())
            return
        pending.written = True
        while self._pending and self._pending[0].written:
            self._release(self._pending.popleft().effects)

    def _release(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case Send(peers, table, message):
                    if peers:
                        self._send(peers, table, message)
                case Forward(peer, text):
                    self.bus.send((peer,), text)
                case Attach(peer, outlet):
                    self.bus.attach(peer, outlet)
                case Detach(peer, outlet):
                    self.bus.detach(peer, outlet)
                case Close(outlet, code):
                    outlet.close(code)

    def _send(self, peers: tuple[str, ...], table: dict[str, Record], message: dict[str, Any]) -> None:
        try:
            text = frame(message, table)
        except ProtocolError as error:
            # A fault of ours. One message is lost; whoever waits for what comes after it is not held up.
            log.error("unsendable", type=message["type"], code=error.code)
            return
        self.bus.send(peers, text)

    def _fail(self, error: BaseException | None) -> None:
        """The disk refused. What the hub believes is no longer what is stored: nobody is told any more
        of it, everybody has to come back, and the hub starts again from the disk."""
        log.error("store_failed", error=type(error).__name__)
        self.ready = False
        presence.disown(self.hub)
        for pending in self._pending:
            for effect in pending.effects:
                if isinstance(effect, Attach):
                    effect.outlet.close(UNAVAILABLE)
        self._pending.clear()
        self.bus.close_all(UNAVAILABLE)
        if not self._restoring or self._restoring.done():
            self._restoring = self._loop.create_task(self._recover())

    async def _recover(self) -> None:
        while not self.ready:
            await asyncio.sleep(1)
            try:
                await self.database.write(_nothing)
                await self.restore()
            except Exception as error:
                log.error("store_failed", error=type(error).__name__)


class _Left(NamedTuple):
    """What an earlier server has left."""

    living: rows.Living
    keys: list[way_in.SessionKey]
    messages: list[way_in.LeftMessage]
    durations: list[tuple[str, float]]
    recordings: list[Recording]


def _left(now: int, connection: Connection) -> _Left:
    return _Left(
        rows.living(connection),
        way_in.open_keys(now, connection),
        way_in.open_messages(connection),
        rows.last_durations(_DURATIONS, connection),
        recording_rows.living(connection),
    )


def _execute(statements: list[Executable], connection: Connection) -> None:
    for statement in statements:
        connection.execute(statement)


def _nothing(connection: Connection) -> None:
    """A transaction that changes nothing: it succeeds when the disk takes writes again."""
