"""Waiting, on the page: the place, an honest wait, the hold message, notices, and nobody being there."""

from typing import Any

import pytest

from deskside.ui.customer.values import wait_text
from tests.ui.catalogue import english
from tests.ui.pages import CustomerPage, T, events, log
from tests.ui.test_way import answers, shown

HOLD = {"text": "Number **{position}**, {wait}.", "every": 60}
REDIRECT = {"url": "https://example.org/help?x=1", "after": 20}


def find(node: Any, identifier: str) -> Any:
    """The element of the page that has this id."""
    if node.attributes.get("id") == identifier:
        return node
    return next((found for child in node.children if (found := find(child, identifier))), None)


def orphaned(page: CustomerPage, **fields: Any) -> CustomerPage:
    return page.step("orphaned", text="Nobody is here.", **fields)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 0, "less than a minute"),
        (20, 60, "less than a minute"),
        (10, 61, "up to 2 minutes"),
        (240, 540, "about 4 to 9 minutes"),
        (241, 538, "about 4 to 9 minutes"),
        (300, 300, "about 5 minutes"),
        (3600, 7200, "about 60 to 120 minutes"),
        (3700, 10_000, "about 1 to 3 hours"),
        (100, 9000, "up to 3 hours"),
    ],
)
def test_a_wait_is_a_range_in_round_numbers(low: int, high: int, words: str) -> None:
    assert wait_text({"low": low, "high": high}, T) == words


def test_without_evidence_the_page_says_that_it_cannot_tell() -> None:
    page = CustomerPage().queue()
    assert "we cannot tell yet" in shown(page) and "in 6 of 10" not in shown(page)
    page.signaling.say("position", position=2, wait={"low": 240, "high": 540})
    assert "about 4 to 9 minutes" in shown(page) and "right in 6 of 10 cases" in shown(page)
    assert english()["way.wait.trust"] in shown(page)


def test_the_greeting_holds_what_is_so_now() -> None:
    page = CustomerPage().enter().queued(3).step("queue", text="You are number {position}: {wait}")
    assert "You are number  3 :  we cannot tell yet" in shown(page)
    page.signaling.say("position", position=1, wait={"low": 240, "high": 540})
    assert "You are next" in shown(page) and "about 4 to 9 minutes" in shown(page)


def test_the_hold_message_comes_at_its_interval_with_fresh_values() -> None:
    page = CustomerPage().enter().queued(3).step("queue", hold=HOLD)
    page.host.wait(59_000)
    assert events(page.session.conversation) == []
    page.signaling.say("position", position=2, wait={"low": 240, "high": 540})
    page.host.wait(2000)
    page.signaling.say("position", position=1)
    page.host.wait(60_000)
    assert [entry["text"] for entry in log(page.session.conversation)] == [
        "Number 2, about 4 to 9 minutes.",
        "Number 1, we cannot tell yet.",
    ]


def test_a_reload_does_not_say_the_hold_message_again() -> None:
    page = CustomerPage().enter().queued(3).step("queue", hold=HOLD)
    page.host.wait(61_000)
    page = page.reloaded()
    page.welcome("queued", session="s1")
    page.queued(3).step("queue", hold=HOLD)
    page.host.wait(30_000)
    assert events(page.session.conversation) == ["hold"]
    page.host.wait(30_000)
    assert events(page.session.conversation) == ["hold", "hold"]


def test_somebody_who_comes_ends_the_waiting_and_its_messages() -> None:
    page = CustomerPage().enter().queued(1).step("queue", hold=HOLD).join()
    page.host.wait(300_000)
    assert page.screen == "session" and "hold" not in events(page.session.conversation)


def test_what_is_being_written_stays_when_a_step_comes() -> None:
    page = CustomerPage().queue()
    page.do("write", value="It began when")
    focused = page.dom.active = find(page.dom.place, "message")
    for step in ("notice", "orphaned", "queue"):
        page.step(step, title="T")
        assert page.screen == "waiting" and page.session.conversation.talk["draft"] == "It began when"
        assert page.dom.active is focused
    assert page.reloaded().session.conversation.talk["draft"] == "It began when"


def test_a_notice_while_waiting_can_be_waited_through_or_left_by() -> None:
    page = CustomerPage().queue().step("notice", about="n1", title="No mail")
    assert "No mail" in page.state["status"]
    page.do("answer", "go_on")
    assert answers(page) == [("notice", "go_on")]
    page.step("queue")
    page.step("notice", about="n2", title="No phone")
    page.do("answer", "leave")
    assert (page.screen, page.state["ended"]["reason"]) == ("ended", "notice")
    assert page.signaling.sent[-1]["about"] == "n2"


# nobody is there


def test_who_arrives_while_nobody_is_there_is_told_by_the_screen_and_who_waits_also_by_a_sound() -> None:
    page = orphaned(CustomerPage().enter().queued())
    assert page.host.attention.happened == [] and page.state["status"] == ""
    page.step("queue")
    orphaned(page)
    assert page.host.attention.happened == ["sound"] and "Nobody is available" in page.state["status"]


