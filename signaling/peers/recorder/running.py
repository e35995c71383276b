"""`run`: the recorder until the operator, or the server that started it, ends it."""

import asyncio
import logging
import signal
from contextlib import suppress

from signaling import logs
from signaling.peers.recorder.service import Options, Service
from signaling.recordings.folder import RecordingFolder


def run(options: Options, folder: RecordingFolder) -> None:
    """Record until SIGTERM or Ctrl-C; what is open then is ended and written first."""
    logs.configure()
    # These name addresses of customers on INFO.
    for name in ("aioice", "aiortc", "websockets"):
        logging.getLogger(name).setLevel(logging.ERROR)
    with suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(_run(options, folder))


async def _run(options: Options, folder: RecordingFolder) -> None:
    task = asyncio.current_task()
    assert task
    loop = asyncio.get_running_loop()
    for ending in (signal.SIGTERM, signal.SIGINT):
        # Windows has no handlers here; there SIGINT comes as KeyboardInterrupt.
        with suppress(NotImplementedError):
            loop.add_signal_handler(ending, task.cancel)
    await Service(options, folder).run()
