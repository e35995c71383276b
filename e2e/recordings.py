"""Recordings of sessions that nobody had: real files and rows in a server's data folder."""

import itertools
import time
from typing import Any

from e2e import servers
from e2e.servers import Server

_numbers = itertools.count(1)
_DAY = 24 * 3600 * 1000


def said(offset: int, text: str, author: str = "customer", **more: Any) -> dict[str, Any]:
    """An entry of the timeline, so many milliseconds after the beginning."""
    return {"offset": offset, "text": text, "author": author, **more}


def happened(offset: int, what: str, author: str = "customer", **more: Any) -> dict[str, Any]:
    return said(offset, what, author, kind="event", **more)


def part(offset: int, pictures: int, *entries: dict[str, Any], length: int = 0) -> dict[str, Any]:
    """A part of so many pictures, ten a second, each a little lighter than the one before."""
    return {"offset": offset, "pictures": pictures, "entries": list(entries), "length": length}


def keep(
    server: Server,
    customer: str,
    representatives: list[str],
    parts: list[dict[str, Any]],
    state: str = "finished",
    seen: str = "",
) -> str:
    """Put one into the server's folder; its id. A later one is a newer one. `seen`: what is confirmed, as `1-2,4-4`."""
    number = next(_numbers)
    identifier = f"kept-{number}"
    wanted = {
        "id": identifier,
        "customer": customer,
        "representatives": representatives,
        "started_at": int(time.time() * 1000) - _DAY + number * 60_000,
        "state": state,
        "parts": parts,
        "seen": seen,
    }
    servers.keep(server.data, [wanted])
    return identifier
