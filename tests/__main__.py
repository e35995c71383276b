"""`python -m tests` runs every check: formatting, types, tests, and the journeys through real browsers.

All of them run, whatever fails; the exit code says whether one did. Names of checks as arguments choose some.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

CHECKS = {
    "build": ["deskside_build"],
    "lint": ["ruff", "check"],
    "format": ["ruff", "format", "--check"],
    "types": ["mypy"],
    "tests": ["pytest", "tests"],
    "e2e": ["pytest", "e2e"],
}


def run(module: list[str]) -> int:
    """One check, in this Python."""
    return subprocess.run([sys.executable, "-m", *module], cwd=ROOT, check=False).returncode


def have_browser() -> None:
    """A machine without any Chromium gets Playwright's own."""
    if not any(shutil.which(name) for name in BROWSERS):
        run(["playwright", "install", "chromium"])


def main(names: list[str]) -> int:
    """Run the named checks, or all; 0 when every one is fine."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"There is no check {unknown[0]}. There are: {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    chosen = names or list(CHECKS)
    if {"tests", "e2e"} & set(chosen):
        have_browser()
    results = []
    for name in chosen:
        print(f"\n== {name}: {' '.join(CHECKS[name])}", flush=True)
        started = time.monotonic()
        code = run(CHECKS[name])
        results.append((name, code, time.monotonic() - started))
    print("\n== all")
    for name, code, seconds in results:
        print(f"{name:8} {'fine' if code == 0 else f'failed ({code})':12} {seconds:6.1f} s")
    return 1 if any(code for _, code, _ in results) else 0


sys.exit(main(sys.argv[1:]))
