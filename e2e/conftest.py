"""One build for all journeys, a browser and a server for each module, new contexts for each test."""

import re
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from e2e import servers
from e2e.browsers import launch
from e2e.people import ADMINISTRATOR, People
from e2e.servers import ROOT, Server
from e2e.waiting import PATIENCE

NAMES = ("Riley", "Robin", "Quinn", "Avery", "Jules", "Marin", "Noor", "Sasha", "Tal", "Uli", "Wren", "Yuri")

expect.set_options(timeout=PATIENCE)


GIVEN = pytest.StashKey[Path]()


def given(config: pytest.Config) -> Path:
    """A folder with `app`, the static app fresh from the sources, and `staff`, a data folder with everybody who may
    sign in. Made once, however many processes share the journeys."""
    handed = getattr(config, "workerinput", {}).get("given")
    if handed:
        return Path(handed)
    if GIVEN not in config.stash:
        folder = config.stash[GIVEN] = Path(tempfile.mkdtemp(prefix="deskside-journeys-"))
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        servers.build(folder / "app")
        servers.hire(folder / "staff", NAMES)
        servers.add_representative(folder / "staff", ADMINISTRATOR, "--administrator")
    return config.stash[GIVEN]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a process that pytest-xdist starts where that folder is."""
    node.workerinput["given"] = str(given(node.config))


@pytest.fixture(scope="session")
def app(pytestconfig: pytest.Config) -> Path:
    """The static app."""
    return given(pytestconfig) / "app"


@pytest.fixture(scope="session")
def staff(pytestconfig: pytest.Config) -> Path:
    """A data folder with everybody who may sign in."""
    return given(pytestconfig) / "staff"


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with launch(playwright) as started:
        yield started


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    """What a module wants different about its server."""
    return {}


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    """What a module wants different about the site."""
    return {}


@pytest.fixture(scope="module")
def shared_server(
    app: Path,
    staff: Path,
    site: dict[str, object],
    settings: dict[str, object],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """The module's server; a test takes `server`."""
    data = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(staff, data)
    server = Server(app, data, site, **settings)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def unused_names() -> list[str]:
    return list(reversed(NAMES))


@pytest.fixture
def server(shared_server: Server) -> Server:
    return shared_server


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember on the test how it went, for the fixtures that come after it."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture
def people(
    browser: Browser, server: Server, unused_names: list[str], request: pytest.FixtureRequest
) -> Iterator[People]:
    """Everybody in this test. An error that a page did not expect fails the test."""

    def name() -> str:
        if not unused_names:
            unused_names.append(f"Helper {request.node.name}"[:100])
            servers.add_representative(server.data, unused_names[0])
        return unused_names.pop()

    people = People(browser, server, name)
    yield people
    if request.node.stash.get(FAILED, False) or people.complaints:
        directory = ROOT / "test-results" / re.sub(r"[^\w-]+", "-", request.node.name)
        shutil.rmtree(directory, ignore_errors=True)
        people.keep(directory)
    people.leave()
    assert people.complaints == []
