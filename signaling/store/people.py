"""Rows of representatives as administrators see and change them."""

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from signaling.precis import name_key
from signaling.store.accounts import teams_of
from signaling.store.tables import representatives, setup_links, web_sessions


class Person(NamedTuple):
    """Somebody who may sign in."""

    id: str
    name: str
    administrator: bool
    teams: frozenset[str]
    """None means all of them."""
    session_limit: int


_COLUMNS = tuple(representatives.c[name] for name in Person._fields)


def everybody(connection: Connection) -> list[Person]:
    """By name."""
    return [_person(row) for row in connection.execute(select(*_COLUMNS).order_by(representatives.c.name_key))]


def one(id: str, connection: Connection) -> Person | None:
    """By the id."""
    row = connection.execute(select(*_COLUMNS).where(representatives.c.id == id)).first()
    return _person(row) if row else None


def has_former_key(person: Person, connection: Connection) -> bool:
    """Whether somebody else has a name that is compared as the same, from before names were compared as they are."""
    query = select(representatives.c.name_key).where(representatives.c.id == person.id)
    return bool(connection.execute(query).scalar_one() != name_key(person.name))


def administrators(connection: Connection) -> int:
    """How many there are."""
    query = select(func.count()).select_from(representatives).where(representatives.c.administrator)
    return connection.execute(query).scalar() or 0


def add(person: Person, password_hash: str, now: int, connection: Connection) -> None:
    """Somebody new. The link of the first start is of no use any more."""
    values = _values(person) | {"password_hash": password_hash, "created_at": now}
    connection.execute(insert(representatives).values(values))
    connection.execute(delete(setup_links))


def replace(person: Person, connection: Connection) -> None:
    """The same one, changed. Whoever keeps the name keeps its key."""
    values = _values(person)
    kept = select(representatives.c.name).where(representatives.c.id == person.id)
    if connection.execute(kept).scalar_one() == person.name:
        del values["name_key"]
    connection.execute(update(representatives).where(representatives.c.id == person.id).values(values))


def new_password(id: str, password_hash: str, keep: str, connection: Connection) -> None:
    """Another password: every browser is signed out but the one with the web session `keep`."""
    table = web_sessions.c
    connection.execute(update(representatives).where(representatives.c.id == id).values(password_hash=password_hash))
    connection.execute(delete(web_sessions).where(table.representative == id, table.token_hash != keep))


def remove(id: str, connection: Connection) -> None:
    """Nobody any more."""
    connection.execute(delete(representatives).where(representatives.c.id == id))


def _values(person: Person) -> dict[str, Any]:
    return person._asdict() | {"name_key": name_key(person.name), "teams": json.dumps(sorted(person.teams))}


def _person(row: Any) -> Person:
    return Person(**dict(row._mapping) | {"teams": teams_of(row.teams)})
