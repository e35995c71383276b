"""TURN credentials, as coturn checks them: for whom, how long, and that nobody runs out of them."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from signaling.settings import Settings
from signaling.site.checks import site_of
from signaling.site.problems import Invalid, Problem
from signaling.turn import ice_servers
from tests.signaling.clock import Clock
from tests.signaling.server import Page, decide, serving, settings
from tests.signaling.test_session import accepted

TURN: dict[str, Any] = {
    "turn_urls": ("turn:turn.example.com", "turns:turn.example.com:443?transport=tcp"),
    "turn_secret": "secret",
    "stun_urls": ("stun:stun.example.com",),
    "turn_lifetime": 600,
    "position_interval": 0.05,
}
RELAY_ONLY = {"connection": {"relay_only": True}}


def relay_of(message: dict[str, Any]) -> dict[str, Any]:
    """The TURN servers that a message names."""
    found: list[dict[str, Any]] = [server for server in message["ice_servers"] if "username" in server]
    assert len(found) == 1, message
    return found[0]


def expires(message: dict[str, Any]) -> int:
    """When the credentials in a message are no good any more, in seconds since the epoch."""
    return int(relay_of(message)["username"].partition(":")[0])


def test_without_a_turn_server_there_is_nothing_to_offer() -> None:
    assert ice_servers(Settings(), "peer", 0) == []
    assert ice_servers(Settings(turn_urls=("turn:turn.example.com",)), "peer", 0) == [], "nobody knows the secret"


def test_credentials_are_for_one_user_and_a_limited_time() -> None:
    chosen = Settings(turn_urls=("turn:turn.example.com",), turn_secret="secret", turn_lifetime=600)
    (server,) = ice_servers(chosen, "session.peer", 1000.9)
    assert server["urls"] == ["turn:turn.example.com"]
    assert server["username"] == "1600:session.peer"
    mac = hmac.new(b"secret", b"1600:session.peer", hashlib.sha1)
    assert server["credential"] == base64.b64encode(mac.digest()).decode()


def test_each_side_of_a_session_gets_its_own(data: Path) -> None:
    with serving(settings(data, **TURN)) as site:
        console, welcome = site.console(site.cookie("Bob"))
        _, queued, session = accepted(site, console, page="one")
        stun, relay = session["ice_servers"]
        assert stun == {"urls": ["stun:stun.example.com"]}
        assert relay["urls"] == list(TURN["turn_urls"])
        assert relay["username"].endswith(f":{queued['session']}.{welcome['peer']}")
        again, _ = site.customer(resume=queued["token"], page="one")
        joined = again.expect("joined")
        assert relay_of(joined)["username"].endswith(f":{queued['session']}.{session['peer']}")
        assert "relay_only" not in joined and "relay_only" not in session


def test_nobody_has_credentials_before_a_session(data: Path) -> None:
    with serving(settings(data, **TURN)) as site:
        assert site.get("/api/site").json()["ice_servers"] == [{"urls": ["stun:stun.example.com"]}]
        console = site.page(site.cookie("Bob"))
        console.send("hello", role="representative", page="desk")
        customer = site.page()
        customer.send("hello", role="customer", page="one")
        assert customer.expect("welcome")["state"] == "new"
        customer.enter()
        heard = [customer.expect(kind) for kind in ("admitted", "queued", "step")]
        seen = [console.expect(kind) for kind in ("welcome", "queue_entered")]
        assert "credential" not in json.dumps(heard + seen)
        assert customer.hears_nothing()


def both(console: Page, customer: Page) -> list[dict[str, Any]]:
    """The `ice_servers` that both pages of a session get."""
    return [console.until("ice_servers"), customer.until("ice_servers")]


def test_a_session_gets_others_before_they_expire_for_as_long_as_it_lasts(data: Path, clock: Clock) -> None:
    with serving(settings(data, **TURN)) as site:
        console, welcome = site.console(site.cookie("Bob"))
        customer, queued, session = accepted(site, console)
        until = expires(session)
        for _ in range(3):
            assert console.hears_nothing() and customer.hears_nothing()
            clock.forward(301)
            ours, theirs = both(console, customer)
            assert ours["session"] == queued["session"]
            assert relay_of(ours)["username"].endswith(f":{queued['session']}.{welcome['peer']}")
            assert relay_of(theirs)["username"].endswith(f":{queued['session']}.{session['peer']}")
            assert expires(ours) >= until + 300 and expires(theirs) >= until + 300
            until = expires(ours)
        customer.send("end")
        console.until("ended")
        clock.forward(301)
        assert console.hears_nothing()


def test_a_page_that_was_away_meanwhile_gets_its_own_when_it_comes_back(data: Path, clock: Clock) -> None:
    with serving(settings(data, **TURN), site={"reconnect": {"session": 600}}) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer, queued, session = accepted(site, console, page="one")
        customer.drop()
        clock.forward(400)
        console.until("ice_servers")
        again, _ = site.customer(resume=queued["token"], page="one")
        assert expires(again.expect("joined")) >= expires(session) + 400
        clock.forward(301)
        both(console, again)


def test_without_a_turn_server_nobody_is_told_anything(data: Path, clock: Clock) -> None:
    with serving(settings(data, position_interval=0.05)) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer, _, session = accepted(site, console)
        assert session["ice_servers"] == []
        clock.forward(24 * 3600 / 2)
        assert console.hears_nothing() and customer.hears_nothing()


def test_a_site_can_force_everything_through_the_relay(data: Path) -> None:
    with serving(settings(data, **TURN), site=RELAY_ONLY) as site:
        console, _ = site.console(site.cookie("Bob"))
        _, queued, session = accepted(site, console, page="one")
        again, _ = site.customer(resume=queued["token"], page="one")
        for told in (session, again.expect("joined")):
            assert told["relay_only"] is True
            assert [server["urls"] for server in told["ice_servers"]] == [list(TURN["turn_urls"])], "and asks no STUN"


def test_a_session_that_runs_hears_of_the_choice(data: Path) -> None:
    with serving(settings(data, **TURN)) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer, _, _ = accepted(site, console)
        decide(data, **RELAY_ONLY)
        assert [told["relay_only"] for told in both(console, customer)] == [True, True]
        decide(data)
        assert ["relay_only" in told for told in both(console, customer)] == [False, False]


def test_the_relay_cannot_be_forced_where_there_is_none() -> None:
    with pytest.raises(Invalid) as refused:
        site_of(json.dumps(RELAY_ONLY), client=False, relays=False)
    assert refused.value.problems == [Problem("connection.relay_only", "no_relay")]
    assert site_of(json.dumps(RELAY_ONLY), client=False, relays=True).connection.relay_only
