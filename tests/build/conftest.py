"""One build for all tests of this folder."""

from pathlib import Path

import pytest

from deskside_build import build


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static app, fresh from the sources."""
    directory = tmp_path_factory.mktemp("build") / "app"
    build(directory)
    return directory
