"""Session keys: to one representative alone, once, for fifteen minutes; and nobody guesses one."""

import re
from pathlib import Path
from typing import Any

import pytest

from signaling.keys import LIFETIME, MOST
from tests.signaling.administrator import Administrator
from tests.signaling.clock import Clock
from tests.signaling.server import Page, Site, serving, settings
from tests.signaling.test_orphaned import console_of


def key_of(console: Page) -> str:
    """A new key."""
    console.send("create_key")
    return str(console.until("key")["key"])


def refusal(site: Site, key: str) -> str:
    """What somebody is told who enters this key."""
    customer, _ = site.customer()
    customer.enter(key=key)
    return str(customer.expect("error")["code"])


def test_a_key_leads_to_whoever_made_it_and_every_step_is_asked_all_the_same(data: Path) -> None:
    with serving(settings(data), site={"agreement": {"on": True}}) as site:
        bob, cleo = console_of(site, available=False), console_of(site, "Cleo")
        bob.send("create_key")
        made = bob.until("key")
        assert re.fullmatch("[A-Z2-7]{8}", made["key"])
        typed = f" {made['key'][:4].lower()}-{made['key'][4:]}"
        customer, _ = site.arriving(key=typed)
        customer.answer(customer.at("agreement"), "accept")
        assert customer.expect("queued")["position"] == 1
        customer.at("queue")  # Bob waits for them, whatever his switch says
        entry = bob.expect("queue_entered")["entry"]
        assert entry["team"] == ""
        assert cleo.hears_nothing()
        cleo.send("accept", session=entry["session"])
        assert cleo.expect("error")["code"] == "unknown_session"
        cleo.send("accept_next")
        assert cleo.expect("error")["code"] == "queue_empty"
        bob.send("accept", session=entry["session"])
        assert customer.expect("joined")["name"] == "Bob"


def test_a_key_that_was_used_or_has_expired_or_never_was_gets_one_answer(data: Path, clock: Clock) -> None:
    with serving(settings(data)) as site:
        bob = console_of(site)
        used, expired = key_of(bob), key_of(bob)
        site.waiting(key=used)
        clock.forward(LIFETIME / 1000)
        assert [refusal(site, key) for key in (used, expired, "AAAAAAAA", "?", "Ä" * 20)] == ["unknown_key"] * 5


def test_a_refused_key_leaves_the_page_where_it_is(site: Site) -> None:
    customer, _ = site.customer()
    customer.enter(key="AAAAAAAA")
    assert customer.expect("error")["code"] == "unknown_key"
    customer.enter()
    customer.expect("admitted")
    customer.expect("queued")


def test_a_key_outlives_the_server_and_is_nowhere_to_be_read(data: Path) -> None:
    with serving(settings(data)) as site:
        bob = console_of(site)
        first, second = key_of(bob), key_of(bob)
        site.waiting(key=first)
    files = b"".join(path.read_bytes() for path in data.glob("deskside.sqlite3*"))
    assert first.encode() not in files and second.encode() not in files
    with serving(settings(data)) as site:
        assert refusal(site, first) == "unknown_key"
        site.waiting(key=second)


@pytest.mark.parametrize(
    "limits", [{"session_key_guesses_per_address": "3/minute"}, {"session_key_guesses": "3/minute"}]
)
def test_who_guesses_is_stopped_and_learns_nothing_more(data: Path, limits: dict[str, Any]) -> None:
    with serving(settings(data, **limits)) as site:
        key = key_of(console_of(site))
        assert [refusal(site, "AAAAAAAA") for _ in "1234"] == ["unknown_key"] * 3 + ["too_many"]
        assert refusal(site, key) == "too_many"
        site.waiting()  # without a key everybody may still come


def test_right_keys_are_no_guesses(data: Path) -> None:
    with serving(settings(data, session_key_guesses_per_address="1/minute")) as site:
        console = console_of(site)
        for _ in range(3):
            site.waiting(key=key_of(console))


def test_a_representative_has_so_many_open_keys_at_once(data: Path, clock: Clock) -> None:
    with serving(settings(data)) as site:
        console = console_of(site)
        assert len({key_of(console) for _ in range(MOST)}) == MOST
        console.send("create_key")
        assert console.expect("error")["code"] == "too_many_keys"
        clock.forward(LIFETIME / 1000)
        key_of(console)


def test_the_invited_hear_when_who_invited_them_is_gone_for_good(data: Path) -> None:
    with serving(settings(data)) as site:
        bob, cleo = console_of(site), console_of(site, "Cleo")
        key, unused = key_of(bob), key_of(bob)
        customer, queued = site.waiting(key=key)
        assert Administrator(site).ask("DELETE", "representatives/Bob", {}).status_code == 200
        assert cleo.until("queue_entered")["entry"]["session"] == queued["session"]
        assert refusal(site, unused) == "unknown_key"
        cleo.send("accept_next")
        assert customer.until("joined")["name"] == "Cleo"


def test_who_guesses_from_many_addresses_keeps_no_invited_customer_out(data: Path) -> None:
    changes = {"trusted_proxies": "127.0.0.1", "session_key_guesses": "5/minute"}
    with serving(settings(data, session_key_guesses_per_address="4/minute", **changes)) as site:
        console, _ = site.console(site.cookie("Bob"))
        console.send("create_key")
        key = console.until("key")["key"]

        def tries(address: str, typed: str) -> str:
            page, _ = site.customer(additional_headers={"X-Forwarded-For": address})
            page.enter(key=typed)
            message = page.next()
            return str(message["code"] if message["type"] == "error" else message["type"])

        for number in range(10, 15):
            assert tries(f"192.0.2.{number}", "AAAAAAAA") == "unknown_key"
        heard = [tries("192.0.2.10", "AAAAAAAA") for _ in range(3)]
        assert heard == ["unknown_key", "too_many", "too_many"]
        assert tries("192.0.2.10", key) == "too_many"
        assert tries("192.0.2.20", "AAAAAAAB") == "unknown_key", "a typing error"
        assert tries("192.0.2.20", key) == "admitted"
