"""What a TCP connection may cost below requests and messages: how many there are, how long each may keep the server
waiting, and which frames and bytes a WebSocket may send. uvicorn counts none of that.

Times are in seconds. What is cut is logged by the kind of reason, once a minute at most.
"""

import asyncio
import logging
import ssl
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, cast

import h11
import structlog
import uvicorn
from uvicorn._types import ASGISendEvent
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.utils import get_remote_addr
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.exceptions import ProtocolError
from websockets.frames import CloseCode, Frame
from websockets.http11 import Request as Handshake
from websockets.server import ServerProtocol

from deskside.core.close_codes import TOO_MANY
from signaling.connection import LAST_WORDS
from signaling.origins import network_of
from signaling.settings import Settings
from signaling.throttle import TokenBucket

log = structlog.get_logger()

_SAYS_AGAIN = 60.0
_SLOWEST = 100
"""Bytes a second that whoever reads at all reads at least."""
_RATE, _BURST = 200.0, 4000.0
"""Tokens of a WebSocket, twice those that a representative's page has for its messages (see `endpoint`): some browsers
and proxies send a long message in several frames."""
_READ = 0.1
"""What the server has to do for whatever arrives, were it a single byte."""
_BYTES = 1 / 4096
_CONTROL = 20.0
"""What a ping or pong costs: no page can send one, and a recorder sends three a minute."""

UNFINISHED = 16 << 20
_UNFINISHED_BEHIND_PROXIES = 256 << 20
"""Bytes of messages that have not come whole. No page of ours needs more than a moment to send one."""


class Census:
    """The TCP connections of a server, all together and by address. Proxies that are trusted stand for many people, so
    theirs are counted among all only."""

    def __init__(self, settings: Settings, most: int) -> None:
        """`most` is how many there may be in all."""
        self.settings = settings
        self._most = most
        self._proxies = ProxyHeadersMiddleware(_nothing, list(settings.trusted_proxies)).trusted_hosts
        self._addresses: dict[asyncio.Transport, str] = {}
        self._counts: Counter[str] = Counter()
        self._unfinished: dict[asyncio.Transport, int] = {}
        self._unfinished_of: Counter[str] = Counter()
        self._told: set[str] = set()
        self._untold: Counter[str] = Counter()

    def enter(self, transport: asyncio.Transport) -> bool:
        """Count one; False where it is one too many, which is cut and not counted."""
        client = get_remote_addr(transport)
        host = client[0] if client else ""
        address = "" if host in self._proxies else network_of(host)
        if len(self._addresses) >= self._most:
            self.cut(transport, "too_many")
            return False
        if address and self._counts[address] >= self.settings.max_connections_per_address:
            self.cut(transport, "too_many_of_one_address")
            return False
        self._addresses[transport] = address
        self._counts[address] += 1
        return True

    def leave(self, transport: asyncio.Transport) -> None:
        """It is over. One that was never counted, or has left, makes no difference."""
        self.hold(transport, 0)
        address = self._addresses.pop(transport, None)
        if address is not None:
            self._counts[address] -= 1
            if not self._counts[address]:
                del self._counts[address]

    def hold(self, transport: asyncio.Transport, unfinished: int) -> None:
        """So many bytes of a message have come, and not the rest. Cuts it where its address has too many such."""
        former = self._unfinished.pop(transport, 0)
        if unfinished == former == 0:
            return
        address = self._addresses.get(transport, "")
        if unfinished:
            self._unfinished[transport] = unfinished
        self._unfinished_of[address] += unfinished - former
        held = self._unfinished_of[address]
        if not held:
            del self._unfinished_of[address]
        if unfinished > former and held > (UNFINISHED if address else _UNFINISHED_BEHIND_PROXIES):
            self.cut(transport, "too_much_unfinished")

    def cut(self, transport: asyncio.Transport, why: str) -> None:
        """End a connection without another word."""
        self.tell(why)
        transport.abort()

    def tell(self, why: str) -> None:
        """Log that a connection was cut: at once, or with the others of the minute."""
        self._untold[why] += 1
        if why not in self._told:
            self._told.add(why)
            self._log(why)

    def _log(self, why: str) -> None:
        count = self._untold.pop(why, 0)
        if count:
            log.warning("connections_cut", why=why, count=count)
            asyncio.get_running_loop().call_later(_SAYS_AGAIN, self._log, why)
        else:
            self._told.discard(why)


