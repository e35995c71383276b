"""Rows of notices: what customers are told about something that is wrong at the moment."""

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from signaling.store.tables import notices

_IN_FORCE = notices.c.state == "published"


class Row(NamedTuple):
    """A notice as it is stored."""

    id: str
    name: str
    scope: str
    texts: dict[str, dict[str, str]]
    expires_at: int | None
    state: str
    """`draft`, `published` or `withdrawn`; one that has expired is still `published` here."""
    created_at: int
    published_at: int | None


def everything(connection: Connection) -> list[Row]:
    """All notices, newest first."""
    return [_row(row) for row in connection.execute(select(notices).order_by(notices.c.created_at.desc()))]


def one(id: str, connection: Connection) -> Row | None:
    """By its id."""
    row = connection.execute(select(notices).where(notices.c.id == id)).first()
    return _row(row) if row else None


def in_force(now: int, connection: Connection) -> list[Row]:
    """Published and not expired, oldest first."""
    rows = connection.execute(select(notices).where(_IN_FORCE).order_by(notices.c.published_at, notices.c.id))
    return [_row(row) for row in rows if row.expires_at is None or row.expires_at > now]


def add(row: Row, connection: Connection) -> None:
    """A new one."""
    connection.execute(insert(notices).values(_values(row)))


def replace(row: Row, connection: Connection) -> None:
    """The same one, changed."""
    connection.execute(update(notices).where(notices.c.id == row.id).values(_values(row)))


def _values(row: Row) -> dict[str, Any]:
    return row._asdict() | {"texts": json.dumps(row.texts, ensure_ascii=False)}


def _row(row: Any) -> Row:
    return Row(**dict(row._mapping) | {"texts": json.loads(row.texts)})
