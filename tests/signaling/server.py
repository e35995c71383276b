"""A real server on a port that the system chooses, in a thread, and the pages that talk to it."""

import gzip
import json
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import brotli
import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from deskside.core.messages import SUBPROTOCOL
from signaling.accounts import hash_password
from signaling.app import DATABASE
from signaling.desk import now
from signaling.pages import Pages
from signaling.secrets import digest
from signaling.serve import listen, server
from signaling.settings import Settings
from signaling.site.checks import site_of
from signaling.site.saving import save
from signaling.store import accounts
from signaling.store.database import Database

PASSWORD = "correct horse battery"
_HASH = hash_password(PASSWORD)
PATIENCE = 30.0


class Page:
    """One page load with its WebSocket. `expect` fails when something else comes first."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    def send(self, kind: str, **fields: Any) -> None:
        """Send one message."""
        self.raw(json.dumps({"type": kind} | fields))

    def raw(self, text: str | bytes) -> None:
        """Send whatever it is."""
        self.connection.send(text)

    def next(self, kind: str = "") -> dict[str, Any]:
        """The next message, pings answered. Steps and notices are passed over unless they are asked for."""
        while True:
            message: dict[str, Any] = json.loads(self.connection.recv(PATIENCE))
            if message["type"] == "ping":
                self.send("pong")
            elif message["type"] == kind or message["type"] not in ("step", "notices"):
                return message

    def expect(self, kind: str) -> dict[str, Any]:
        """The next message, which is of this type."""
        message = self.next(kind)
        assert message["type"] == kind, message
        return message

    def until(self, kind: str) -> dict[str, Any]:
        """The next message of this type, whatever comes before."""
        while True:
            message = self.next(kind)
            if message["type"] == kind:
                return message

    def at(self, step: str) -> dict[str, Any]:
        """The present step, which is this one; nothing else has come before."""
        message = self.expect("step")
        assert message["step"] == step, message
        return message

    def enter(self, name: str = "Ann", **fields: Any) -> None:
        """Press `Start chat` where the browser would ask nothing about notifications."""
        given = {"name": name, "question": "It beeps.", "language": "en", "notifications": "granted"}
        self.send("enter", **given | fields)

    def answer(self, step: dict[str, Any], answer: str) -> None:
        """Answer a step as it came."""
        about = {"about": step["about"]} if "about" in step else {}
        self.send("answer", step=step["step"], answer=answer, **about)

    def hears_nothing(self) -> bool:
        """Whether nothing has come. Asks for something refused, whose answer would come after it."""
        self.raw("?")
        message = self.next()
        return bool(message["type"] == "error" and message["code"] == "not_json")

    def close_code(self) -> int:
        """The code with which the server closes."""
        try:
            while True:
                self.connection.recv(PATIENCE)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def drop(self) -> None:
        """The line is cut without a word."""
        self.connection.close_socket()

    def close(self) -> None:
        """The page goes away."""
        self.connection.close()


class Site:
    """A running server as its visitors see it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.web_socket = url.replace("http", "ws", 1) + "/signaling"
        self._open = ExitStack()

    def page(self, cookie: str = "", origin: str | None = "", **options: Any) -> Page:
        """A WebSocket that has not yet said anything."""
        headers = {"Cookie": cookie} if cookie else {}
        given: dict[str, Any] = {"subprotocols": [SUBPROTOCOL], "compression": None, "ping_interval": None}
        given |= {"origin": self.url if origin == "" else origin, "additional_headers": headers}
        return Page(self._open.enter_context(connect(self.web_socket, **given | options)))

    def customer(self, resume: str = "", page: str = "", **options: Any) -> tuple[Page, dict[str, Any]]:
        """A customer's page and its `welcome`."""
        customer = self.page(**options)
        hello = {"role": "customer", "page": page or secrets.token_urlsafe(8)}
        customer.send("hello", **hello | ({"resume": resume} if resume else {}))
        return customer, customer.expect("welcome")

    def waiting(self, name: str = "Ann", page: str = "", **fields: Any) -> tuple[Page, dict[str, Any]]:
        """A customer's page in the queue, its `queued`, and with it `session` and `token`."""
        customer, admitted = self.arriving(name, page, **fields)
        return customer, customer.expect("queued") | {name: admitted[name] for name in ("session", "token")}

    def arriving(self, name: str = "Ann", page: str = "", **fields: Any) -> tuple[Page, dict[str, Any]]:
        """A customer's page on the way in, and its `admitted`."""
        customer, _ = self.customer(page=page)
        customer.enter(name, **fields)
        return customer, customer.expect("admitted")

    def console(self, cookie: str, page: str = "", spoken: dict[str, int] | None = None) -> tuple[Page, dict[str, Any]]:
        """A representative's page and its `welcome`. One that says no version is of version 1."""
        console = self.page(cookie)
        console.send("hello", role="representative", page=page or secrets.token_urlsafe(8), **spoken or {})
        return console, console.expect("welcome")

    def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        """A POST as our own page makes it."""
        cookie = {"Cookie": headers.pop("cookie")} if "cookie" in headers else {}
        return httpx.post(self.url + path, json=body, headers={"Origin": self.url} | cookie | headers, timeout=PATIENCE)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """A GET."""
        return httpx.get(self.url + path, headers=headers, timeout=PATIENCE)

    def sign_in(self, name: str, password: str = PASSWORD) -> str:
        """The cookie of a representative, as the browser sends it."""
        answer = self.post("/api/sign-in", {"name": name, "password": password})
        assert answer.status_code == 200, answer.text
        return answer.headers["set-cookie"].partition(";")[0]

    def cookie(self, name: str, browser: int = 1) -> str:
        """The cookie of a browser in which a representative has signed in before."""
        return f"deskside={name}-{browser}"

    def hang_up(self) -> None:
        """Close all pages."""
        self._open.close()


