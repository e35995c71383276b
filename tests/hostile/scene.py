"""The stage: one server with a recorder, one browser, and everybody in it."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from deskside_build import build
from e2e.browsers import launch
from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.pages.source import Source
from signaling.app import DATABASE
from signaling.desk import now
from signaling.secrets import digest
from signaling.store import accounts
from signaling.store.database import Database
from tests.hostile.seen import Seen
from tests.signaling.process import Process, environment
from tests.signaling.recorder import TOKEN
from tests.signaling.server import Site, decide, prepare

SPY = (Path(__file__).parent / "spy.js").read_text(encoding="utf-8")
PLAYS_SERVER = "globalThis.playsServer = true;"
SITE: dict[str, Any] = {"recording": {"on": True, "timeout": 300}, "reconnect": {"session": 600}}
_RATES = ("NEW_SESSIONS", "HELLOS", "LANGUAGE_CHANGES", "SESSION_KEY_GUESSES")
_PATIENCE = 60_000


@contextmanager
def stage() -> Iterator["Stage"]:
    """Everything is there, and nobody has come yet."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        data, app = folder / "data", folder / "app"
        prepare(data)
        for name in ("Dora", "Enno"):
            _hire(data, name)
        decide(data, **SITE)
        build(app)
        variables = {f"DESKSIDE_{name}_PER_ADDRESS": "100000/minute" for name in _RATES}
        variables |= {"DESKSIDE_STATIC": str(app), "DESKSIDE_MAX_CONNECTIONS_PER_ADDRESS": "5000"}
        variables |= {"DESKSIDE_RECORDER": "external", "DESKSIDE_RECORDER_TOKEN": TOKEN}
        server = opened.enter_context(Process(data, 0, (), **variables))
        browser = opened.enter_context(launch(opened.enter_context(sync_playwright())))
        stage = Stage(browser, server, folder)
        yield stage


def _hire(data: Path, name: str) -> None:
    """One more who may sign in, and has done so."""
    database = Database(data / DATABASE, 5)
    database.submit(partial(accounts.add, name, name, "", False, now()))
    database.submit(partial(accounts.sign_in, digest(f"{name}-1"), "", name, now(), now() + 3600_000))
    database.close()


class Stage:
    """Opens pages with a spy in them."""

    def __init__(self, browser: Browser, server: Process, folder: Path) -> None:
        self.browser = browser
        self.server = server
        self.folder = folder
        self._folders = 0
        expect.set_options(timeout=_PATIENCE)

    @property
    def site(self) -> Site:
        return self.server.site

    def _context(self, before: str, cookie: str = "") -> BrowserContext:
        context = self.browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(_PATIENCE)
        context.add_init_script(before + SPY)
        if cookie:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": self.site.url}])
        return context

    def console(self, name: str, before: str = "") -> tuple[Console, Seen]:
        """A signed-in representative's page, on its way to the desk."""
        page = self._context(before, self.site.cookie(name)).new_page()
        seen = Seen(page, f"the console of {name}")
        console = Console(page, self.site.url, name)
        console.open()
        return console, seen

    def customer(self, name: str, before: str = "", shares: bool = False) -> tuple[Customer, Seen]:
        """A customer's page, at the portal; with something to share where it will."""
        context = self._context(before)
        if shares:
            Source(context)
        page = context.new_page()
        customer = Customer(page, self.site.url, name)
        seen = Seen(page, f"the page of {name}")
        customer.open()
        return customer, seen

    @contextmanager
    def recorder(self) -> Iterator["subprocess.Popen[bytes]"]:
        """The real recorder's process."""
        command = [sys.executable, "-m", "signaling", "recorder", "--server", self.site.url]
        variables = environment(DESKSIDE_RECORDER_TOKEN=TOKEN, DESKSIDE_DATA=str(self.folder / "data"))
        with (self.folder / "recorder.log").open("wb") as log:
            process = subprocess.Popen(command, env=variables, stdout=log, stderr=log)
            try:
                yield process
            finally:
                process.terminate()
                process.wait()

    def a_folder(self) -> Path:
        """One that is not there yet."""
        self._folders += 1
        return self.folder / f"folder-{self._folders}"

    def send_home(self) -> None:
        """Close all pages: the next bout has the browser for itself."""
        for context in self.browser.contexts:
            context.close()

    def enter(self, customer: Customer, allows: bool) -> None:
        """From the portal into the queue."""
        customer.name_box.fill(customer.name)
        customer.start_chat.click()
        customer.not_now.click()
        (customer.allow_recording if allows else customer.refuse_recording).click()
        expect(customer.leave).to_be_visible()
