"""Under which names the server is found."""

from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError
from websockets.exceptions import InvalidStatus

from signaling.hosts import is_known
from signaling.settings import Settings
from tests.signaling.server import PASSWORD, Site, serving, settings

NAMES = ("support.example.com", "intranet")


@pytest.mark.parametrize(
    "host",
    [
        "support.example.com",
        "Support.Example.com:8443",
        "support.example.com:",
        "intranet",
        "localhost:8000",
        "127.0.0.1:8000",
        "192.0.2.1",
        "[::1]:8000",
        "[2001:db8::1]",
        "",
    ],
)
def test_known(host: str) -> None:
    assert is_known(host, NAMES)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "support.example.com.evil.example",
        "evil.support.example.com",
        "support.example.com:80:80",
        "support.example.com@evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "[evil.example]",
        "2130706433",
        "0x7f.1",
        "127.1",
        "support.example.com.",
        "ſupport.example.com",
    ],
)
def test_unknown(host: str) -> None:
    assert not is_known(host, NAMES)


@pytest.mark.parametrize(
    "written", ["https://support.example.com", "a:80", "a/b", "*.example.com", "*", "a..b", "[::1]"]
)
def test_what_is_no_name_is_refused_at_the_start(written: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"hosts": written})


def test_several_are_separated_by_commas_or_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKSIDE_HOSTS", "Support.example.com, intranet")
    assert Settings().hosts == NAMES


def test_under_another_name_there_is_nothing(data: Path) -> None:
    with serving(settings(data, hosts=NAMES)) as site:
        port = site.url.rpartition(":")[2]
        for path in ("/", "/console", "/assets/start-1.mjs", "/api/site", "/healthz"):
            answer = site.get(path, Host=f"evil.example:{port}")
            assert answer.status_code == 421
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert site.get(path, Host=f"support.example.com:{port}").status_code == 200
            assert site.get(path).status_code == 200
        assert sign_in(site, f"http://evil.example:{port}").status_code == 421
        assert sign_in(site, f"http://intranet:{port}").status_code == 200


def test_under_another_name_nobody_gets_a_web_socket(data: Path) -> None:
    with serving(settings(data, hosts=NAMES)) as site:
        with pytest.raises(InvalidStatus) as refused:
            page(site, "evil.example")
        assert refused.value.response.status_code == 421
        page(site, "support.example.com")
        assert site.customer()[1]["state"] == "new"


def test_without_names_every_name_will_do(common: Site) -> None:
    assert common.get("/", Host="whatever.example").status_code == 200
    assert sign_in(common, "http://whatever.example").status_code == 200


def sign_in(site: Site, origin: str) -> httpx.Response:
    """As a page of this origin does it."""
    headers = {"Origin": origin, "Host": origin.partition("//")[2]}
    return httpx.post(site.url + "/api/sign-in", json={"name": "Bob", "password": PASSWORD}, headers=headers)


def page(site: Site, name: str) -> None:
    """The WebSocket of a page that was loaded under this name."""
    port = int(site.url.rpartition(":")[2])
    under = Site(f"http://{name}:{port}")
    try:
        hello = under.page(address=("127.0.0.1", port))
        hello.send("hello", role="customer", page="x")
        assert hello.expect("welcome")["state"] == "new"
    finally:
        under.hang_up()
