"""What a server's process costs, as Linux counts it, and a server that does nothing to compare it with."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.signaling.process import environment

_TICKS = os.sysconf("SC_CLK_TCK")
_ECHO = """
import socket, sys
import uvicorn

async def echo(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})

uvicorn.run(
    echo, fd=int(sys.argv[1]), ws="websockets-sansio", ws_ping_interval=None, ws_per_message_deflate=False,
    lifespan="off", log_level="error", access_log=False,
)
"""


def cpu_seconds(pid: int) -> float:
    """What a process has used of all processors until now."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory(pid: int) -> int:
    """The bytes that are a process's own; what it shares with others, as libraries, would grow when they end."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == "Anonymous":
            return int(value.split()[0]) * 1024
    raise RuntimeError("the kernel does not count memory by process")


@contextmanager
def echoing() -> Iterator[tuple[str, int]]:
    """A bare uvicorn that answers every frame with itself: its URL and its process."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    command = [sys.executable, "-c", _ECHO, str(listener.fileno())]
    process = subprocess.Popen(command, env=environment(), pass_fds=[listener.fileno()])
    try:
        yield f"ws://127.0.0.1:{listener.getsockname()[1]}/", process.pid
    finally:
        process.terminate()
        process.wait()
        listener.close()
