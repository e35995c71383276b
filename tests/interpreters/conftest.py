"""The interpreters under test are those that the pages run: fetched as web/package-lock.json names them."""

import pytest

from deskside_build import packages

from .sources import WEB


@pytest.fixture(scope="session", autouse=True)
def interpreters() -> None:
    if not packages.has_npm():
        pytest.skip("this machine has no node and npm")
    packages.install(WEB)
