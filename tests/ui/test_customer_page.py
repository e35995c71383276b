"""The customer's page hears every message of the server in every state, and never stands on the wrong screen."""

from typing import Any

import pytest

from deskside.core.close_codes import TAKEN_OVER
from tests.ui.fakes import FakeHost
from tests.ui.pages import CustomerPage, events

WELCOME = {"peer": "me", "now": 1}


# the way in


def test_the_form_leads_into_the_queue() -> None:
    page = CustomerPage().queue()
    assert page.screen == "waiting" and page.state["waiting"]["position"] == 3
    assert page.signaling.kinds() == ["hello", "enter"]
    assert page.signaling.sent[-1]["notifications"] == "granted"
    assert page.host.device["token"] == "t1"
    page.signaling.say("position", position=2)
    assert page.state["waiting"]["position"] == 2


def test_a_form_that_was_sent_before_python_came_is_sent() -> None:
    page = CustomerPage().begin(pressed=True)
    assert page.signaling.wanted


@pytest.mark.parametrize("state", ["arriving", "queued", "active"])
def test_a_welcome_that_names_no_session_leads_nowhere(state: str) -> None:
    page = CustomerPage().begin()
    page.do("start_chat")
    page.signaling.connect()
    before = page.screen
    page.signaling.say("welcome", state=state, **WELCOME)
    assert page.screen == before and "token" not in page.host.device


def test_a_form_with_controls_in_it_is_sent_without_them() -> None:
    page = CustomerPage().begin()
    page.do("set_name", value="Bo\u202eb\u0007\t Brown")
    page.do("set_question", value="Help\r\nme\u0000")
    page.do("start_chat")
    page.signaling.connect()
    page.signaling.say("welcome", state="new", **WELCOME)
    enter = page.signaling.sent[-1]
    assert (enter["name"], enter["question"]) == ("Bob Brown", "Help\nme")


@pytest.mark.parametrize(("field", "most", "problem"), [("name", 100, "name"), ("question", 2000, "question")])
def test_what_is_too_long_is_said_and_not_sent(field: str, most: int, problem: str) -> None:
    page = CustomerPage().begin()
    page.do("set_" + field, value="x" * (most + 1))
    page.do("start_chat")
    assert page.state["portal"]["problem"] == problem + "_too_long" and not page.signaling.wanted
    page.do("set_" + field, value="x" * most)
    assert page.state["portal"]["problem"] == ""


def test_a_server_that_is_away_is_said_beside_the_form_until_it_is_back() -> None:
    page = CustomerPage().begin()
    page.do("start_chat")
    page.signaling.drop()
    assert (page.screen, page.state["portal"]["problem"]) == ("portal", "unreachable")
    assert not page.state["portal"]["busy"]
    page.do("start_chat")
    page.signaling.connect()
    page.signaling.say("welcome", state="new", **WELCOME)
    assert page.state["portal"]["problem"] == "" and page.signaling.kinds()[-1] == "enter"


@pytest.mark.parametrize(("code", "problem"), [("too_many", "not_allowed"), ("queue_full", "closed")])
def test_a_refusal_at_the_door_gives_the_form_back(code: str, problem: str) -> None:
    page = CustomerPage().begin()
    page.do("start_chat")
    page.signaling.connect()
    page.signaling.say("welcome", state="new", **WELCOME)
    page.signaling.say("error", code=code, detail="")
    assert page.state["portal"]["problem"] == problem and not page.state["portal"]["busy"]
    page.do("start_chat")
    assert page.signaling.kinds().count("enter") == 2


def test_an_error_in_a_session_troubles_nobody() -> None:
    page = CustomerPage().talk()
    page.signaling.say("error", code="peer_away", detail="")
    assert page.screen == "session" and page.state["portal"]["problem"] == ""


# waiting and meeting


