"""One build for all tests of this folder, served by us or by a host that knows nothing of us."""

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from deskside_build import build
from e2e.browsers import launch
from tests.signaling.server import Site, serving, settings


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static app, fresh from the sources."""
    directory = tmp_path_factory.mktemp("build") / "app"
    build(directory)
    return directory


@pytest.fixture(scope="module")
def site(app: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(settings(tmp_path_factory.mktemp("data"), static=app)) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launch(playwright) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


class _StaticHost(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def host(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A host that serves a folder and knows nothing of us; folder and origin."""
    folder = tmp_path / "host"
    folder.mkdir()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_StaticHost, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()
