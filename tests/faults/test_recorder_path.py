"""A recorder that the customer's page reaches only as it reaches everybody: through the relay."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from e2e.waiting import wait_until
from tests.faults.home import PATIENCE
from tests.faults.relay import TCP, TLS, UDP
from tests.faults.scene import Scene

RECORDED: dict[str, Any] = {"recording": {"on": True, "timeout": 300}}
RELAY_ONLY: dict[str, Any] = {"connection": {"relay_only": True}}
ON = re.compile(r"^Recording\s+\d")
FINISHED = """async () => {
  const { recordings } = await (await fetch("/api/recordings")).json();
  return recordings.find((one) => one.state === "finished")?.id ?? false;
}"""
TEXTS = """async (id) => {
  const { entries } = await (await fetch(`/api/recordings/${id}/timeline.json`)).json();
  return entries.filter((entry) => entry.kind === "message").map((entry) => entry.text);
}"""


def is_recorded(scene: Scene) -> None:
    """Both pages say so, one thing is written, the session ends, and the recording has it."""
    customer, console = scene.customer.page, scene.representative.page
    for page in (customer, console):
        expect(page.locator("p.recorded")).to_have_text(ON, timeout=PATIENCE)
    scene.say("Good morning", scene.customer, scene.representative)


def texts(scene: Scene) -> Any:
    """What the recording holds of the chat, once the session has ended and all is written."""
    customer, console = scene.customer.page, scene.representative.page
    customer.get_by_role("button", name="End session", exact=True).click()
    customer.get_by_role("button", name="Yes, end session").click()
    return console.evaluate(TEXTS, wait_until(console, FINISHED))


def test_a_site_with_relay_only_is_recorded_through_the_relay(playwright: Playwright, app: Path) -> None:
    with Scene(playwright, app, site=RECORDED | RELAY_ONLY) as scene:
        scene.meet()
        is_recorded(scene)
        pairs = scene.customer.pairs
        scene.until("talk and the recorder have connections", lambda: len(pairs()) >= 2, 20)
        scene.until("both go over the relay", lambda: {pair["local"] for pair in pairs()} == {"relay"}, 20)
        assert texts(scene) == ["Good morning"]


@pytest.mark.parametrize(("url", "protocol"), [(TCP, "tcp"), (TLS, "tls")], ids=["TCP", "TLS"])
def test_where_a_firewall_lets_no_udp_through_the_recorder_is_reached_by(
    playwright: Playwright, app: Path, url: str, protocol: str
) -> None:
    with Scene(playwright, app, site=RECORDED, DESKSIDE_TURN_URLS=f"{UDP} {url}") as scene:
        scene.internet.set_nat("customer", "cone", udp=False)
        scene.meet()
        is_recorded(scene)
        pairs, wanted = scene.customer.pairs, {("relay", protocol)}
        scene.until(url, lambda: {(pair["local"], pair["by"]) for pair in pairs()} == wanted, 20)
        assert texts(scene) == ["Good morning"]
