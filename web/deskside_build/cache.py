"""What takes long to make is kept from one build to the next, by a digest of what it is made of."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).parents[1] / ".cache"


def kept(suffix: str, made_of: bytes, make: Callable[[], bytes], folder: Path = FOLDER) -> bytes:
    """What `make` returns, or did when it was asked for the same: `made_of` holds everything that it depends on."""
    path = folder / (hashlib.sha256(made_of).hexdigest() + suffix)
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Several builds may want the same at once; each writes a file of its own, and the last one stays.
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_bytes(make())
        part.replace(path)
    return path.read_bytes()
