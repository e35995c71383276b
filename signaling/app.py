"""The Starlette application: what a server is made of, and how its parts start and stop."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

from signaling import api, presence
from signaling.accounts import Accounts
from signaling.archive import Archive
from signaling.desk import Desk, now
from signaling.endpoint import signaling
from signaling.forgetting import forget
from signaling.headers import SecurityHeaders, failed
from signaling.hosts import KnownHosts
from signaling.kept_builds import KeptBuilds
from signaling.pages import Pages
from signaling.reach import Reach
from signaling.recorder_endpoint import RecorderVisit, recorder
from signaling.recorder_process import RecorderProcess
from signaling.settings import Settings
from signaling.site.checks import client_exists
from signaling.site.keeping import SiteKeeper
from signaling.site.live import LiveSite
from signaling.store.database import Database
from signaling.sub_path import BelowPath
from signaling.throttle import Throttle

log = structlog.get_logger()
DATABASE = "deskside.sqlite3"
_RETENTION = 60
"""Seconds between two looks at whose time is over."""
_KEEP_BUILD = 3600
"""Seconds between two notes that the present build is still being served."""


class Services:
    """What requests need. Made on the event loop when the server starts."""

    def __init__(self, settings: Settings, database: Database, child: RecorderProcess | None = None) -> None:
        self.settings = settings
        self.database = database
        self.site = LiveSite()
        self.keeper = SiteKeeper(database, self.site, client_exists(settings.static), settings.relays)
        self.desk = Desk(settings, database, self.site)
        self.accounts = Accounts(database)
        self.archive = Archive(settings, database, self.site)
        self.reach = Reach(settings.trusted_proxies)
        self.attempts_by_name = Throttle(settings.sign_in_attempts_per_name)
        self.attempts_by_name_anywhere = Throttle(settings.sign_in_attempts_per_name_anywhere)
        self.attempts_by_address = Throttle(settings.sign_in_attempts_per_address)
        self.new_sessions = Throttle(settings.new_sessions_per_address)
        self.key_guesses_by_address = Throttle(settings.session_key_guesses_per_address)
        self.key_guesses = Throttle(settings.session_key_guesses)
        self.hellos = Throttle(settings.hellos_per_address)
        self.language_changes = Throttle(settings.language_changes_per_address)
        self.recorder: RecorderVisit | None = None
        self.child = child

    async def keep_up(self) -> None:
        """Take over what another process has changed about the site."""
        await self.keeper.refresh(now())
        if self.child and (self.site.document.recording.on or self.desk.hub.recordings):
            self.child.needed.set()

    async def forget(self) -> None:
        """Delete what was kept of people for as long as the site says."""
        await forget(self.database, self.site.document, now())
        await self.desk.look_for_messages()

    async def check_sign_ins(self) -> None:
        """Close the consoles whose sign-in ran out; hand back the customers of representatives who were removed."""
        desk = self.desk
        people = list(desk.hub.representatives.values())
        there = await self.accounts.ids()
        for person in people:
            if person.id not in there:
                desk.perform(presence.removed(desk.hub, person, now()))
            elif person.link:
                web_session = person.link.web_session
                if not await self.accounts.of_web_session(web_session, now()):
                    desk.perform(presence.signed_out(desk.hub, web_session, now()))


def create_app(
    settings: Settings | None = None, pages: Pages | None = None, child: RecorderProcess | None = None
) -> Starlette:
    """An application on `settings.data`, which must exist and be used by nobody else (see `serve`); with the recorder
    that it starts itself, where it does."""
    settings = settings or Settings()
    pages = pages if pages is not None else Pages(settings.static)

    former = KeptBuilds(settings.data / "builds", settings.keep_builds)

    async def keep_build() -> None:
        await asyncio.to_thread(former.keep, pages.folder, time.time())
        pages.add_former(await asyncio.to_thread(former.find))

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        database = Database(settings.data / DATABASE, settings.database_timeout)
        app.state.services = services = Services(settings, database, child)
        await services.keep_up()
        await services.desk.restore()
        tasks = [
            asyncio.create_task(_every(settings.position_interval, services.desk.tick)),
            asyncio.create_task(_every(min(1, settings.position_interval), services.desk.watch)),
            asyncio.create_task(_every(settings.ping_interval, services.check_sign_ins)),
            asyncio.create_task(_every(settings.position_interval, services.desk.look_for_messages)),
            asyncio.create_task(_every(_RETENTION, services.forget, at_once=True)),
            asyncio.create_task(_every(1, services.keep_up)),
            asyncio.create_task(_every(_RETENTION, services.archive.sweep, at_once=True)),
        ]
        if pages:
            with contextlib.suppress(OSError):  # a full disk costs an upgrade its grace, not the service
                await keep_build()
            tasks.append(asyncio.create_task(_every(_KEEP_BUILD, keep_build)))
        if child:
            tasks.append(asyncio.create_task(child.run()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.to_thread(database.close)

    named = [Middleware(KnownHosts, (*settings.hosts, settings.host.lower()))] if settings.hosts else []
    below = [Middleware(BelowPath, settings.path)] if settings.path != "/" else []
    return Starlette(
        routes=[
            *api.ROUTES,
            WebSocketRoute("/signaling", signaling),
            WebSocketRoute("/recorder", recorder),
            Route("/{path:path}", pages.serve),
        ],
        middleware=[Middleware(SecurityHeaders, bool(settings.certificate)), *named, *below],
        exception_handlers=api.HANDLERS | {Exception: failed},
        lifespan=lifespan,
    )


async def _every(seconds: float, work: Callable[[], Awaitable[None]], at_once: bool = False) -> None:
    """Do `work` again and again, as often as its own time allows; a failure is logged and the next time comes all
    the same."""
    loop = asyncio.get_running_loop()
    due = loop.time() - (seconds if at_once else 0)
    while True:
        due = max(due + seconds, loop.time())
        await asyncio.sleep(due - loop.time())
        try:
            await work()
        except Exception as error:
            log.error("periodic_work_failed", work=work.__name__, error=type(error).__name__)
