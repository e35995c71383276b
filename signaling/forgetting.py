"""From time to time: what the server knows of people is deleted when its time is over."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from signaling.recording import DAY
from signaling.site.document import Site
from signaling.store import forgetting as rows
from signaling.store.database import Database


async def forget(database: Database, site: Site, now: int) -> None:
    """Everything whose time is over at `now`. Others write in between."""
    before = now - site.sessions.retention * DAY
    while ids := await database.read(partial(rows.sessions_due, before)):
        await database.write(partial(rows.forget_sessions, ids))
    await _all(database, partial(rows.messages, now - site.orphaned.retention * DAY))
    await _all(database, partial(rows.deleted_recordings, before))
    await _all(database, partial(rows.keys, now))
    await _all(database, partial(rows.sign_ins, now))
    await database.empty_log()


async def _all(database: Database, part: Callable[[Connection], int]) -> None:
    while await database.write(part) == rows.PART:
        pass