class Config(uvicorn.Config):
    """uvicorn's, with what its protocols need to count."""

    def __init__(self, app: Any, census: Census, **options: Any) -> None:
        super().__init__(app, http=Http, ws=WebSockets, **options)
        self.census = census
        self.tls: ssl.SSLContext | None = None

    def load(self) -> None:
        super().load()
        if self.ssl:
            # uvicorn would count a connection only when its handshake is over.
            self.tls, self.ssl = self.ssl, None
            self.http_protocol_class = HandshakeOfTls


class _Unread:
    """Cuts a connection whose other end takes nothing of what waits to be sent."""

    def __init__(self, transport: asyncio.Transport, census: Census) -> None:
        self._transport = transport
        self._census = census
        self._left = 0
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Something waits to be sent."""
        if not self._timer:
            self._left = self._transport.get_write_buffer_size()
            patience = self._census.settings.unread_timeout
            self._timer = asyncio.get_running_loop().call_later(patience, self._look)

    def end(self) -> None:
        """All was taken, or the connection is over."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        taken = self._left - self._transport.get_write_buffer_size()
        if taken < _SLOWEST * self._census.settings.unread_timeout:
            self._census.cut(self._transport, "not_read")
        else:
            self.begin()


class Http(H11Protocol):
    """uvicorn's HTTP, with a time for the head and one for the body of each request. Their single bytes do not extend
    it. Between two requests there is uvicorn's own time, which ends with the first byte of the next one."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.logger = _QUIET
        self._census = config.census
        self._unread: _Unread
        self._awaited: tuple[str, object] = ("", None)
        self._timer: asyncio.TimerHandle | None = None
        self._over = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._unread = _Unread(transport, self._census)
        if self._census.enter(transport):
            # The least that is not taken is noticed. (With 0, TLS would count nothing as something.)
            transport.set_write_buffer_limits(high=1, low=0)
            self._await()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._end()
        self._census.leave(self.transport)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._await()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._await()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._end()
        super().handle_websocket_upgrade(event)

    def send_400_response(self, msg: str) -> None:
        self._census.tell("no_http")
        super().send_400_response(msg)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread.begin()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unread.end()

    def _await(self) -> None:
        """Start the clock of what the other end owes now, if that is something new."""
        if self._over:
            return
        settings = self._census.settings
        owed, seconds = "", 0.0
        if self.conn.their_state is h11.SEND_BODY:
            owed, seconds = "body", settings.body_timeout
        elif self.conn.their_state is h11.IDLE and self.timeout_keep_alive_task is None:
            owed, seconds = "head", settings.head_timeout
        awaited = (owed, self.cycle)
        if awaited == self._awaited:
            return
        self._awaited = awaited
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if owed:
            self._timer = self.loop.call_later(seconds, self._census.cut, self.transport, f"slow_{owed}")

    def _end(self) -> None:
        self._over = True
        self._unread.end()
        if self._timer:
            self._timer.cancel()


class HandshakeOfTls(asyncio.Protocol):
    """A connection that will be one of `Http` when its TLS handshake is over. It is counted from its first moment, and
    has the time of a head for the handshake."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        assert config.tls
        self._http = Http(config, server_state, app_state, _loop)
        self._tls = config.tls
        self._census = config.census
        self._connections: set[Any] = server_state.connections
        self._transport: asyncio.Transport
        self._task: asyncio.Task[None]
        self._early = bytearray()
        self._lost = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport
        if not self._census.enter(transport):
            return
        self._connections.add(self)
        loop, settings = asyncio.get_running_loop(), self._census.settings
        handshake = loop.create_task(
            loop.start_tls(
                transport,
                self,
                self._tls,
                server_side=True,
                ssl_handshake_timeout=settings.head_timeout,
                ssl_shutdown_timeout=settings.unread_timeout,
            )
        )
        # Once TLS has its place between the two, and before it reads by itself.
        loop.call_soon(loop.call_soon, self._hand_over)
        self._task = loop.create_task(self._finish(handshake))

    def data_received(self, data: bytes) -> None:
        # What comes before TLS has its place, and what comes together with the end of the handshake.
        self._early += data

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = True

    def shutdown(self) -> None:
        """The server ends."""
        self._transport.abort()

    def _hand_over(self) -> None:
        """Give TLS what came before it had its place."""
        tls = cast(asyncio.BufferedProtocol, self._transport.get_protocol())
        early, self._early = self._early, bytearray()
        while early:
            buffer = memoryview(tls.get_buffer(len(early)))
            size = min(len(buffer), len(early))
            buffer[:size] = early[:size]
            del early[:size]
            tls.buffer_updated(size)

    async def _finish(self, handshake: "asyncio.Task[asyncio.Transport | None]") -> None:
        transport = None
        try:
            transport = await handshake
        except OSError:
            self._census.cut(self._transport, "no_tls")
        finally:
            self._connections.discard(self)
            self._census.leave(self._transport)
        # uvloop hands out a transport also where the connection was lost meanwhile.
        if transport and not self._lost and not self._transport.is_closing():
            self._http.connection_made(transport)
            transport.set_protocol(self._http)
            if self._early and not transport.is_closing():
                self._http.data_received(bytes(self._early))


