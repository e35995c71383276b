"""Rows of the site: every version of its settings, and what else administrators did."""

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select

from signaling.store.tables import audit, site_versions

Change = dict[str, Any]
"""`path`, `before` and `after`."""


class Version(NamedTuple):
    """The settings as somebody saved them."""

    version: int
    at: int
    by: str
    settings: str
    """JSON."""


class Entry(NamedTuple):
    """Something that somebody did. `id` counts up; of a version of the settings it is the version."""

    id: int
    at: int
    by: str
    changes: list[Change]


def newest_number(connection: Connection) -> int:
    """0 when nobody has changed anything."""
    return connection.execute(select(func.max(site_versions.c.version))).scalar() or 0


def version(number: int, connection: Connection) -> Version | None:
    """By its number."""
    table = site_versions.c
    query = select(table.version, table.at, table.by, table.settings).where(table.version == number)
    row = connection.execute(query).first()
    return Version(*row) if row else None


def add(version: Version, changes: list[Change], connection: Connection) -> None:
    """A new version."""
    connection.execute(insert(site_versions).values(**version._asdict(), changes=_text(changes)))


def history(before: int, limit: int, connection: Connection) -> list[Entry]:
    """The versions below `before`, newest first."""
    table = site_versions.c
    query = select(table.version, table.at, table.by, table.changes).where(table.version < before)
    rows = connection.execute(query.order_by(table.version.desc()).limit(limit))
    return [Entry(row.version, row.at, row.by, json.loads(row.changes)) for row in rows]


def note(at: int, by: str, changes: list[Change], connection: Connection) -> None:
    """An administrator did something to a notice or to a representative."""
    if changes:
        connection.execute(insert(audit).values(at=at, by=by, changes=_text(changes)))


def noted(before: int, limit: int, connection: Connection) -> list[Entry]:
    """What was noted before entry `before`, newest first."""
    query = select(audit).where(audit.c.id < before).order_by(audit.c.id.desc()).limit(limit)
    return [Entry(row.id, row.at, row.by, json.loads(row.changes)) for row in connection.execute(query)]


def _text(changes: list[Change]) -> str:
    return json.dumps(changes, ensure_ascii=False)
