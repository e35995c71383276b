"""Everything below a path, such as `/help/`, whether or not a proxy takes the path away."""

import secrets
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from tests.signaling.process import Process
from tests.signaling.server import PASSWORD, Site, prepare, serving, settings


@pytest.fixture(scope="module")
def helped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server below `/care/help/`."""
    data = tmp_path_factory.mktemp("helped")
    prepare(data)
    with serving(settings(data, path="care/help", trusted_proxies="127.0.0.1")) as site:
        yield site


@pytest.mark.parametrize("below", ["/care/help", ""])
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/", "this is index.html"),
        ("/console", "this is console.html"),
        ("/embed.js", "this is embed.js"),
        ("/sw.js", "this is sw.js"),
        ("/assets/style-1.css", "style"),
        ("/healthz", '{"ready":true}'),
        ("/api/available", '{"available":false}'),
    ],
)
def test_everything_is_there_with_the_path_and_without(helped: Site, below: str, path: str, text: str) -> None:
    assert helped.get(below + path).text == text


@pytest.mark.parametrize("path", ["/care/helpx", "/care/helpx/console", "/care/", "/help/", "/care/help/care/help/"])
def test_another_path_is_another_path(helped: Site, path: str) -> None:
    assert helped.get(path).status_code == 404


@pytest.mark.parametrize(("asked", "place"), [("/care/help", "help/"), ("/care/help?issue=tv", "help/?issue=tv")])
def test_without_the_slash_the_browser_is_led_to_it(helped: Site, asked: str, place: str) -> None:
    answer = helped.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (308, place)
    assert httpx.get(helped.url + asked, follow_redirects=True).text == "this is index.html"


@pytest.mark.parametrize("below", ["/care/help", ""])
def test_a_page_reaches_its_web_socket(helped: Site, below: str) -> None:
    there = Site(helped.url)
    there.web_socket = helped.web_socket.replace("/signaling", below + "/signaling")
    _, welcome = there.console(there.cookie("Bob"), page=secrets.token_urlsafe(8))
    assert welcome["type"] == "welcome"
    there.hang_up()


def test_the_cookie_is_for_the_path_only(helped: Site) -> None:
    for below, secure in (("/care/help", False), ("", True)):
        origin = helped.url.replace("http", "https") if secure else helped.url
        headers = {"Origin": origin, "X-Forwarded-Proto": "https"} if secure else {}
        answer = helped.post(f"{below}/api/sign-in", {"name": "Bob", "password": PASSWORD}, **headers)
        (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
        assert (cookie.key, cookie["path"]) == ("__Secure-deskside" if secure else "deskside", "/care/help/")
        headers |= {"cookie": f"{cookie.key}={cookie.value}"}
        out = helped.post(f"{below}/api/sign-out", {}, **headers)
        (gone,) = SimpleCookie(out.headers["set-cookie"]).values()
        assert (gone.key, gone["path"], gone.value) == (cookie.key, "/care/help/", "")


@pytest.mark.parametrize(
    ("written", "path"), [("/help/", "/help/"), ("help", "/help/"), ("/a/b", "/a/b/"), ("/", "/"), ("", "/")]
)
def test_the_path_is_written_with_slashes_or_without(tmp_path: Path, written: str, path: str) -> None:
    assert settings(tmp_path, path=written).path == path


@pytest.mark.parametrize("written", ["/he lp/", "/../", "/a//b/", "/hélp/", "https://example.com/", "/a?b/", "/a;b/"])
def test_what_is_no_path_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(ValidationError, match="a path is written like /help/"):
        settings(tmp_path, path=written)


def test_the_link_of_the_first_start_leads_below_the_path(tmp_path: Path, prepared: Path) -> None:
    with Process(tmp_path, DESKSIDE_PATH="/help/", DESKSIDE_STATIC=str(prepared / "pages")) as running:
        running.line()
        assert running.site.url.endswith(f":{running.port}/help")
        assert running.line().startswith(f"{running.site.url}/console#setup=")
