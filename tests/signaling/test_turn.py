"""TURN credentials, as coturn checks them."""

import base64
import hashlib
import hmac
from pathlib import Path

from signaling.settings import Settings
from signaling.turn import ice_servers
from tests.signaling.server import serving, settings
from tests.signaling.test_session import accepted


def test_without_a_turn_server_there_is_nothing_to_offer() -> None:
    assert ice_servers(Settings(), "peer", 0) == []


def test_credentials_are_for_one_peer_and_a_limited_time() -> None:
    chosen = Settings(turn_urls=("turn:turn.example.com",), turn_secret="secret", turn_lifetime=600)
    (server,) = ice_servers(chosen, "peer", 1000.9)
    assert server["urls"] == ["turn:turn.example.com"]
    assert server["username"] == "1600:peer"
    mac = hmac.new(b"secret", b"1600:peer", hashlib.sha1)
    assert server["credential"] == base64.b64encode(mac.digest()).decode()


def test_each_side_of_a_session_gets_its_own_and_nobody_else_any(data: Path) -> None:
    turn = {"turn_urls": ("turn:turn.example.com",), "turn_secret": "secret", "stun_urls": ("stun:stun.example.com",)}
    with serving(settings(data, **turn)) as site:
        assert site.get("/api/site").json()["ice_servers"] == [{"urls": ["stun:stun.example.com"]}]
        console, welcome = site.console(site.cookie("Bob"))
        _, queued, session = accepted(site, console, page="one")
        _, relay = session["ice_servers"]
        assert relay["username"].endswith(":" + welcome["peer"])
        again, _ = site.customer(resume=queued["token"], page="one")
        _, relay = again.expect("joined")["ice_servers"]
        assert relay["username"].endswith(":" + session["peer"])