def test_who_comes_is_announced_once() -> None:
    page = CustomerPage().talk()
    page.join()
    assert page.screen == "session" and page.state["representative"] == "Ann"
    assert events(page.session.conversation) == ["joined"] and len(page.host.peers) == 1


def test_a_representatives_page_that_comes_back_is_another_peer() -> None:
    page = CustomerPage().talk()
    page.signaling.say("left", peer="rep")
    assert page.screen == "session" and page.session.connection == "connecting"
    page.join("rep2")
    assert events(page.session.conversation) == ["joined", "returned"]


@pytest.mark.parametrize(
    "kind",
    [
        *("joined", "left", "signal", "position", "ended", "error", "ping", "queued", "step"),
        *("notice", "notice_ended", "site", "survey", "survey_kept", "admitted"),
    ],
)
def test_no_message_harms_a_page_that_has_no_session(kind: str) -> None:
    negotiation = {"connection": "talk", "number": 1, "candidate": {"candidate": "x"}}
    fields: dict[str, Any] = {
        "joined": {"peer": "rep", "name": "Ann", "ice_servers": [], "started_at": 1},
        "left": {"peer": "rep"},
        "signal": {"from": "rep", "negotiation": negotiation},
        "position": {"position": 1},
        "ended": {"reason": "customer_gone"},
        "error": {"code": "x", "detail": ""},
        "queued": {"position": 1, "entered_at": 1},
        "admitted": {"session": "s1", "token": "t"},
        "step": {"step": "queue", "title": "", "text": ""},
        "notice": {"notice": "n", "title": "T", "text": ""},
        "notice_ended": {"notice": "n"},
        "site": {"version": 2},
        "survey": {"questions": []},
    }
    page = CustomerPage().begin()
    page.do("start_chat")
    page.signaling.connect()
    page.signaling.say(kind, **fields.get(kind, {}))
    assert page.screen == ("ended" if kind == "ended" else "portal")


def test_a_server_that_is_away_does_not_end_the_session() -> None:
    page = CustomerPage().talk()
    page.signaling.drop()
    assert page.screen == "session" and page.session.connection == "connected"
    page.signaling.connect()
    assert page.signaling.sent[-1]["resume"] == "t1"
    page.signaling.say("welcome", state="active", session="s1", **WELCOME)
    page.join()
    assert page.screen == "session" and len(page.host.peers) == 1


# coming back


def test_a_reload_in_the_queue_comes_back_to_the_queue() -> None:
    page = CustomerPage().queue().reloaded()
    assert page.signaling.sent[-1]["resume"] == "t1"
    assert page.host.attention.registered == 1  # Android's notifications come from the worker
    page.signaling.say("welcome", state="queued", session="s1", **WELCOME)
    page.queued(1)
    assert "resumed" not in page.host.calls
    page.step("queue")
    assert page.screen == "waiting" and "resumed" in page.host.calls


def test_a_reload_in_a_session_comes_back_to_it_while_the_other_side_is_away() -> None:
    page = CustomerPage().talk().reloaded()
    page.signaling.say("welcome", state="active", session="s1", **WELCOME)
    assert page.screen == "session" and page.state["representative"] == "Ann"
    page.join()
    assert events(page.session.conversation) == ["joined"]


def test_what_was_shared_before_a_reload_is_not_shared_after_it_but_offered() -> None:
    before = CustomerPage().talk()
    before.do("share_screen")
    before.host.pickers[0].choose()
    before.controller.leaving()
    assert not before.host.pickers[0].track.is_live
    page = before.reloaded()
    page.signaling.say("welcome", state="active", session="s1", **WELCOME)
    page.join()
    assert page.session.permissions.in_force(page.host.now()) == []
    assert [card["kind"] for card in page.state["cards"]] == ["share_again"]
    page.do("share_again")
    assert len(page.host.pickers) == 1


