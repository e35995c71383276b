"""The Chromium under test: Playwright's own where it is installed, else the one of the system."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """Start it; a context manager that closes it."""
    chromium = playwright.chromium
    path = chromium.executable_path
    if not Path(path).exists():
        found = next((name for name in map(shutil.which, _NAMES) if name), None)
        assert found, "there is no Chromium; `python -m playwright install chromium` fetches one"
        path = found
    return chromium.launch(executable_path=path, args=[*_ARGUMENTS, *arguments])
