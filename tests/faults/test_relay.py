"""Two browsers that reach each other only through a real coturn."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.faults.home import Home
from tests.faults.internet import SERVER
from tests.faults.relay import TCP, TLS, UDP
from tests.faults.scene import Scene

MEGABYTE = 1 << 20
RELAY_ONLY = {"connection": {"relay_only": True}}


PAIRS = 20.0
"""Seconds until both connections stand on the pair that they keep: they may talk over a worse one before."""


def both(scene: Scene) -> list[Home]:
    """The browsers."""
    return [scene.customer, scene.representative]


def settle(scene: Scene, what: str, are: Callable[[list[dict[str, str]]], bool]) -> None:
    """Wait until the candidate pairs of both browsers are so."""
    try:
        scene.until(what, lambda: all(are(home.pairs()) for home in both(scene)), PAIRS)
    except AssertionError as error:
        error.add_note(str([home.pairs() for home in both(scene)]))
        raise


def is_relayed(pairs: list[dict[str, str]]) -> bool:
    """On both ends, all of them."""
    return {(pair["local"], pair["remote"]) for pair in pairs} == {("relay", "relay")}


def talk_and_send(scene: Scene) -> None:
    """A message each way and a file, through whatever path there is."""
    scene.say("Good morning", scene.customer, scene.representative)
    scene.say("What can I do for you?", scene.representative, scene.customer)
    scene.send_file("a file.bin", 2 * MEGABYTE + 17)


def test_two_homes_with_symmetric_routers_meet_at_the_relay(playwright: Playwright, app: Path) -> None:
    with Scene(playwright, app, nat="symmetric") as scene:
        scene.meet()
        talk_and_send(scene)
        settle(
            scene,
            "talk and work both go over the relay",
            lambda pairs: len(pairs) == 2 and all("relay" in (pair["local"], pair["remote"]) for pair in pairs),
        )


def test_two_homes_with_ordinary_routers_need_no_relay(playwright: Playwright, app: Path) -> None:
    with Scene(playwright, app) as scene:
        scene.meet()
        scene.say("Good morning", scene.customer, scene.representative)
        settle(
            scene,
            "no connection goes over the relay",
            lambda pairs: bool(pairs) and all("relay" not in (pair["local"], pair["remote"]) for pair in pairs),
        )


def test_relay_only_shows_neither_side_an_address_of_the_other(playwright: Playwright, app: Path) -> None:
    with Scene(playwright, app, site=RELAY_ONLY) as scene:
        scene.meet()
        talk_and_send(scene)
        settle(scene, "both ends are relayed", is_relayed)
        for home in both(scene):
            found = home.candidates()
            assert found
            assert {candidate["type"] for candidate in found} == {"relay"}
            assert {candidate["address"] for candidate in found} == {SERVER}


@pytest.mark.parametrize(("url", "protocol"), [(TCP, "tcp"), (TLS, "tls")], ids=["TCP", "TLS"])
def test_where_a_firewall_lets_no_udp_through_the_relay_is_reached_by(
    playwright: Playwright, app: Path, url: str, protocol: str
) -> None:
    with Scene(playwright, app, DESKSIDE_TURN_URLS=f"{UDP} {url}") as scene:
        for home in both(scene):
            scene.internet.set_nat(home.name, "cone", udp=False)
        scene.meet()
        talk_and_send(scene)
        wanted = {("relay", protocol)}
        settle(scene, url, lambda pairs: {(pair["local"], pair["by"]) for pair in pairs} == wanted)


def test_a_session_outlives_its_credentials(playwright: Playwright, app: Path) -> None:
    """The credentials are good for ten seconds. After fourteen the relay dies with all that it had granted, and whoever
    came back with the first ones would not be let in."""
    with Scene(playwright, app, site=RELAY_ONLY, DESKSIDE_TURN_LIFETIME="10") as scene:
        scene.meet()
        scene.say("Good morning", scene.customer, scene.representative)
        met = time.monotonic()
        scene.wait(14)
        scene.relay.kill()
        scene.wait(1)
        scene.relay.start()
        scene.say("Are you still there?", scene.customer, scene.representative)
        assert time.monotonic() - met > 14
        settle(scene, "both ends are relayed", is_relayed)
