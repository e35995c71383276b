"""The end that nobody heard is kept on the device until the server has heard it, whichever page tells it."""

import pytest

from tests.ui.fakes import FakeHost
from tests.ui.pages import CustomerPage
from tests.ui.test_ending import QUESTIONS
from tests.ui.test_way import agreement, answers


def closed_and_opened(page: CustomerPage, pressed: bool = False) -> CustomerPage:
    """The page was closed, and another one is opened on the same device."""
    return CustomerPage(FakeHost(page.host.device, page.host.records, page.host.drafts)).begin(pressed)


def ended_unheard() -> CustomerPage:
    page = CustomerPage().talk()
    page.signaling.drop()
    page.do("confirm_end")
    assert page.screen == "ended"
    return page


def test_the_next_page_says_it_and_shows_the_form() -> None:
    page = closed_and_opened(ended_unheard())
    assert page.screen == "portal" and page.signaling.wanted
    page.signaling.connect()
    assert page.signaling.sent[-1]["resume"] == "t1"
    page.welcome("active", session="s1")
    page.join()
    assert page.signaling.kinds()[-1] == "end" and page.screen == "portal" and page.session is None
    page.signaling.say("ended", reason="customer")
    assert page.host.device == {} and not page.signaling.wanted and page.screen == "portal"


@pytest.mark.parametrize("state", ["ended", "new"])
def test_where_the_server_knows_already_nothing_is_said(state: str) -> None:
    page = closed_and_opened(ended_unheard())
    page.signaling.connect()
    page.welcome(state, **({"session": "s1", "reason": "customer"} if state == "ended" else {}))
    assert page.signaling.kinds() == ["hello"] and page.host.device == {} and page.screen == "portal"


def test_it_is_tried_again_until_it_was_heard() -> None:
    page = closed_and_opened(ended_unheard())
    page.signaling.connect()
    page.welcome("active", session="s1")
    page.signaling.drop()
    assert page.signaling.wanted and page.state["portal"]["problem"] == ""
    page = closed_and_opened(page)
    page.signaling.connect()
    page.welcome("active", session="s1")
    page.signaling.say("ended", reason="customer")
    assert page.host.device == {}


def test_a_new_chat_begins_after_it_as_somebody_else() -> None:
    page = closed_and_opened(ended_unheard(), pressed=True)
    page.signaling.connect()
    page.welcome("active", session="s1")
    page.signaling.say("ended", reason="customer")
    assert page.signaling.wanted and not page.signaling.is_open
    page.signaling.connect()
    assert "resume" not in page.signaling.sent[-1]
    page.welcome("new")
    assert page.signaling.kinds()[-1] == "enter"
    page.signaling.say("admitted", session="s2", token="t2")
    assert page.session.id == "s2" and page.host.device["token"] == "t2"


def test_an_answer_that_was_the_end_is_said_as_it_was_given() -> None:
    page = agreement(CustomerPage().enter())
    page.signaling.drop()
    page.do("answer", "decline")
    page = closed_and_opened(page)
    page.signaling.connect()
    page.welcome("arriving", session="s1")
    assert answers(page) == [("agreement", "decline")]
    page.signaling.say("error", code="wrong_state", detail="")
    page.signaling.say("error", code="wrong_state", detail="")
    assert page.signaling.kinds()[-1] == "end" and page.signaling.kinds().count("end") == 1
    page.signaling.say("ended", reason="left_queue")
    assert page.host.device == {}


def test_an_end_that_was_sent_into_a_dead_line_is_said_again() -> None:
    page = CustomerPage().talk()
    page.do("confirm_end")
    assert page.signaling.kinds().count("end") == 1
    page.signaling.drop()
    page.signaling.connect()
    page.welcome("active", session="s1")
    assert page.signaling.kinds().count("end") == 2
    page.signaling.say("ended", reason="customer")
    assert "farewell" not in page.host.device


def test_after_an_end_that_was_heard_a_reload_comes_back_to_the_survey() -> None:
    page = CustomerPage().talk()
    page.do("confirm_end")
    page.signaling.say("ended", reason="customer")
    page.signaling.say("survey", questions=QUESTIONS)
    page.do("answer_survey", "q3", value="Thank you")
    assert page.screen == "survey"
    page = closed_and_opened(page)
    page.signaling.connect()
    assert page.signaling.sent[-1]["resume"] == "t1"
    page.welcome("ended", session="s1", reason="customer")
    page.signaling.say("survey", questions=QUESTIONS)
    assert page.screen == "survey" and page.state["survey"]["answers"]["q3"] == "Thank you"
