"""The static app: read once at start, served from memory in the encoding that the browser likes best.

A page is asked for without its language: it comes in the one that the address or the browser asks for, when the site
speaks it.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from signaling.accepting import best_language, languages, qualities
from signaling.static_app import content_security_policy

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".png": "image/png",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".tar": "application/x-tar",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
_ENCODINGS = {".br": "br", ".gz": "gzip"}
_PAGES = {"/": "index", "/console": "console", "/admin": "admin", "/preview": "index"}
"""Under which path each page is found in the language that suits."""
_DEFAULT = "en"
"""The language of a page without one in its name."""
FOR_EVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
A_WHILE = "public, max-age=300"
"""For the script of other people's pages: a new version arrives within minutes."""
_EMBED = "embed.js"
MISSING = (
    "There are no pages in {0}. Install the package again, which builds them, "
    "or name a folder that has them with DESKSIDE_STATIC.\n"
)


class _File:
    """One file in all its encodings, best first."""

    def __init__(self, path: Path, name: str, policy: str = "") -> None:
        content = path.read_bytes()
        self.encodings: list[tuple[str, bytes]] = []
        for suffix, encoding in _ENCODINGS.items():
            packed = path.with_name(path.name + suffix)
            if packed.is_file():
                self.encodings.append((encoding, packed.read_bytes()))
        self.encodings.append(("identity", content))
        self.tag = hashlib.sha256(content).hexdigest()[:24]
        self.headers = {
            "Content-Type": _TYPES.get(path.suffix, "application/octet-stream"),
            "Cache-Control": FOR_EVER if name.startswith("assets/") else ASK_FIRST,
        }
        if name == _EMBED:
            self.headers |= {"Cache-Control": A_WHILE, "Cross-Origin-Resource-Policy": "cross-origin"}
        if len(self.encodings) > 1:
            self.headers["Vary"] = "Accept-Encoding"
        if path.suffix == ".html":
            self.headers["Content-Security-Policy"] = content_security_policy(policy or path.name)


class Pages:
    """The files of a build by their path in the URL. What is not among them is not found, whatever its path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}
        self._pages: dict[str, dict[str, _File]] = {}
        self._former: Mapping[str, Path] = {}
        if not (folder / "index.html").is_file():
            return
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            packed = path.suffix in _ENCODINGS and path.with_suffix("").is_file()
            if path.is_file() and not packed:
                self._files["/" + name] = _File(path, name)
        for short, page in _PAGES.items():
            found = {_language(path): path for path in sorted(folder.glob(f"{page}*.html"))}
            if _DEFAULT in found:
                policy = f"{short.strip('/') or page}.html"
                self._pages[short] = {key: _File(path, path.name, policy) for key, path in found.items()}

    def __bool__(self) -> bool:
        return bool(self._files)

    @property
    def folder(self) -> Path:
        """Where the build is."""
        return self._folder

    def add_former(self, files: Mapping[str, Path]) -> None:
        """Serve these, by their path in the URL, where the present build has nothing of that name."""
        self._former = files

    def explanation(self) -> str:
        """What to do when there are none."""
        return MISSING.format(self._folder)

    async def serve(self, request: Request) -> Response:
        """Answer GET or HEAD."""
        if not self._files:
            return PlainTextResponse(self.explanation(), 503)
        path = request.scope["path"]
        file = self._files.get(path)
        headers = {}
        if path in self._pages:
            language, file = _in_language(self._pages[path], request)
            headers = {"Content-Language": language, "Vary": "Accept-Encoding, Accept-Language"}
        if not file and path in self._former:
            file = await asyncio.to_thread(_former, self._former[path], path)
        if not file:
            return PlainTextResponse("There is no such page.\n", 404)
        encoding, body = _choose(file, request.headers.get("accept-encoding", ""))
        headers = file.headers | headers | {"ETag": f'"{file.tag}-{encoding}"'}
        if encoding != "identity":
            headers["Content-Encoding"] = encoding
        if headers["ETag"] in _tags(request.headers.get("if-none-match", "")):
            for name in ("Content-Type", "Content-Encoding"):
                headers.pop(name, None)
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers)


def _former(path: Path, asked: str) -> _File | None:
    """A file of a build before, read when it is asked for: few are, and only for some days."""
    if path.suffix in _ENCODINGS and path.with_suffix("").is_file():
        return None
    try:
        return _File(path, asked.lstrip("/"))
    except OSError:
        return None  # its time was over


def _language(page: Path) -> str:
    """That of a page by its file: `index.de.html`."""
    return page.name.split(".")[1] if page.name.count(".") == 2 else _DEFAULT


def _in_language(page: dict[str, _File], request: Request) -> tuple[str, _File]:
    """The page as this browser gets it, and in which language that is."""
    spoken = [language for language in request.app.state.services.site.document.languages if language in page]
    wishes = [request.query_params.get("language", ""), *languages(request.headers.get("accept-language", ""))]
    chosen = best_language(wishes, spoken or [_DEFAULT])
    return chosen, page[chosen]


def _choose(file: _File, accepted: str) -> tuple[str, bytes]:
    quality = {"identity": 0.001} | qualities(accepted)
    likes = [(quality.get(encoding, quality.get("*", 0)), encoding, body) for encoding, body in file.encodings]
    best = max(likes, key=lambda like: like[0])  # the first of equals: brotli before gzip
    return (best[1], best[2]) if best[0] > 0 else file.encodings[-1]


def _tags(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]
