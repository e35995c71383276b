"""The tests' Connection behaves as the browser's: the same sides, with real RTCPeerConnections in Chromium."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from e2e.browsers import launch

from ..core.wire import Connection, Side, run

START = """(name) => {
  const pc = new RTCPeerConnection();
  const found = { pc, needed: false, candidates: [] };
  pc.onnegotiationneeded = () => { found.needed = true; };
  pc.onicecandidate = ({ candidate }) => { if (candidate) found.candidates.push(candidate.toJSON()); };
  (globalThis.found ??= {})[name] = found;
}"""
WANT = """([name, line]) => {
  const pc = found[name].pc;
  if (line === "chat") pc.createDataChannel("chat", { negotiated: true, id: 1 });
  else pc.addTransceiver("video", { direction: "sendonly" });
}"""
SET_LOCAL = """async (name) => {
  const pc = found[name].pc;
  await pc.setLocalDescription();
  return [pc.localDescription.type, pc.localDescription.sdp];
}"""
LINES = "(name) => (found[name].pc.currentLocalDescription?.sdp.match(/^m=/gm) ?? []).length"


class BrowserConnection:
    """The interface of wire.Connection, over a connection that lives in the page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        page.evaluate(START, name)

    def ask(self, expression: str) -> Any:
        return self.page.evaluate(f"(name) => found[name].{expression}", self.name)

    @property
    def signaling_state(self) -> str:
        return str(self.ask("pc.signalingState"))

    def want(self, line: str) -> None:
        self.page.evaluate(WANT, [self.name, line])
        # The event is fired by a task of its own.
        self.page.wait_for_function("(name) => found[name].needed", arg=self.name)

    def needs_negotiation(self) -> bool:
        needed = bool(self.ask("needed"))
        if needed:
            self.page.evaluate("(name) => { found[name].needed = false; }", self.name)
        return needed

    def set_local_description(self) -> tuple[str, str]:
        kind, sdp = self.page.evaluate(SET_LOCAL, self.name)
        return kind, sdp

    def set_remote_description(self, description: dict[str, str]) -> None:
        script = "([name, description]) => found[name].pc.setRemoteDescription(description)"
        self.page.evaluate(script, [self.name, description])

    def add_ice_candidate(self, candidate: dict[str, Any]) -> None:
        script = "([name, candidate]) => found[name].pc.addIceCandidate(candidate)"
        names = {"sdp_mid": "sdpMid", "sdp_m_line_index": "sdpMLineIndex", "username_fragment": "usernameFragment"}
        self.page.evaluate(script, [self.name, {names.get(key, key): value for key, value in candidate.items()}])

    def gathered(self) -> list[dict[str, Any]]:
        names = {"sdpMid": "sdp_mid", "sdpMLineIndex": "sdp_m_line_index", "usernameFragment": "username_fragment"}
        found = self.ask("candidates.splice(0)")
        return [{names.get(key, key): one[key] for key in one if one[key] is not None} for one in found]

    def restart_ice(self) -> None:
        self.ask("pc.restartIce()")
        self.page.wait_for_function(
            "(name) => found[name].needed || found[name].pc.signalingState !== 'stable'", arg=self.name
        )

    def origins(self) -> tuple[str, str]:
        """What identifies the two descriptions in force: their `o=` lines."""
        script = "(name) => [found[name].pc.currentLocalDescription, found[name].pc.currentRemoteDescription].map("
        local, remote = self.page.evaluate(script + "(one) => one?.sdp.match(/^o=.*$/m)[0])", self.name)
        return local, remote


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def sides(browser: Browser) -> Iterator[tuple[Side, Side]]:
    page = browser.new_page()
    yield tuple(Side(name, name == "PP", BrowserConnection(page, name)) for name in ("PP", "II"))  # type: ignore[misc]
    page.close()


def settle(sides: tuple[Side, Side]) -> None:
    """Let everything through until both are connected and agree."""
    one, other = sides
    deadline = time.monotonic() + 10
    while True:
        for side in sides:
            side.gather()
            side.look()
        run(one, other)
        states = [side.connection.ask("pc.connectionState") for side in sides]
        quiet = not any(side.connection.ask("needed") for side in sides)
        if quiet and states == ["connected", "connected"]:
            break
        assert time.monotonic() < deadline, states
        one.connection.page.wait_for_timeout(20)
    assert [side.negotiation.signaling_state for side in sides] == ["stable", "stable"]
    assert one.connection.origins() == other.connection.origins()[::-1]
    assert one.negotiation.fingerprint == other.negotiation.local_fingerprint


def media_lines(side: Side) -> int:
    return int(side.connection.page.evaluate(LINES, side.connection.name))


def test_the_fake_has_the_same_methods() -> None:
    names = {name for name in vars(BrowserConnection) if not name.startswith("_")}
    assert names - {"ask", "origins"} <= set(dir(Connection("x")))


def test_an_offer_is_answered_and_the_peers_connect(sides: tuple[Side, Side]) -> None:
    sides[0].connection.want("chat")
    sides[1].want("chat")
    # Both have made the channel; only the impolite side offers.
    sides[0].connection.needs_negotiation()
    settle(sides)
    assert sides[1].history == ["stable", "have-local-offer", "stable"]


def test_when_first_offers_collide_the_browser_rolls_back_by_itself(sides: tuple[Side, Side]) -> None:
    for side in sides:
        side.want("chat")
        side.finish()
    assert [side.connection.signaling_state for side in sides] == ["have-local-offer", "have-local-offer"]
    settle(sides)
    assert sides[0].history == ["stable", "have-local-offer", "have-remote-offer", "stable"]
    assert [media_lines(side) for side in sides] == [1, 1]


def test_when_later_offers_collide_both_get_what_they_want(sides: tuple[Side, Side]) -> None:
    sides[1].want("chat")
    settle(sides)
    for side in sides:
        side.want("screen")
        side.finish()
    settle(sides)
    assert sides[0].history[2:5] == ["stable", "have-local-offer", "have-remote-offer"]
    # Each sends a track of its own: in one media line if the browser pairs them, or in two.
    assert media_lines(sides[0]) == media_lines(sides[1]) >= 2


def test_a_restart_while_both_offer_brings_new_credentials(sides: tuple[Side, Side]) -> None:
    sides[1].want("chat")
    settle(sides)
    script = "(name) => found[name].pc.currentLocalDescription.sdp.match(/ice-ufrag:(.*)/)[1]"
    before = [side.connection.page.evaluate(script, side.connection.name) for side in sides]
    for side in sides:
        side.restart()
        side.look()
    settle(sides)
    after = [side.connection.page.evaluate(script, side.connection.name) for side in sides]
    assert not set(before) & set(after)


def test_what_was_lost_is_sent_again_and_connects(sides: tuple[Side, Side]) -> None:
    polite, impolite = sides
    impolite.want("chat")
    impolite.finish()
    impolite.outgoing = []
    impolite.restart()
    polite.receive(impolite.outgoing.pop(0))
    polite.finish()
    polite.finish()
    polite.outgoing = []
    polite.carry_out(polite.negotiation.resend())
    settle(sides)
