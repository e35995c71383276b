"""A session on the small internet: the server and coturn in its middle, a customer and a representative at home."""

import hashlib
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Playwright, expect

from deskside_build import build
from tests.faults.home import PATIENCE, Home
from tests.faults.internet import SERVER, Internet
from tests.faults.relay import SECRET, STUN, TCP, UDP, Relay
from tests.signaling.process import Process
from tests.signaling.server import decide, prepare

PORT = 8000
URL = f"http://{SERVER}:{PORT}"
RATE = 2_500_000
"""Bytes a second that each line at home carries."""


@contextmanager
def built() -> Iterator[Path]:
    """The static app, fresh from the sources."""
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder) / "app"
        build(app)
        yield app


class Scene:
    """Use it in a `with`. `site` is what an administrator has decided, `variables` what the operator has."""

    def __init__(
        self, playwright: Playwright, app: Path, nat: str = "cone", site: dict[str, Any] | None = None, **variables: str
    ) -> None:
        self._playwright = playwright
        self._open = ExitStack()
        self._app = app
        self._site = site or {}
        self._variables = variables
        self.internet = Internet(nat)
        self.folder: Path
        self.relay: Relay
        self.server: Process
        self.customer: Home
        self.representative: Home

    def __enter__(self) -> "Scene":
        with ExitStack() as opening:
            self.folder = Path(opening.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
            opening.enter_context(self.internet)
            self.relay = opening.enter_context(Relay(self.internet))
            prepare(self.folder / "data")
            if self._site:
                decide(self.folder / "data", **self._site)
            self.start_server()
            opening.callback(lambda: self.kill_server())
            self.customer, self.representative = (
                Home(self._playwright, self.internet, name, self.folder, self.relay.key_hash)
                for name in ("customer", "representative")
            )
            opening.callback(self.customer.close)
            opening.callback(self.representative.close)
            self._open = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def start_server(self) -> None:
        """Start the server, with all that is on its disk."""
        given = {
            "DESKSIDE_HOST": SERVER,
            "DESKSIDE_STATIC": str(self._app),
            "DESKSIDE_TURN_URLS": f"{UDP} {TCP}",
            "DESKSIDE_TURN_SECRET": SECRET,
            "DESKSIDE_STUN_URLS": STUN,
        }
        prefix = self.internet.command("middle")
        self.server = Process(self.folder / "data", PORT, prefix, **given | self._variables)

    def kill_server(self) -> None:
        """As kill -9 does."""
        if self.server.process.returncode is None:
            self.server.end(kill=True)

    # --- people ------------------------------------------------------------------------------------

    def meet(self) -> None:
        """Into a session. Returns when both pages say that they are connected."""
        self.open_console()
        self.representative.page.get_by_role("switch", name="Available").click()
        customer = self.customer
        customer.open(URL)
        customer.page.goto(URL)
        customer.page.get_by_role("button", name="Start chat").click()
        # Whether the browser may be asked about notifications is up to how it was started.
        not_now = customer.page.get_by_role("button", name="Not now")
        allow = customer.page.get_by_role("button", name="Allow recording")
        not_now.or_(allow).or_(customer.page.get_by_role("button", name="Leave the queue")).wait_for()
        if not_now.is_visible():
            not_now.click()
        if "recording" in self._site:
            allow.click()
        self.representative.page.get_by_role("button", name="Accept", exact=True).click()
        self.are_connected()

    def open_console(self) -> None:
        """The representative's browser, signed in."""
        self.representative.open(URL, "deskside=Bob-1")
        self.representative.page.goto(URL + "/console")

    def are_connected(self) -> None:
        """Both pages say so."""
        expect(self.customer.page.get_by_text("Private connection")).to_be_visible(timeout=PATIENCE)
        expect(self.representative.page.get_by_text("Connected", exact=True)).to_be_visible(timeout=PATIENCE)

    def wait(self, seconds: float) -> None:
        """Let time pass, with both browsers served."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self.customer.page.wait_for_timeout(min(left, 0.5) * 1000)
            except Error:
                time.sleep(min(left, 0.5))

    def until(self, what: str, happened: Callable[[], bool], seconds: float) -> None:
        """Wait for it, and say what did not happen."""
        end = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
            self.wait(0.1)

    # --- chat and files ----------------------------------------------------------------------------

    def say(self, text: str, sender: Home, receiver: Home) -> None:
        """One message from page to page."""
        box = sender.page.get_by_role("textbox", name="Message", exact=True)
        box.fill(text)
        box.press("Enter")
        expect(receiver.page.get_by_role("log").get_by_text(text, exact=True)).to_have_count(1, timeout=PATIENCE)

    def offer(self, name: str, size: int, seed: int) -> str:
        """The customer offers a file of this size; its SHA-256."""
        content = random.Random(seed).randbytes(size)
        (self.folder / name).write_bytes(content)
        self.customer.page.get_by_label("Send a file").set_input_files(self.folder / name)
        return hashlib.sha256(content).hexdigest()

    @property
    def accept_file(self) -> Locator:
        """What the representative presses to let a file in."""
        return self.representative.page.get_by_role("button", name="Accept file")

    def arrived(self, number: int) -> bool:
        """Whether so many files have been saved at the representative's."""
        return len(self.representative.downloads) >= number

    def digest(self, number: int) -> str:
        """The SHA-256 of a saved file, the first is 0."""
        path = self.representative.downloads[number].path()
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()

    def send_file(self, name: str, size: int, seed: int = 0) -> None:
        """From the customer's disk to the representative's; compares what has arrived."""
        before = len(self.representative.downloads)
        wanted = self.offer(name, size, seed)
        self.accept_file.click()
        self.until(f"{name} arrives", partial(self.arrived, before + 1), 60)
        assert self.digest(before) == wanted
