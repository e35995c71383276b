"""The folder that is built: files named by their content, each with its compressed forms beside it."""

import gzip
import hashlib
from pathlib import Path

import brotli

from .cache import kept

_COMPRESSED = {".html", ".js", ".mjs", ".css", ".json", ".svg", ".wasm", ".txt", ".webmanifest"}


class Output:
    """Where the build writes. `cache` keeps compressed forms from one build to the next, by digest."""

    def __init__(self, directory: Path, cache: Path) -> None:
        self.directory = directory
        self.cache = cache
        (directory / "assets").mkdir(parents=True)

    def asset(self, name: str, content: bytes) -> str:
        """Write one file under a name that holds its digest; its URL, relative to the pages."""
        stem, dot, suffix = name.partition(".")
        url = f"assets/{stem}-{_digest(content)}{dot}{suffix}"
        self._write(url, content)
        return url

    def folder(self, name: str, files: dict[str, bytes]) -> str:
        """Write files that name each other into one folder whose name holds the digest of all; its URL."""
        everything = b"".join(f"{file}\0{_digest(files[file])}\0".encode() for file in sorted(files))
        url = f"assets/{name}-{_digest(everything)}"
        (self.directory / url).mkdir()
        for file, content in files.items():
            self._write(f"{url}/{file}", content)
        return url

    def page(self, name: str, content: bytes) -> None:
        """Write a file under its own name: a page, or what must have a URL that stays."""
        self._write(name, content)

    def _write(self, url: str, content: bytes) -> None:
        path = self.directory / url
        path.write_bytes(content)
        if path.suffix in _COMPRESSED:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
            path.with_name(path.name + ".br").write_bytes(self._brotli(content))

    def _brotli(self, content: bytes) -> bytes:
        return kept(".br", content, lambda: brotli.compress(content, quality=11, lgwin=22), self.cache)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
