"""Signing in: cookies, passwords, the one-time link, and how often one may try."""

import time
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import httpx
import pytest

from signaling.accounts import OLDEST
from signaling.app import DATABASE
from signaling.desk import now
from signaling.secrets import digest
from signaling.store import accounts
from signaling.store.database import Database
from tests.signaling.server import PASSWORD, Site, serving, settings


def cookie_of(answer: httpx.Response) -> Any:
    """The one cookie that an answer sets."""
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    return cookie


def test_name_and_password_give_a_cookie_that_scripts_and_other_sites_never_see(common: Site) -> None:
    answer = common.post("/api/sign-in", {"name": " bob ", "password": PASSWORD})
    assert (answer.status_code, answer.json()) == (200, {"name": "Bob", "administrator": False})
    cookie = cookie_of(answer)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "strict", "/", "")
    assert answer.headers["cache-control"] == "no-store"
    assert common.get("/api/me", cookie=f"{cookie.key}={cookie.value}").json()["name"] == "Bob"


def test_over_https_the_cookie_never_travels_in_the_open(data: Path) -> None:
    with serving(settings(data, trusted_proxies=("127.0.0.1",))) as site:
        origin = site.url.replace("http", "https")
        headers = {"X-Forwarded-Proto": "https", "Origin": origin}
        answer = site.post("/api/sign-in", {"name": "Bob", "password": PASSWORD}, **headers)
        cookie = cookie_of(answer)
        assert cookie["secure"] is True and cookie.key == "__Host-deskside"


def test_a_proxy_that_is_not_trusted_is_not_believed(common: Site) -> None:
    origin = common.url.replace("http", "https")
    headers = {"X-Forwarded-Proto": "https", "Origin": origin}
    assert common.post("/api/sign-in", {"name": "Bob", "password": PASSWORD}, **headers).status_code == 403


@pytest.mark.parametrize("name", ["Bob", "Nobody"])
def test_a_wrong_password_and_an_unknown_name_look_the_same(common: Site, name: str) -> None:
    answer = common.post("/api/sign-in", {"name": name, "password": "wrong password"})
    assert (answer.status_code, answer.json()) == (401, {"code": "wrong_credentials"})
    assert "set-cookie" not in answer.headers


def test_an_unknown_name_takes_as_long_as_a_wrong_password(common: Site) -> None:
    def seconds(name: str) -> float:
        # The server runs in this process: what others take of the machine does not count.
        start = time.process_time()
        common.post("/api/sign-in", {"name": name, "password": "wrong password"})
        return time.process_time() - start

    seconds("Nobody")
    unknown, known = (min(seconds(name) for _ in range(3)) for name in ("Nobody else", "Cleo"))
    assert known / 3 < unknown < known * 3


def test_each_sign_in_has_a_token_of_its_own_and_ends_the_former(common: Site) -> None:
    former = common.sign_in("Bob")
    answer = common.post("/api/sign-in", {"name": "Bob", "password": PASSWORD}, cookie=former)
    newer = answer.headers["set-cookie"].partition(";")[0]
    assert newer != former
    assert common.get("/api/me", cookie=former).status_code == 401
    assert common.get("/api/me", cookie=newer).status_code == 200


def test_signing_out_ends_the_session_and_closes_the_console(common: Site) -> None:
    cookie = common.sign_in("Cleo")
    console, _ = common.console(cookie)
    answer = common.post("/api/sign-out", {}, cookie=cookie)
    assert answer.status_code == 200 and cookie_of(answer).value == ""
    assert console.close_code() == 4401
    assert common.get("/api/me", cookie=cookie).json() == {"code": "not_signed_in"}


@pytest.mark.parametrize("name", ["Bob", "Cleo"])
def test_whoever_signs_in_with_the_same_browser_closes_the_console_that_was_open(common: Site, name: str) -> None:
    cookie = common.sign_in("Cleo")
    console, _ = common.console(cookie)
    assert common.post("/api/sign-in", {"name": name, "password": PASSWORD}, cookie=cookie).status_code == 200
    assert console.close_code() == 4401


@pytest.mark.parametrize("cookie", ["", "deskside=", "deskside=guessed", "deskside=" + "x" * 4000, "other=Bob-1"])
def test_without_a_valid_cookie_there_is_no_console(common: Site, cookie: str) -> None:
    page = common.page(cookie)
    page.send("hello", role="representative", page="x")
    assert page.close_code() == 4401
    assert common.get("/api/me", cookie=cookie).status_code == 401


