"""Behind a proxy that changes what browsers send, the server says which line of its settings to change."""

import json
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.signaling.process import Process
from tests.signaling.server import PASSWORD, Site, serving, settings

HOST = "proxy_set_header Host $host;"
PORT = "proxy_set_header Host $http_host;"
PROTO = "proxy_set_header X-Forwarded-Proto $scheme;"
CHAIN = "proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;"
TRUST = "DESKSIDE_TRUSTED_PROXIES=127.0.0.1"
UPGRADE = [
    "proxy_http_version 1.1;",
    "proxy_set_header Upgrade $http_upgrade;",
    'proxy_set_header Connection "upgrade";',
]
NAME = "support.example.com"
AT_NAME = {"Host": NAME}
ALLOWED = "allowed_origins: <origin of that page>"
HANDSHAKE = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13", "Connection": "close"}


def change(site: Site, origin: str, **headers: str) -> list[str]:
    """What a page of this origin is told."""
    answer = httpx.get(site.url + "/api/reach", params={"origin": origin}, headers=headers)
    found: list[str] = answer.json()["change"]
    return found


@pytest.mark.parametrize(
    ("origin", "headers", "changes"),
    [
        (f"http://{NAME}", AT_NAME, []),
        (f"http://{NAME}", {"Host": NAME + ":80"}, []),
        (f"http://{NAME}:8080", {"Host": NAME + ":8080"}, []),
        (f"http://{NAME}", {}, [HOST]),
        (f"http://{NAME}:8080", AT_NAME, [PORT]),
        (f"https://{NAME}", AT_NAME, [PROTO, TRUST]),
        (f"https://{NAME}", {"Host": NAME + ":443"}, [PROTO, TRUST]),
        (f"https://{NAME}", {}, [HOST, PROTO, TRUST]),
        (f"https://{NAME}", AT_NAME | {"X-Forwarded-Proto": "https"}, [TRUST]),
        (f"https://{NAME}", AT_NAME | {"X-Forwarded-Proto": "http"}, [CHAIN, TRUST]),
        ("https://[2001:db8::1]:8443", {"Host": "[2001:db8::1]:8443"}, [PROTO, TRUST]),
        ("null", AT_NAME, []),
        ("", AT_NAME, []),
        ("https://a.example; script-src *", AT_NAME, []),
    ],
)
def test_without_trusted_proxies_a_page_is_told_what_to_change(
    common: Site, origin: str, headers: dict[str, str], changes: list[str]
) -> None:
    assert change(common, origin, **headers) == changes


@pytest.mark.parametrize(
    ("trusted", "headers", "changes"),
    [
        ("127.0.0.1", {"X-Forwarded-Proto": "https"}, []),
        ("127.0.0.1", {}, [PROTO]),
        ("127.0.0.1", {"X-Forwarded-Proto": "http"}, [CHAIN]),
        ("192.0.2.1", {"X-Forwarded-Proto": "https"}, [TRUST]),
        ("192.0.2.1", {}, [PROTO]),
    ],
)
def test_with_trusted_proxies_only_what_is_still_missing_is_told(
    data: Path, trusted: str, headers: dict[str, str], changes: list[str]
) -> None:
    with serving(settings(data, trusted_proxies=trusted)) as site:
        assert change(site, f"https://{NAME}", **AT_NAME, **headers) == changes


def test_an_address_that_is_not_the_machine_itself_is_told_to_nobody(data: Path) -> None:
    with serving(settings(data, trusted_proxies="127.0.0.1")) as site:
        headers = {"X-Forwarded-For": "10.1.2.3", "X-Forwarded-Proto": "https"}
        assert change(site, f"http://{NAME}", **AT_NAME, **headers) == [CHAIN]
        assert "10.1.2.3" not in httpx.get(site.url + "/api/reach?origin=http://x", headers=headers).text


def test_the_port_that_browsers_leave_out_may_be_in_the_host(data: Path) -> None:
    with serving(settings(data, trusted_proxies="127.0.0.1")) as site:
        for proto, port in (("https", ":443"), ("http", ":80")):
            headers = {"Host": NAME + port, "Origin": f"{proto}://{NAME}", "X-Forwarded-Proto": proto}
            assert site.post("/api/sign-in", {"name": "Bob", "password": PASSWORD}, **headers).status_code == 200


