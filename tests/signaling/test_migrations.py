"""A database of the first Deskside is brought up to date, with everybody and everything in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from sqlalchemy import Connection, create_engine, text

from signaling.app import DATABASE
from signaling.desk import now
from signaling.secrets import digest
from signaling.store.database import configuration
from tests.signaling.administrator import Administrator
from tests.signaling.server import PASSWORD, serving, settings, write_pages


@contextmanager
def first_database(path: Path) -> Iterator[Connection]:
    """As revision 0001 made it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0001")
        yield connection
    engine.dispose()


def names(path: Path) -> list[str]:
    """Of the customers."""
    with closing(sqlite3.connect(path)) as database:
        return [name for (name,) in database.execute("SELECT name FROM sessions ORDER BY place")]


def test_people_and_waiting_customers_come_along(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages")
    with first_database(tmp_path / DATABASE) as connection:
        connection.execute(
            text(
                "INSERT INTO representatives (id, name, name_key, password_hash, administrator, created_at)"
                " VALUES ('Cleo', 'Cleo', 'cleo', 'x', 1, 0)"
            )
        )
        connection.execute(
            text("INSERT INTO web_sessions VALUES (:token, 'Cleo', 0, :now, :later)"),
            {"token": digest("Cleo-1"), "now": now(), "later": now() + 3600_000},
        )
        connection.execute(
            text(
                "INSERT INTO sessions (place, id, token_hash, state, name, question, issue, language, page, peer,"
                " entered_at) VALUES (1, 's', :token, 'queued', 'Ann', 'It beeps.', '', 'en', 'page', 'peer', :now)"
            ),
            {"token": digest("ann"), "now": now()},
        )
        connection.execute(
            text(
                "INSERT INTO sessions (place, id, token_hash, state, name, question, issue, language, page, peer,"
                " entered_at, ended_at, reason)"
                " VALUES (2, 'old', 'x', 'ended', 'Zora', '', '', 'en', 'page', 'peer', 0, 0, 'left_queue')"
            )
        )
    with serving(settings(tmp_path)) as site:
        cleo = Administrator(site)
        assert cleo.get("representatives")["representatives"] == [
            {"id": "Cleo", "name": "Cleo", "administrator": True, "teams": [], "session_limit": 8}
        ]
        cleo.put("representatives/Cleo", {"name": "Cleo", "administrator": True, "password": PASSWORD})
        console, _ = site.console(site.sign_in("Cleo"))
        entry = console.until("queue_entered")["entry"]
        assert (entry["name"], entry["question"]) == ("Ann", "It beeps.")
        _, welcome = site.customer(resume="ann")
        assert welcome["state"] == "queued"
        while names(tmp_path / DATABASE) != ["Ann", ""]:  # nobody remembers who was there so long ago
            pass
