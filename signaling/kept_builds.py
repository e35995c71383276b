"""Hashed files of builds that were served before: a page that was loading during an upgrade still finds its own.

The name of such a file bears a hash of its content, so copies of different builds never collide. A copy's modification
time is the last moment at which a served build had it.
"""

import contextlib
import os
import shutil
from pathlib import Path

MOST_BYTES = 256 * 1024 * 1024
"""Of all copies together; the oldest go first."""
_ASSETS = "assets"
_UNFINISHED = ".unfinished"


class KeptBuilds:
    """The copies in `folder`, each kept for `seconds` after the last build that had it. Only one server may use it."""

    def __init__(self, folder: Path, seconds: int) -> None:
        self._folder = folder
        self._seconds = seconds

    def keep(self, build: Path, now: float) -> None:
        """Copy what `build` serves at `now` (Unix time), and delete what is too old. Raises OSError."""
        if not self._seconds:
            shutil.rmtree(self._folder, ignore_errors=True)
            return
        for source in _files(build / _ASSETS):
            copy = self._folder / source.relative_to(build)
            if not copy.is_file() or copy.stat().st_size != source.stat().st_size:
                copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                unfinished = copy.with_name(copy.name + _UNFINISHED)
                shutil.copyfile(source, unfinished)
                unfinished.replace(copy)
            os.utime(copy, (now, now))
        room = MOST_BYTES
        for copy in sorted(_files(self._folder), key=lambda path: path.stat().st_mtime, reverse=True):
            about = copy.stat()
            room -= about.st_size
            if room < 0 or about.st_mtime < now - self._seconds or copy.name.endswith(_UNFINISHED):
                with contextlib.suppress(FileNotFoundError):
                    copy.unlink()

    def find(self) -> dict[str, Path]:
        """The copies by their path in the URL, packed forms too."""
        return {"/" + copy.relative_to(self._folder).as_posix(): copy for copy in _files(self._folder)}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
