"""The recording of a page that comes and goes, of a recorder that does, and what the console shows of it."""

import pytest

from deskside.core.recorder_messages import REFUSALS
from deskside.ui.customer.controller import CustomerController
from deskside.ui.views.recording import recording_reason
from tests.ui.fakes import FakeHost
from tests.ui.pages import ConsolePage, CustomerPage, T, events, log
from tests.ui.recorded import SECOND, answered, back, recorded, recording_events, said, told

# the page comes, goes and comes back


@pytest.mark.parametrize(
    ("press", "state"), [("pause_recording", "paused"), ("stop_recording", "stopped"), ("", "starting")]
)
def test_a_reload_changes_nothing_of_what_the_person_wants(press: str, state: str) -> None:
    page = recorded()
    if press:
        page.do(press)
    after = back(page)
    assert page.host.recorders[0].is_closed
    assert after.state["recording"]["state"] == state == told(after)[-1]
    assert len(after.host.recorders) == (0 if press else 1)


def test_a_red_x_that_python_could_not_see_to_holds_on_the_next_page() -> None:
    page = recorded()
    page.host.guard.press()
    page.host.device["revoked"] = "s1"  # as the guard writes it; Python has crashed
    after = back(page)
    assert after.host.recorders == [] and after.state["recording"]["reason"] == "revoked"
    again = back(after)
    assert again.host.recorders == [] and again.state["recording"]["reason"] == "revoked"


def test_a_pause_outlives_a_browser_that_was_killed_right_after_it() -> None:
    page = recorded()
    before = page.host.device["recording"]
    page.do("pause_recording")
    page.host.device["recording"] = before  # it writes these seconds later
    after = back(page, is_killed=True)
    assert after.state["recording"]["state"] == "paused" and after.host.recorders == []
    after.do("resume_recording")
    assert len(after.host.recorders) == 1


def test_what_was_kept_while_the_page_was_left_counts_too() -> None:
    page = recorded()
    key = page.session.id + "/recording"
    page.host.wait(7 * SECOND)
    before = page.host.records.kept[key]
    page.controller.leaving()
    page.host.records.kept[key] = before  # which a page that is left does not wait for
    after = back(page, is_killed=True)
    answered(after)
    assert after.state["recording"]["seconds"] == 7


def test_a_red_x_on_a_page_that_still_reads_what_was_kept_holds() -> None:
    page = recorded()
    page.do("pause_recording")
    page.do("resume_recording")
    page.host.device.pop("recording")
    after = CustomerPage(FakeHost(page.host.device, page.host.records, page.host.drafts))
    CustomerController.begin(after.signaling.owner, False)  # nothing has come from the storage yet
    after.session.recording.revoked()
    after.host.wait(0)
    assert after.session.recording.is_held


def test_a_reload_of_a_recorded_page_says_nothing_new_in_the_log() -> None:
    after = back(recorded())
    answered(after)
    assert recording_events(after) == ["started"] and told(after)[-1] == "on"


def test_how_long_it_was_on_outlives_a_reload() -> None:
    page = recorded()
    page.host.wait(7 * SECOND)
    after = back(page)
    answered(after)
    after.host.wait(3 * SECOND)
    assert after.state["recording"]["seconds"] == 10


def test_a_tab_with_a_session_of_its_own_keeps_its_own_word() -> None:
    page = recorded()
    page.host.device["session"] = "s2"
    page.host.device["recording"] = "s2 allowed paused 0 - -"
    page.do("pause_recording")
    page.do("resume_recording")
    assert page.host.device["recording"] == "s2 allowed paused 0 - -"


def test_nothing_is_left_on_the_device_after_the_end() -> None:
    page = recorded()
    page.signaling.say("ended", reason="representative")
    assert page.host.recorders[0].is_closed and said(page, "recording_end") == []
    page.host.wait(60 * SECOND)
    page.controller.leaving()
    assert "recording" not in page.host.device


def test_another_tab_that_takes_the_session_over_takes_the_recording_too() -> None:
    page = recorded()
    page.signaling.drop(4409, True)
    assert page.host.recorders[0].is_closed
    after = page.reloaded()
    after.welcome("active", session="s1")
    after.join()
    after.signaling.say("recorder", available=True)
    assert len(after.host.recorders) == 1


def test_nothing_is_recorded_while_the_customer_waits_for_somebody_else() -> None:
    page = recorded()
    page.signaling.say("left", peer="rep")
    page.queued().step("queue")
    assert page.host.recorders[0].is_closed and said(page, "recording_end")[0]["reason"] == "lost"
    page.host.wait(60 * SECOND)
    assert len(page.host.recorders) == 1
    page.join("other", "Eve")
    page.signaling.say("recorder", available=True)
    answered(page)
    page.host.peers[-1].meet()
    assert told(page)[-1] == "on"


