"""People with browsers, each in a context of their own, watched for errors and kept on record when a test fails."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

from e2e.administrator import Administrator
from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.pages.source import RED, Source
from e2e.servers import PASSWORD, Server
from e2e.waiting import PATIENCE

ADMINISTRATOR = "Morgan"
# What the browser says of a network that a test has cut is no mistake of a page.
TRACES = "DESKSIDE_TRACES" in os.environ
"""Whether Playwright records what every page does, for its trace viewer: a tenth of the time of a journey."""
NETWORK = re.compile(r"Failed to load resource|WebSocket connection to|net::ERR_")


class People:
    """Everybody in one test. `name` hands out representatives whom no other test has used."""

    def __init__(self, browser: Browser, server: Server, name: Callable[[], str]) -> None:
        self.browser = browser
        self.server = server
        self._name = name
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.forgiven = NETWORK

    def context(self, browser: Browser | None = None, **options: Any) -> BrowserContext:
        """A browser that knows nothing yet."""
        context = (browser or self.browser).new_context(**options)
        self.welcome(context)
        return context

    def welcome(self, context: BrowserContext) -> None:
        """Watch a browser, whoever started it."""
        context.set_default_timeout(PATIENCE)
        if TRACES:
            context.tracing.start(snapshots=True)
        context.on("page", self._watch)
        self._contexts.append(context)

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self._heard(page, "error", f"{error.message}\n{error.stack}"))
        page.on("console", lambda message: self._heard(page, message.type, message.text))

    def _heard(self, page: Page, kind: str, text: str) -> None:
        if kind == "error" and not self.forgiven.search(text):
            self.complaints.append(f"{page.url}: {text}")

    def forgive(self, pattern: str) -> None:
        """This test makes pages complain of this; of everything, when it is empty."""
        self.forgiven = re.compile(f"{self.forgiven.pattern}|{pattern}")

    def customer(self, name: str = "Casey", context: BrowserContext | None = None, **options: Any) -> Customer:
        """A customer in front of an empty page."""
        return Customer((context or self.context(**options)).new_page(), self.server.url, name)

    def console(self, **options: Any) -> Console:
        """Somebody who may sign in, in front of an empty page."""
        options.setdefault("viewport", {"width": 1440, "height": 900})
        return Console(self.context(**options).new_page(), self.server.url, self._name())

    def administrator(self) -> Administrator:
        """Somebody who decides about the site."""
        return Administrator(self.context().request, self.server.url, ADMINISTRATOR, PASSWORD)

    def representative(self, **options: Any) -> Console:
        """Signed in, as from an earlier visit, and available."""
        console = self.console(**options)
        console.is_known(PASSWORD)
        return console

    def session(self, customer: Customer | None = None, question: str = "") -> tuple[Customer, Console]:
        """A customer and a representative, connected."""
        console = self.representative()
        customer = customer or self.customer()
        customer.enter(question)
        console.accept(customer.name)
        customer.is_joined()
        console.is_joined()
        return customer, console

    def shared(self, customer: Customer | None = None) -> tuple[Customer, Console, Source]:
        """A session in which the representative sees the customer's screen, which is red."""
        customer = customer or self.customer()
        source = Source(customer.page.context)
        customer.page.bring_to_front()
        customer, console = self.session(customer)
        console.request_screen.click()
        customer.allow.click()
        console.sees(*RED)
        return customer, console, source

    def keep(self, directory: Path) -> None:
        """A picture of each page, and a trace of each browser if wanted, for whoever looks why a test failed."""
        for number, context in enumerate(self._contexts):
            for at, page in enumerate(context.pages):
                with suppress(Error):  # a page that a test has stopped draws no picture
                    page.screenshot(path=directory / f"{number}-{at}.png", timeout=5000)
            if TRACES:
                context.tracing.stop(path=directory / f"{number}.zip")

    def leave(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            context.close()
