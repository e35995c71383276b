"""A recorder as its own process, and the server that it comes to, of which there is only the WebSocket."""

import asyncio
import contextlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosedError
from websockets.http11 import Request, Response

from deskside.core.close_codes import BAD_HELLO
from deskside.core.codec import decode, encode
from deskside.core.recorder_messages import FROM_RECORDER, RECORDER_SUBPROTOCOL, TO_RECORDER
from signaling.recordings.folder import RecordingFolder
from signaling.recordings.keyring import Keyring
from tests.peers.page import Page
from tests.peers.waiting import PATIENCE
from tests.signaling.process import environment

TOKEN = "a-token-that-both-have"
Message = dict[str, Any]


class Desk:
    """The server's end of `/recorder`; use it in an `async with`. `expect` fails when something else comes first."""

    def __init__(self) -> None:
        self.port = 0
        self.visits = 0
        self.refuses_versions = False  # as a server of version 1 does
        self.spoken: Message = {}  # what it says of its versions; nothing: it is of version 1
        self._socket: ServerConnection | None = None
        self._came = asyncio.Event()
        self._messages: asyncio.Queue[Message] = asyncio.Queue()
        self._server: Server | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        await self.shut()

    async def open(self) -> None:
        """Be there, on the port of last time if there was one."""
        self._server = await serve(
            self._visit,
            "127.0.0.1",
            self.port,
            process_request=_admit,
            subprotocols=[RECORDER_SUBPROTOCOL],  # type: ignore[list-item]
        )
        self.port = next(iter(self._server.sockets)).getsockname()[1]

    async def shut(self) -> None:
        """Be gone, and close every line."""
        assert self._server
        self._came.clear()
        self._server.close()
        await self._server.wait_closed()

    async def came(self) -> None:
        """Wait until a recorder has come and said `hello`."""
        async with asyncio.timeout(PATIENCE):
            await self._came.wait()

    async def send(self, kind: str, **fields: Any) -> None:
        """Say something to the recorder."""
        assert self._socket
        await self._socket.send(encode({"type": kind} | fields, TO_RECORDER, json.dumps))

    async def expect(self, kind: str) -> Message:
        """What the recorder says next, which is of this type."""
        message = await self.next()
        assert message["type"] == kind, message
        return message

    async def next(self) -> Message:
        """What the recorder says next."""
        async with asyncio.timeout(PATIENCE):
            return await self._messages.get()

    async def offer(self, recording: str, part: int, sdp: str) -> None:
        """A page wants to be recorded."""
        await self.send("offer", recording=recording, part=part, sdp=sdp, ice_servers=[])

    async def connect(self, recording: str, part: int) -> Page:
        """A page that is recorded."""
        page = Page()
        await self.offer(recording, part, await page.offer())
        answer = await self.expect("answer")
        assert (answer["recording"], answer["part"]) == (recording, part)
        await page.answered(answer["sdp"])
        await self.expect("part_started")
        return page

    async def _visit(self, socket: ServerConnection) -> None:
        assert socket.subprotocol == RECORDER_SUBPROTOCOL
        hello = decode(await socket.recv(), FROM_RECORDER, json.loads)
        self._messages.put_nowait(hello)
        if self.refuses_versions and "version" in hello:
            await socket.close(BAD_HELLO)
            return
        self._socket = socket
        self.visits += 1
        await self.send("welcome", **self.spoken)
        self._came.set()
        with contextlib.suppress(ConnectionClosedError):  # it was killed
            async for text in socket:
                self._messages.put_nowait(decode(text, FROM_RECORDER, json.loads))


def _admit(socket: ServerConnection, request: Request) -> Response | None:
    if request.path == "/recorder" and request.headers.get("Authorization") == f"Bearer {TOKEN}":
        return None
    return Response(401, "Unauthorized", Headers())


class Recorder:
    """`deskside recorder` on a folder; use it in a `with`, which kills what is left."""

    def __init__(self, data: Path, port: int, **variables: str) -> None:
        self.key = variables.get("DESKSIDE_RECORDING_KEY") or Keyring.generate()
        self.folder = RecordingFolder(data / "recordings", Keyring.from_text(self.key))
        command = [sys.executable, "-m", "signaling", "recorder", "--server", f"http://127.0.0.1:{port}"]
        variables = {"DESKSIDE_RECORDER_TOKEN": TOKEN, "DESKSIDE_RECORDING_KEY": self.key} | variables
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 (`end` closes it)
        self.process = subprocess.Popen(
            [*command, "--data", str(data)], env=environment(**variables), stdin=subprocess.DEVNULL, stderr=self._log
        )

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait()

    def end(self) -> str:
        """Stop it as an operator does; the log. Fails when it does not end well."""
        if self.process.poll() is None:
            self.process.terminate()
        assert self.process.wait(PATIENCE) == 0, self.log()
        return self.log()

    def log(self) -> str:
        """What it has logged so far."""
        self._log.seek(0)
        return self._log.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()
        self._log.close()
