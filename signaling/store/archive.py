"""Rows of recordings as people see them: found, watched, deleted; and when their time is over."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, update

from signaling.precis import folded
from signaling.recorded import DELETED, FINISHED, FINISHING
from signaling.store.accounts import Account
from signaling.store.tables import recording_representatives, recording_views, recordings

VIEWED, DOWNLOADED, REMOVED, RETENTION = "viewed", "downloaded", "deleted", "retention"
MOST_VIEWS = 500


class Row(NamedTuple):
    """A recording as it is listed."""

    id: str
    session: str
    customer: str
    representative: str
    """Names, in the order in which they came."""
    started_at: int
    ended_at: int | None
    state: str
    size: int
    duration: int
    delete_at: int | None


def seen_by(account: Account, search: str, before: str, most: int, connection: Connection) -> list[Row]:
    """Those that are there and that this person may watch, newest first: with a name in them that `search` is a part
    of, and older than the recording `before`."""
    table = recordings.c
    query = select(recordings).where(table.state != DELETED, table.started_at.is_not(None), _may_watch(account))
    key = folded(search)
    if key:
        names = recording_representatives.c
        served = exists().where(names.recording == table.id, func.instr(names.name_key, key) > 0)
        query = query.where(or_(func.instr(table.customer_key, key) > 0, served))
    if before:
        query = query.where(table.place < select(table.place).where(table.id == before).scalar_subquery())
    found = connection.execute(query.order_by(table.place.desc()).limit(most)).all()
    names_by_id = _representatives([row.id for row in found], connection)
    return [_row(row, names_by_id) for row in found]


def one(account: Account, id: str, connection: Connection) -> Row | None:
    """By its id, where this person may watch it; also one that was deleted."""
    table = recordings.c
    query = select(recordings).where(table.id == id, table.started_at.is_not(None), _may_watch(account))
    row = connection.execute(query).first()
    return _row(row, _representatives([row.id], connection)) if row else None


def _may_watch(account: Account) -> ColumnElement[bool]:
    """Administrators all of them, representatives those of the sessions that they served."""
    served = recording_representatives.c
    mine = exists().where(served.recording == recordings.c.id, served.representative == account.id)
    return mine if not account.administrator else recordings.c.place > 0


def _representatives(ids: list[str], connection: Connection) -> dict[str, str]:
    table = recording_representatives.c
    query = select(table.recording, table.name).where(table.recording.in_(ids)).order_by(table.id)
    names: dict[str, list[str]] = {}
    for recording, name in connection.execute(query):
        names.setdefault(recording, []).append(name)
    return {recording: ", ".join(together) for recording, together in names.items()}


def _row(row: Any, names: dict[str, str]) -> Row:
    return Row(
        row.id, row.session, row.customer, names.get(row.id, ""), row.started_at, row.ended_at, row.state,
        row.size, row.duration, row.delete_at,
    )  # fmt: skip


# --- who did what with them ------------------------------------------------------------------------------


def noted(recording: str, representative: str, name: str, kind: str, at: int, connection: Connection) -> None:
    """Somebody watches, downloads or deletes it."""
    row = {"recording": recording, "representative": representative, "name": name, "at": at, "kind": kind}
    connection.execute(insert(recording_views).values(row))


def views(recording: str, connection: Connection) -> list[dict[str, Any]]:
    """Who has, newest first."""
    table = recording_views.c
    query = select(table.name, table.at, table.kind).where(table.recording == recording)
    rows = connection.execute(query.order_by(table.id.desc()).limit(MOST_VIEWS))
    return [{"name": row.name, "at": row.at, "kind": row.kind} for row in rows]


# --- the end ---------------------------------------------------------------------------------------------


def deleted(id: str, reason: str, by: tuple[str, str], now: int, connection: Connection) -> None:
    """Its files are gone. The row stays, and says who did it and why."""
    table = recordings.c
    values = {"state": DELETED, "deleted_at": now, "delete_reason": reason, "size": 0}
    if connection.execute(update(recordings).where(table.id == id, table.state != DELETED).values(values)).rowcount:
        noted(id, *by, reason, now, connection)


def shortened(retention: int, connection: Connection) -> None:
    """A shorter time holds for what is there already; a longer one does not: their customers were recorded when it was
    shorter. `retention` in milliseconds."""
    table = recordings.c
    latest = table.ended_at + retention
    query = update(recordings).where(table.state.in_((FINISHING, FINISHED)), table.delete_at > latest)
    connection.execute(query.values(delete_at=latest))


def due(now: int, connection: Connection) -> list[str]:
    """Those whose time is over."""
    table = recordings.c
    query = select(table.id).where(and_(table.state.in_((FINISHING, FINISHED)), table.delete_at <= now))
    return list(connection.execute(query.order_by(table.delete_at)).scalars())


def totals(connection: Connection) -> dict[str, int]:
    """How many there are, what they take on the disk, and how long they are together."""
    table = recordings.c
    query = select(func.count(), func.sum(table.size), func.sum(table.duration))
    row = connection.execute(query.where(table.state != DELETED, table.started_at.is_not(None))).one()
    return {"count": row[0], "size": row[1] or 0, "duration": row[2] or 0}
