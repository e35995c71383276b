"""The line to the server: a WebSocket that is opened again whenever it is lost, and what waits to be said on it."""

import asyncio
import random
import ssl
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Subprotocol

from deskside.core.close_codes import BAD_HELLO, TAKEN_OVER, WRONG_VERSION, name_of
from deskside.core.codec import MAX_FRAME, decode
from deskside.core.errors import ProtocolError
from deskside.core.recorder_messages import FROM_RECORDER, RECORDER_SUBPROTOCOL, TO_RECORDER
from deskside.core.versions import SPOKEN, VERSION, agreed
from signaling.frames import frame, loads

log = structlog.get_logger()
Message = dict[str, Any]
SHORTEST_PAUSE, LONGEST_PAUSE = 0.25, 10.0
MOST_WAITING = 10_000
GOING_AWAY = 1001
STOOD = 10.0
"""Seconds after which a line counts as one that works."""
_PATH = "/recorder"
_HERE = ("127.0.0.1", "::1", "localhost")
_END = "-----END CERTIFICATE-----"


class Line:
    """`send` never waits. What is said while there is no line is said when there is one; a `pong` is not."""

    def __init__(
        self, server: str, token: str, hello: Message, received: Callable[[Message], None], certificate: Path | None
    ) -> None:
        """`certificate`, where there is one, is the server's own, and the only one that is trusted."""
        scheme, _, rest = server.rstrip("/").partition("://")
        self._url = f"{'wss' if scheme in ('https', 'wss') else 'ws'}://{rest}{_PATH}"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._hello = {"type": "hello"} | hello
        self._says_version = True
        self._received = received
        self._certificate = certificate
        self._first = _own(certificate) if certificate else ""
        self._waiting: deque[str] = deque(maxlen=MOST_WAITING)
        self._some, self._none = asyncio.Event(), asyncio.Event()
        self._pause = SHORTEST_PAUSE
        self._is_over = False
        self._socket: ClientConnection | None = None
        self.is_open = False
        """Whether the server has answered `hello`, and is there."""
        self.version = 1
        """Of the protocol, which the server and this recorder speak."""

    def send(self, kind: str, **fields: Any) -> None:
        """Say this, now or as soon as it can be."""
        self._waiting.append(frame({"type": kind} | fields, FROM_RECORDER))
        self._none.clear()
        self._some.set()

    async def said(self) -> None:
        """Wait until all is said."""
        if self._waiting:
            await self._none.wait()

    async def close(self) -> None:
        """Hang up, and do not come back."""
        self._is_over = True
        if self._socket:
            await self._socket.close(GOING_AWAY)

    async def run(self) -> None:
        """Be there until `close`, or until this is cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                code = await self._stay()
                if self._is_over:
                    return
                log.warning("recorder_line_lost", why=name_of(code))
                if code in (TAKEN_OVER, WRONG_VERSION):
                    self._pause = LONGEST_PAUSE
                # A server of version 1 refuses a hello that has one; what has been upgraded since takes either.
                self._says_version = code != BAD_HELLO or not self._says_version
            except (OSError, WebSocketException, ProtocolError) as error:
                log.warning("recorder_line_failed", error=type(error).__name__)
            finally:
                self.is_open = False
            if loop.time() - began > STOOD:
                self._pause = SHORTEST_PAUSE
            await asyncio.sleep(self._pause * random.uniform(0.7, 1.3))
            self._pause = min(2 * self._pause, LONGEST_PAUSE)

    async def _stay(self) -> int:
        """One line, from its beginning to its end; the code with which it was closed."""
        async with connect(
            self._url,
            ssl=self._trust() if self._url.startswith("wss:") else None,
            additional_headers=self._headers,
            subprotocols=[Subprotocol(RECORDER_SUBPROTOCOL)],
            max_size=4 * MAX_FRAME,
            compression=None,
            # To the server on the same machine no proxy leads.
            proxy=None if urlsplit(self._url).hostname in _HERE else True,
        ) as socket:
            self._socket = socket
            await socket.send(frame(self._hello | (SPOKEN if self._says_version else {}), FROM_RECORDER))
            is_newer: bool | None = None
            writing: asyncio.Task[None] | None = None
            try:
                async for text in socket:
                    try:
                        message = decode(text, TO_RECORDER, loads, is_newer)
                    except ProtocolError as error:
                        if is_newer and error.code == "unknown_type":
                            continue
                        raise
                    if message["type"] == "ping":
                        await socket.send(frame({"type": "pong"}, FROM_RECORDER))
                        continue
                    if message["type"] == "welcome" and not writing:
                        log.info("recorder_line_open")
                        self.is_open = True
                        is_newer = message.get("version", 1) > VERSION
                        self.version = agreed(message)
                        writing = asyncio.create_task(self._write(socket))
                    self._received(message)
            except ConnectionClosed:
                pass
            finally:
                if writing:
                    writing.cancel()
        return socket.close_code or 1006

    async def _write(self, socket: ClientConnection) -> None:
        while True:
            while self._waiting:
                text = self._waiting[0]
                await socket.send(text)
                # Only what was said is forgotten; when too much waits, the oldest has made room meanwhile.
                if self._waiting and self._waiting[0] is text:
                    self._waiting.popleft()
            self._none.set()
            self._some.clear()
            await self._some.wait()

    def _trust(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._certificate:
            # The server is reached by an address that its certificate does not name; so it is to be this very one. The
            # file may be newer than what a running server has, which was read when that was started.
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
            context.load_verify_locations(cadata=self._first + _own(self._certificate))
        return context


def _own(certificate: Path) -> str:
    """The first certificate of a file; those after it belong to who has signed it."""
    text, end, _ = certificate.read_text(encoding="utf-8").partition(_END)
    return text + end + "\n"