def test_the_page_goes_to_the_companys_address_after_a_countdown_that_is_seen() -> None:
    page = orphaned(CustomerPage().queue(), redirect=REDIRECT)
    assert page.state["step"]["redirect"] == {"url": REDIRECT["url"], "host": "example.org", "left": 20}
    page.host.wait(10_000)
    assert page.state["status"] == "This page goes to example.org in 10 seconds"
    page.host.wait(11_000)
    assert answers(page) == [("orphaned", "leave")] and page.host.gone_to == ""
    page.signaling.say("ended", reason="orphaned")
    assert page.host.gone_to == REDIRECT["url"] and page.state["ended"]["goes_to"] == REDIRECT["url"]
    assert page.host.device == {}


def test_without_a_line_it_goes_nowhere_until_there_is_one() -> None:
    page = orphaned(CustomerPage().queue(), redirect=REDIRECT)
    page.signaling.drop()
    page.host.wait(60_000)
    assert page.host.gone_to == "" and page.screen == "waiting"


def test_who_stays_is_not_sent_away_any_more() -> None:
    page = orphaned(CustomerPage().queue(), redirect=REDIRECT)
    page.do("stay_here")
    page.host.wait(60_000)
    assert answers(page) == [("orphaned", "go_on")] and page.screen == "waiting"
    orphaned(page.step("queue"), redirect=REDIRECT)
    assert page.state["step"]["redirect"] is None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc/passwd", ""])
def test_it_goes_to_web_addresses_only(url: str) -> None:
    page = orphaned(CustomerPage().queue(), redirect={"url": url, "after": 0})
    page.host.wait(5000)
    assert page.state["step"]["redirect"] is None and answers(page) == []


def test_the_countdown_goes_on_where_it_was_when_the_texts_come_again() -> None:
    page = orphaned(CustomerPage().queue(), redirect=REDIRECT)
    page.host.wait(8000)
    orphaned(page, redirect=REDIRECT)
    assert page.state["step"]["redirect"]["left"] == 12


def test_who_comes_back_while_nobody_is_there_waits_on() -> None:
    page = orphaned(CustomerPage().queue(), redirect=REDIRECT)
    page.step("queue")
    page.host.wait(60_000)
    assert page.screen == "waiting" and answers(page) == []


def test_a_message_is_left_and_that_is_a_clear_end() -> None:
    page = orphaned(CustomerPage().queue(), redirect=REDIRECT, takes_message=True)
    page.do("open_message")
    assert page.state["step"]["redirect"] is None and answers(page) == [("orphaned", "go_on")]
    page.do("send_message")
    assert page.state["step"]["message"]["problem"] == "empty"
    page.do("write_message", "text", value="Call me\u0000")
    page.do("write_message", "contact", value=" bob@example.org ")
    page.do("send_message")
    page.do("send_message")
    assert page.signaling.sent[-1] == {"type": "leave_message", "text": "Call me", "contact": "bob@example.org"}
    assert page.signaling.kinds().count("leave_message") == 1
    page.signaling.say("ended", reason="message_left")
    assert (page.screen, page.state["ended"]["reason"]) == ("ended", "message_left")
    assert page.host.drafts == {} and page.host.device == {}


def test_a_message_that_is_being_written_outlives_a_reload_and_a_lost_line() -> None:
    page = orphaned(CustomerPage().queue(), redirect=REDIRECT, takes_message=True)
    page.do("open_message")
    page.do("write_message", "text", value="Call me")
    page = page.reloaded()
    page.welcome("queued", session="s1")
    orphaned(page.queued(), redirect=REDIRECT, takes_message=True)
    form = page.state["step"]["message"]
    assert (form["open"], form["text"], page.state["step"]["redirect"]) == (True, "Call me", None)
    page.signaling.drop()
    page.do("send_message")
    assert form["problem"] == "unreachable" and form["text"] == "Call me"
    page.signaling.connect()
    page.welcome("queued", session="s1")
    orphaned(page, takes_message=True)
    page.do("send_message")
    page.signaling.say("error", code="too_many", detail="")
    assert page.state["step"]["message"]["problem"] == "refused"


@pytest.mark.parametrize("code", ["too_many_messages", "messages_full"])
def test_a_message_for_which_there_is_no_room_is_kept_and_can_be_sent_later(code: str) -> None:
    page = orphaned(CustomerPage().queue(), takes_message=True)
    page.do("open_message")
    page.do("write_message", "text", value="Call me")
    page.do("send_message")
    page.signaling.say("error", code=code, detail="")
    form = page.state["step"]["message"]
    assert (form["problem"], form["busy"], form["text"], page.screen) == (code, False, "Call me", "waiting")
    page.do("send_message")
    assert page.signaling.kinds().count("leave_message") == 2


@pytest.mark.parametrize(
    ("field", "most", "problem"), [("text", 4000, "too_long"), ("contact", 200, "contact_too_long")]
)
def test_what_is_too_long_for_a_message_is_said_and_kept(field: str, most: int, problem: str) -> None:
    page = orphaned(CustomerPage().queue(), takes_message=True)
    page.do("open_message")
    page.do("write_message", "text", value="Hello")
    page.do("write_message", field, value="x" * (most + 1))
    page.do("send_message")
    form = page.state["step"]["message"]
    assert form["problem"] == problem and len(form[field]) == most + 1
    assert "leave_message" not in page.signaling.kinds()
