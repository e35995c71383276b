"""Rows of recordings: the statements the hub writes, and what it reads at start."""

from typing import Any

from sqlalchemy import Connection, Executable, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from signaling.precis import folded
from signaling.recorded import DELETED, FINISHED, FINISHING, RECORDING, Recording
from signaling.session import Representative
from signaling.store.tables import recording_representatives, recordings

_LIVING = ("id", "session", "customer", "created_at", "state", "started_at", "part", "connection", "recorder")


def begun(recording: Recording) -> Executable:
    """The first connection of a session to the recorder."""
    return insert(recordings).values(
        id=recording.id,
        session=recording.session,
        customer=recording.customer,
        customer_key=folded(recording.customer),
        state=recording.state,
        created_at=recording.created_at,
        **_connection(recording),
    )


def connected(recording: Recording) -> Executable:
    """Another connection, or none any more."""
    return _of(recording, _connection(recording))


def served_by(recording: Recording, person: Representative) -> Executable:
    """Who is in the session while it is recorded: they may watch it later."""
    values = {"recording": recording.id, "representative": person.id}
    row = sqlite_insert(recording_representatives).values(**values, name=person.name, name_key=folded(person.name))
    return row.on_conflict_do_nothing()


def started(recording: Recording) -> Executable:
    """The first connection stands."""
    return _of(recording, {"started_at": recording.started_at})


def ended(recording: Recording, now: int, delete_at: int) -> Executable:
    """Nothing more is recorded of its session."""
    values = {"state": FINISHING, "ended_at": now, "delete_at": delete_at} | _connection(recording)
    return _of(recording, values)


def finished(recording: Recording, size: int, duration: int) -> Executable:
    """Its files are whole."""
    table = recordings.c
    values = {"state": FINISHED, "size": size, "duration": duration}
    values["started_at"] = func.coalesce(table.started_at, table.created_at)
    query = update(recordings).where(table.id == recording.id, table.state != DELETED)
    return query.values(values)


def never_was(recording: Recording) -> list[Executable]:
    """No connection ever stood: there is nothing to keep."""
    people = recording_representatives.c
    return [
        delete(recording_representatives).where(people.recording == recording.id),
        delete(recordings).where(recordings.c.id == recording.id, recordings.c.state != DELETED),
    ]


def living(connection: Connection) -> list[Recording]:
    """Those that are not finished, oldest first."""
    table = recordings.c
    query = select(*(table[name] for name in _LIVING)).where(table.state.in_((RECORDING, FINISHING)))
    return [
        Recording(row.id, row.session, row.customer, row.created_at, state=row.state, started_at=row.started_at or 0,
                  part=row.part, connection=row.connection, recorder=row.recorder)
        for row in connection.execute(query.order_by(table.place))
    ]  # fmt: skip


def _connection(recording: Recording) -> dict[str, Any]:
    return {"part": recording.part, "connection": recording.connection, "recorder": recording.recorder}


def _of(recording: Recording, values: dict[str, Any]) -> Executable:
    return update(recordings).where(recordings.c.id == recording.id).values(values)
