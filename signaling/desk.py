"""The desk carries out what the hub decides: rows are written first, then it is told, all in order."""

import asyncio
import time
from collections import deque
from concurrent.futures import Future
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Connection, Executable

from deskside.core.close_codes import UNAVAILABLE
from deskside.core.errors import ProtocolError
from deskside.core.schema import Record
from signaling import customers, representatives
from signaling.bus.local import LocalBus
from signaling.frames import frame
from signaling.hub import Hub
from signaling.secrets import identifier
from signaling.session import Link
from signaling.settings import Settings
from signaling.site.live import LiveSite
from signaling.step import Attach, Close, Detach, Effect, Forward, Refusal, Send, Step
from signaling.store import sessions as rows
from signaling.store.database import Database
from signaling.turn import ice_servers

log = structlog.get_logger()
_HANDLERS = {"customer": customers.HANDLERS, "representative": representatives.HANDLERS}


def now() -> int:
    """Milliseconds since the epoch."""
    return int(time.time() * 1000)


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
        self.hub = self._new_hub()

    def _new_hub(self) -> Hub:
        def servers(peer: str, at: int) -> list[dict[str, Any]]:
            return ice_servers(self.settings, peer, at / 1000)

        issues = {issue.id: self.site.issue_name(issue.id, "") for issue in self.site.document.issues}
        return Hub(identifier, servers, issues, self.settings.max_waiting)

    async def restore(self) -> None:
        """Read what is on the disk; from then on the desk is ready."""
        hub = self._new_hub()
        people, living, last_place = await self.database.read(rows.living)
        step = hub.restore(people, living, last_place, now())
        self.hub, self.ready = hub, True
        self.perform(step)
        log.info("restored", waiting=len(hub.queue), sessions=len(hub.sessions))

    def received(self, link: Link, message: dict[str, Any]) -> None:
        """A checked message from the page on `link`. Raises Refusal."""
        if not link.current:
            raise Refusal("wrong_state")
        handler = _HANDLERS[link.role].get(message["type"])
        if not handler:
            raise Refusal("wrong_state")
        step = Step()
        handler(self.hub, step, link, message, now())
        self.perform(step)

    def perform(self, step: Step) -> None:
        """Write, then tell. What needs no writing still waits for what was decided before it."""
        if not step.writes and not self._pending:
            self._release(step.effects)
            return
        pending = _Pending(step.effects, written=not step.writes)
        self._pending.append(pending)
        if step.writes:
            future = self.database.submit(partial(_execute, step.writes))
            future.add_done_callback(partial(self._written_in_thread, pending))

    async def tick(self) -> None:
        """To be called from time to time."""
        patience = self.site.document.reconnect
        if self.ready:
            self.perform(self.hub.tick(now(), patience.queue * 1000, patience.session * 1000))

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
        self.hub.disown()
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


def _execute(statements: list[Executable], connection: Connection) -> None:
    for statement in statements:
        connection.execute(statement)


def _nothing(connection: Connection) -> None:
    """A transaction that changes nothing: it succeeds when the disk takes writes again."""
