"""Chromium as the journeys and tests start it: Playwright's own where it is installed, else the machine's."""

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNUSED = (
    # Two pages of Chromium's own for each window, which nobody sees here and which took a quarter of the time.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    # A renderer in reserve for each context.
    "SpareRendererForSitePerProcess",
    # What Playwright switches off and this switch, which comes after its own, would switch on again.
    *("HttpsUpgrades", "LensOverlay", "MediaRouter", "OptimizationHints", "PaintHolding", "Translate"),
    *("DestroyProfileOnBrowserClose", "DialMediaRouteProvider", "GlobalMediaControls", "ThirdPartyStoragePartitioning"),
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    f"--disable-features={','.join(UNUSED)}",
    # Instead of asking which tab to share; `pages.source` has this title.
    "--auto-select-tab-capture-source-by-title=share source",
    # Hosts that are not this machine, for what browsers allow only there.
    "--host-resolver-rules=MAP *.example 127.0.0.1",
)


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """A Chromium whose contexts forget everything."""
    return playwright.chromium.launch(**options(playwright, *arguments))


def persistent(playwright: Playwright, profile: Path, *arguments: str) -> BrowserContext:
    """A Chromium with a profile on the disk, which holds its settings; a forgetful one gets little room for files."""
    return playwright.chromium.launch_persistent_context(profile, **options(playwright, *arguments))


def options(playwright: Playwright, *arguments: str) -> dict[str, Any]:
    """What every Chromium of the tests is started with."""
    given: dict[str, Any] = {"args": [*ARGUMENTS, *arguments]}
    if not os.path.exists(playwright.chromium.executable_path):
        found = next((path for path in map(shutil.which, INSTALLED) if path), None)
        assert found, "there is no Chromium; `python -m playwright install chromium` fetches one"
        given["executable_path"] = found
    return given
