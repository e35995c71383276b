"""The customer stays in charge: what may be seen, what is asked, and what a nudge really does."""

from typing import Any

import pytest

from deskside.core.permissions import CARD_TIMEOUT, MAX_CARDS
from deskside.ui.customer.cards import cards_of
from deskside.ui.customer.session import CustomerSession
from tests.ui.fakes import FakeHost
from tests.ui.fakes_peer import FakePeer, FakeTrack
from tests.ui.pages import CustomerPage, customer_session, events

OFFER = {"type": "file_offer", "id": "f1", "name": "a.txt", "size": 3, "mime": "text/plain", "at": 1}
ASK = {"type": "permission_request", "id": "q1", "permission": "view_screen", "at": 1}


class Desk:
    def __init__(self) -> None:
        self.host = FakeHost()
        self.session, self.peer = customer_session(self.host)

    def ask(self, **changes: Any) -> None:
        self.peer.say({**ASK, **changes})

    def share(self, surface: str = "screen") -> FakeTrack:
        self.session.offer_screen(surface)
        return self.host.pickers[-1].choose()

    def allowed(self) -> list[str]:
        return [one["permission"] for one in self.session.permissions.in_force(self.host.now())]

    def answers(self) -> list[str]:
        return [one["answer"] for one in self.peer.posted if one["type"] == "permission_answer"]

    def sharing_told(self) -> list[tuple[bool, str]]:
        return [(one["on"], one["surface"]) for one in self.peer.posted if one["type"] == "sharing"]


def sharing() -> tuple[Desk, FakeTrack]:
    desk = Desk()
    return desk, desk.share()


def kept(session: CustomerSession, peer: FakePeer, track: FakeTrack) -> bool:
    return session.sharing.is_on and track.is_live and peer.work is not None and peer.work.tracks == [track]


# asking and allowing


def test_what_is_asked_is_a_card_and_nothing_happens_before_it_is_answered() -> None:
    desk = Desk()
    desk.ask()
    assert [card["id"] for card in cards_of(desk.session, "screen")] == ["q1"]
    assert desk.host.pickers == [] and desk.peer.work is None and desk.allowed() == []
    assert desk.session.page.attracted == ["permission"]


def test_allow_opens_the_picker_and_the_window_in_the_same_press_and_only_the_picture_is_the_grant() -> None:
    desk = Desk()
    desk.ask()
    desk.session.allow("q1")
    assert len(desk.host.pickers) == len(desk.host.windows) == 1
    assert desk.allowed() == []
    track = desk.host.pickers[0].choose()
    assert desk.allowed() == ["view_screen"] and kept(desk.session, desk.peer, track)
    assert desk.answers() == ["granted"] and desk.sharing_told() == [(True, "screen")]


@pytest.mark.parametrize(
    ("error", "problems"),
    [("NotAllowedError", ["capture_denied"]), ("AbortError", []), ("NotReadableError", ["capture_failed"])],
)
def test_a_picker_that_fails_is_told_as_failed(error: str, problems: list[str]) -> None:
    desk = Desk()
    desk.ask()
    desk.session.allow("q1")
    desk.host.pickers[0].fail(error)
    assert desk.answers() == ["failed"] and desk.session.problems == problems
    assert desk.host.windows[0].is_closed or desk.session.sharing.window is None


def test_a_denied_card_is_gone_and_the_answer_is_the_persons_own() -> None:
    desk = Desk()
    desk.ask()
    desk.session.deny("q1")
    desk.session.allow("q1")
    assert desk.host.pickers == [] and desk.answers() == ["denied"]
    assert events(desk.session.conversation) == ["permission_asked", "permission_denied"]


def test_silence_is_a_refusal_but_no_denial() -> None:
    desk = Desk()
    desk.ask()
    desk.host.wait(CARD_TIMEOUT + 1)
    desk.session.tick()
    assert desk.answers() == ["expired"]
    assert events(desk.session.conversation)[-1] == "permission_expired"


def test_a_lease_that_is_over_stops_the_picture() -> None:
    desk = Desk()
    desk.ask()
    desk.session.leases["q1"] = "300"
    desk.session.allow("q1")
    track = desk.host.pickers[0].choose()
    desk.host.wait(299_000)
    desk.session.tick()
    assert track.is_live
    desk.host.wait(2_000)
    desk.session.tick()
    assert not track.is_live and desk.allowed() == [] and desk.peer.work is None


def test_who_floods_with_requests_gets_refusals_and_no_line_in_the_log() -> None:
    desk = Desk()
    for number in range(500):
        desk.ask(id=f"q{number}", permission=("view_screen", "point_and_draw", "send_files")[number % 3])
    assert len(desk.session.permissions.pending(desk.host.now())) <= MAX_CARDS
    assert events(desk.session.conversation) == ["permission_asked"] * 3
    assert desk.answers() == ["denied"] * 497


def test_a_withdrawn_request_takes_its_card_along() -> None:
    desk = Desk()
    desk.ask()
    desk.peer.say({"type": "permission_withdrawal", "id": "q1"})
    assert cards_of(desk.session, "screen") == []


# sharing


def test_the_browsers_own_bar_takes_the_permission_back() -> None:
    desk, track = sharing()
    track.stop()
    desk.host.captures[-1].on_ended()
    assert desk.allowed() == [] and desk.peer.work is None
    assert desk.sharing_told() == [(True, "screen"), (False, "none")]


def test_a_second_press_does_not_share_twice() -> None:
    desk, _ = sharing()
    desk.session.offer_screen("screen")
    assert len(desk.host.pickers) == 1 and len(desk.sharing_told()) == 1


