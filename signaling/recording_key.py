"""The key that recordings are sealed with: from the settings, or from a file that is made at the first start."""

import os
import secrets
from pathlib import Path

from signaling.recordings.keyring import Keyring
from signaling.settings import Settings

FILE = "recording.key"


def is_to_be_made(settings: Settings) -> bool:
    """Whether there is no key yet."""
    return not settings.recording_key and not (settings.data / FILE).exists()


def recording_key(settings: Settings) -> str:
    """The text of the keyring. Raises OSError, and BadKey (a ValueError) for what is none."""
    text = settings.recording_key or _from_file(settings.data / FILE)
    Keyring.from_text(text)
    return text


def keyring(settings: Settings) -> Keyring:
    """The same, to be used. Raises likewise."""
    return Keyring.from_text(recording_key(settings))


def _from_file(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    # Whole or not at all, and of two who do this at once one makes it: what is sealed with a lost key is lost.
    new = path.with_name(f"{FILE}.{secrets.token_hex(8)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(Keyring.generate() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(new, path)
        except FileExistsError:
            return path.read_text(encoding="ascii").strip()
    finally:
        new.unlink()
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return path.read_text(encoding="ascii").strip()