@pytest.mark.parametrize(
    "welcome",
    [
        {"state": "new"},
        {"state": "ended", "reason": "customer_gone", "session": "s1"},
        {"state": "ended"},
    ],
)
def test_a_session_that_is_over_meanwhile_is_said_to_be_over_with_its_transcript(welcome: dict[str, Any]) -> None:
    page = CustomerPage().talk().reloaded()
    page.signaling.say("welcome", **welcome, **WELCOME)
    page.host.wait(5000)
    assert page.screen == "ended" and page.state["ended"]["transcript"]
    assert page.host.device == {} and page.host.records.kept == {}
    assert page.signaling.kinds() == ["hello"] and not page.signaling.wanted


def test_a_page_that_cannot_come_back_says_so_and_goes_on_trying() -> None:
    page = CustomerPage(FakeHost(CustomerPage().talk().host.device)).begin()
    page.signaling.drop()
    assert (page.screen, page.state["failed"]) == ("failed", "unreachable") and page.signaling.wanted
    page.signaling.connect()
    page.signaling.say("welcome", state="active", session="s1", **WELCOME)
    assert page.screen == "session"


# another tab


def test_another_tab_takes_over_and_this_one_lets_go_without_touching_what_is_kept() -> None:
    page = CustomerPage().talk()
    page.do("share_screen")
    page.host.pickers[0].choose()
    kept = dict(page.host.records.kept)
    page.signaling.drop(TAKEN_OVER, True)
    assert page.screen == "taken_over" and page.session is None
    assert not page.host.pickers[0].track.is_live and page.host.peers[-1].is_gone
    assert page.host.records.kept == kept and page.host.device["token"] == "t1"
    page.host.wait(5000)
    page.do("use_this_tab")
    assert page.host.reloads == 1


# the end


@pytest.mark.parametrize("how", ["own", "server", "bye"])
def test_the_end_is_the_same_whoever_says_it_and_comes_once(how: str) -> None:
    page = CustomerPage().talk()
    for _ in range(2):
        if how == "own":
            page.do("end_session")
            page.do("confirm_end")
        elif how == "server":
            page.controller.signaling_received({"type": "ended", "reason": "representative"})
        else:
            page.session.on_bye({"type": "bye"})
    assert page.screen == "ended"
    assert events(page.session.conversation) == ["joined", "ended"]
    assert page.host.records.kept == {}
    if how == "own":
        assert page.host.device["farewell"] == page.host.device["token"]
        page.signaling.say("ended", reason="customer")
    page.host.wait(5000)
    assert page.host.device == {} and page.host.records.kept == {}
    assert page.signaling.kinds().count("end") == (1 if how == "own" else 0)


def test_what_comes_after_the_end_starts_nothing() -> None:
    page = CustomerPage().talk()
    page.do("share_screen")
    page.do("confirm_end")
    for message in (
        {"type": "joined", "peer": "rep2", "name": "Eve", "ice_servers": [], "started_at": 1},
        {"type": "welcome", "state": "active", "session": "s1", **WELCOME},
        {"type": "ended", "reason": "representative"},
    ):
        page.controller.signaling_received(message)
    assert not page.host.pickers[0].choose().is_live
    page.controller.revoked()
    page.host.wait(5000)
    assert page.screen == "ended" and len(page.host.peers) == 1
    assert page.host.records.kept == {} and events(page.session.conversation)[-1] == "ended"


def test_leaving_the_queue_ends_without_a_transcript() -> None:
    page = CustomerPage().queue()
    page.do("leave_queue")
    assert (page.screen, page.state["ended"]["transcript"]) == ("ended", False)
    assert page.signaling.kinds()[-1] == "end"


def test_the_transcript_can_be_taken_along_after_the_end() -> None:
    page = CustomerPage().talk()
    page.do("write", value="<script>alert(1)</script>")
    page.do("send")
    page.do("confirm_end")
    page.do("download_transcript")
    assert "&lt;script&gt;" in page.host.saved[0][1]