def test_what_is_said_to_be_shared_is_what_is_shared() -> None:
    desk = Desk()
    desk.share("camera")
    desk.ask()
    desk.session.sharing.wanted = "screen"
    desk.session.allow("q1")
    shown = desk.session.sharing.state()
    assert shown is not None and shown["surface"] == "camera"
    assert desk.sharing_told() == [(True, "camera"), (True, "camera")]


def test_two_pickers_of_which_one_was_given_up_share_the_one_that_was_asked_for_last() -> None:
    desk = Desk()
    desk.session.offer_screen("screen")
    desk.session.joined("rep2", "Eve", {})
    peer = desk.host.peers[-1]
    peer.meet()
    desk.session.offer_screen("screen")
    late, wanted = desk.host.pickers
    track = wanted.choose()
    assert not late.choose().is_live
    assert kept(desk.session, peer, track) and desk.allowed() == ["view_screen"]


def test_a_picker_that_answers_for_somebody_who_has_left_shows_nothing_and_says_nothing() -> None:
    desk = Desk()
    desk.session.offer_screen("screen")
    desk.session.left("rep")
    assert not desk.host.pickers[0].choose().is_live
    assert not desk.session.sharing.is_on
    assert events(desk.session.conversation) == []


def test_a_grant_goes_with_the_representative_it_was_for() -> None:
    desk, track = sharing()
    desk.session.joined("rep2", "Eve", {})
    assert not track.is_live and desk.allowed() == []
    desk.host.peers[-1].meet()
    assert desk.host.peers[-1].work is None


def test_a_picture_that_ended_leaves_the_file_that_still_travels() -> None:
    desk, track = sharing()
    desk.peer.say({"type": "file_offer", "id": "f1", "name": "a", "size": 5, "mime": "", "at": 1})
    desk.session.transfers.accept("f1")
    desk.host.captures[-1].on_ended()
    assert not track.is_live and desk.peer.work is not None
    desk.host.movers["f1"].become("finished")


def test_a_picture_from_the_other_side_is_never_shown() -> None:
    desk = Desk()
    track = FakeTrack()
    desk.session.track_received(desk.peer, track)
    assert not track.is_live


# the small window


def test_the_small_window_closes_with_the_sharing_and_opens_again_on_a_press() -> None:
    desk, _ = sharing()
    desk.host.windows[0].opened("made")
    desk.session.sharing.open_window()
    assert len(desk.host.windows) == 1
    desk.host.windows[0].closed()
    assert desk.session.sharing.is_on
    desk.session.sharing.open_window()
    desk.host.windows[1].opened("made")
    desk.session.revoked()
    assert desk.host.windows[1].is_closed


def test_a_small_window_that_comes_after_the_end_is_closed() -> None:
    desk, _ = sharing()
    desk.session.revoked()
    desk.host.windows[0].opened("made")
    assert desk.host.windows[0].is_closed and desk.session.sharing.window is None


def test_a_small_window_that_is_refused_does_not_stop_the_sharing() -> None:
    desk, track = sharing()
    desk.host.windows[0].failed("NotAllowedError")
    assert track.is_live
    desk.session.sharing.open_window()
    assert len(desk.host.windows) == 2


# coming and going


def test_who_comes_back_is_told_and_asked_for_nothing() -> None:
    desk = Desk()
    desk.session.joined("rep", "Ann", {})
    assert len(desk.host.peers) == 1
    desk.session.left("somebody else")
    assert not desk.peer.is_gone
    desk.session.left("rep")
    desk.session.left("rep")
    desk.session.joined("rep2", "Ann", {})
    assert desk.peer.is_gone and events(desk.session.conversation) == ["returned"]


def test_what_a_page_says_that_was_replaced_means_nothing() -> None:
    desk = Desk()
    desk.session.joined("rep2", "Eve", {})
    desk.session.delivered(desk.peer, "control", {"n": 9, **ASK})
    desk.session.signal_received("rep", {"connection": "talk", "number": 1})
    assert cards_of(desk.session, "screen") == []


def test_the_end_leaves_nothing_and_nobody_can_come_any_more() -> None:
    desk, track = sharing()
    desk.ask(id="q2", permission="send_files")
    desk.session.finish("customer")
    desk.session.joined("rep2", "Eve", {})
    assert not track.is_live and desk.session.peer is None and desk.allowed() == []
    assert len(desk.host.peers) == 1
    assert "permission_denied" not in events(desk.session.conversation)


@pytest.mark.parametrize("kind", ["permission_answer", "permission_end", "sharing", "capabilities", "nudge_receipt"])
def test_what_only_a_customer_says_means_nothing_from_a_representative(kind: str) -> None:
    desk = Desk()
    before = (list(desk.peer.posted), desk.session.conversation.order[:])
    desk.peer.say({"type": kind})
    assert (desk.peer.posted, desk.session.conversation.order) == before


def test_a_red_x_that_python_could_not_see_to_is_seen_to_by_the_next_page() -> None:
    before = CustomerPage().talk()
    before.do("share_screen")
    before.host.pickers[0].choose()
    before.session.transfers.acceptance.offered(OFFER)
    before.do("accept_file", OFFER["id"])
    assert before.session.conversation.entries[OFFER["id"]]["accepted"]
    before.host.device["revoked"] = "s1"  # as the guard writes it
    page = before.reloaded()
    page.signaling.say("welcome", state="active", session="s1", peer="me", now=1)
    page.join()
    file = page.session.conversation.entries[OFFER["id"]]
    assert (file["phase"], file["reason"]) == ("ended", "revoked")
    assert [card["kind"] for card in page.state["cards"]] == ["revoked"]
    assert events(page.session.conversation)[-1] == "revoked"
    assert page.reloaded().session.is_revoked is False
