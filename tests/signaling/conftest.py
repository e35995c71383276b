"""A server of its own for each test."""

from collections.abc import Iterator

import pytest

from tests.signaling.server import Site, add_representatives, serving, settings

@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server where Bob and Cleo can sign in."""
    data = tmp_path_factory.mktemp("data")
    add_representatives(data, "Bob", "Cleo")
    with serving(settings(data)) as running:
        yield running
