"""What keeps people out of a page: axe's findings, and what has to be scrolled sideways."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = ((360, 740), (1440, 900))
# Colours change and cards fade in over a moment; what counts is where they arrive.
_STILL = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime < Infinity)
  .map((one) => one.finished))"""
_TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"
_TURNED = """() => {
  const root = document.documentElement;
  const dir = root.dir;
  root.dir = "rtl";
  const wide = root.scrollWidth > innerWidth;
  root.dir = dir;
  return wide;
}"""


def finds_nothing(page: Page, screen: str) -> None:
    """Axe, on the page as it is."""
    page.evaluate(_STILL)
    results = Axe().run(page)
    assert not results.violations_count, f"{screen}:\n{results.generate_report()}"
    assert not page.evaluate(_TOO_WIDE), f"{screen} is too wide"


def has_no_barrier(page: Page, screen: str) -> None:
    """Light and dark, narrow and wide; and nothing overflows from right to left, or in forced colours."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            finds_nothing(page, f"{screen}, {scheme}, {width} pixels")
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="light", forced_colors="active")
    assert not page.evaluate(_TURNED), f"{screen}, right to left"
    page.emulate_media(forced_colors="none")
