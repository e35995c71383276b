"""The recorder that a server starts itself: a child process, which is started again when it dies."""

import asyncio
import contextlib
import os
import sys
import time

import structlog

from signaling.settings import Settings

log = structlog.get_logger()
_COMMAND = ("-m", "signaling.recorder_child")
SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Seconds between a death and the next start: more with each, up to this."""
_LIVED = 60.0
"""Seconds after which a child counts as one that works."""
_LAST_WORDS = 8.0
"""Seconds that it gets to write what it has to its end, when the server stops."""


class RecorderProcess:
    """`run` is a task of the server. Nothing is started before there is something to record, which `needed` says."""

    def __init__(self, settings: Settings, url: str, key: str, command: tuple[str, ...] = _COMMAND) -> None:
        """`url` is the server's own address, as this machine reaches it."""
        self._arguments = [*command, "--server", url, "--data", str(settings.data)]
        self._environment = {
            **os.environ,
            "DESKSIDE_RECORDER_TOKEN": settings.recorder_token,
            "DESKSIDE_RECORDING_KEY": key,
            "DESKSIDE_RECORDINGS": str(settings.recordings_folder),
            "DESKSIDE_MAX_RECORDINGS": str(settings.max_recordings),
        }
        if settings.certificate:
            # What it trusts: it comes by an address that the certificate does not name.
            self._environment["DESKSIDE_CERTIFICATE"] = str(settings.certificate.absolute())
        self._pause = SHORTEST_PAUSE
        self.needed = asyncio.Event()

    async def run(self) -> None:
        """Keep one there from the moment at which it is needed; end it when this task is cancelled."""
        await self.needed.wait()
        while True:
            began = time.monotonic()
            try:
                await self._live()
            except OSError as error:
                log.error("recorder_cannot_start", error=type(error).__name__)
            if time.monotonic() - began > _LIVED:
                self._pause = SHORTEST_PAUSE
            await asyncio.sleep(self._pause)
            self._pause = min(2 * self._pause, LONGEST_PAUSE)

    async def _live(self) -> None:
        # Its log is ours: the same lines, on the same standard error. A session of its own, so that Ctrl-C reaches
        # it by way of us.
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *self._arguments,
            env=self._environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        log.info("recorder_started", process=child.pid)
        try:
            code = await child.wait()
            log.error("recorder_died", code=code, again_in=self._pause)
        except asyncio.CancelledError:
            await _end(child)
            raise


async def _end(child: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        child.terminate()
    try:
        async with asyncio.timeout(_LAST_WORDS):
            await child.wait()
    except TimeoutError:
        log.error("recorder_killed")
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
