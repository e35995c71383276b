"""`run`: the recorder until the operator, or the server that started it, ends it."""

import asyncio
import logging
import signal
import sys
from contextlib import suppress

import structlog

from signaling import logs
from signaling.peers.recorder.service import Options, Service
from signaling.recordings.folder import RecordingFolder

if sys.platform == "win32":
    from asyncio import new_event_loop as _new_loop
else:
    # A quarter less processor time: it takes all packets that are there at once, asyncio's own one in each turn.
    from uvloop import new_event_loop as _new_loop

log = structlog.get_logger()
_ENDINGS = (signal.SIGTERM, signal.SIGINT)


def run(options: Options, folder: RecordingFolder) -> None:
    """Record until SIGTERM or Ctrl-C; what is open then is ended and written first."""
    logs.configure()
    # These name addresses of customers on INFO.
    for name in ("aioice", "aiortc", "websockets"):
        logging.getLogger(name).setLevel(logging.ERROR)
    with suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=_new_loop) as runner:
        runner.run(_run(options, folder))


async def _run(options: Options, folder: RecordingFolder) -> None:
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()
    for ending in _ENDINGS:
        # Windows has no handlers here; there SIGINT comes as KeyboardInterrupt.
        with suppress(NotImplementedError):
            loop.add_signal_handler(ending, asked.set)
    service = asyncio.create_task(Service(options, folder).run())
    waiting = asyncio.create_task(asked.wait())
    await asyncio.wait([service, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    service.cancel()
    try:
        # Whoever asks a second time does not hurry it.
        await service
    except asyncio.CancelledError:
        log.info("recorder_ended")
    for ending in _ENDINGS:
        with suppress(NotImplementedError):
            loop.remove_signal_handler(ending)
            signal.signal(ending, signal.SIG_IGN)
