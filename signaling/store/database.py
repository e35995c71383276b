"""The SQLite file: one thread writes, in the order asked and many at a time; others only read."""

import asyncio
import os
import queue
import stat
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import structlog
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event

log = structlog.get_logger()

T = TypeVar("T")
Job = Callable[[Connection], Any]
_BATCH = 200
_COURTESY = 100
"""Milliseconds for which emptying the log waits for others, who wait for it meanwhile."""


class Database:
    """Opens the file, brings its schema up to date and starts the writing thread. `close` ends both."""

    def __init__(self, path: Path, timeout: float) -> None:
        _keep_private(path)
        self._log = path.with_name(path.name + "-wal")
        self._writing = _engine(path, timeout, "BEGIN IMMEDIATE")
        self._reading = _engine(path, timeout, "BEGIN")
        with self._writing.begin() as connection:
            migrate(connection)
        self._inbox: queue.SimpleQueue[tuple[Job, Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="deskside-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Connection], T]) -> "Future[T]":
        """Run `job` in a transaction after all that were submitted before; done once it is committed.

        A job may run twice, when another of its transaction failed; the first run was rolled back.
        """
        future: Future[T] = Future()
        self._inbox.put((job, future))
        return future

    async def write(self, job: Callable[[Connection], T]) -> T:
        """Like `submit`, for a coroutine."""
        return await asyncio.wrap_future(self.submit(job))

    async def read(self, job: Callable[[Connection], T]) -> T:
        """Run `job` on a connection of its own that sees what is committed."""
        return await asyncio.to_thread(self.read_now, job)

    def read_now(self, job: Callable[[Connection], T]) -> T:
        """Like `read`, in the calling thread."""
        with self._reading.connect() as connection:
            return job(connection)

    async def empty_log(self) -> None:
        """Take what was written into the file, and cut off the log beside it, in which words that were deleted still
        stand. Whoever reads or writes goes first: then it is left for the next time."""
        await asyncio.to_thread(self._empty_log)

    def _empty_log(self) -> None:
        if not self._log.exists() or not self._log.stat().st_size:
            return
        connection = self._reading.raw_connection()
        connection.detach()  # it is not for others: it has no patience
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {_COURTESY}")
            # The first keeps nobody waiting and does nearly all, the second is the one that cuts the log off.
            for how in ("PASSIVE", "TRUNCATE"):
                cursor.execute(f"PRAGMA wal_checkpoint({how})")
                cursor.fetchall()
            cursor.close()
        finally:
            connection.close()

    def close(self) -> None:
        """Finish what was submitted, then close the file."""
        self._inbox.put(None)
        self._thread.join()
        self._reading.dispose()
        self._writing.dispose()

    def _work(self) -> None:
        last = False
        while not last:
            batch = []
            item = self._inbox.get()
            while item is not None:
                # Nobody can cancel it from here on. Whoever did before has gone: it is done all the same.
                item[1].set_running_or_notify_cancel()
                batch.append(item)
                if len(batch) == _BATCH or self._inbox.empty():
                    break
                item = self._inbox.get()
            last = item is None
            if not self._commit(batch) and len(batch) > 1:
                for entry in batch:
                    self._commit([entry])

    def _commit(self, batch: list[tuple[Job, "Future[Any]"]]) -> bool:
        try:
            with self._writing.begin() as connection:
                results = [job(connection) for job, _ in batch]
        except Exception as error:
            if len(batch) == 1 and batch[0][1].running():
                batch[0][1].set_exception(error)
            return False
        for (_, future), result in zip(batch, results, strict=True):
            if future.running():
                future.set_result(result)
        return True


def migrate(connection: Connection) -> None:
    """Bring the schema to the newest revision."""
    command.upgrade(configuration(connection), "head")


def configuration(connection: Connection) -> Config:
    """Alembic's, for our migrations on this connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _keep_private(path: Path) -> None:
    """The file is for this account alone, whoever may read its folder; SQLite gives its companions the same mode."""
    # Only one that is not there is opened: to close any descriptor of a file drops all POSIX locks that this process
    # holds on it, those of other connections too (https://www.sqlite.org/howtocorrupt.html, 2.2).
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    for file in (path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))):
        with suppress(FileNotFoundError):
            mode = stat.S_IMODE(file.stat().st_mode)
            try:
                if mode & 0o077:
                    file.chmod(mode & 0o700)
            except PermissionError:
                log.warning("database_not_private", advice="its owner is another account, who can close it to others")


def _engine(path: Path, timeout: float, begin: str) -> Engine:
    # Parameters are names, questions and hashes: they must not reach a log through an exception.
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(timeout * 1000)}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begins(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
