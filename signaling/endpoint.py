"""The WebSocket `/signaling`: one page, from its handshake over its `hello` to its last frame."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket

from deskside.core.close_codes import (
    BAD_HELLO,
    NOT_SIGNED_IN,
    SILENT,
    TOO_LARGE,
    TOO_MANY,
    UNAVAILABLE,
    WRONG_ORIGIN,
    WRONG_VERSION,
    name_of,
)
from deskside.core.codec import decode
from deskside.core.errors import ProtocolError
from deskside.core.messages import FROM_CUSTOMER, FROM_REPRESENTATIVE, SUBPROTOCOL, TO_CUSTOMER, TO_REPRESENTATIVE
from deskside.core.versions import VERSION, agreed
from signaling import keys, origins, presence
from signaling.accounts import session_token
from signaling.connection import Connection
from signaling.desk import now
from signaling.frames import frame, loads
from signaling.secrets import digest
from signaling.session import Link
from signaling.step import Refusal
from signaling.store import sessions as rows
from signaling.throttle import TokenBucket

if TYPE_CHECKING:
    from signaling.app import Services

log = structlog.get_logger()

_HELLO = {"customer": FROM_CUSTOMER["hello"], "representative": FROM_REPRESENTATIVE["hello"]}
_FROM = {"customer": FROM_CUSTOMER, "representative": FROM_REPRESENTATIVE}
_TO = {"customer": TO_CUSTOMER, "representative": TO_REPRESENTATIVE}
# A representative's page renegotiates for every session at once when its network changes.
_RATE = {"customer": (20.0, 200.0), "representative": (100.0, 2000.0)}
_TYPING_ERRORS = 2
"""So many wrong keys are nobody's attack. At two guesses from each address the keys that are open are still safe: there
are 2**40."""
_UNREAD = {"customer": 1 << 20, "representative": 16 << 20}
_NO_FAULT = ("taken", "queue_empty", "nobody_present", "peer_away", "unknown_session", "unknown_peer")
"""Refusals that a page of ours cannot foresee."""
_NONSENSE = 10.0
"""What a frame costs more when it is refused: a page of ours hardly ever sends one."""


class _Gone(Exception):
    """The page has closed its WebSocket, or the line is dead."""


async def signaling(websocket: WebSocket) -> None:
    """Admit a page, and stay with it until it is gone."""
    services: Services = websocket.app.state.services
    if not origins.may_be_customer(websocket, services.site.document.allowed_origins):
        services.reach.wrong_origin(websocket)
        await websocket.send_denial_response(PlainTextResponse("This page may not connect here.\n", 403))
        return
    if SUBPROTOCOL not in websocket.scope["subprotocols"]:
        await websocket.send_denial_response(PlainTextResponse(f"Speak {SUBPROTOCOL}.\n", 400))
        return
    await websocket.accept(SUBPROTOCOL)
    visit = Visit(websocket, services)
    try:
        await visit.stay()
    except _Gone:
        pass
    finally:
        visit.leave()


class Visit:
    """One WebSocket's life on the server."""

    def __init__(self, websocket: WebSocket, services: "Services") -> None:
        self._websocket = websocket
        self._services = services
        self._connection = Connection(websocket, _UNREAD["customer"])
        self._loop = asyncio.get_running_loop()
        self._heard = self._loop.time()
        self._heart: asyncio.TimerHandle | None = None
        self._patience: asyncio.TimerHandle | None = None
        self._role = ""
        self._is_newer = False  # the page may say what this server does not know
        self._link: Link | None = None

    async def stay(self) -> None:
        """`hello`, then every frame until the end."""
        try:
            async with asyncio.timeout(self._services.settings.hello_timeout):
                text = await self._receive()
                await self._hello(text)
        except TimeoutError:
            self._connection.close(SILENT)
        except SQLAlchemyError as error:
            log.error("store_failed", error=type(error).__name__)
            self._connection.close(UNAVAILABLE)
        if not self._link:
            await self._wait_for_close()
        self._beat()
        bucket = TokenBucket(*_RATE[self._role], self._loop.time())
        while True:
            text = await self._receive()
            self._heard = self._loop.time()
            if self._connection.closed is not None:
                continue
            size = len(text) if text is not None else 0
            fits = bucket.take(1 + size / 4096, self._heard)
            if fits and not await self._act(text):
                fits = bucket.take(_NONSENSE, self._heard)
            if not fits:
                self._connection.close(TOO_MANY)

    def leave(self) -> None:
        """The WebSocket is over, for whatever reason."""
        for timer in (self._heart, self._patience):
            if timer:
                timer.cancel()
        if self._connection.closed is not None:
            log.info("closed", role=self._role, code=self._connection.closed, why=name_of(self._connection.closed))
        self._connection.gone()
        if self._link:
            desk = self._services.desk
            desk.perform(presence.disconnected(desk.hub, self._link, now()))

    # --- frames ------------------------------------------------------------------------------------

    async def _receive(self) -> str | None:
        """The next frame; None when it was binary."""
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise _Gone
        text: str | None = message.get("text")
        return text

    async def _wait_for_close(self) -> None:
        while True:
            await self._receive()

    async def _act(self, text: str | None) -> bool:
        """Whether the frame was one that a page may send now."""
        link = self._link
        assert link
        try:
            message = decode(text, _FROM[self._role], loads, self._is_newer)
            if message["type"] == "enter":
                await self._count_new_session()
                await self._count_guess(message.get("key", ""))
            elif message["type"] == "language":
                await self._count_change(message["language"])
            if message["type"] == "ping":
                self._tell("pong", **({"now": now()} if link.version > 1 else {}))
            elif message["type"] != "pong":
                self._services.desk.received(link, message)
        except ProtocolError as error:
            if error.code == "too_large":
                self._connection.close(TOO_LARGE)
            self._tell("error", code=error.code, detail=error.detail[:300])
            return self._is_newer and error.code == "unknown_type"
        except Refusal as refusal:
            fields = {"session": refusal.session} if refusal.session else {}
            self._tell("error", code=refusal.code, detail="", **fields)
            return refusal.code in _NO_FAULT
        return True

    async def _count_new_session(self) -> None:
        if self._link and (self._link.session or self._link.over):
            raise Refusal("wrong_state")
        if await self._services.new_sessions.hit(origins.address(self._websocket)):
            raise Refusal("too_many")

    async def _count_guess(self, typed: str) -> None:
        """Whoever guesses session keys is stopped, and learns nothing from a right one any more either. Where too many
        are guessed from everywhere, an address that has hardly guessed may go on: an invited customer has one."""
        if not typed:
            return
        services, address = self._services, origins.address(self._websocket)
        by_address, by_all = services.key_guesses_by_address, services.key_guesses
        if keys.find(services.desk.hub, typed, now()):
            stopped, is_crowded = await by_address.exhausted(address), await by_all.exhausted("")
        else:
            stopped, is_crowded = bool(await by_address.hit(address)), bool(await by_all.hit(""))
        if stopped or (is_crowded and await by_address.counted(address) > _TYPING_ERRORS):
            raise Refusal("too_many")

    async def _count_change(self, language: str) -> None:
        """Every change is stored, so they are limited per address. To say the same language again changes nothing."""
        session = self._link.session if self._link else None
        if not session or session.language == language:
            return
        if await self._services.language_changes.hit(origins.address(self._websocket)):
            raise Refusal("too_many")

    def _tell(self, kind: str, **fields: Any) -> None:
        self._connection.send(frame({"type": kind} | fields, _TO[self._role]))

    # --- hello -------------------------------------------------------------------------------------

    async def _hello(self, text: str | None) -> None:
        self._services.reach.counted(self._websocket)
        # Before anything is asked of the disk.
        if await self._services.hellos.hit(origins.address(self._websocket)):
            self._connection.close(TOO_MANY)
            return
        message = None
        for hello in _HELLO.values():
            try:
                message = decode(text, {"hello": hello}, loads, None)
            except ProtocolError:
                continue
        if not message:
            self._connection.close(BAD_HELLO)
        elif not agreed(message):
            self._connection.close(WRONG_VERSION)
        elif not self._services.desk.ready:
            self._connection.close(UNAVAILABLE)
        else:
            self._is_newer = message.get("version", 1) > VERSION
            await (self._hello_customer if message["role"] == "customer" else self._hello_representative)(message)

    async def _hello_customer(self, message: dict[str, Any]) -> None:
        desk = self._services.desk
        token = message.get("resume", "")
        key = digest(token) if token else ""
        session = desk.hub.by_token.get(key)
        past = None
        if token and not session:
            past = await desk.database.write(partial(rows.past, key))
        self._role = "customer"
        self._link, step = presence.customer_arrived(
            desk.hub, self._connection, message["page"], session, past, token, now(), agreed(message)
        )
        self._link.address = origins.address(self._websocket)
        desk.perform(step)
        if not self._link.session:
            self._patience = self._loop.call_later(self._services.settings.enter_timeout, self._lose_patience)

    async def _hello_representative(self, message: dict[str, Any]) -> None:
        desk = self._services.desk
        if not origins.is_own(self._websocket):
            self._services.reach.wrong_origin(self._websocket)
            self._connection.close(WRONG_ORIGIN)
            return
        account = await self._services.accounts.of_token(session_token(self._websocket), now())
        if not account:
            self._connection.close(NOT_SIGNED_IN)
            return
        self._role = "representative"
        self._connection.limit = _UNREAD["representative"]
        self._link, step = presence.representative_arrived(
            desk.hub, self._connection, message["page"], account, now(), agreed(message)
        )
        desk.perform(step)

    # --- heartbeat ---------------------------------------------------------------------------------

    def _beat(self) -> None:
        settings = self._services.settings
        if self._loop.time() - self._heard > settings.silence_timeout:
            self._connection.close(SILENT)
            return
        self._heart = self._loop.call_later(settings.ping_interval, self._ask)

    def _lose_patience(self) -> None:
        if self._link and not self._link.session:
            self._connection.close(SILENT)

    def _ask(self) -> None:
        if self._connection.closed is None:
            self._tell("ping")
            self._beat()