class Frames(ServerProtocol):
    """The frames of one WebSocket. Every frame and every byte costs tokens; where none are left it is closed."""

    def __init__(self, max_size: int, spent: Callable[[], None]) -> None:
        """`max_size` of a message, in bytes; `spent` is called when the tokens are."""
        super().__init__(max_size=max_size, logger=logging.getLogger("uvicorn.error"))
        self._bucket = TokenBucket(_RATE, _BURST, time.monotonic())
        self._spent = spent

    @property
    def unfinished(self) -> int:
        """Bytes that are kept until the message is whole."""
        return len(self.reader.buffer) + (self.current_size or 0)

    def receive_data(self, data: bytes | bytearray) -> None:
        if self._pay(_READ + len(data) * _BYTES):
            super().receive_data(data)

    def recv_frame(self, frame: Frame) -> None:
        if self._pay(1 if frame.opcode < 8 else _CONTROL):
            super().recv_frame(frame)

    def _pay(self, tokens: float) -> bool:
        paid = self._bucket.take(tokens, time.monotonic())
        if not paid and not self.parser_exc:
            self._spent()
            self.fail(TOO_MANY)
            self.parser_exc = ProtocolError("too many frames or bytes")
        return paid


class WebSockets(WebSocketsSansIOProtocol):
    """uvicorn's WebSockets, with frames that are counted, and a way to cut the line of a page that does not even read
    the close frame."""

    conn: Frames

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._census = config.census
        self.conn = Frames(config.ws_max_size, lambda: self._census.tell("too_many_frames"))
        self._unread: _Unread
        self._pongs = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._unread = _Unread(self.transport, self._census)
        if self.transport.get_write_buffer_size():
            self.pause_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._unread.end()
        self._census.leave(self.transport)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self.handshake_initiated and self.conn.handshake_exc:
            # What is a request for h11 may be none for websockets; uvicorn would wait for ever.
            self.handshake_complete = True
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()
        self._census.hold(self.transport, self.conn.unfinished)

    def handle_connect(self, event: Handshake) -> None:
        super().handle_connect(event)
        scope: dict[str, Any] | None = getattr(self, "scope", None)
        if scope:
            scope["extensions"]["deskside.abort"] = self.transport.abort

    def handle_parser_exception(self) -> None:
        if not self.conn.close_sent:
            # The handshake is not answered yet, so that there is no close frame.
            self.transport.abort()
            return
        super().handle_parser_exception()
        self.loop.call_later(LAST_WORDS, self.transport.abort)

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text" and not _is_text(b"".join(self.frames)):
            # uvicorn would log each with where it happened.
            self.frames = []
            self._census.tell("no_text")
            self.conn.fail(CloseCode.INVALID_DATA)
            self.handle_parser_exception()
            return
        super().send_receive_event_to_app()

    def handle_ping(self) -> None:
        if self.writable.is_set():
            super().handle_ping()
        else:
            # An answer to the latest is enough (RFC 6455, 5.5.3), once what waits before it is read.
            self._pongs = b"".join(self.conn.data_to_send())

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread.begin()

    def resume_writing(self) -> None:
        self._unread.end()
        super().resume_writing()
        pongs, self._pongs = self._pongs, b""
        if not self.transport.is_closing():
            self.transport.write(pongs)

    async def send(self, message: ASGISendEvent) -> None:
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body", False):
            # A handshake that was refused in words is over, too; uvicorn would call each an error of the program.
            self.handshake_complete = True


_QUIET = logging.getLogger("uvicorn.error.http")
"""Of its warnings each is about what a stranger has sent."""
_QUIET.setLevel(logging.ERROR)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


async def _nothing(*_: object) -> None:
    """No application."""
