"""Rows of people as they are found in a database, in which everything that has to go can be recognised."""

from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, String, Text, insert, select, text

from signaling.app import DATABASE
from signaling.store.database import Database
from signaling.store.tables import metadata

DAY = 24 * 3600 * 1000
NOW = 1_800_000_000_000

GOES = {
    "sessions": "token_hash name question issue language page peer answers",
    "survey_answers": "value",  # of a question that is answered in words; such rows go as a whole
    "left_messages": "id name contact text issue done_by",
    "session_keys": "key_hash representative",
    "web_sessions": "token_hash",
    "recordings": "id customer customer_key connection recorder",
    "recording_representatives": "recording representative name name_key",
    "recording_views": "recording representative name",
}
"""What says who somebody was, or is written by them: it goes when its time is over."""


def marked(table: str) -> dict[str, Any]:
    """A row of which everything that goes is to be recognised."""
    return {name: f"Zq-{table}-{name}" for name in GOES.get(table, "").split()}


def filled(table: str, **given: Any) -> dict[str, Any]:
    """The same, with something in every other column that needs it."""
    values = marked(table) | given
    for column in metadata.tables[table].columns:
        if column.name not in values and not column.nullable and not column.server_default and not is_key(column):
            values[column.name] = "" if isinstance(column.type, String | Text) else 0
    return values


def is_key(column: "Column[Any]") -> bool:
    return column.primary_key and not isinstance(column.type, String)


def over(number: int, ended_at: int, **given: Any) -> dict[str, Any]:
    """A session that is over. A recording of it has the same number."""
    times = {"entered_at": ended_at - 9000, "queued_at": ended_at - 9000, "started_at": ended_at - 6000}
    unique = {"id": f"s{number}", "token_hash": f"Zq-token-{number}", "state": "ended", "step": "survey"}
    return filled("sessions", ended_at=ended_at, reason="customer", **unique | times | given)


def recorded(number: int, **given: Any) -> dict[str, Any]:
    """A recording of that session, which is deleted if nothing else is said."""
    values = {"id": f"Zq-r{number}", "session": f"s{number}", "state": "deleted", "ended_at": NOW - 40 * DAY}
    return filled("recordings", **values | given)


def put(database: Database, table: str, *values: dict[str, Any]) -> None:
    """Rows as they are."""

    def job(connection: Connection) -> None:
        for row in values:  # one by one: they need not have the same columns
            connection.execute(insert(metadata.tables[table]).values(row))

    database.submit(job).result()


def column(database: Database, name: str) -> list[Any]:
    """All values of `table.column`, in the order of their rows."""
    table, _, field = name.partition(".")
    query = select(metadata.tables[table].c[field]).order_by(text("rowid"))
    return database.read_now(lambda connection: list(connection.execute(query).scalars()))


def on_the_disk(folder: Path, words: bytes) -> bool:
    """Whether they stand anywhere in the file or in the log beside it, read as bytes."""
    files = [folder / (DATABASE + ending) for ending in ("", "-wal")]
    return any(path.exists() and words in path.read_bytes() for path in files)
