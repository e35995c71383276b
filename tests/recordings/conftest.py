"""Keys, and a folder of recordings."""

from pathlib import Path

import pytest

from signaling.recordings.folder import RecordingFolder
from signaling.recordings.keyring import Keyring


@pytest.fixture
def keyring() -> Keyring:
    return Keyring.from_text(Keyring.generate())


@pytest.fixture
def folder(tmp_path: Path, keyring: Keyring) -> RecordingFolder:
    return RecordingFolder(tmp_path / "recordings", keyring)
