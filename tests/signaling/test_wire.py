"""What a connection may cost below requests and messages."""

import asyncio
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from websockets.frames import Frame, Opcode

from deskside.core.codec import MAX_FRAME
from deskside.core.messages import SUBPROTOCOL
from signaling import wire
from signaling.settings import Settings
from signaling.wire import UNFINISHED
from tests.signaling.process import Process
from tests.signaling.server import PATIENCE, Page, Site, serving, settings
from tests.signaling.test_session import NEGOTIATION

PING = Frame(Opcode.PING, b"x" * 125).serialize(mask=True)
PONG = Frame(Opcode.PONG, b"").serialize(mask=True)
BEGUN = Frame(Opcode.TEXT, b"", fin=False).serialize(mask=True)
EMPTY = Frame(Opcode.CONT, b"", fin=False).serialize(mask=True)
ONE_BYTE = Frame(Opcode.CONT, b"x", fin=False).serialize(mask=True)
HANDSHAKE = (
    "GET /signaling HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: {SUBPROTOCOL}"
    "\r\n{more}\r\n"
)


@contextmanager
def line(site: Site, narrow: bool = False) -> Iterator[socket.socket]:
    """A TCP connection that says nothing by itself."""
    with socket.socket() as plain:
        if narrow:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.settimeout(PATIENCE)
        plain.connect(("127.0.0.1", int(site.url.rpartition(":")[2])))
        yield plain


def handshake(site: Site, more: str = "") -> bytes:
    """What a page sends to get a WebSocket."""
    return HANDSHAKE.format(host=site.url.partition("//")[2], more=more).encode()


def rest(plain: socket.socket) -> bytes:
    """What comes until the server ends the connection; fails when it does not."""
    heard = bytearray()
    with suppress(ConnectionResetError):
        while chunk := plain.recv(1 << 16):
            heard += chunk
    return bytes(heard)


def drips(plain: socket.socket, byte: bytes = b"x") -> None:
    """Send a byte whenever nothing is heard for a moment, until the server ends the connection."""
    plain.settimeout(0.02)
    with suppress(ConnectionResetError, BrokenPipeError):
        for _ in range(int(PATIENCE / 0.02)):
            try:
                if not plain.recv(1 << 16):
                    return
            except TimeoutError:
                plain.sendall(byte)
        raise AssertionError("single bytes extend the time")


def eventually(works: Callable[[], bool]) -> None:
    """Try again until it works; each try takes its time."""
    assert any(works() for _ in range(2000))


def reachable(site: Site) -> bool:
    """Whether one more connection from here is taken."""
    try:
        return site.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


# --- WebSockets ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "frame", "at_most"),
    [(b"", PING, 1000), (b"", PONG, 1000), (BEGUN, EMPTY, 20_000), (BEGUN, ONE_BYTE, 20_000)],
    ids=["pings", "pongs", "empty fragments", "tiny fragments"],
)
def test_frames_that_no_page_sends_so_often_close(common: Site, first: bytes, frame: bytes, at_most: int) -> None:
    customer, _ = common.customer()
    with suppress(OSError):
        customer.connection.socket.sendall(first + frame * at_most)
    assert customer.close_code() == 4429


def test_pings_whose_answers_are_not_read_are_cut(data: Path) -> None:
    with serving(settings(data), send_buffer=4096) as site, line(site, narrow=True) as plain:
        plain.sendall(handshake(site))
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            for _ in range(1000):
                plain.sendall(PING * 1000)


def test_frames_before_hello_count_too(common: Site) -> None:
    with line(common) as plain:
        plain.sendall(handshake(common))
        assert b" 101 " in plain.recv(4096)
        with suppress(OSError):
            plain.sendall(PONG * 1000)
        assert rest(plain)[:4] == Frame(Opcode.CLOSE, (4429).to_bytes(2, "big")).serialize(mask=False)


