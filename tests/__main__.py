"""`python -m tests` runs every check: formatting, types, tests, and the journeys through real browsers.

All of them run, whatever fails; the exit code says whether one did. Names of checks as arguments choose some. The
journeys and the faults of networks, which wait most of the time, run beside the other checks; each line says whose it
is.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from e2e.browsers import INSTALLED

ROOT = Path(__file__).parent.parent

CHECKS = {
    "build": ["deskside_build"],
    "lint": ["ruff", "check"],
    "format": ["ruff", "format", "--check"],
    "types": ["mypy"],
    # Properties are tried with the same examples each time, and with new ones wherever pytest is called by hand.
    "tests": ["pytest", "tests", "--ignore=tests/faults", "--hypothesis-profile=ci"],
    # Most of its time a network is down, and everybody waits for it to come back.
    "faults": ["pytest", "tests/faults"],
    # Two at a time: a journey waits for its browsers most of the time.
    "e2e": ["pytest", "--numprocesses=2", "--dist=loadfile", "e2e"],
}
LANES = (("lint", "format", "types", "tests"), ("e2e",), ("faults",))
"""What runs side by side, once the build is through."""


class Results:
    """How each check went, and a printer that keeps the lines of several apart."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}
        self.seconds: dict[str, float] = {}
        self._printing = threading.Lock()

    def check(self, name: str) -> None:
        """Run one check in this Python and print what it says."""
        started = time.monotonic()
        self._say(name, f"python -m {' '.join(CHECKS[name])}")
        environment = os.environ | {"PYTHONUNBUFFERED": "1"} | ({"FORCE_COLOR": "1"} if sys.stdout.isatty() else {})
        command = [sys.executable, "-m", *CHECKS[name]]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            assert process.stdout
            for line in process.stdout:
                self._say(name, line.rstrip())
        self.codes[name] = process.returncode
        self.seconds[name] = time.monotonic() - started

    def lane(self, names: Sequence[str]) -> None:
        """Run some checks, one after the other."""
        for name in names:
            self.check(name)

    def _say(self, name: str, line: str) -> None:
        with self._printing:
            print(f"{name:6} | {line}", flush=True)


def have_browser() -> None:
    """A machine without any Chromium gets Playwright's own."""
    if not any(shutil.which(name) for name in INSTALLED):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main(names: list[str]) -> int:
    """Run the named checks, or all; 0 when every one is fine."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"There is no check {unknown[0]}. There are: {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    chosen = names or list(CHECKS)
    if {"tests", "e2e"} & set(chosen):
        have_browser()
    results = Results()
    if "build" in chosen:
        results.check("build")
    lanes = [[name for name in lane if name in chosen] for lane in LANES]
    threads = [threading.Thread(target=results.lane, args=(lane,)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("\n== all")
    for name in CHECKS:
        if name in chosen:
            code = results.codes.get(name, -1)
            print(f"{name:8} {'fine' if code == 0 else f'failed ({code})':12} {results.seconds.get(name, 0):6.1f} s")
    return 1 if any(results.codes.get(name, -1) for name in chosen) else 0


sys.exit(main(sys.argv[1:]))
