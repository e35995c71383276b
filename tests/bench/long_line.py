"""Two network namespaces and one wire between them: a long line with nothing else on it."""

import json
import os
import shlex
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from playwright.sync_api import BrowserContext, Playwright

from e2e import browsers
from tests.faults.wires import inside
from tests.signaling.process import environment

ENDS = ("one", "other")
MEGABYTE = 1_000_000


class LongLine:
    """Use it in a `with`. `round_trip` in milliseconds, `rate` in megabytes a second each way."""

    def __init__(self, round_trip: float, rate: float) -> None:
        self._how = {"wire": "line", "delay": round_trip / 2000, "rate": rate * MEGABYTE}
        self._names = {end: f"deskside-{os.getpid()}-{end}" for end in ENDS}
        self._wires: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        try:
            self._build()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _build(self) -> None:
        for name in self._names.values():
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "dev", "lo", "up")
        plan = json.dumps({"line": [[name, "line"] for name in self._names.values()]})
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", "tests.faults.wires", plan]
        self._wires = subprocess.Popen(command, env=environment(), stdin=pipe, stdout=pipe, text=True)
        assert self._wires.stdin and self._wires.stdout
        self._wires.stdout.readline()
        for number, name in enumerate(self._names.values(), 1):
            _ip("-n", name, "address", "add", f"192.0.2.{number}/24", "dev", "line")
            _ip("-n", name, "link", "set", "dev", "line", "up")
            # Where the browser asks for the address that it would leave from.
            _ip("-n", name, "route", "add", "default", "dev", "line")
        self._wires.stdin.write(json.dumps(self._how) + "\n")
        self._wires.stdin.flush()
        self._wires.stdout.readline()

    def __exit__(self, *_: object) -> None:
        if self._wires and self._wires.stdin:
            self._wires.stdin.close()
            self._wires.wait(10)
            self._wires.stdout.close()  # type: ignore[union-attr]  # it is a pipe
        for name in self._names.values():
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)

    def at(self, end: str) -> AbstractContextManager[None]:
        """What is opened meanwhile is opened at this end."""
        return inside(self._names[end])

    def browser(self, playwright: Playwright, end: str, profile: Path) -> BrowserContext:
        """A Chromium at this end, whose connections name its address."""
        given = browsers.options(playwright)
        program = given.get("executable_path") or playwright.chromium.executable_path
        script = profile.with_suffix(".sh")
        script.write_text(f'#!/bin/sh\nexec ip netns exec {self._names[end]} {shlex.quote(str(program))} "$@"\n')
        script.chmod(0o755)
        shown = ["WebRtcHideLocalIpsWithMdns", *browsers.UNUSED]
        given["args"] = [*given["args"], f"--disable-features={','.join(shown)}"]
        return playwright.chromium.launch_persistent_context(profile, **{**given, "executable_path": script})


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