def test_a_sign_in_that_ran_out_is_none_and_closes_the_console(data: Path) -> None:
    with serving(settings(data, ping_interval=0.1)) as site:
        database = Database(data / DATABASE, 5)
        for token, left in (("past", -1), ("soon", 600_000)):
            # A week after the password was typed, using it no longer prolongs it.
            row = partial(accounts.sign_in, digest(token), "", "Bob", now() - OLDEST + left, now() + left)
            database.submit(row).result()
        assert site.get("/api/me", cookie="deskside=past").status_code == 401
        console, _ = site.console("deskside=soon")
        database.submit(partial(accounts.renew, digest("soon"), now() - 1)).result()
        database.close()
        assert console.close_code() == 4401
        assert site.get("/api/me", cookie="deskside=soon").status_code == 401


def test_a_console_is_closed_when_its_representative_is_removed(data: Path) -> None:
    with serving(settings(data, ping_interval=0.1)) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer, queued = site.waiting()
        console.until("queue_entered")
        console.send("accept", session=queued["session"])
        customer.expect("joined")
        database = Database(data / DATABASE, 5)
        database.submit(lambda connection: accounts.remove("Bob", connection)).result()
        database.close()
        customer.expect("left")
        assert customer.expect("queued")["position"] == 1
        assert console.close_code() == 4401


def test_too_many_attempts_for_one_name_have_to_wait(data: Path) -> None:
    with serving(settings(data, sign_in_attempts_per_name="2/minute")) as site:
        for _ in range(2):
            assert site.post("/api/sign-in", {"name": "Bob", "password": "wrong password"}).status_code == 401
        answer = site.post("/api/sign-in", {"name": "BOB ", "password": PASSWORD})
        assert answer.status_code == 429
        assert answer.json()["code"] == "too_many_attempts"
        assert 0 < answer.json()["retry_after"] <= 60
        assert answer.headers["retry-after"] == str(answer.json()["retry_after"])
        assert site.post("/api/sign-in", {"name": "Cleo", "password": PASSWORD}).status_code == 200


def test_a_sign_in_that_succeeds_forgives_the_name(data: Path) -> None:
    with serving(settings(data, sign_in_attempts_per_name="2/minute")) as site:
        for _ in range(2):
            assert site.post("/api/sign-in", {"name": "Bob", "password": "wrong password"}).status_code == 401
            assert site.post("/api/sign-in", {"name": "Bob", "password": PASSWORD}).status_code == 200


def test_a_stranger_elsewhere_does_not_lock_a_representative_out(data: Path) -> None:
    changes = {"trusted_proxies": "127.0.0.1", "sign_in_attempts_per_name_anywhere": "4/minute"}
    with serving(settings(data, sign_in_attempts_per_name="2/minute", **changes)) as site:

        def attempt(address: str, password: str) -> int:
            body = {"name": "Bob", "password": password}
            return site.post("/api/sign-in", body, **{"X-Forwarded-For": address}).status_code

        assert [attempt("192.0.2.1", "wrong password") for _ in range(4)] == [401, 401, 429, 429]
        assert attempt("192.0.2.2", PASSWORD) == 200
        # Who guesses from many addresses is stopped all the same.
        answers = [attempt(f"192.0.2.{number}", "wrong password") for number in range(3, 8)]
        assert answers == [401, 401, 401, 401, 429]


def known_cookies(site: Site, address: str) -> str:
    """What a browser keeps with which Bob has signed in, seen the console, and signed out."""
    from_there = {"X-Forwarded-For": address}
    answer = site.post("/api/sign-in", {"name": "Bob", "password": PASSWORD}, **from_there)
    signed_in = answer.headers["set-cookie"].partition(";")[0]
    known = site.get("/api/me", cookie=signed_in).headers["set-cookie"].partition(";")[0]
    assert known.startswith("deskside-known=")
    assert "set-cookie" not in site.get("/api/me", cookie=f"{signed_in}; {known}").headers
    site.post("/api/sign-out", {}, cookie=signed_in)
    return known


def test_strangers_anywhere_do_not_keep_out_a_browser_that_was_signed_in_before(data: Path) -> None:
    changes = {"sign_in_attempts_per_name_anywhere": "6/minute", "sign_in_attempts_per_address": "6/minute"}
    with serving(settings(data, trusted_proxies="127.0.0.1", sign_in_attempts_per_name="3/minute", **changes)) as site:
        known = known_cookies(site, "192.0.2.1")

        def attempt(address: str, password: str = PASSWORD, name: str = "Bob", cookie: str = "") -> int:
            body = {"name": name, "password": password}
            more = {"cookie": cookie} if cookie else {}
            return site.post("/api/sign-in", body, **{"X-Forwarded-For": address}, **more).status_code

        for number in range(10, 22):
            attempt(f"192.0.2.{number}", "wrong password")
        assert attempt("192.0.2.1") == 429, "for a browser that nobody knows"
        assert attempt("192.0.2.21", cookie=known) == 200, "wherever it is"
        nonce, _, digits = known.partition(".")
        for forged in (f"{nonce}.{digits[::-1]}", nonce, "deskside-known=", "deskside-known=.", known + "0"):
            assert attempt("192.0.2.1", cookie=forged) == 429
        # It knows Bob alone, and guesses no more than any other.
        assert attempt("192.0.2.1", cookie=known) == 200
        answers = [attempt("192.0.2.1", "wrong password", cookie=known) for _ in range(5)]
        assert answers == [401, 401, 401, 429, 429]
        for number in range(30, 42):
            attempt(f"192.0.2.{number}", "wrong password", "Cleo")
        assert attempt("192.0.2.1", name="Cleo", cookie=known) == 429


