"""Devices whose clock is off, and is set while a page runs."""

from playwright.sync_api import BrowserContext, Page

HOUR = 3_600_000

_CLOCK = """(() => {
  const Real = Date;
  let off = OFF;
  globalThis.setClock = (more) => { off += more; };
  globalThis.Date = class Date extends Real {
    constructor(...parts) { if (parts.length) super(...parts); else super(Real.now() + off); }
    static now() { return Real.now() + off; }
  };
})()"""


def clock_off(context: BrowserContext, milliseconds: int) -> BrowserContext:
    """From now on what the pages of this browser take for the time is so far from it."""
    context.add_init_script(_CLOCK.replace("OFF", str(milliseconds)))
    return context


def set_clock(page: Page, milliseconds: int) -> None:
    """Somebody sets the clock of the device of a page in `clock_off`."""
    page.evaluate("(more) => globalThis.setClock(more)", milliseconds)