def test_messages_that_never_come_whole_are_held_up_to_a_sum(data: Path) -> None:
    size = 4 * MAX_FRAME - 1
    in_one = Frame(Opcode.TEXT, b"x" * size).serialize(mask=True)[:-1]
    in_pieces = Frame(Opcode.TEXT, b"x" * size, fin=False).serialize(mask=True)
    with serving(settings(data, hello_timeout=1000)) as site, ExitStack() as lines:
        customer, _ = site.customer()
        for number in range(UNFINISHED // size + 1):
            plain = lines.enter_context(line(site))
            plain.sendall(handshake(site))
            assert b" 101 " in plain.recv(4096)
            with suppress(ConnectionResetError, BrokenPipeError):
                plain.sendall(in_one if number % 2 else in_pieces)
        assert rest(plain) == b""
        customer.enter()
        customer.until("queued")
        lines.close()
        assert site.waiting()


def test_a_message_in_pieces_and_a_few_pings_are_fine(common: Site) -> None:
    customer, _ = common.customer()
    for _ in range(20):
        assert customer.connection.ping().wait(PATIENCE)
    given = {"name": "Ann", "question": "It beeps. " * 100, "language": "en", "notifications": "granted"}
    enter = json.dumps({"type": "enter"} | given)
    customer.connection.send(enter[start : start + 16] for start in range(0, len(enter), 16))
    assert customer.next()["type"] == "admitted"


def test_text_that_is_none_closes(common: Site) -> None:
    customer, _ = common.customer()
    customer.connection.send(b"\xff", text=True)
    assert customer.close_code() == 1007


def test_a_page_that_reads_nothing_is_cut_though_it_has_room(data: Path) -> None:
    # Each is less than what a page may leave unread.
    with serving(settings(data, unread_timeout=0.3), send_buffer=4096) as site, line(site, narrow=True) as plain:
        console, _ = site.console(site.cookie("Bob"))
        slow = site.page(sock=plain, max_queue=1)
        slow.send("hello", role="customer", page="slow")
        slow.expect("welcome")
        slow.enter()
        slow.until("queued")
        console.send("accept", session=console.until("queue_entered")["entry"]["session"])
        session = console.until("accepted")["session"]
        slow.until("joined")
        large = NEGOTIATION | {"description": {"type": "offer", "sdp": "x" * 60_000}}
        for _ in range(6):
            console.send("signal", session=session["session"], to=session["peer"], negotiation=large)
        assert console.until("queue_changed")["connected"] is False
        slow.drop()


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace(b"\r\n\r\n", b"\r\n" + b"X-A: b\r\n" * 200 + b"\r\n"),
        lambda text: text.replace(b"\r\n\r\n", b"\r\nX-A: " + b"b" * 9000 + b"\r\n\r\n"),
        lambda text: text.replace(b"GET", b"POST"),
        lambda text: text.replace(b"Sec-WebSocket-Key", b"Sec-WebSocket-Ke"),
        lambda text: text.replace(b"Version: 13", b"Version: 12"),
        lambda text: text.replace(SUBPROTOCOL.encode(), b"other"),
    ],
    ids=["many headers", "a long header", "another method", "no key", "another version", "another subprotocol"],
)
def test_a_handshake_that_fails_ends_the_connection(common: Site, changed: Callable[[bytes], bytes]) -> None:
    with line(common) as plain:
        plain.sendall(changed(handshake(common)))
        assert b" 101 " not in rest(plain)


# --- HTTP ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [b"", b"G", b"GET / HTTP/1.1\r\nHost: a\r\n", b"\r\n"])
def test_a_request_whose_head_does_not_come_is_cut(data: Path, said: bytes) -> None:
    with serving(settings(data, head_timeout=0.3)) as site, line(site) as plain:
        plain.sendall(said)
        assert b" 200 " not in rest(plain)


def test_single_bytes_do_not_extend_the_time_for_a_head(data: Path) -> None:
    with serving(settings(data, head_timeout=0.3)) as site, line(site) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nX-A: ")
        drips(plain)


def test_the_head_of_a_later_request_has_no_longer(data: Path) -> None:
    with serving(settings(data, head_timeout=0.3, idle_timeout=PATIENCE)) as site, line(site) as plain:
        plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b" 200 " in plain.recv(4096)
        plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b" 200 " in plain.recv(4096)
        plain.sendall(b"GET /hea")
        drips(plain)


def test_a_connection_with_no_further_request_is_closed(data: Path) -> None:
    with serving(settings(data, idle_timeout=0.3)) as site, line(site) as plain:
        plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b" 200 " in rest(plain)


@pytest.mark.parametrize("path", ["/api/sign-in", "/healthz"], ids=["awaited", "answered before it came"])
def test_single_bytes_do_not_extend_the_time_for_a_body(data: Path, path: str) -> None:
    with serving(settings(data, body_timeout=0.3, idle_timeout=PATIENCE)) as site, line(site) as plain:
        host = site.url.partition("//")[2]
        head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {site.url}\r\nContent-Type: application/json\r\n"
        plain.sendall(head.encode() + b"Content-Length: 100000\r\n\r\n{")
        drips(plain, b" ")