def test_too_many_attempts_from_one_address_have_to_wait(data: Path) -> None:
    with serving(settings(data, sign_in_attempts_per_address="2/minute")) as site:
        for name in ("a", "b"):
            assert site.post("/api/sign-in", {"name": name, "password": "wrong password"}).status_code == 401
        assert site.post("/api/sign-in", {"name": "c", "password": "wrong password"}).status_code == 429
        # Nobody gets around it by claiming to come from elsewhere.
        forwarded = {"X-Forwarded-For": "192.0.2.1"}
        assert site.post("/api/sign-in", {"name": "d", "password": "wrong"}, **forwarded).status_code == 429


@pytest.mark.parametrize(
    ("body", "http_status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"name": "Bob"}', 400),
        (b'{"name": "Bob", "password": 1}', 400),
        (b'{"name": "Bob", "password": "x", "administrator": true}', 400),
        (b'{"name": "Bob", "password": "' + b"x" * 1001 + b'"}', 400),
        (b'{"name": "Bob\\u0000", "password": "x"}', 400),
        (b'{"name": "\\ud800", "password": "x"}', 400),
        (b" " * 20_000, 413),
        (b"[" * 15_000, 400),
    ],
)
def test_a_body_that_is_not_what_our_page_sends_is_refused(common: Site, body: bytes, http_status: int) -> None:
    headers = {"Origin": common.url, "Content-Type": "application/json"}
    answer = httpx.post(common.url + "/api/sign-in", content=body, headers=headers)
    assert answer.status_code == http_status and "code" in answer.json()


@pytest.mark.parametrize("path", ["/api/sign-in", "/api/sign-out", "/api/setup"])
@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1"])
def test_a_post_from_another_origin_is_refused(common: Site, path: str, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    answer = httpx.post(common.url + path, json={}, headers=headers)
    assert (answer.status_code, answer.json()) == (403, {"code": "wrong_origin"})


def test_a_form_of_another_page_cannot_post(common: Site) -> None:
    answer = httpx.post(common.url + "/api/sign-out", data={"a": "b"}, headers={"Origin": common.url})
    assert (answer.status_code, answer.json()) == (415, {"code": "not_json"})


def test_what_is_not_there_is_not_there(common: Site) -> None:
    for path in ("/api", "/api/", "/api/sign-in", "/api/x"):
        assert common.get(path).status_code == 404


def test_the_one_time_link_makes_the_administrator_once(tmp_path: Path, prepared: Path) -> None:
    database = Database(tmp_path / DATABASE, 5)
    offered = database.submit(lambda connection: accounts.offer_setup(digest("link"), now(), connection)).result()
    database.close()
    assert offered
    with serving(settings(tmp_path, static=prepared / "pages")) as site:
        body = {"token": "link", "name": " Ada ", "password": PASSWORD}
        for wrong in ({"token": "guessed"}, {"password": "short"}, {"name": "  "}, {"name": "x" * 101}):
            assert site.post("/api/setup", body | wrong).status_code in (400, 403)
        answer = site.post("/api/setup", body)
        assert (answer.status_code, answer.json()) == (200, {"name": "Ada", "administrator": True})
        cookie = answer.headers["set-cookie"].partition(";")[0]
        assert site.get("/api/me", cookie=cookie).json() == {"name": "Ada", "administrator": True}
        again = site.post("/api/setup", body | {"name": "Eve"})
        assert (again.status_code, again.json()) == (403, {"code": "link_used"})
        assert site.post("/api/sign-in", {"name": "Eve", "password": PASSWORD}).status_code == 401


def test_secrets_are_kept_as_hashes_only(data: Path) -> None:
    with serving(settings(data)) as site:
        cookie = site.sign_in("Bob").partition("=")[2]
        _, queued = site.waiting()
    kept = b"".join(path.read_bytes() for path in data.glob(DATABASE + "*"))
    assert queued["session"].encode() in kept
    for secret in (cookie, queued["token"], PASSWORD):
        assert secret.encode() not in kept
