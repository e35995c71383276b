"""Waiting for what a page can only say later: Playwright's `wait_for_function` takes any promise for a yes."""

from typing import Any

from playwright.sync_api import Page

PATIENCE = 90_000
"""Milliseconds that everything gets; a machine that does five things at once takes long."""

_WAIT = """async ([argument, patience]) => {
  const predicate = %s;
  const end = performance.now() + patience;
  for (;;) {
    const found = await predicate(argument);
    if (found) return found;
    if (performance.now() > end) throw new Error(`still not so after ${patience} ms: ${predicate}`);
    await new Promise((later) => setTimeout(later, 100));
  }
}"""


def wait_until(page: Page, predicate: str, argument: Any = None) -> Any:
    """Ask the page until the promise of this function is kept with something true; that.

    Fails after `PATIENCE` milliseconds.
    """
    return page.evaluate(_WAIT % predicate, [argument, PATIENCE])
