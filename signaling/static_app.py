"""The static app: under which policy each of its pages runs, and how it moves to another host.

It is built when the package is installed; see `deskside_build` in the sources.
"""

import gzip
import html
import os
import re
import shutil
import time
from pathlib import Path

BUILT = Path(__file__).parent / "static"

# What goes to another origin than the server's: the pages that may live there, and what is asked for by its name.
_PAGES_ELSEWHERE = ("index", "compat")
_ELSEWHERE = (*_PAGES_ELSEWHERE, "sw", "licenses")

_DIRECTIVES = (
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("connect-src", "'self'"),
    ("img-src", "'self' blob: data:"),
    ("media-src", "'self' blob:"),
    # And the one rule that stands in every page: what it is about may have to be read before any other file comes.
    ("style-src", "'self' 'sha256-hOlGGKUOfGvuu4KhxuSGlE+txl+K8VCnjtVwtKNcBi0='"),
    ("font-src", "'self'"),
    ("worker-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
    ("require-trusted-types-for", "'script'"),
    ("trusted-types", "deskside"),  # runtime/trusted.py makes the one policy that there is
)


def content_security_policy(page: str) -> str:
    """The policy for a page by its file name, as the header has it."""
    return "; ".join(f"{name} {value}" for name, value in _policy(page))


def _policy(page: str) -> list[tuple[str, str]]:
    directives = dict(_DIRECTIVES)
    name = page.partition(".")[0]
    if name == "admin":
        # It shows the customer's page while its settings are changed.
        directives["frame-src"] = "'self'"
    if name == "preview":
        directives["frame-ancestors"] = "'self'"
    if name == "compat":
        # Brython runs Python by compiling it to JavaScript in the page: the one page where text becomes program.
        directives["script-src"] = "'self' 'unsafe-eval'"
        del directives["require-trusted-types-for"]
        del directives["trusted-types"]
    return list(directives.items())


KEEP_FORMER = 7 * 24 * 3600
"""Seconds for which a folder that is published again keeps the hashed files of the publication before."""


class AddressError(ValueError):
    """A signaling address that a page cannot use."""


def publish(directory: Path, signaling: str | None = None, built: Path = BUILT) -> None:
    """Write the app into `directory`, for any static host.

    With `signaling`, the address of a Deskside server, only the customer's page is written: it carries its policy
    itself and talks to that server. Raises AddressError when the address is none, FileNotFoundError when the app was
    never built, FileExistsError when the folder holds something else.
    """
    if not (built / "index.html").exists():
        raise FileNotFoundError(f"There are no pages in {built}; install the package again, which builds them")
    if directory.exists() and any(directory.iterdir()) and not (directory / "index.html").exists():
        raise FileExistsError(f"{directory} holds files that are not of this app")
    server = _server(signaling) if signaling else None
    now = time.time_ns()
    former = _former_assets(directory, now)
    shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(built, directory, copy_function=shutil.copyfile)
    _keep_former(directory, former, now)
    if server is None:
        return
    for path in directory.iterdir():
        if path.is_file() and path.name.partition(".")[0] not in _ELSEWHERE:
            path.unlink()
    for name in _PAGES_ELSEWHERE:
        for page in directory.glob(f"{name}*.html"):
            _move(page, *server)
    os.utime(directory / "index.html", ns=(now, now))


def _former_assets(directory: Path, now: int) -> dict[Path, tuple[bytes, int]]:
    """Assets in a folder that is published again, with when they were replaced: pages loaded before still ask for them.

    All files of one publication bear one modification time, that of the folder's index.
    """
    index = directory / "index.html"
    if not index.exists():
        return {}
    published = index.stat().st_mtime_ns
    found = {}
    for path in (directory / "assets").rglob("*"):
        if path.is_file() and not path.is_symlink():
            changed = path.stat().st_mtime_ns
            replaced = now - 1_000_000_000 if changed == published else changed
            if replaced >= now - KEEP_FORMER * 1_000_000_000:
                found[path.relative_to(directory)] = (path.read_bytes(), replaced)
    return found


def _keep_former(directory: Path, former: dict[Path, tuple[bytes, int]], now: int) -> None:
    for path in [directory / "index.html", *(directory / "assets").rglob("*")]:
        os.utime(path, ns=(now, now))
    for name, (content, replaced) in former.items():
        path = directory / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            os.utime(path, ns=(replaced, replaced))


def _server(address: str) -> tuple[str, str]:
    """Its origin, and the path below which it is, without a slash at the end."""
    # It becomes part of a policy, where a space or a semicolon would begin something else.
    match = re.fullmatch(
        r"(https?://(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::[0-9]{1,5})?)(?:/?|((?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+)/)",
        address,
    )
    if not match:
        raise AddressError(
            f"{address} is no address of a server; write it like https://support.example.com, or with a path like "
            "https://www.example.com/help/"
        )
    return match[1], match[2] or ""


def _move(page: Path, origin: str, path: str) -> None:
    """Put policy and server into the page itself. frame-ancestors works only in a header: the host has to send it."""
    socket = origin.replace("http", "ws", 1)
    directives = dict(_policy(page.name))
    del directives["frame-ancestors"]
    directives["connect-src"] += f" {origin} {socket}"
    # The company's logo comes from the server.
    directives["img-src"] += f" {origin}"
    policy = "; ".join(f"{name} {value}" for name, value in directives.items())
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">\n'
        f'<meta name="deskside-signaling" content="{html.escape(origin + path)}">\n'
    )
    text = page.read_text(encoding="utf-8").replace('<meta name="viewport"', head + '<meta name="viewport"', 1)
    page.write_text(text, encoding="utf-8")
    # The server that compresses is another one now; what lies beside the page must say the same as the page.
    page.with_name(page.name + ".gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    page.with_name(page.name + ".br").unlink(missing_ok=True)