# trouble


@pytest.mark.parametrize("reason", REFUSALS)
def test_whoever_allowed_it_reads_why_it_is_not_recorded(reason: str) -> None:
    page = CustomerPage().talk()
    page.signaling.say("recorder", available=False, reason=reason)
    page.host.wait(10 * SECOND)
    assert page.state["recording"] == {"state": "unavailable", "reason": reason, "seconds": 0}
    assert recording_events(page) == ["unavailable"]
    assert log(page.session.conversation)[-1]["reason"] == reason


def test_a_refusal_is_tried_again_and_said_once() -> None:
    page = CustomerPage().talk()
    page.signaling.say("recorder", available=True)
    for _ in range(3):
        recorder = page.host.recorders[-1]
        recorder.describe()
        page.signaling.say("recording_refused", id=recorder.id, reason="full")
        assert recorder.is_closed
        page.host.wait(70 * SECOND)
    assert recording_events(page) == ["unavailable"]
    answered(page)
    assert recording_events(page) == ["unavailable", "started"]


def test_a_lost_connection_is_replaced_and_nobody_reads_of_it() -> None:
    page = recorded()
    page.host.wait(60 * SECOND)
    page.host.recorders[0].become("failed")
    page.host.wait(2 * SECOND)
    answered(page)
    assert recording_events(page) == ["started"] and told(page)[-3:] == ["on", "starting", "on"]


def test_an_offer_that_the_server_cannot_be_told_is_made_again() -> None:
    page = CustomerPage().talk()
    page.signaling.say("recorder", available=True)
    page.signaling.drop()
    page.host.recorders[0].describe()
    assert page.host.recorders[0].is_closed
    page.signaling.connect()
    page.host.wait(2 * SECOND)
    assert len(page.host.recorders) == 2


def test_a_recorder_that_cannot_go_on_is_let_go_of() -> None:
    page = recorded()
    page.host.recorders[0].say("failed", reason="no_room")
    assert page.host.recorders[0].is_closed and page.state["recording"]["reason"] == "no_room"


# the representative's page


def test_the_console_shows_how_it_stands_and_for_how_long() -> None:
    desk = ConsolePage().sign_in().accepted()
    desk.host.peers[-1].meet()
    desk.do("select", "s1")
    assert desk.state["conversation"]["recording"] is None
    desk.host.peers[-1].say({"type": "recording", "state": "on", "seconds": 60, "at": 1})
    desk.host.wait(5 * SECOND)
    assert desk.state["conversation"]["recording"] == {"state": "on", "reason": "", "seconds": 65}
    desk.host.peers[-1].say({"type": "recording", "state": "paused", "seconds": 66, "at": 1})
    desk.host.wait(5 * SECOND)
    assert desk.state["conversation"]["recording"] == {"state": "paused", "reason": "", "seconds": 66}


def test_the_representative_reads_why_it_is_not_recorded() -> None:
    page = CustomerPage().talk()
    page.signaling.say("recorder", available=False, reason="full")
    page.host.wait(10 * SECOND)
    page.signaling.say("recorder", available=False, reason="no_room")
    desk = ConsolePage().sign_in().accepted()
    desk.host.peers[-1].meet()
    desk.do("select", "s1")
    for word in [message for message in page.host.peers[-1].posted if message["type"] == "recording"]:
        desk.host.peers[-1].say(word)
    desk.host.wait(0)
    assert desk.state["conversation"]["recording"] == {"state": "unavailable", "reason": "no_room", "seconds": 0}
    line = recording_reason(desk.state["conversation"]["recording"], T)
    assert line and line[-1] == "Our recorder has no space left. We keep trying."
    assert log(desk.console.sessions["s1"].conversation)[-1]["event"] == "recording_unavailable"


def test_the_consoles_log_says_each_change_once() -> None:
    desk = ConsolePage().sign_in().accepted()
    desk.host.peers[-1].meet()
    for state in ("off", "starting", "on", "on", "paused", "starting", "on", "unavailable", "on", "stopped", "stopped"):
        desk.host.peers[-1].say({"type": "recording", "state": state, "seconds": 1, "at": 1})
    found = [event for event in events(desk.console.sessions["s1"].conversation) if event.startswith("recording_")]
    assert [event[10:] for event in found] == ["started", "paused", "resumed", "unavailable", "resumed", "stopped"]


def test_what_a_page_said_that_is_gone_is_not_shown() -> None:
    desk = ConsolePage().sign_in().accepted()
    desk.host.peers[-1].meet()
    desk.do("select", "s1")
    desk.host.peers[-1].say({"type": "recording", "state": "on", "seconds": 60, "at": 1})
    desk.say("left", session="s1", peer="customer")
    assert desk.state["conversation"]["recording"] is None
