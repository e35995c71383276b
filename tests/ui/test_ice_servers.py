"""The way to the other page: what the server says of it reaches the connections, also while they stand."""

from typing import Any

import pytest

from tests.ui.pages import ConsolePage, CustomerPage

FIRST: list[dict[str, Any]] = [{"urls": ["turn:relay.example"], "username": "1:a", "credential": "x"}]
LATER: list[dict[str, Any]] = [{"urls": ["turn:relay.example"], "username": "2:a", "credential": "y"}]


def configured(servers: list[dict[str, Any]], policy: str = "all") -> dict[str, Any]:
    """As an RTCPeerConnection takes it."""
    return {"iceServers": servers, "iceTransportPolicy": policy}


def test_a_customers_connections_use_what_the_server_gave_and_then_what_it_gives_later() -> None:
    page = CustomerPage().queue()
    page.signaling.say("joined", peer="rep", name="Ann", ice_servers=FIRST, relay_only=True, started_at=1)
    peer = page.host.peers[-1]
    assert peer.configuration == configured(FIRST, "relay")
    page.signaling.say("ice_servers", ice_servers=LATER, relay_only=True)
    assert peer.configuration == configured(LATER, "relay")
    page.signaling.say("joined", peer="rep", name="Ann", ice_servers=FIRST, started_at=1)
    assert page.host.peers == [peer] and peer.configuration == configured(FIRST), "told anew after the line was away"


def test_a_customer_without_a_session_has_no_use_for_them() -> None:
    page = CustomerPage().queue()
    page.signaling.say("ice_servers", ice_servers=LATER)
    assert page.host.peers == []


def test_each_session_of_a_representative_has_its_own() -> None:
    page = ConsolePage().sign_in().accepted("s1", "one").accepted("s2", "two")
    first, second = page.host.peers
    page.say("ice_servers", session="s2", ice_servers=LATER, relay_only=True)
    page.say("ice_servers", session="s3", ice_servers=LATER)
    assert first.configuration == configured([])
    assert second.configuration == configured(LATER, "relay")


def test_credentials_that_come_while_the_console_still_reads_its_disk_are_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = ConsolePage().sign_in()
    monkeypatch.setattr(page.host.records, "load", lambda prefix, then: None)
    page.accepted("s1", "one")
    page.say("ice_servers", session="s1", ice_servers=LATER)
    assert page.host.peers == []
    page.console.sessions["s1"].loaded([], None)
    assert page.host.peers[-1].configuration == configured(LATER)
