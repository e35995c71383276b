"""The end of a session on the page: the survey once, never after a notice, and nothing left on the device."""

from typing import Any

import pytest

from tests.ui.pages import CustomerPage, events
from tests.ui.test_way import answers

QUESTIONS: list[dict[str, Any]] = [
    {"question": "q1", "kind": "rating", "text": "How was it?", "choices": []},
    {"question": "q2", "kind": "choice", "text": "Solved?", "choices": [{"choice": "yes", "text": "Yes"}]},
    {"question": "q3", "kind": "text", "text": "What else?", "choices": []},
]


def asked(page: CustomerPage, how: str = "server") -> CustomerPage:
    """Over, and the survey is there."""
    if how == "own":
        page.do("confirm_end")
    page.signaling.say("ended", reason="representative")
    page.signaling.say("survey", questions=QUESTIONS)
    return page


@pytest.mark.parametrize("how", ["own", "server"])
def test_the_survey_follows_the_end_and_is_answered_once(how: str) -> None:
    page = asked(CustomerPage().talk(), how)
    assert page.screen == "survey"
    page.do("answer_survey", "q1", "4", value=True)
    page.do("answer_survey", "q3", value=" fine\u0007 ")
    page.do("send_survey")
    page.do("send_survey")
    assert page.signaling.sent[-1] == {
        "type": "survey",
        "answers": [{"question": "q1", "value": "4"}, {"question": "q3", "value": "fine"}],
    }
    assert page.signaling.kinds().count("survey") == 1
    page.signaling.say("survey_kept")
    assert page.screen == "ended" and page.state["ended"]["thanked"]
    assert page.host.device == {} and page.host.drafts == {} and not page.signaling.wanted


def test_skipping_is_an_answer_too() -> None:
    page = asked(CustomerPage().talk())
    page.do("skip_survey")
    assert page.signaling.sent[-1] == {"type": "survey", "answers": []}
    assert page.screen == "ended" and not page.state["ended"]["thanked"] and page.host.device == {}


def test_no_survey_means_that_nothing_is_kept_after_a_moment() -> None:
    page = CustomerPage().talk()
    page.signaling.say("ended", reason="representative")
    page.host.wait(5000)
    assert page.screen == "ended" and page.host.device == {} and not page.signaling.wanted


def test_a_site_without_a_survey_leaves_nothing_at_once() -> None:
    page = CustomerPage().talk()
    page.site["survey"] = False
    page.signaling.say("ended", reason="representative")
    assert page.screen == "ended" and page.host.device == {} and not page.signaling.wanted


def test_a_reload_comes_back_to_the_survey_with_what_was_answered() -> None:
    page = asked(CustomerPage().talk())
    page.do("answer_survey", "q1", "2", value=True)
    page = page.reloaded()
    page.welcome("ended", session="s1", reason="representative")
    page.signaling.say("survey", questions=QUESTIONS)
    assert page.screen == "survey" and page.state["survey"]["answers"] == {"q1": "2", "q2": "", "q3": ""}


def test_answers_that_the_line_swallowed_are_sent_again() -> None:
    page = asked(CustomerPage().talk())
    page.signaling.drop()
    page.do("answer_survey", "q1", "5", value=True)
    page.do("send_survey")
    assert page.state["survey"]["problem"] == "unreachable"
    page.signaling.connect()
    page.welcome("ended", session="s1", reason="representative")
    page.signaling.say("survey", questions=QUESTIONS)
    assert page.signaling.sent[-1]["answers"] == [{"question": "q1", "value": "5"}]
    page.signaling.say("survey_kept")
    assert page.state["ended"]["thanked"]


def test_answers_that_are_refused_stay_in_the_form() -> None:
    page = asked(CustomerPage().talk())
    page.do("answer_survey", "q3", value="x" * 2001)
    page.do("send_survey")
    assert page.state["survey"]["problem"] == "too_long" and "survey" not in page.signaling.kinds()
    page.do("answer_survey", "q3", value="x")
    page.do("send_survey")
    page.signaling.say("error", code="wrong_state", detail="")
    assert (page.screen, page.state["survey"]["problem"]) == ("survey", "refused")
    assert page.state["survey"]["answers"]["q3"] == "x"


def test_another_tab_may_take_the_survey() -> None:
    page = asked(CustomerPage().talk())
    page.signaling.drop(4409, True)
    assert page.screen == "taken_over"


# notices in a session


def test_a_notice_in_a_session_is_a_card_until_it_is_answered_or_withdrawn() -> None:
    page = CustomerPage().talk()
    page.signaling.say("notice", notice="n1", title="No mail", text="We know.")
    page.signaling.say("notice", notice="n1", title="No mail at all", text="We know.")
    assert [card["title"] for card in page.state["cards"]] == ["No mail at all"]
    page.do("continue_after_notice", "n1")
    assert page.state["cards"] == [] and answers(page) == [("notice", "go_on")] and page.screen == "session"
    page.signaling.say("notice", notice="n2", title="No phone", text="")
    page.signaling.say("notice_ended", notice="n2")
    assert page.state["cards"] == []


@pytest.mark.parametrize("online", [True, False])
def test_leaving_by_a_notice_never_leads_to_the_survey(online: bool) -> None:
    page = CustomerPage().talk()
    page.signaling.say("notice", notice="n1", title="No mail", text="We know.")
    if not online:
        page.signaling.drop()
    page.do("leave_by_notice", "n1")
    assert (page.screen, page.state["ended"]["reason"]) == ("ended", "notice")
    if not online:
        page.signaling.connect()
        page.welcome("active", session="s1")
    assert answers(page) == [("notice", "leave")] and page.signaling.sent[-1]["about"] == "n1"
    page.signaling.say("ended", reason="notice")
    page.controller.signaling_received({"type": "survey", "questions": QUESTIONS})
    assert page.screen == "ended" and events(page.session.conversation)[-1] == "ended"
    assert page.host.device == {} and not page.signaling.wanted


@pytest.mark.parametrize("reason", ["left_queue", "orphaned", "message_left", "customer_gone"])
def test_who_met_nobody_is_asked_nothing(reason: str) -> None:
    page = CustomerPage().queue()
    page.signaling.say("ended", reason=reason)
    assert page.screen == "ended" and not page.state["ended"]["transcript"]
    assert page.host.device == {} and not page.signaling.wanted
