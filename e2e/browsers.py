"""Browsers as the journeys start them: Playwright's own Chromium where it is installed, else the machine's."""

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    # Instead of asking which tab to share; `pages.source` has this title.
    "--auto-select-tab-capture-source-by-title=share source",
    # Hosts that are not this machine, for what browsers allow only there.
    "--host-resolver-rules=MAP *.example 127.0.0.1",
]
INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """A browser whose contexts forget everything."""
    return playwright.chromium.launch(**_options(playwright, arguments))


def launch_with(playwright: Playwright, profile: Path) -> BrowserContext:
    """A browser with a profile, which holds its settings."""
    return playwright.chromium.launch_persistent_context(profile, **_options(playwright, ()))


def _options(playwright: Playwright, arguments: tuple[str, ...]) -> dict[str, Any]:
    options: dict[str, Any] = {"args": [*ARGUMENTS, *arguments]}
    if not os.path.exists(playwright.chromium.executable_path):
        found = next((path for path in map(shutil.which, INSTALLED) if path), None)
        assert found, "there is no Chromium; `python -m playwright install chromium` fetches one"
        options["executable_path"] = found
    return options
