"""One Chromium and one built site for each file of tests; pages of their own for each test.

No wider: Playwright holds an event loop that later tests would find running.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from e2e import browsers

from . import site
from .pair import Pair


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = browsers.launch(playwright)
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site") / "files"
    site.build(folder, "files_page", ["deskside.runtime.files"])
    with site.serve(folder) as address:
        yield address


@pytest.fixture
def pair(browser: Browser, url: str) -> Iterator[Pair]:
    """Two pages on MicroPython, connected."""
    yield from _pair(browser, url)


@pytest.fixture
def brython_pair(browser: Browser, url: str) -> Iterator[Pair]:
    """Two pages on Brython, connected."""
    yield from _pair(browser, url + "compat.html")


def _pair(browser: Browser, url: str) -> Iterator[Pair]:
    contexts = [browser.new_context(), browser.new_context()]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.goto(url)
        page.wait_for_function("() => globalThis.files")
    pair = Pair(*pages)
    pair.connect()
    yield pair
    for context in contexts:
        context.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of 24 MB and a bit whose blocks all differ."""
    path = tmp_path / "holiday.tar.gz"
    with path.open("wb") as file:
        for block in range(24):
            file.write(bytes([block]) * (1024 * 1024))
        file.write(b"and a bit")
    return path
