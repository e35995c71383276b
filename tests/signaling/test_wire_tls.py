"""What a connection may cost before and below TLS."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.signaling.server import Site, serving, settings
from tests.signaling.test_wire import drips, eventually, line, rest

REQUEST = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
NOBODY_ELSES = ssl._create_unverified_context()


@contextmanager
def serving_tls(data: Path, certificate: tuple[Path, Path], **limits: Any) -> Iterator[Site]:
    """A server with a certificate of its own."""
    chain, key = certificate
    with serving(settings(data, certificate=chain, key=key, **limits)) as site:
        yield Site(site.url.replace("http:", "https:"))


@contextmanager
def encrypted(site: Site) -> Iterator[socket.socket]:
    """A connection whose handshake is over."""
    with line(site) as plain, NOBODY_ELSES.wrap_socket(plain) as secure:
        yield secure


def reachable(site: Site) -> bool:
    """Whether one more connection from here is taken."""
    try:
        return httpx.get(site.url + "/healthz", verify=False).status_code == 200
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("said", [b"", b"\x16", b"\x16\x03\x01\x40\x00\x01"])
def test_a_handshake_that_does_not_come_is_cut(data: Path, certificate: tuple[Path, Path], said: bytes) -> None:
    with serving_tls(data, certificate, head_timeout=0.3) as site, line(site) as plain:
        plain.sendall(said)
        assert rest(plain) == b""


def test_single_bytes_do_not_extend_the_time_for_a_handshake(data: Path, certificate: tuple[Path, Path]) -> None:
    with serving_tls(data, certificate, head_timeout=0.3) as site, line(site) as plain:
        plain.sendall(b"\x16\x03\x01\x40\x00\x01")
        drips(plain, b"\x00")


def test_a_head_that_does_not_follow_a_handshake_is_cut(data: Path, certificate: tuple[Path, Path]) -> None:
    with serving_tls(data, certificate, head_timeout=2) as site, encrypted(site) as secure:
        secure.sendall(REQUEST[:-1])
        assert rest(secure) == b""


def test_what_is_no_handshake_ends(data: Path, certificate: tuple[Path, Path]) -> None:
    with serving_tls(data, certificate) as site:
        with line(site) as plain:
            plain.sendall(REQUEST)
            assert b" 200 " not in rest(plain)
        assert reachable(site)


def test_handshakes_count_among_the_connections_of_an_address(data: Path, certificate: tuple[Path, Path]) -> None:
    limits = {"max_connections_per_address": 2, "head_timeout": 2}
    with serving_tls(data, certificate, **limits) as site, ExitStack() as lines:
        kept = [lines.enter_context(line(site)) for _ in range(2)]
        with line(site) as refused:
            assert rest(refused) == b""
        assert not reachable(site)
        for plain in kept:
            assert rest(plain) == b""
        eventually(lambda: reachable(site))


def test_requests_and_web_sockets_come_through(data: Path, certificate: tuple[Path, Path]) -> None:
    with serving_tls(data, certificate, idle_timeout=0.3, max_connections_per_address=3) as site:
        for _ in range(5):
            # That is taken only when the former ones are over.
            eventually(lambda: reachable(site))
            with encrypted(site) as secure:
                # It leaves together with the end of the handshake, and is answered twice.
                secure.sendall(REQUEST * 2)
                assert rest(secure).count(b" 200 ") == 2
        for _ in range(5):
            eventually(lambda: reachable(site))
            page, welcome = site.customer(ssl=NOBODY_ELSES)
            assert welcome["state"] == "new"
            page.close()


def test_who_leaves_within_a_handshake_is_not_counted_any_more(data: Path, certificate: tuple[Path, Path]) -> None:
    with serving_tls(data, certificate, max_connections_per_address=2) as site:
        for said in (b"", b"\x16\x03\x01\x40\x00\x01", b"", b"\x16"):
            eventually(lambda: reachable(site))
            with line(site) as plain:
                plain.sendall(said)
        eventually(lambda: reachable(site))


def test_the_server_ends_though_a_handshake_is_not_over(
    data: Path, certificate: tuple[Path, Path], caplog: pytest.LogCaptureFixture
) -> None:
    with ExitStack() as lines:
        with serving_tls(data, certificate) as site:
            plain = lines.enter_context(line(site))
            assert reachable(site)
        assert rest(plain) == b""
    # That is what uvicorn says when it has waited in vain.
    assert "timeout graceful shutdown exceeded" not in caplog.text
