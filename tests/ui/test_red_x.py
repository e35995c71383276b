"""The red X, pressed at any moment: afterwards nothing is shared, whatever comes late, until the person allows anew."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.ui.fakes import FakeHost
from tests.ui.fakes_files import FakeFile
from tests.ui.fakes_peer import FakeChannel, FakeConnection, FakeTrack
from tests.ui.pages import CustomerPage, FakePage, customer_session, events

ID = st.integers(0, 5).map(str)
PERMISSION = st.sampled_from(["view_screen", "point_and_draw", "send_files"])


class RedX(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.host = FakeHost()
        self.session, _ = customer_session(self.host)
        self.page: FakePage = self.session.page
        self.may_share = False  # whether the person has pressed anything that shares since the last red X
        self.may_send = False
        self.peers = 1
        self.old: list[FakeTrack] = []  # tracks of before the last red X
        self.gone: list[FakeConnection] = []  # and connections
        self.all: list[FakeConnection] = []
        self.said: list[tuple[Any, dict[str, Any]]] = []  # what may come a second time

    @property
    def peer(self) -> Any:
        return self.host.peers[-1]

    def say(self, message: dict[str, Any]) -> None:
        if not self.peer.is_gone:
            self.said.append((self.peer, message))
            self.peer.say(message)

    @rule(pick=st.integers(0, 100))
    def repeat(self, pick: int) -> None:
        """A message of before, of whoever sent it."""
        if self.said:
            peer, message = self.said[pick % len(self.said)]
            peer.say(message)

    # the representative

    @rule(id=ID, permission=PERMISSION)
    def ask(self, id: str, permission: str) -> None:
        self.say({"type": "permission_request", "id": "q" + id, "permission": permission, "at": 1})

    @rule(id=ID)
    def withdraw(self, id: str) -> None:
        self.say({"type": "permission_withdrawal", "id": "q" + id})

    @rule(id=ID)
    def offer_file(self, id: str) -> None:
        self.say({"type": "file_offer", "id": "f" + id, "name": "a", "size": 5, "mime": "", "at": 1})

    @rule(pick=st.integers(0, 20))
    def accept_file_of_customer(self, pick: int) -> None:
        if self.host.movers:
            self.say({"type": "file_accept", "id": sorted(self.host.movers)[pick % len(self.host.movers)]})

    @rule(id=ID)
    def open_channel(self, id: str) -> None:
        if not self.peer.is_gone and self.peer.work is not None:
            channel = FakeChannel()
            self.peer.work.channels.append(channel)
            self.session.file_channel(self.peer, "f" + id, channel)

    @rule()
    def nudge(self) -> None:
        self.say({"type": "nudge", "id": "n", "at": 1})

    @rule(generation=st.integers(0, 30))
    def negotiate_work(self, generation: int) -> None:
        description = {"type": "offer", "sdp": "a=fingerprint:sha-256 x\r\na=ice-ufrag:y\r\na=lines:data\r\n"}
        negotiation = {"connection": "work", "generation": generation, "number": 1, "description": description}
        if not self.peer.is_gone and self.peer.work is None:
            self.peer.frame("control", {"type": "negotiation", "negotiation": negotiation})
            assert self.peer.work is None

    # the line

    @rule(
        name=st.sampled_from(["talk", "work"]), state=st.sampled_from(["disconnected", "failed", "closed", "connected"])
    )
    def connection_changes(self, name: str, state: str) -> None:
        made = self.peer.connections.get(name)
        if made is not None and not self.peer.is_gone:
            self.peer.become(made, state, self.host.now())

    @rule(name=st.sampled_from(["talk", "work"]))
    def description_fails(self, name: str) -> None:
        negotiation = self.peer.link._negotiations.get(name)
        if negotiation is not None:
            negotiation.is_broken = True

    @rule(silent=st.booleans())
    def other_page_is_heard(self, silent: bool) -> None:
        self.peer.is_silent = silent

    @rule()
    def network_changes(self) -> None:
        self.peer.carry_out(self.peer.link.network_changed(self.host.now()))

    @rule(generation=st.integers(0, 5))
    def talk_is_made_anew(self, generation: int) -> None:
        sdp = "a=fingerprint:sha-256 x\r\na=ice-ufrag:y\r\na=lines:data\r\n"
        negotiation = {"connection": "talk", "number": 1, "description": {"type": "offer", "sdp": sdp}}
        if generation:
            negotiation["generation"] = generation
        self.peer.signal(negotiation)

    @rule(seconds=st.sampled_from([-3600, 3600]))
    def clock_jumps(self, seconds: int) -> None:
        self.host.time += seconds * 1000.0

    @rule()
    def given_up(self) -> None:
        self.session.given_up()
        self.may_share = False

    @rule(name=st.sampled_from(["Ann", "Eve"]))
    def somebody_else(self, name: str) -> None:
        self.peers += 1
        self.session.joined("rep" + str(self.peers), name, {})
        self.peer.meet()
        self.may_share = False  # a file that waits is for whoever comes

    @rule()
    def leave(self) -> None:
        self.session.left(self.peer.id)

    # the customer

    @rule(id=ID)
    def allow(self, id: str) -> None:
        if "q" + id in [card["id"] for card in self.session.permissions.pending(self.host.now())]:
            self.may_share = True
        self.session.allow("q" + id)

    @rule(id=ID)
    def deny(self, id: str) -> None:
        self.session.deny("q" + id)

    @rule(surface=st.sampled_from(["screen", "camera"]))
    def share(self, surface: str) -> None:
        self.may_share = True
        self.session.offer_screen(surface)

    @rule(pick=st.integers(0, 20), chosen=st.booleans())
    def answer_picker(self, pick: int, chosen: bool) -> None:
        pickers = [picker for picker in self.host.pickers if picker.is_open]
        if pickers:
            picker = pickers[pick % len(pickers)]
            if chosen:
                picker.choose()
            else:
                picker.fail()

    @rule(surface=st.sampled_from(["screen", "camera"]))
    def share_at_once(self, surface: str) -> None:
        self.share(surface)
        self.answer_picker(len([picker for picker in self.host.pickers if picker.is_open]) - 1, True)

    @rule()
    def send_file_that_is_wanted(self) -> None:
        self.send_file()
        if self.host.movers:
            self.say({"type": "file_accept", "id": list(self.host.movers)[-1]})

    @rule()
    def stop_in_the_browser(self) -> None:
        live = [capture for capture in self.host.captures if capture.track.is_live]
        if live:
            live[-1].track.stop()
            live[-1].on_ended()

    @rule()
    def send_file(self) -> None:
        self.may_send = True
        self.session.transfers.send([FakeFile()], "You")

    @rule(id=ID)
    def accept_file(self, id: str) -> None:
        self.may_send = True
        self.session.transfers.accept("f" + id)

    @rule(seconds=st.sampled_from([1, 5, 70]))
    def wait(self, seconds: int) -> None:
        for _ in range(min(seconds, 3)):
            self.host.wait(seconds * 1000.0 / 3)
            self.session.tick()

    @rule()
    def press(self) -> None:
        self.old += [picker.track for picker in self.host.pickers if not picker.is_open]
        self.may_share = self.may_send = False
        self.gone = list(self.all)
        posted = self.peer.posted
        before = len(posted)
        self.host.guard.press()
        self.session.revoked()
        assert self.connections() == [] and not self.live()
        assert self.session.permissions.in_force(self.host.now()) == []
        assert all(mover.state in ("finished", "ended") for mover in self.host.movers.values())
        assert all(message["type"] not in ("file_accept", "file_offer") for message in posted[before:])
        for _ in range(3):
            self.host.wait(1000.0)
            self.session.tick()
        assert self.connections() == [] and not self.live()

    # what holds

    def connections(self) -> list[FakeConnection]:
        return [peer.work for peer in self.host.peers if peer.work is not None]

    @invariant()
    def what_was_ended_stays_ended(self) -> None:
        """Not a frame and not a byte leaves over anything that was there at the last red X."""
        for peer in self.host.peers:
            self.all += [one for one in [peer.work] if one is not None and one not in self.all]
        for made in self.gone:
            assert made.is_closed and all(channel.is_closed for channel in made.channels)
        assert not any(track.is_live for track in self.old)

    @invariant()
    def a_picture_leaves_over_no_connection_but_the_present_one(self) -> None:
        for made in self.all:
            if any(track.is_live for track in made.tracks) and not made.is_closed:
                assert made is self.peer.work and self.may_share

    def live(self) -> list[FakeTrack]:
        tracks = [picker.track for picker in self.host.pickers if not picker.is_open]
        return [track for track in tracks if track.is_live]

    @invariant()
    def nothing_is_shown_that_is_not_granted(self) -> None:
        if not self.live():
            return
        assert self.may_share and len(self.live()) == 1 and self.session.sharing.is_on
        assert self.session.permissions.is_granted("view_screen", self.peer.id, self.host.now())
        assert not any(track.is_live for track in self.old)

    @invariant()
    def what_is_granted_to_see_is_shown(self) -> None:
        granted = [one["permission"] for one in self.session.permissions.in_force(self.host.now())]
        assert ("view_screen" in granted) <= self.session.sharing.is_on

    @invariant()
    def no_connection_is_left_without_a_reason(self) -> None:
        assert len(self.connections()) <= 1
        if self.connections():
            assert self.may_share or self.may_send
            assert self.connections()[0] is self.peer.work and not self.peer.is_gone

    @invariant()
    def no_file_moves_that_was_not_accepted_since(self) -> None:
        moving = [mover for mover in self.host.movers.values() if mover.is_attached and mover.state == "moving"]
        assert not moving or self.may_send


RedX.TestCase.settings = settings(max_examples=100, stateful_step_count=50, deadline=None)
test_whatever_comes_late_the_red_x_holds = RedX.TestCase


def test_the_red_x_shows_its_card_and_the_log_says_it_once() -> None:
    page = CustomerPage().talk()
    page.do("share_screen")
    page.host.pickers[0].choose()
    page.host.guard.press()
    page.controller.revoked()
    assert [card["kind"] for card in page.state["cards"]] == ["revoked"]
    assert page.host.calls[-1] == "guard_shown"
    assert events(page.session.conversation).count("revoked") == 1
    page.do("continue_chatting")
    assert page.state["cards"] == [] and page.session.connection == "connected"
