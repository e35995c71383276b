"""The Starlette application: what a server is made of, and how its parts start and stop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

from signaling import api
from signaling.accounts import Accounts, hash_password
from signaling.desk import Desk, now
from signaling.endpoint import signaling
from signaling.headers import SecurityHeaders
from signaling.pages import Pages
from signaling.secrets import identifier
from signaling.settings import Settings
from signaling.store.database import Database
from signaling.throttle import Throttle

DATABASE = "deskside.sqlite3"


class Services:
    """What requests need. Made on the event loop when the server starts."""

    def __init__(self, settings: Settings, database: Database, decoy: str) -> None:
        self.settings = settings
        self.desk = Desk(settings, database)
        self.accounts = Accounts(database, decoy)
        self.attempts_by_name = Throttle(settings.sign_in_attempts_per_name)
        self.attempts_by_address = Throttle(settings.sign_in_attempts_per_address)
        self.new_sessions = Throttle(settings.new_sessions_per_address)


def create_app(settings: Settings | None = None, pages: Pages | None = None) -> Starlette:
    """An application on `settings.data`, which must exist and be used by nobody else (see `serve`)."""
    settings = settings or Settings()
    pages = pages if pages is not None else Pages(settings.static)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        database = Database(settings.data / DATABASE, settings.database_timeout)
        app.state.services = services = Services(settings, database, hash_password(identifier()))
        await services.desk.restore()
        tasks = [asyncio.create_task(_tick(services)), asyncio.create_task(_watch_sign_ins(services))]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.to_thread(database.close)

    return Starlette(
        routes=[*api.ROUTES, WebSocketRoute("/signaling", signaling), Route("/{path:path}", pages.serve)],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={api.Refused: api.refused},
        lifespan=lifespan,
    )


async def _tick(services: Services) -> None:
    while True:
        await asyncio.sleep(services.settings.position_interval)
        services.desk.tick()


async def _watch_sign_ins(services: Services) -> None:
    """Consoles whose sign-in ran out, or whose representative was removed, are closed."""
    while True:
        await asyncio.sleep(services.settings.ping_interval)
        for person in list(services.desk.hub.representatives.values()):
            if person.link:
                web_session = person.link.web_session
                if not await services.accounts.of_web_session(web_session, now()):
                    services.desk.perform(services.desk.hub.signed_out(web_session))
