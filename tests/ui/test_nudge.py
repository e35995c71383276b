"""A nudge asks for attention in every way there is, says which of them happened, and cannot be poured out."""

import pytest

from tests.ui.fakes import FakeHost
from tests.ui.pages import ConsolePage, customer_session, events


def test_a_nudge_says_what_really_happened() -> None:
    host = FakeHost()
    session, peer = customer_session(host)
    host.attention.is_present = False
    session.conversation.toggle_sounds()
    host.attention.muted = True
    peer.say({"type": "nudge", "id": "n1", "at": 1})
    receipt = peer.posted[-1]
    assert (receipt["happened"], receipt["muted"]) == (["jiggle", "title", "notification"], True)
    assert session.page.state["nudged"]
    host.wait(1000)
    assert not session.page.state["nudged"]


def test_a_flood_of_nudges_is_one_nudge() -> None:
    host = FakeHost()
    session, peer = customer_session(host)
    for number in range(100):
        peer.say({"type": "nudge", "id": f"n{number}", "at": 1})
        host.wait(10)
    assert events(session.conversation) == ["nudge"]
    assert host.attention.happened == ["sound"]
    host.wait(10_000)
    peer.say({"type": "nudge", "id": "again", "at": 1})
    assert events(session.conversation) == ["nudge", "nudge"]


def test_the_representative_rests_ten_seconds_between_nudges() -> None:
    desk = ConsolePage().sign_in().accepted()
    desk.host.peers[-1].meet()
    for _ in range(3):
        desk.do("nudge")
    assert desk.host.peers[-1].kinds().count("nudge") == 1
    desk.host.wait(9_000)
    assert desk.state["conversation"]["nudge"]["rest"] == 1
    desk.host.wait(1_000)
    desk.do("nudge")
    assert desk.host.peers[-1].kinds().count("nudge") == 2


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_server_that_comes_back_with_another_time_changes_no_rest(hours: int) -> None:
    desk = ConsolePage().sign_in().accepted()
    desk.host.peers[-1].meet()
    desk.do("nudge")
    desk.host.set_clock(hours * 3_600_000)
    desk.welcome(["s1"])
    desk.do("nudge")
    assert desk.host.peers[-1].kinds().count("nudge") == 1
    desk.host.wait(10_000)
    desk.do("nudge")
    assert desk.host.peers[-1].kinds().count("nudge") == 2


def test_only_the_receipt_of_the_last_nudge_is_shown() -> None:
    desk = ConsolePage().sign_in().accepted()
    desk.host.peers[-1].meet()
    desk.do("nudge")
    receipt = {"type": "nudge_receipt", "happened": ["sound"], "muted": False}
    desk.host.peers[-1].say({**receipt, "id": "guessed"})
    desk.do("show", "conversation")
    assert desk.state["conversation"]["nudge"]["receipt"] is None
    desk.host.peers[-1].say({**receipt, "id": desk.host.peers[-1].posted[-1]["id"]})
    desk.do("show", "conversation")
    assert desk.state["conversation"]["nudge"]["receipt"] == {"happened": ["sound"], "muted": False}
