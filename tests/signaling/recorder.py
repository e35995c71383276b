"""A recorder that is only a WebSocket: it speaks as a real one does, and records nothing."""

import json
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from deskside.core.codec import check
from deskside.core.recorder_messages import FROM_RECORDER, RECORDER_SUBPROTOCOL, TO_RECORDER
from signaling.app import DATABASE
from signaling.settings import Settings
from tests.signaling.server import PATIENCE, Page, Site, settings

TOKEN = "a token of the tests, long enough"
SDP = "v=0\r\n"
RECORDS: dict[str, Any] = {"recording": {"on": True}}


class Recorder(Page):
    """Checks every frame against the tables, both ways."""

    def send(self, kind: str, **fields: Any) -> None:
        """Send one message."""
        check({"type": kind} | fields, FROM_RECORDER)
        super().send(kind, **fields)

    def next(self, kind: str = "") -> dict[str, Any]:
        """The next message; pings are answered."""
        while True:
            message = check(json.loads(self.connection.recv(PATIENCE)), TO_RECORDER)
            if message["type"] != "ping":
                return message
            self.send("pong")

    def hello(self, process: str = "", capacity: int = 40) -> str:
        """Say `hello`; the name of this process."""
        process = process or secrets.token_urlsafe(8)
        self.send("hello", recorder=process, capacity=capacity)
        return process

    def takes(self) -> dict[str, Any]:
        """The next offer, which it answers, and whose connection stands at once."""
        offer = self.expect("offer")
        part = {"recording": offer["recording"], "part": offer["part"]}
        self.send("answer", **part, sdp="answer")
        self.send("part_started", **part, at=1)
        return part


def knocking(site: Site, token: str | None = TOKEN, **options: Any) -> Recorder:
    """A WebSocket that has not yet said anything; raises InvalidStatus where the server refuses it."""
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    given: dict[str, Any] = {"subprotocols": [RECORDER_SUBPROTOCOL], "compression": None, "ping_interval": None}
    given |= {"additional_headers": headers}
    address = site.url.replace("http", "ws", 1) + "/recorder"
    return Recorder(site._open.enter_context(connect(address, **given | options)))


def recorder(site: Site, process: str = "", capacity: int = 40) -> Recorder:
    """A recorder that is there."""
    there = knocking(site)
    there.hello(process, capacity)
    there.expect("welcome")
    return there


def allowed(site: Site, console: Page, name: str = "Ann", answer: str = "allow") -> tuple[Page, dict[str, Any]]:
    """A customer in session who allowed the recording, or did not; the session and its token."""
    customer, admitted = site.arriving(name)
    customer.answer(customer.at("recording"), answer)
    customer.until("queued")
    console.until("queue_entered")
    console.send("accept", session=admitted["session"])
    console.until("accepted")
    customer.until("joined")
    return customer, admitted


def offer(customer: Page, id: str = "one", sdp: str = SDP) -> None:
    """The page wants a connection to the recorder."""
    customer.send("recording_offer", id=id, sdp=sdp)


def recording_settings(data: Path, **changes: Any) -> Settings:
    """Of a server to which a recorder may come."""
    return settings(data, recorder="external", recorder_token=TOKEN, **changes)


def available(customer: Page) -> Any:
    """What the page hears next about the recorder: nothing against it, or the reason."""
    message = customer.expect("recorder")
    assert message["available"] == ("reason" not in message)
    return message.get("reason", "")


def rows(data: Path) -> list[tuple[Any, ...]]:
    """What is stored of recordings."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        return database.execute("SELECT customer, state, part, size, duration FROM recordings").fetchall()


def on(there: Recorder, customer: Page, id: str = "one") -> dict[str, Any]:
    """A connection of the customer's page, which stands; the part that it is."""
    offer(customer, id)
    part = there.takes()
    assert customer.expect("recording_answer") == {"type": "recording_answer", "id": id, "sdp": "answer"}
    return part


def after_that(there: Recorder, site: Site, console: Page) -> None:
    """Whatever the recorder has said so far is stored: what it says after it to another customer has arrived."""
    witness, _ = allowed(site, console, "Zoe")
    available(witness)
    on(there, witness)
