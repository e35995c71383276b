"""Browsers in front of built pages."""

from playwright.sync_api import Page


def is_usable(page: Page) -> None:
    """Wait for Python."""
    page.wait_for_function("() => performance.getEntriesByName('deskside:usable').length")
