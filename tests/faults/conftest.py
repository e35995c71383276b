"""One build for all, a Playwright for each file of tests; where there can be no namespaces, why."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.faults.internet import obstacle
from tests.faults.scene import built


@pytest.fixture(scope="session", autouse=True)
def allowed() -> None:
    """Skips everything here where the system does not allow it."""
    why = obstacle()
    if why:
        pytest.skip(f"the faults of networks cannot be made here: {why}")


@pytest.fixture(scope="session")
def app(allowed: None) -> Iterator[Path]:
    with built() as folder:
        yield folder


@pytest.fixture(scope="module")
def playwright(allowed: None) -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started
