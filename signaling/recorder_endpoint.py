"""The WebSocket `/recorder`: the one recorder, from its handshake over its `hello` to its last frame."""

import asyncio
import hmac
from typing import TYPE_CHECKING

import structlog
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket

from deskside.core.close_codes import (
    BAD_HELLO,
    SILENT,
    TAKEN_OVER,
    TOO_LARGE,
    UNAVAILABLE,
    WRONG_VERSION,
    name_of,
)
from deskside.core.codec import decode
from deskside.core.errors import ProtocolError
from deskside.core.recorder_messages import FROM_RECORDER, RECORDER_SUBPROTOCOL, TO_RECORDER
from deskside.core.versions import VERSION, agreed
from signaling import recorder_news
from signaling.connection import Connection
from signaling.desk import now
from signaling.frames import frame, loads
from signaling.session import Link
from signaling.settings import Settings
from signaling.step import Refusal

if TYPE_CHECKING:
    from signaling.app import Services

log = structlog.get_logger()
_UNREAD = 16 << 20
_ANSWERS_WITHIN = 3.0
"""Seconds that a recorder has to show that it is there, when another one wants its place."""


class _Gone(Exception):
    """The recorder has closed its WebSocket, or the line is dead."""


async def recorder(websocket: WebSocket) -> None:
    """Admit the recorder, and stay with it until it is gone."""
    services: Services = websocket.app.state.services
    # A browser sends an Origin, a recorder does not.
    if "origin" in websocket.headers or not _knows(websocket, services.settings):
        await websocket.send_denial_response(PlainTextResponse("The recorder's token is needed.\n", 401))
        return
    if RECORDER_SUBPROTOCOL not in websocket.scope["subprotocols"]:
        await websocket.send_denial_response(PlainTextResponse(f"Speak {RECORDER_SUBPROTOCOL}.\n", 400))
        return
    await websocket.accept(RECORDER_SUBPROTOCOL)
    visit = RecorderVisit(websocket, services)
    try:
        await visit.stay()
    except _Gone:
        pass
    finally:
        visit.leave()


def _knows(websocket: WebSocket, settings: Settings) -> bool:
    token = settings.recorder_token if settings.recorder != "off" else ""
    kind, _, shown = websocket.headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(shown.strip().encode(), token.encode())
    return bool(token) and kind.lower() == "bearer" and same


class RecorderVisit:
    """One WebSocket's life on the server."""

    def __init__(self, websocket: WebSocket, services: "Services") -> None:
        self._websocket = websocket
        self._services = services
        self._connection = Connection(websocket, _UNREAD)
        self._loop = asyncio.get_running_loop()
        self._heard_at = self._loop.time()
        self._heard = asyncio.Event()
        self._heart: asyncio.TimerHandle | None = None
        self._link: Link | None = None
        self._is_newer = False  # the recorder may say what this server does not know

    async def stay(self) -> None:
        """`hello`, then every frame until the end."""
        try:
            async with asyncio.timeout(self._services.settings.hello_timeout):
                await self._hello(await self._receive())
        except TimeoutError:
            self._connection.close(SILENT)
        if not self._link:
            while True:
                await self._receive()
        self._beat()
        while True:
            text = await self._receive()
            self._heard_at = self._loop.time()
            self._heard.set()
            if self._connection.closed is None:
                self._act(self._link, text)

    def leave(self) -> None:
        """The WebSocket is over, for whatever reason."""
        if self._heart:
            self._heart.cancel()
        code = self._connection.closed
        log.info("recorder_gone", was_there=self._link is not None, **({"why": name_of(code)} if code else {}))
        self._connection.gone()
        if self._services.recorder is self:
            self._services.recorder = None
        if self._link:
            desk = self._services.desk
            desk.perform(recorder_news.disconnected(desk.hub, self._link, now()))

    async def answers(self) -> bool:
        """Whether the recorder on this WebSocket is there: it is asked, and has a moment to answer."""
        if self._connection.closed is not None:
            return False
        self._heard.clear()
        self._tell("ping")
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN):
                await self._heard.wait()
        except TimeoutError:
            return False
        return True

    # --- frames ------------------------------------------------------------------------------------

    async def _receive(self) -> str | None:
        """The next frame; None when it was binary."""
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise _Gone
        text: str | None = message.get("text")
        return text

    def _act(self, link: Link, text: str | None) -> None:
        try:
            message = decode(text, FROM_RECORDER, loads, self._is_newer)
            if message["type"] != "pong":
                self._services.desk.received(link, message)
        except Refusal:
            pass  # another one has taken its place, or the server starts again from its disk
        except ProtocolError as error:
            # It is a program of ours: whatever this is, it is older or newer than this server.
            log.error("recorder_misunderstood", code=error.code)
            if self._is_newer and error.code == "unknown_type":
                return
            self._connection.close(TOO_LARGE if error.code == "too_large" else BAD_HELLO)

    def _tell(self, kind: str) -> None:
        self._connection.send(frame({"type": kind}, TO_RECORDER))

    async def _hello(self, text: str | None) -> None:
        services = self._services
        try:
            hello = decode(text, {"hello": FROM_RECORDER["hello"]}, loads, None)
        except ProtocolError:
            self._connection.close(BAD_HELLO)
            return
        if not agreed(hello):
            self._connection.close(WRONG_VERSION)
            return
        self._is_newer = hello.get("version", 1) > VERSION
        former = services.recorder
        # The same process has opened another WebSocket because it has lost the one before.
        if former and not former.is_of(hello["recorder"]) and await former.answers():
            log.warning("second_recorder_refused")
            self._connection.close(TAKEN_OVER)
            return
        desk = services.desk
        if not desk.ready:
            self._connection.close(UNAVAILABLE)
            return
        self._link, step = recorder_news.arrived(desk.hub, self._connection, hello, now())
        services.recorder = self
        desk.perform(step)
        log.info("recorder_came", capacity=hello["capacity"])

    def is_of(self, process: str) -> bool:
        """Whether this recorder process is on the WebSocket."""
        return bool(self._link and self._link.page == process)

    # --- heartbeat ---------------------------------------------------------------------------------

    def _beat(self) -> None:
        settings = self._services.settings
        if self._loop.time() - self._heard_at > settings.silence_timeout:
            self._connection.close(SILENT)
            return
        self._heart = self._loop.call_later(settings.ping_interval, self._ask)

    def _ask(self) -> None:
        if self._connection.closed is None:
            self._tell("ping")
            self._beat()
