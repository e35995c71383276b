"""The recordings that are kept: who may see them, who has, and when they go."""

import asyncio
from collections import OrderedDict
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Connection

from signaling.desk import now
from signaling.recorded import DELETED, FINISHED
from signaling.recording import DAY
from signaling.recording_key import keyring
from signaling.recordings.folder import RecordingFolder
from signaling.settings import Settings
from signaling.site.live import LiveSite
from signaling.store import archive as rows
from signaling.store.accounts import Account
from signaling.store.archive import Row
from signaling.store.database import Database

log = structlog.get_logger()
ONE_VIEWING = 15 * 60 * 1000
"""Milliseconds without a request after which the next one is another viewing."""
_MOST_VIEWINGS = 10_000


class StillRecording(Exception):
    """It cannot be deleted yet: its recorder has files of it open."""


class Archive:
    """The rows, and the folder with the files, which is opened when it is needed."""

    def __init__(self, settings: Settings, database: Database, site: LiveSite) -> None:
        self._settings = settings
        self._database = database
        self._site = site
        self._folder: RecordingFolder | None = None
        self._viewings: OrderedDict[tuple[str, str], int] = OrderedDict()  # browser and recording -> last request

    @property
    def folder(self) -> RecordingFolder:
        """The files. Raises OSError and ValueError where there is no key that could be used."""
        if not self._folder:
            self._folder = RecordingFolder(self._settings.recordings_folder, keyring(self._settings))
        return self._folder

    async def seen_by(self, account: Account, search: str, before: str, most: int) -> list[Row]:
        """What this person may watch."""
        return await self._database.read(partial(rows.seen_by, account, search, before, most))

    async def one(self, account: Account, id: str) -> Row | None:
        """One of these."""
        return await self._database.read(partial(rows.one, account, id))

    async def views(self, id: str) -> list[dict[str, Any]]:
        """Who has watched, downloaded or deleted it."""
        return await self._database.read(partial(rows.views, id))

    def may_download(self, account: Account) -> bool:
        """Whether the site lets this person take recordings away."""
        return account.administrator or self._site.document.recording.download == "representatives"

    async def note_viewing(self, account: Account, id: str) -> None:
        """This person watches. Written down once for each viewing, before anything of it is shown."""
        key, at = (account.web_session, id), now()
        known = self._viewings.pop(key, 0)
        if at - known >= ONE_VIEWING:
            await self._note(account, id, rows.VIEWED)
        self._viewings[key] = at
        if len(self._viewings) > _MOST_VIEWINGS:
            self._viewings.popitem(last=False)

    async def note_download(self, account: Account, id: str) -> None:
        """This person takes it away."""
        await self._note(account, id, rows.DOWNLOADED)

    async def _note(self, account: Account, id: str, kind: str) -> None:
        await self._database.write(partial(rows.noted, id, account.id, account.name, kind, now()))

    # --- the end ---------------------------------------------------------------------------------

    async def delete(self, account: Account, row: Row, is_being_finished: bool) -> None:
        """For good. Raises StillRecording, and OSError when the disk refuses: then it is still there."""
        if row.state != FINISHED and (row.ended_at is None or is_being_finished):
            raise StillRecording
        await self._delete(row.id, rows.REMOVED, (account.id, account.name))

    async def sweep(self) -> None:
        """From time to time: what was kept for long enough is deleted."""
        retention = self._site.document.recording.retention * DAY
        due = await self._database.write(partial(_due, retention, now()))
        for id in due:
            try:
                await self._delete(id, rows.RETENTION, ("", ""))
            except OSError as error:
                log.error("recording_not_deleted", error=type(error).__name__)

    async def _delete(self, id: str, reason: str, by: tuple[str, str]) -> None:
        # The files first: no row says of something that is there that it is gone.
        await asyncio.to_thread(lambda: self.folder.delete(id))
        await self._database.write(partial(rows.deleted, id, reason, by, now()))
        log.info("recording_deleted", recording=id, reason=reason)


def is_there(row: Row) -> bool:
    """Whether there can be files of it."""
    return row.state != DELETED


def _due(retention: int, now: int, connection: Connection) -> list[str]:
    rows.shortened(retention, connection)
    return rows.due(now, connection)
