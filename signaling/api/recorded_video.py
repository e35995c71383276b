"""The video of a part as a browser asks for it: a range at a time, decrypted a piece at a time."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import structlog
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from signaling.api.answers import HEADERS
from signaling.api.ranges import Range, Unsatisfiable, range_of
from signaling.recordings.seal import SealBroken
from signaling.recordings.sealed import SealedReader
from signaling.store.archive import Row

log = structlog.get_logger()
PIECE = 256 * 1024
_HEADERS = HEADERS | {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-store",
    "Content-Type": "video/webm",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class _Video(StreamingResponse):
    """A range of a video. Its reader is closed when it ends, however it ends."""

    def __init__(self, reader: SealedReader, sent: Range, code: int, headers: dict[str, str]) -> None:
        self._reader = reader
        self._reading: asyncio.Future[bytes] | None = None
        super().__init__(self._pieces(sent.first, sent.first + sent.size), code, headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self._reading and not self._reading.done():
                # A browser that goes away does not end the thread that reads for it.
                self._reading.add_done_callback(self._close)
            else:
                self._reader.close()

    def _close(self, reading: "asyncio.Future[bytes]") -> None:
        if not reading.cancelled():
            reading.exception()
        self._reader.close()

    async def _pieces(self, at: int, end: int) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        while at < end:
            self._reading = loop.run_in_executor(None, self._reader.read, at, min(PIECE, end - at))
            try:
                piece = await asyncio.shield(self._reading)
            except SealBroken:
                # What has left so far was as it was recorded; the browser sees that it is cut.
                log.error("recording_broken")
                return
            yield piece
            at += len(piece)


def video(request: Request, reader: SealedReader, row: Row, number: int, takes: bool) -> Response:
    """The answer; `reader` is closed by it. Of a part that is still recorded there is what there is now."""
    # The same name for the same bytes: a part that grows keeps those that it has, a whole one has others.
    tag = f'"{row.id}-{number}-{"whole" if reader.is_complete else "live"}"'
    headers = _HEADERS | {"ETag": tag}
    if takes:
        at = datetime.fromtimestamp(row.started_at / 1000, UTC)
        headers["Content-Disposition"] = f'attachment; filename="recording-{at:%Y-%m-%d-%H%MZ}-{number}.webm"'
    asked = request.headers.get("range", "")
    if request.headers.get("if-range", tag) != tag:
        asked = ""
    try:
        part = range_of(asked, reader.length)
    except Unsatisfiable:
        headers = {name: headers[name] for name in headers if name not in ("Content-Type", "Content-Disposition")}
        headers["Content-Range"] = f"bytes */{reader.length}"
        reader.close()
        return Response(status_code=416, headers=headers)
    if part:
        headers["Content-Range"] = f"bytes {part.first}-{part.first + part.size - 1}/{reader.length}"
    sent = part or Range(0, reader.length)
    headers["Content-Length"] = str(sent.size)
    if request.method == "HEAD":
        reader.close()
        return Response(status_code=206 if part else 200, headers=headers)
    return _Video(reader, sent, 206 if part else 200, headers)
