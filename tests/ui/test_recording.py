"""The recording on the customer's page: how it begins, and what a press does to it."""

import pytest

from tests.ui.pages import CustomerPage
from tests.ui.recorded import SECOND, answered, recorded, recording_events, said, told

# how it begins


def test_where_the_server_says_nothing_there_is_no_recorder_and_both_can_see_that() -> None:
    page = CustomerPage().talk()
    page.host.wait(60 * SECOND)
    assert page.host.recorders == [] and told(page) == ["off"]
    assert page.state["recording"] == {"state": "off", "reason": "", "seconds": 0}
    assert recording_events(page) == []


def test_who_was_asked_and_did_not_allow_it_sees_that_it_was_refused() -> None:
    page = CustomerPage().enter()
    page.step("recording", about="a" * 64)
    page.do("answer", "refuse")
    page.queued().step("queue").join()
    page.host.peers[-1].meet()
    page.host.wait(60 * SECOND)
    assert page.state["recording"]["state"] == "refused" and told(page) == ["refused"]
    assert page.host.recorders == []
    after = page.reloaded()
    after.welcome("active", session="s1")
    assert after.state["recording"]["state"] == "refused"


def test_a_recording_begins_by_itself_and_both_are_told() -> None:
    page = CustomerPage().talk()
    page.signaling.say("recorder", available=True)
    recorder = page.host.recorders[0]
    assert page.state["recording"]["state"] == "starting"
    recorder.describe()
    assert said(page, "recording_offer") == [
        {"type": "recording_offer", "id": recorder.id, "sdp": "offer " + recorder.id}
    ]
    page.signaling.say("recording_answer", id=recorder.id, sdp="answer")
    assert recorder.answers == ["answer"] and page.state["recording"]["state"] == "starting"
    recorder.know()
    page.host.wait(5 * SECOND)
    assert page.state["recording"] == {"state": "on", "reason": "", "seconds": 5}
    assert page.state["status"] == "Recording"
    assert told(page) == ["off", "starting", "on"] and recording_events(page) == ["started"]


def test_the_recorder_is_reached_the_way_the_representative_is() -> None:
    page = CustomerPage().queue()
    servers = [{"urls": ["turn:turn.example"], "username": "u", "credential": "c"}]
    page.signaling.say("joined", peer="rep", name="Ann", ice_servers=servers, relay_only=True, started_at=1)
    page.signaling.say("recorder", available=True)
    assert page.host.recorders[0].configuration == {"iceServers": servers, "iceTransportPolicy": "relay"}
    page.signaling.say("ice_servers", ice_servers=[])
    page.host.recorders[0].become("failed")
    page.host.wait(2 * SECOND)
    assert page.host.recorders[1].configuration == {"iceServers": [], "iceTransportPolicy": "all"}


def test_the_shared_picture_is_recorded_while_it_is_shared() -> None:
    page = recorded()
    recorder = page.host.recorders[0]
    page.do("share_screen")
    track = page.host.pickers[0].choose()
    assert recorder.shown == [None, track]
    page.host.captures[0].on_ended()
    assert recorder.shown == [None, track, None]


def test_a_picture_that_is_shared_already_is_in_the_next_part_from_its_beginning() -> None:
    page = recorded()
    page.do("share_screen")
    track = page.host.pickers[0].choose()
    page.host.recorders[0].become("failed")
    page.host.wait(2 * SECOND)
    assert page.host.recorders[1].shown == [track]


# what the person does


@pytest.mark.parametrize(("press", "reason"), [("pause_recording", "paused"), ("stop_recording", "stopped")])
def test_a_press_closes_the_connection_and_then_says_so(press: str, reason: str) -> None:
    page = recorded()
    recorder = page.host.recorders[0]
    page.do(press)
    assert recorder.is_closed and page.host.guard.connections == []
    assert said(page, "recording_end") == [{"type": "recording_end", "id": recorder.id, "reason": reason}]
    assert page.state["recording"]["state"] == reason == told(page)[-1]
    assert recording_events(page) == ["started", reason]
    page.host.wait(300 * SECOND)
    assert len(page.host.recorders) == 1


def test_resume_opens_another_connection() -> None:
    page = recorded()
    page.do("pause_recording")
    page.do("resume_recording")
    answered(page)
    assert len(page.host.recorders) == 2 and told(page)[-2:] == ["starting", "on"]
    assert recording_events(page) == ["started", "paused", "resumed"]


def test_the_red_x_stops_the_recording_before_python_knows_of_it() -> None:
    page = recorded()
    recorder = page.host.recorders[0]
    page.host.guard.press()
    assert recorder.is_closed and said(page, "recording_end") == []
    page.controller.revoked()
    assert said(page, "recording_end") == [{"type": "recording_end", "id": recorder.id, "reason": "revoked"}]
    assert (page.state["recording"]["state"], page.state["recording"]["reason"]) == ("paused", "revoked")
    assert [card["recording"] for card in page.state["cards"] if card["kind"] == "revoked"] == [True]
    assert recording_events(page) == ["started", "paused"]
    page.host.wait(300 * SECOND)
    assert len(page.host.recorders) == 1
    page.do("continue_chatting")
    page.signaling.say("recorder", available=True)
    assert len(page.host.recorders) == 1
    page.do("resume_recording")
    assert len(page.host.recorders) == 2


def test_the_red_x_says_nothing_of_a_recording_that_there_is_none_of() -> None:
    page = CustomerPage().talk()
    page.host.guard.press()
    page.controller.revoked()
    assert [card["recording"] for card in page.state["cards"] if card["kind"] == "revoked"] == [False]
    assert recording_events(page) == []


def test_sharing_again_after_the_red_x_records_nothing_by_itself() -> None:
    page = recorded()
    page.host.guard.press()
    page.controller.revoked()
    page.do("share_screen")
    track = page.host.pickers[0].choose()
    page.host.wait(60 * SECOND)
    assert len(page.host.recorders) == 1 and track.is_live
    page.do("resume_recording")
    assert page.host.recorders[1].shown == [track]


def test_a_press_counts_while_the_server_is_away() -> None:
    page = recorded()
    page.signaling.drop()
    page.do("stop_recording")
    assert page.host.recorders[0].is_closed and page.state["recording"]["state"] == "stopped"
    page.host.wait(3 * SECOND)
    page.signaling.connect()
    page.welcome("active", session="s1")
    page.join()
    page.signaling.say("recorder", available=True)
    assert said(page, "recording_end")[-1]["reason"] == "stopped"
    assert len(page.host.recorders) == 1
