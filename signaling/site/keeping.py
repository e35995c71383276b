"""Keeps the live site and the disk in step: what is saved here takes effect at once, what others saved within a
second."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import structlog
from pydantic import ValidationError
from sqlalchemy import Connection

from signaling.site.checks import site_of
from signaling.site.document import Site
from signaling.site.live import LiveSite, Notice
from signaling.site.saving import Author, save, settings_at
from signaling.store import notices
from signaling.store import site as rows
from signaling.store.database import Database
from signaling.store.site import Version

T = TypeVar("T")
log = structlog.get_logger()


class SiteKeeper:
    """The one who changes the live site, on the event loop."""

    def __init__(self, database: Database, live: LiveSite, client: bool, relays: bool) -> None:
        self.live = live
        self.client = client
        """Whether there is a client for customers to download."""
        self.relays = relays
        """Whether there is a TURN server."""
        self._database = database
        # What was read before a change must not be taken for what is there after it.
        self._lock = asyncio.Lock()
        self._unreadable = 0

    async def refresh(self, now: int) -> None:
        """Take over what is on the disk, and let notices expire."""
        async with self._lock:
            newer, published = await self._database.read(partial(_news, self.live.version, now))
            if newer and newer.version != self._unreadable:
                try:
                    site = Site.model_validate_json(newer.settings, strict=True)
                except ValidationError as error:
                    # A later Deskside has written it. We go on with what we know.
                    self._unreadable = newer.version
                    log.error("site_unreadable", version=newer.version, problems=error.error_count())
                else:
                    self.live.change(site, newer.version)
                    log.info("site_changed", version=newer.version)
            self.live.announce(published, now)

    async def save(self, author: Author, base: int, settings: str, now: int) -> int:
        """Check and store settings, JSON text. Raises Invalid, NotAllowed and ChangedMeanwhile."""
        site = await asyncio.to_thread(site_of, settings, self.client, self.relays)
        version = await self._database.write(partial(save, author, base, site, now))
        await self.refresh(now)
        return version

    async def restore(self, author: Author, base: int, number: int, now: int) -> int | None:
        """Save what an earlier version was; None when there is no such version. Raises like `save`."""
        settings = await self._database.read(partial(settings_at, number))
        return None if settings is None else await self.save(author, base, settings, now)

    async def write(self, job: Callable[[Connection], T], now: int) -> T:
        """Something about notices that takes effect at once."""
        result = await self._database.write(job)
        await self.refresh(now)
        return result

    async def read(self, job: Callable[[Connection], T]) -> T:
        """Whatever is stored."""
        return await self._database.read(job)


def _news(known: int, now: int, connection: Connection) -> tuple[Version | None, list[Notice]]:
    number = rows.newest_number(connection)
    newer = rows.version(number, connection) if number > known else None
    return newer, [_notice(row) for row in notices.in_force(now, connection)]


def _notice(row: notices.Row) -> Notice:
    return Notice(row.id, row.name, row.scope, row.texts, row.expires_at)
