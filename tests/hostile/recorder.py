"""The recorder's process under attack by what it takes for its server."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from deskside.core.recorder_messages import RECORDER_SUBPROTOCOL
from deskside.core.versions import SPOKEN
from signaling.recordings.keyring import Keyring
from tests.hostile.finding import Finding
from tests.hostile.frames import Forge, Frame
from tests.hostile.pages import Act
from tests.signaling.process import environment
from tests.signaling.recorder import TOKEN

PATIENCE = 60


def of_a_server(folder: Path, make: Callable[[str], Forge], wrong: int) -> Iterator[Act]:
    """Everything that a recorder understands over one line; then what it does not, after which it comes back."""
    title = "a server against the recorder"
    forge = make(title)
    frames = forge.batch("server to recorder", 0)
    refused = [forge.wrong("server to recorder", kind) for kind in ("offer", "finish", "ping")][:wrong]
    lines: queue.Queue[ServerConnection] = queue.Queue()
    closed = threading.Event()

    def visit(line: ServerConnection) -> None:
        lines.put(line)
        closed.wait()

    server = serve(visit, "127.0.0.1", 0, subprotocols=[RECORDER_SUBPROTOCOL])  # type: ignore[list-item]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with _recorder(folder, server.socket.getsockname()[1]) as process:
            sent: list[Frame] = []
            for batch in (frames, *([frame] for frame in refused), []):
                line = _welcomed(lines, process, title, sent)
                for frame in batch:
                    line.send(frame.data)
                sent += batch
                if batch is frames:
                    _answers(line, title, sent)
                line.close()
        yield Act(title, sent)
    finally:
        closed.set()
        server.shutdown()
        thread.join()


@contextmanager
def _recorder(folder: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    folder.mkdir()
    command = [sys.executable, "-m", "signaling", "recorder", "--server", f"http://127.0.0.1:{port}"]
    variables = {"DESKSIDE_RECORDER_TOKEN": TOKEN, "DESKSIDE_DATA": str(folder)}
    variables["DESKSIDE_RECORDING_KEY"] = Keyring.generate()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment(**variables), stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def _welcomed(
    lines: "queue.Queue[ServerConnection]", process: "subprocess.Popen[bytes]", title: str, sent: list[Frame]
) -> ServerConnection:
    try:
        line = lines.get(timeout=PATIENCE)
        hello = json.loads(line.recv(PATIENCE))
    except (queue.Empty, TimeoutError, ConnectionClosed):
        raise Finding(f"{title}: it does not come back; it ended with {process.poll()}", sent) from None
    assert hello["type"] == "hello"
    line.send(json.dumps({"type": "welcome", **SPOKEN}))
    return line


def _answers(line: ServerConnection, title: str, sent: list[Frame]) -> None:
    """It still answers."""
    line.send(json.dumps({"type": "ping"}))
    try:
        while json.loads(line.recv(PATIENCE))["type"] != "pong":
            pass
    except (ConnectionClosed, TimeoutError) as error:
        raise Finding(f"{title}: it does not answer after messages that are as they should be: {error}", sent) from None
