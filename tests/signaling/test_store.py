"""The database: what is told is stored, and a disk that refuses stops everybody but loses nobody."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from signaling.app import DATABASE
from signaling.store.database import Database
from signaling.store.tables import metadata
from tests.signaling.server import serving, settings


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Somebody else holds the file: nothing can be written."""
    with closing(sqlite3.connect(data / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_the_migrations_make_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    database = Database(tmp_path / DATABASE, 5)

    def compare(connection: Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    difference = database.read_now(compare)
    database.close()
    assert difference == []


@pytest.mark.parametrize("is_there", [False, True])
def test_nobody_else_can_read_the_database_in_a_folder_that_everybody_can_read(tmp_path: Path, is_there: bool) -> None:
    tmp_path.chmod(0o755)
    if is_there:
        for ending in ("", "-wal", "-shm"):
            (tmp_path / (DATABASE + ending)).touch(0o644)
    database = Database(tmp_path / DATABASE, 5)
    database.submit(lambda connection: connection.execute(text("CREATE TABLE more (id INTEGER)"))).result()
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    database.close()
    assert len(modes) == 3 and set(modes.values()) == {0o600}, modes


def test_writes_are_done_in_order_and_a_failed_one_takes_no_other_along(tmp_path: Path) -> None:
    def insert(number: int, connection: Connection) -> int:
        connection.execute(text("INSERT INTO setup_links VALUES (:number, 0)"), {"number": str(number)})
        return number

    database = Database(tmp_path / DATABASE, 5)
    numbers = [1, 2, 2, 3]
    futures = [database.submit(lambda connection, n=n: insert(n, connection)) for n in numbers]  # type: ignore[misc]
    assert [future.exception() is None for future in futures] == [True, True, False, True]
    kept = database.read_now(lambda connection: connection.execute(text("SELECT count(*) FROM setup_links")).scalar())
    database.close()
    assert kept == 3


def test_a_write_whose_owner_has_gone_is_done_and_the_next_one_too(tmp_path: Path) -> None:
    database = Database(tmp_path / DATABASE, 5)
    begun, go_on = Event(), Event()

    def slow(connection: Connection) -> None:
        begun.set()
        assert go_on.wait(30)

    database.submit(slow)
    assert begun.wait(30)
    gone = database.submit(lambda connection: connection.execute(text("CREATE TABLE gone (x)")))
    assert gone.cancel()
    go_on.set()
    assert database.submit(lambda connection: connection.execute(text("SELECT x FROM gone")).all()).result(30) == []
    database.close()


@pytest.mark.parametrize("waits", [False, True])
def test_when_the_disk_refuses_everybody_comes_back_to_what_is_stored(data: Path, waits: bool) -> None:
    with serving(settings(data, database_timeout=0.2)) as site:
        customer, queued = site.waiting(page="one")
        console, _ = site.console(site.cookie("Bob"), page="console")
        console.expect("queue_entered")
        newcomer, _ = site.customer()
        with locked(data):
            if waits:
                newcomer.enter("Dan")
            else:
                console.send("accept", session=queued["session"])
            for page in (customer, console, newcomer):
                assert page.close_code() == 4450
            assert site.get("/healthz").status_code == 503
            refused = site.page()
            refused.send("hello", role="customer", page="two")
            assert refused.close_code() == 4450
        while site.get("/healthz").status_code == 503:
            pass
        again, welcome = site.customer(resume=queued["token"], page="one")
        assert welcome["state"] == "queued"
        assert again.expect("queued")["position"] == 1
        console, welcome = site.console(site.cookie("Bob"), page="console")
        assert welcome["sessions"] == []
        assert console.expect("queue_entered")["entry"]["session"] == queued["session"]
        console.send("accept", session=queued["session"])
        assert console.until("accepted")["session"]["session"] == queued["session"]