def test_a_web_socket_whose_upgrade_was_lost_is_told_to_pages_that_have_none(site: Site) -> None:
    assert site.get("/signaling").status_code == 426
    assert change(site, site.url) == []
    lost = site.get("/signaling", **HANDSHAKE)
    assert (lost.status_code, lost.headers["upgrade"]) == (426, "websocket")
    assert change(site, site.url) == UPGRADE
    assert site.get("/api/reach").json() == {"change": UPGRADE, "upgrade": UPGRADE}
    assert change(site, f"http://{NAME}") == [HOST, *UPGRADE]


def test_one_whose_line_works_is_not_told_of_somebody_elses(data: Path) -> None:
    with serving(settings(data, trusted_proxies="127.0.0.1")) as site:
        for at in range(1, 4):
            assert site.get("/signaling", **HANDSHAKE, **{"X-Forwarded-For": f"192.0.2.{at}"}).status_code == 426
        told = [change(site, site.url, **{"X-Forwarded-For": f"192.0.2.{at}"}) for at in (1, 3, 4)]
        assert told == [UPGRADE, UPGRADE, []]


def test_a_page_on_another_host_is_told_only_whether_it_is_allowed(data: Path) -> None:
    with serving(settings(data), site={"allowed_origins": ["https://www.example.com"]}) as site:
        assert change(site, f"https://{NAME}", Origin="https://www.example.com") == []
        assert change(site, f"https://{NAME}", Origin="https://evil.example") == [ALLOWED]
        answer = site.get("/api/reach?origin=https://x", Origin="https://evil.example")
        assert answer.headers["access-control-allow-origin"] == "*" and "evil" not in answer.text


def events(log: str) -> list[tuple[str, str]]:
    """What was logged and advised."""
    found = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return [(one["event"], one.get("advice", "")) for one in found if one["level"] == "warning"]


def test_the_log_says_each_thing_once_and_nothing_that_a_stranger_sent(data: Path) -> None:
    with Process(data) as running:
        site = running.site
        evil = {"Origin": "https://evil.example:666", "X-Forwarded-For": "203.0.113.77"}
        for _ in range(3):
            for site_of_page in ({}, {"Sec-Fetch-Site": "cross-site"}):
                assert site.post("/api/sign-in", {"name": "Bob"}, **evil, **site_of_page).status_code == 403
            with pytest.raises(InvalidStatus):
                site.page(origin=evil["Origin"])
            site.get("/signaling", **HANDSHAKE)
        log = running.end()
    said = events(log)
    kinds = ["proxy_not_trusted", "recording_key_made", "web_socket_lost", "wrong_origin", "wrong_origin_refused"]
    assert sorted(kind for kind, _ in said) == kinds
    advice = dict(said)
    assert advice["proxy_not_trusted"].endswith(TRUST)
    assert advice["web_socket_lost"].endswith(" ".join(UPGRADE))
    assert advice["wrong_origin_refused"].endswith(f": {ALLOWED}")
    assert advice["wrong_origin"].endswith(f": {PORT} {PROTO} {TRUST}")
    assert "evil" not in log and "203.0.113" not in log
    assert "handshake" not in log


def test_who_has_followed_one_advice_reads_the_next_one_at_once(data: Path) -> None:
    with Process(data) as running:
        for headers in ({}, AT_NAME, {"X-Forwarded-Proto": "https"} | AT_NAME):
            for _ in range(2):
                running.site.post("/api/sign-in", {"name": "Bob"}, Origin=f"https://{NAME}", **headers)
        log = running.end()
    advice = [said.rpartition(": ")[2] for event, said in events(log) if event == "wrong_origin"]
    assert advice == [f"{HOST} {PROTO} {TRUST}", f"{PROTO} {TRUST}", TRUST]


def test_only_a_trusted_proxy_says_where_somebody_comes_from(data: Path) -> None:
    """Of a list, the last address that is no proxy of ours counts: what is before it, anybody may have written."""
    limits = {"sign_in_attempts_per_address": "2/minute", "trusted_proxies": "127.0.0.1 10.0.0.0/8"}
    with serving(settings(data, **limits)) as site:

        def attempt(forwarded: str) -> int:
            body = {"name": "Nobody", "password": "wrong password"}
            return site.post("/api/sign-in", body, **{"X-Forwarded-For": forwarded}).status_code

        assert [attempt(f"198.51.100.{at}, 192.0.2.1, 10.0.0.7") for at in range(3)] == [401, 401, 429]
        assert attempt("192.0.2.1, 192.0.2.2") == 401