def test_an_answer_that_nobody_reads_ends(data: Path) -> None:
    whole = b"x" * 4_000_000
    (data / "pages" / "assets" / "large-1.css").write_bytes(whole)
    limits = {"unread_timeout": 0.3, "max_connections_per_address": 1}
    with serving(settings(data, **limits), send_buffer=4096) as site, line(site, narrow=True) as plain:
        plain.sendall(b"GET /assets/large-1.css HTTP/1.1\r\nHost: a\r\n\r\n")
        assert plain.recv(15) == b"HTTP/1.1 200 OK"
        eventually(lambda: reachable(site))
        assert len(rest(plain)) < len(whole)


def test_an_answer_that_is_read_slowly_comes_whole(data: Path) -> None:
    whole = b"x" * 200_000
    (data / "pages" / "assets" / "large-1.css").write_bytes(whole)
    with serving(settings(data, unread_timeout=0.5), send_buffer=4096) as site, line(site, narrow=True) as plain:
        plain.sendall(b"GET /assets/large-1.css HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        heard = bytearray()
        while chunk := plain.recv(500):
            heard += chunk
        assert heard.endswith(whole)


# --- how many --------------------------------------------------------------------------------------


def test_one_address_has_so_many_connections_and_gets_others_when_they_are_over(data: Path) -> None:
    with serving(settings(data, max_connections_per_address=3)) as site, ExitStack() as lines:
        page: Page = site.customer()[0]
        kept = [lines.enter_context(line(site)) for _ in range(2)]
        with line(site) as refused:
            assert rest(refused) == b""
        assert page.hears_nothing()
        kept[0].close()
        eventually(lambda: reachable(site))
        page.close()
        eventually(lambda: reachable(site))


def test_a_trusted_proxy_stands_for_many_people(data: Path) -> None:
    limits = {"max_connections_per_address": 1, "max_connections": 6, "trusted_proxies": ("127.0.0.0/8",)}
    with serving(settings(data, **limits)) as site, ExitStack() as lines:
        for _ in range(5):
            lines.enter_context(line(site))
        eventually(lambda: reachable(site))
        lines.enter_context(line(site))
        with line(site) as refused:
            assert rest(refused) == b""


def test_the_log_says_once_that_connections_were_cut_and_not_whose(data: Path) -> None:
    with Process(data, DESKSIDE_MAX_CONNECTIONS_PER_ADDRESS="1") as process:
        with line(process.site):
            for _ in range(5):
                with line(process.site) as refused:
                    assert rest(refused) == b""
        told = [told for told in map(json.loads, process.end().splitlines()) if told["event"] == "connections_cut"]
    assert [(told["why"], told["count"]) for told in told] == [("too_many_of_one_address", 1)]
    assert not any("127.0.0.1" in str(told) for told in told)


def test_what_was_cut_meanwhile_is_told_later_as_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_SAYS_AGAIN", 0.05)

    told: asyncio.Queue[tuple[str, int]] = asyncio.Queue()

    class Log:
        def warning(self, _: str, why: str, count: int) -> None:
            told.put_nowait((why, count))

    monkeypatch.setattr(wire, "log", Log())

    async def attacks() -> list[tuple[str, int]]:
        census = wire.Census(Settings(), 1)
        for _ in range(5):
            census.tell("slow_head")
        census.tell("no_http")
        return [await told.get() for _ in range(3)]

    heard = asyncio.run(asyncio.wait_for(attacks(), PATIENCE))
    assert heard == [("slow_head", 1), ("no_http", 1), ("slow_head", 4)]


def test_nonsense_of_strangers_does_not_fill_the_log(data: Path) -> None:
    with Process(data) as process:
        url = process.site.url
        head = f"POST /api/sign-in HTTP/1.1\r\nHost: {url[7:]}\r\nOrigin: {url}\r\nContent-Type: application/json\r\n"
        torn = head.encode() + b"Content-Length: 100\r\n\r\n{"
        for _ in range(5):
            for nonsense in (
                torn,
                b"nonsense\r\n\r\n",
                b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: b\r\n\r\n",
            ):
                with line(process.site) as plain:
                    plain.sendall(nonsense)
                    plain.shutdown(socket.SHUT_WR)
                    rest(plain)
        told = list(map(json.loads, process.end().splitlines()))
    assert [event["why"] for event in told if event["event"] == "connections_cut"] == ["no_http"]
    assert not any(event["level"] == "error" or "request" in event["event"] for event in told)
