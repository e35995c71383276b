"""The static app as the server gives it out."""

import socket
from pathlib import Path

import httpx
import pytest

from signaling.pages import Pages
from signaling.static_app import content_security_policy
from tests.signaling.server import Site, serving, settings, write_pages


@pytest.mark.parametrize(
    ("path", "name"),
    [("/", "index.html"), ("/console", "console.html"), ("/compat.html", "compat.html"), ("/index.html", "index.html")],
)
def test_each_page_comes_with_its_policy_and_is_asked_for_every_time(common: Site, path: str, name: str) -> None:
    answer = common.get(path)
    assert (answer.status_code, answer.text) == (200, f"this is {name}")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == content_security_policy(name)
    assert answer.headers["cache-control"] == "no-cache"


def test_every_answer_carries_the_security_headers(common: Site) -> None:
    for path in ("/", "/assets/start-1.mjs", "/api/site", "/nothing", "/healthz"):
        headers = common.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["permissions-policy"] == "display-capture=(self), camera=(self)"
        assert "server" not in headers


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("start-1.mjs", "text/javascript; charset=utf-8"),
        ("engine-1.wasm", "application/wasm"),
        ("style-1.css", "text/css; charset=utf-8"),
    ],
)
def test_assets_have_their_type_and_are_kept_for_ever(common: Site, name: str, kind: str) -> None:
    headers = common.get("/assets/" + name).headers
    assert headers["content-type"] == kind
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br, gzip", "br"),
        ("gzip, deflate, br;q=1.0", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("", None),
        ("br;q=nonsense", None),
    ],
)
def test_the_best_encoding_that_the_browser_takes_is_sent(common: Site, accepted: str, encoding: str | None) -> None:
    answer = common.get("/assets/start-1.mjs", **{"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.text == "start"  # as the browser unpacks it


def test_what_has_not_changed_is_not_sent_again(common: Site) -> None:
    tag = common.get("/").headers["etag"]
    again = common.get("/", **{"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == content_security_policy("index.html")
    assert common.get("/", **{"if-none-match": '"other"'}).status_code == 200


def test_head_is_get_without_the_body(common: Site) -> None:
    answer = httpx.head(common.url + "/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len("this is index.html"))


@pytest.mark.parametrize(
    "path",
    [
        "/../deskside.sqlite3",
        "/assets/../../deskside.sqlite3",
        "/%2e%2e/deskside.sqlite3",
        "/..%2fdeskside.sqlite3",
        "/assets/..%5c..%5cdeskside.sqlite3",
        "//etc/passwd",
        "/assets",
        "/assets/",
        "/assets/start-1.mjs.br",
        "/index.html%00",
        "/console/",
    ],
)
def test_only_the_files_of_the_app_are_there(common: Site, path: str) -> None:
    host, port = common.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as line:  # a client library would tidy the path up
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 404 ")


def test_without_pages_there_is_a_sentence_that_says_what_to_do(data: Path, tmp_path: Path) -> None:
    with serving(settings(data, static=tmp_path / "nowhere")) as site:
        answer = site.get("/")
        assert answer.status_code == 503
        assert "DESKSIDE_STATIC" in answer.text
        assert site.get("/api/site").status_code == 200


def test_pages_are_read_once(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages")
    assert Pages(tmp_path / "pages") and not Pages(tmp_path)


def test_the_server_says_that_it_is_well(common: Site) -> None:
    assert common.get("/healthz").json() == {"ready": True}
