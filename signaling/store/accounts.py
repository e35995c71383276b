"""Rows of representatives, of the browsers they are signed in with, and of the one-time link."""

import json
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from signaling.precis import folded, name_key
from signaling.store.tables import representatives, setup_links, web_sessions


class Account(NamedTuple):
    """A representative, seen from one browser."""

    id: str
    name: str
    administrator: bool
    web_session: str
    available: bool
    expires_at: int
    created_at: int
    teams: frozenset[str]
    """None means all of them."""
    session_limit: int


class Credentials(NamedTuple):
    """What sign-in compares."""

    id: str
    name: str
    administrator: bool
    password_hash: str


def teams_of(column: str) -> frozenset[str]:
    """The teams of a representative, as the table has them."""
    return frozenset(json.loads(column))


def credentials(name: str, connection: Connection) -> Credentials | None:
    """By the name typed at sign-in."""
    table = representatives.c
    query = select(table.id, table.name, table.administrator, table.password_hash)
    row = connection.execute(query.where(table.name_key == _known_key(name, connection))).first()
    return Credentials(*row) if row else None


def is_taken(name: str, by_other_than: str, connection: Connection) -> bool:
    """Whether somebody else has this name, or one that is compared as the same.

    Not only the keys are asked: two names from before may have become the same (see `_known_key`).
    """
    key = name_key(name)
    others = select(representatives.c.name).where(representatives.c.id != by_other_than)
    return any(name_key(other) == key for other in connection.execute(others).scalars())


def _known_key(name: str, connection: Connection) -> str:
    """The key under which somebody of this name is found.

    Of two people whose names were different before names were compared as they are now, one has kept the former key
    and is found by whoever writes the name exactly so (see migration 0005).
    """
    former, key = folded(name), name_key(name)
    table = representatives.c
    kept = connection.execute(select(table.id).where(table.name_key == former)).first()
    return former if kept else key


def by_web_session(web_session: str, now: int, connection: Connection) -> Account | None:
    """Whose browser it is; nobody's when it has expired."""
    query = (
        select(
            representatives.c.id,
            representatives.c.name,
            representatives.c.administrator,
            web_sessions.c.token_hash,
            web_sessions.c.available,
            web_sessions.c.expires_at,
            web_sessions.c.created_at,
            representatives.c.teams,
            representatives.c.session_limit,
        )
        .join(web_sessions, web_sessions.c.representative == representatives.c.id)
        .where(web_sessions.c.token_hash == web_session, web_sessions.c.expires_at > now)
    )
    row = connection.execute(query).first()
    return Account(*row[:-2], teams_of(row.teams), row.session_limit) if row else None


def add(
    id: str, name: str, password_hash: str, administrator: bool, now: int, connection: Connection
) -> bool:  # fmt: skip
    """A new representative; False when the name is taken."""
    if is_taken(name, "", connection):
        return False
    connection.execute(
        insert(representatives).values(
            id=id,
            name=name,
            name_key=name_key(name),
            password_hash=password_hash,
            administrator=administrator,
            created_at=now,
        )
    )
    connection.execute(delete(setup_links))
    return True


def remove(name: str, connection: Connection) -> bool:
    """False when there is nobody of that name."""
    key = _known_key(name, connection)
    return connection.execute(delete(representatives).where(representatives.c.name_key == key)).rowcount > 0


def ids(connection: Connection) -> set[str]:
    """All representatives."""
    return set(connection.execute(select(representatives.c.id)).scalars())


def everybody(connection: Connection) -> list[tuple[str, bool]]:
    """Names, and whether they are administrators."""
    query = select(representatives.c.name, representatives.c.administrator).order_by(representatives.c.name_key)
    return [(row.name, row.administrator) for row in connection.execute(query)]


def new_password_hash(id: str, password_hash: str, connection: Connection) -> None:
    """The same password, hashed with stronger parameters."""
    connection.execute(update(representatives).where(representatives.c.id == id).values(password_hash=password_hash))


def sign_in(web_session: str, former: str, id: str, now: int, expires_at: int, connection: Connection) -> None:
    """A browser signs in: whatever it was signed in with before is over."""
    connection.execute(
        delete(web_sessions).where((web_sessions.c.token_hash == former) | (web_sessions.c.expires_at <= now))
    )
    connection.execute(
        insert(web_sessions).values(
            token_hash=web_session, representative=id, available=False, created_at=now, expires_at=expires_at
        )
    )


def sign_out(web_session: str, connection: Connection) -> None:
    """A browser signs out."""
    connection.execute(delete(web_sessions).where(web_sessions.c.token_hash == web_session))


def renew(web_session: str, expires_at: int, connection: Connection) -> None:
    """A browser in use stays signed in."""
    table = web_sessions.c
    connection.execute(update(web_sessions).where(table.token_hash == web_session).values(expires_at=expires_at))


def offer_setup(token_hash: str, now: int, connection: Connection) -> bool:
    """Replace the one-time link; False when there is a representative already."""
    connection.execute(delete(setup_links))
    if connection.execute(select(func.count()).select_from(representatives)).scalar():
        return False
    connection.execute(insert(setup_links).values(token_hash=token_hash, created_at=now))
    return True


def use_setup(
    token_hash: str, id: str, name: str, password_hash: str, now: int, connection: Connection
) -> bool:  # fmt: skip
    """Create the administrator with the one-time link, which is gone then; False when it is not valid."""
    used = connection.execute(delete(setup_links).where(setup_links.c.token_hash == token_hash)).rowcount
    return used > 0 and add(id, name, password_hash, True, now, connection)


def setup_is_valid(token_hash: str, connection: Connection) -> bool:
    """Whether a link can still be used."""
    return connection.execute(select(setup_links).where(setup_links.c.token_hash == token_hash)).first() is not None
