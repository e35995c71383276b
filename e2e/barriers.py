"""What keeps people out of a page: axe's findings, and what has to be scrolled sideways."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

NARROW, WIDE = (360, 740), (1440, 900)
_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# Injected once for each page, and only what it finds comes back: the rest of its report is larger than the page.
_RUN = """(options) => axe.run({ ...options, resultTypes: ["violations"] }).then(({ violations }) => violations)"""
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


def finds_nothing(page: Page, screen: str, **options: Any) -> None:
    """Axe, on the page as it is. `options` are those of `axe.run`."""
    page.evaluate(_STILL)
    if not page.evaluate("() => Boolean(globalThis.axe)"):
        page.evaluate(AXE_SCRIPT)
    results = AxeResults({"violations": page.evaluate(_RUN, options)})
    assert not results.violations_count, f"{screen}:\n{results.generate_report()}"
    assert not page.evaluate(_TOO_WIDE), f"{screen} is too wide"


def has_no_barrier(page: Page, screen: str) -> None:
    """Light and dark, narrow and wide; and nothing overflows from right to left, or in forced colours."""
    page.bring_to_front()  # what moves on a page behind another one arrives seconds later
    for width, height in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        finds_nothing(page, f"{screen}, light, {width} pixels")
        # The dark page has the same elements; nothing but their colours can be at fault.
        page.emulate_media(color_scheme="dark")
        finds_nothing(page, f"{screen}, dark, {width} pixels", **_COLOURS)
        page.emulate_media(color_scheme="light")
    page.emulate_media(forced_colors="active")
    assert not page.evaluate(_TURNED), f"{screen}, right to left"
    page.emulate_media(forced_colors="none")
