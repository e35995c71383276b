"""The sending half of one WebSocket: a bounded queue, and an end that comes even when nobody reads."""

import asyncio
from collections import deque

from starlette.websockets import WebSocket, WebSocketDisconnect

from deskside.core.close_codes import TOO_SLOW

LAST_WORDS = 2.0
"""Seconds that a page gets to take what is left and the close frame before the line is cut."""


class Connection:
    """`send` and `close` never wait. A page that leaves more than `limit` characters unread is closed."""

    def __init__(self, websocket: WebSocket, limit: int) -> None:
        self._websocket = websocket
        self.limit = limit
        self._frames: deque[str] = deque()
        self._size = 0
        self._gone = False
        # Only while there is something to send: an idle page costs no task.
        self._task: asyncio.Task[None] | None = None
        self.closed: int | None = None

    def send(self, text: str) -> None:
        """Queue a frame."""
        if self.closed is not None or self._gone:
            return
        if self._size + len(text) > self.limit:
            self._frames.clear()
            self.close(TOO_SLOW)
            return
        self._frames.append(text)
        self._size += len(text)
        self._wake()

    def close(self, code: int) -> None:
        """Send what is queued, then close. The first code counts."""
        if self.closed is None and not self._gone:
            self.closed = code
            asyncio.get_running_loop().call_later(LAST_WORDS, self._abort)
            self._wake()

    def gone(self) -> None:
        """The page has closed, or the line is dead: nothing is sent any more."""
        self._gone = True
        self._frames.clear()
        if self._task:
            self._task.cancel()

    def _wake(self) -> None:
        if not self._task:
            self._task = asyncio.create_task(self._drain())

    async def _drain(self) -> None:
        try:
            while self._frames:
                text = self._frames.popleft()
                await self._websocket.send_text(text)
                self._size -= len(text)
            if self.closed is not None:
                await self._websocket.close(self.closed)
        except (WebSocketDisconnect, RuntimeError, OSError):
            self._gone = True
        finally:
            self._task = None

    def _abort(self) -> None:
        abort = self._websocket.scope["extensions"].get("deskside.abort")
        if abort:
            abort()
