"""A server for each test, or one for the tests of a module that leave nothing behind which others would see."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from signaling import desk
from tests.signaling.clock import Clock
from tests.signaling.recorder import RECORDS, recording_settings
from tests.signaling.server import Page, Site, prepare, serving, settings


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder to be copied."""
    data = tmp_path_factory.mktemp("prepared")
    prepare(data)
    return data


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A data folder in which Bob and Cleo may sign in."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def site(data: Path) -> Iterator[Site]:
    """A server on that folder."""
    with serving(settings(data)) as running:
        yield running


@pytest.fixture(scope="module")
def common(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for the whole module."""
    data = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("common") / "data"))
    with serving(settings(data)) as running:
        yield running


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock of every server in this process."""
    clock = Clock()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("signaling.clock.time", clock)
        yield clock
    desk._CLOCK.settle()


@pytest.fixture
def records(data: Path) -> Iterator[Site]:
    """A server whose site records."""
    with serving(recording_settings(data), site=RECORDS) as running:
        yield running


@pytest.fixture
def console(records: Site) -> Page:
    """Bob's."""
    return records.console(records.cookie("Bob"))[0]
