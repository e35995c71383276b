"""A WebSocket client that costs next to nothing, so that one process can be thousands of customers."""

import asyncio
import base64
import os
import struct
from collections.abc import Callable
from urllib.parse import urlsplit

TEXT, CLOSE = 0x1, 0x8
Received = Callable[[bytes], None]


class Line(asyncio.Protocol):
    """One connection. `received` gets the bytes of each text frame; frames of the server come whole."""

    def __init__(self, request: bytes) -> None:
        loop = asyncio.get_running_loop()
        self.opened: asyncio.Future[None] = loop.create_future()
        self.closed: asyncio.Future[int] = loop.create_future()
        self.received: Received = lambda text: None
        self._request = request
        self._buffer = b""
        self._code = 1006
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        data = self._buffer + data if self._buffer else data
        if not self.opened.done():
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self._buffer = head
                return
            if b" 101 " not in head.partition(b"\r\n")[0]:
                self.opened.set_exception(ConnectionRefusedError(head.decode()))
                return
            self.opened.set_result(None)
        at = 0
        while (frame := _frame(data, at)) is not None:
            kind, start, at = frame
            if kind == TEXT:
                self.received(data[start:at])
            elif kind == CLOSE:
                self._code = int.from_bytes(data[start : start + 2])
                self.close()
        self._buffer = data[at:]

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(error or ConnectionResetError())
        if not self.closed.done():
            self.closed.set_result(self._code)

    def send(self, text: bytes) -> None:
        """One frame. Masked, as it has to be, with the mask that changes nothing."""
        assert self._transport
        size = len(text)
        head = struct.pack("!BB", 0x81, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x81, 0xFE, size)
        self._transport.write(head + b"\0\0\0\0" + text)

    def close(self) -> None:
        """Hang up."""
        assert self._transport
        self._transport.close()


def _frame(data: bytes, at: int) -> tuple[int, int, int] | None:
    """The frame that begins at `at`: its kind, and where its content begins and ends."""
    if len(data) < at + 2:
        return None
    size, start = data[at + 1], at + 2
    if size > 125:
        start += 2 if size == 126 else 8
        if len(data) < start:
            return None
        size = int.from_bytes(data[at + 2 : start])
    return (data[at] & 0x0F, start, start + size) if len(data) >= start + size else None


async def connect(url: str, address: str, received: Received, protocol: str = "", cookie: str = "") -> Line:
    """Open a WebSocket from this loopback address."""
    parts = urlsplit(url)
    assert parts.hostname and parts.port
    headers = {
        "Host": parts.netloc,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Origin": f"http://{parts.netloc}",
    }
    headers |= {"Sec-WebSocket-Protocol": protocol} if protocol else {}
    headers |= {"Cookie": cookie} if cookie else {}
    lines = [f"GET {parts.path or '/'} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    request = "\r\n".join([*lines, "", ""]).encode()
    loop = asyncio.get_running_loop()
    _, line = await loop.create_connection(lambda: Line(request), parts.hostname, parts.port, local_addr=(address, 0))
    line.received = received
    await line.opened
    return line
