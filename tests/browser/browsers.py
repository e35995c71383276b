"""Chromium as the tests start it: Playwright's own where it is installed, else the machine's."""

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """A Chromium whose contexts forget everything."""
    given = options(playwright)
    return playwright.chromium.launch(**given | {"args": [*given["args"], *arguments]})


def persistent(playwright: Playwright, profile: Path) -> BrowserContext:
    """A Chromium of its own with a profile on the disk: a forgetful one gets little room for files."""
    return playwright.chromium.launch_persistent_context(str(profile), **options(playwright))


def options(playwright: Playwright) -> dict[str, Any]:
    """What every Chromium of the tests is started with."""
    given: dict[str, Any] = {"args": ARGUMENTS}
    if not os.path.exists(playwright.chromium.executable_path):
        names = ("google-chrome", "chromium", "chromium-browser")
        found = next((path for path in map(shutil.which, names) if path), None)
        if found is None:
            raise RuntimeError("no Chromium: run `playwright install chromium`, or install Chrome or Chromium")
        given["executable_path"] = found
    return given
