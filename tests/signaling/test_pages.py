"""The static app as the server gives it out."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from signaling.app import DATABASE
from signaling.headers import ALWAYS, NOT_A_PAGE
from signaling.pages import Pages
from signaling.static_app import content_security_policy
from tests.signaling.administrator import Administrator
from tests.signaling.server import Site, decide, serving, settings, write_pages


def policy(text: str) -> dict[str, str]:
    """A policy by directive."""
    return {name: value for name, _, value in (part.partition(" ") for part in text.split("; "))}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/console", "console.html"),
        ("/admin", "admin.html"),
        ("/compat.html", "compat.html"),
        ("/index.html", "index.html"),
        ("/index.de.html", "index.de.html"),
        ("/compat.ar.html", "compat.ar.html"),
    ],
)
def test_each_page_comes_with_its_policy_and_is_asked_for_every_time(common: Site, path: str, name: str) -> None:
    answer = common.get(path)
    assert (answer.status_code, answer.text) == (200, f"this is {name}")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == content_security_policy(name)
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("asked", "accepted", "name"),
    [
        ("", "de-AT, en;q=0.8", "index.de.html"),
        ("", "en;q=0.5, ar;q=0.9", "index.ar.html"),
        ("", "fr, pt-BR", "index.html"),
        ("", "de;q=0", "index.html"),
        ("", "*", "index.html"),
        ("", "de;q=very, ar;q=0.1", "index.ar.html"),
        ("?language=ar", "de", "index.ar.html"),
        ("?language=DE_ch", "en", "index.de.html"),
        ("?language=fr", "de", "index.de.html"),
        ("?language=../../etc", "", "index.html"),
    ],
)
def test_a_page_comes_in_the_language_that_is_asked_for(common: Site, asked: str, accepted: str, name: str) -> None:
    answer = common.get("/" + asked, **{"accept-language": accepted})
    assert answer.text == f"this is {name}"
    assert answer.headers["content-language"] == (name.split(".")[1] if name.count(".") == 2 else "en")
    assert answer.headers["vary"] == "Accept-Encoding, Accept-Language"


def test_a_page_comes_only_in_languages_of_the_site(data: Path) -> None:
    decide(data, languages=["de", "ar"])
    with serving(settings(data)) as site:
        for accepted, name in (("en, ar;q=0.1", "ar"), ("en", "de"), ("", "de")):
            assert site.get("/console", **{"accept-language": accepted}).text == f"this is console.{name}.html"


def test_another_language_is_another_page_to_who_has_one_already(common: Site) -> None:
    tag = common.get("/", **{"accept-language": "de"}).headers["etag"]
    same = common.get("/", **{"accept-language": "de", "if-none-match": tag})
    assert (same.status_code, same.headers["vary"]) == (304, "Accept-Encoding, Accept-Language")
    assert common.get("/", **{"accept-language": "ar", "if-none-match": tag}).status_code == 200


def test_the_preview_is_the_customers_page_that_only_our_own_pages_may_frame(common: Site) -> None:
    answer = common.get("/preview", **{"accept-language": "de"})
    assert answer.text == "this is index.de.html"
    usual = policy(content_security_policy("index.html"))
    assert policy(answer.headers["content-security-policy"]) == usual | {"frame-ancestors": "'self'"}


def test_the_administrators_page_alone_may_hold_a_frame_of_ours(common: Site) -> None:
    usual = policy(content_security_policy("index.html"))
    assert "frame-src" not in usual
    assert usual["frame-ancestors"] == "'none'"
    said = policy(common.get("/admin").headers["content-security-policy"])
    assert said == usual | {"frame-src": "'self'"}


def test_what_is_no_page_may_not_act_as_one(common: Site) -> None:
    for path in ("/nothing", "/assets/nothing.js", "/api/nothing"):
        answer = common.get(path)
        assert (answer.status_code, answer.headers["content-security-policy"]) == (404, NOT_A_PAGE)


def test_a_fault_of_the_servers_carries_the_security_headers_too(data: Path) -> None:
    with serving(settings(data)) as site:
        administrator = Administrator(site)
        with closing(sqlite3.connect(data / DATABASE)) as database, database:
            database.execute("DROP TABLE site_versions")
        answer = administrator.ask("GET", "history")
    assert answer.status_code == 500
    assert ALWAYS.items() <= {name: answer.headers.get(name) for name in ALWAYS}.items()
    assert answer.headers["content-security-policy"] == NOT_A_PAGE


def test_a_server_with_a_certificate_keeps_browsers_on_https(data: Path, certificate: tuple[Path, Path]) -> None:
    chain, key = certificate
    with serving(settings(data, certificate=chain, key=key)) as site:
        answer = httpx.get(site.url.replace("http:", "https:") + "/nothing", verify=False)
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_every_answer_carries_the_security_headers(common: Site) -> None:
    for path in ("/", "/assets/start-1.mjs", "/api/site", "/nothing", "/healthz"):
        headers = common.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert {"camera=(self)", "microphone=()"} <= set(headers["permissions-policy"].split(", "))
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "strict-transport-security" not in headers
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


def test_the_script_for_other_peoples_pages_may_be_used_by_them_and_is_soon_asked_for_again(common: Site) -> None:
    answer = common.get("/embed.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
