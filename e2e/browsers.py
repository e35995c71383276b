"""Browsers as the journeys start them."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright

from tests.browser import browsers

ARGUMENTS = (
    # Instead of asking which tab to share; `pages.source` has this title.
    "--auto-select-tab-capture-source-by-title=share source",
    # Hosts that are not this machine, for what browsers allow only there.
    "--host-resolver-rules=MAP *.example 127.0.0.1",
)


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """A browser whose contexts forget everything."""
    return browsers.launch(playwright, *ARGUMENTS, *arguments)


def launch_with(playwright: Playwright, profile: Path) -> BrowserContext:
    """A browser with a profile, which holds its settings."""
    return browsers.persistent(playwright, profile, *ARGUMENTS)