def prepare(data: Path) -> None:
    """A data folder in which Bob and Cleo may sign in, and have done so with two browsers each."""
    data.mkdir(exist_ok=True)
    write_pages(data / "pages")
    database = Database(data / DATABASE, 5)
    for name in ("Bob", "Cleo"):
        database.submit(partial(accounts.add, name, name, _HASH, name == "Cleo", now()))
        for browser in (1, 2):
            web_session = digest(f"{name}-{browser}")
            database.submit(partial(accounts.sign_in, web_session, "", name, now(), now() + 3600_000))
    database.close()


def write_pages(folder: Path) -> None:
    """A small static app."""
    (folder / "assets").mkdir(parents=True)
    for name in ("index", "console", "compat", "admin"):
        for file in (f"{name}.html", f"{name}.de.html", f"{name}.ar.html"):
            (folder / file).write_text(f"this is {file}")
    (folder / "sw.js").write_text("this is sw.js")
    (folder / "embed.js").write_text("this is embed.js")
    for name, content in (("start-1.mjs", b"start"), ("engine-1.wasm", b"engine"), ("style-1.css", b"style")):
        (folder / "assets" / name).write_bytes(content)
        (folder / "assets" / (name + ".br")).write_bytes(brotli.compress(content))
        (folder / "assets" / (name + ".gz")).write_bytes(gzip.compress(content))


def settings(data: Path, **changes: Any) -> Settings:
    """Settings for a test: its own folder, its own pages."""
    given: dict[str, Any] = {"host": "127.0.0.1", "port": 0, "data": data, "static": data / "pages"}
    generous = {"new_sessions_per_address": "1000/minute", "hellos_per_address": "10000/minute"}
    return Settings(**given | generous | changes)


def decide(data: Path, **settings: Any) -> None:
    """Save settings of the site, as an administrator does; the rest has its default."""
    database = Database(data / DATABASE, 5)
    site = site_of(json.dumps(settings), client=True)
    database.submit(partial(save, lambda _: "Cleo", None, site, now())).result()
    database.close()


@contextmanager
def serving(chosen: Settings, send_buffer: int = 0, site: dict[str, Any] | None = None) -> Iterator[Site]:
    """A server that runs in a thread until the block ends, with these settings of its site."""
    if site is not None:
        decide(chosen.data, **site)
    listener = listen(chosen)
    if send_buffer:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
    running = server(chosen, Pages(chosen.static))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    visited = Site(f"http://127.0.0.1:{listener.getsockname()[1]}")
    try:
        while not running.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.005)
        yield visited
    finally:
        visited.hang_up()
        running.should_exit = True
        thread.join()
        listener.close()
