"""The steps before the queue, on the page: one at a time, answered once, and back where one was after anything."""

from typing import Any

import pytest

from deskside.ui.node import parts
from tests.ui.pages import CustomerPage
from tests.ui.trees import walk


def agreement(page: CustomerPage, seconds: int = 120, **fields: Any) -> CustomerPage:
    ends_at = int(page.host.time) + seconds * 1000
    return page.step("agreement", about="digest", title="Before we start", text="Be kind.", ends_at=ends_at, **fields)


def shown(page: CustomerPage) -> str:
    """Everything that stands on the page."""
    texts: list[str] = []

    def gather(node: Any) -> None:
        if node.tag is None:
            texts.append(node.text)
        for child in node.children:
            gather(child)

    gather(page.dom.place)
    return " ".join(texts)


def answers(page: CustomerPage) -> list[tuple[str, str]]:
    return [(sent["step"], sent["answer"]) for sent in page.signaling.sent if sent["type"] == "answer"]


def test_each_step_is_a_screen_and_nothing_is_there_that_the_server_did_not_ask_for() -> None:
    page = CustomerPage().enter()
    assert page.screen == "portal"
    for step in ("notifications", "agreement", "recording", "notice"):
        page.step(step, title="T")
        assert page.screen == step
    page.queued()
    assert page.screen == "notice"
    page.step("queue")
    assert page.screen == "waiting"


def test_the_portal_is_remembered_until_the_server_has_it() -> None:
    page = CustomerPage().begin()
    page.do("set_name", value="Bob")
    page.do("set_question", value="No sound")
    assert page.host.drafts == {"name": "Bob", "question": "No sound"}
    page.enter()
    assert page.host.drafts == {}
    assert page.host.device["name"] == "Bob"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [("ABCD2345", "ABCD2345"), ("abcd-2345", "ABCD2345"), (" ab cd 23 45 ", "ABCD2345"), ("oi1b0234", "OIIBO234")],
)
def test_a_session_key_may_be_typed_as_people_type(typed: str, sent: str) -> None:
    page = CustomerPage().begin()
    page.do("set_key", value=typed)
    page.do("start_chat")
    page.signaling.connect()
    page.welcome("new")
    assert page.signaling.sent[-1]["key"] == sent


def test_half_a_key_is_said_before_it_is_sent() -> None:
    page = CustomerPage().begin()
    page.do("set_key", value="ABC")
    page.do("start_chat")
    assert page.state["portal"]["problem"] == "incomplete_key" and not page.signaling.wanted
    page.do("set_key", value="")
    assert page.state["portal"]["problem"] == ""


@pytest.mark.parametrize(
    ("code", "problem"),
    [("unknown_key", "unknown_key"), ("unknown_issue", "unknown_issue"), ("too_many", "not_allowed")],
)
def test_what_the_server_refuses_is_said_and_the_form_kept(code: str, problem: str) -> None:
    page = CustomerPage().begin()
    page.do("set_name", value="Bob")
    page.do("set_key", value="ABCD2345")
    page.do("start_chat")
    page.signaling.connect()
    page.welcome("new")
    page.signaling.say("error", code=code, detail="")
    form = page.state["portal"]
    assert (page.screen, form["problem"], form["busy"], form["name"]) == ("portal", problem, False, "Bob")
    assert page.host.drafts["key"] == "ABCD2345"
    assert page.fetched == (1 if code == "unknown_issue" else 0)


def test_the_browser_asks_within_the_press_and_any_answer_goes_on() -> None:
    page = CustomerPage()
    page.host.attention.permission = "default"
    page.enter().step("notifications")
    assert page.signaling.sent[-1]["notifications"] == "default"
    page.do("allow_notifications")
    assert len(page.host.attention.asked) == 1 and answers(page) == []
    page.host.attention.asked[0]("denied")
    assert answers(page) == [("notifications", "go_on")]


def test_an_answer_about_notifications_that_comes_late_changes_nothing() -> None:
    page = CustomerPage().enter().step("notifications")
    page.do("allow_notifications")
    page.do("answer", "go_on")
    agreement(page)
    page.host.attention.asked[0]("granted")
    assert answers(page) == [("notifications", "go_on")] and page.screen == "agreement"


def test_an_answer_is_given_once_and_stays_on_the_screen_until_the_next_step() -> None:
    page = agreement(CustomerPage().enter())
    page.do("answer", "accept")
    page.do("answer", "accept")
    assert answers(page) == [("agreement", "accept")] and page.screen == "agreement"
    assert page.signaling.sent[-1]["about"] == "digest"
    page.step("recording")
    assert page.screen == "recording" and not page.state["step"]["busy"]


def test_an_answer_that_the_line_swallowed_is_given_again() -> None:
    page = agreement(CustomerPage().enter())
    page.signaling.drop()
    page.do("answer", "accept")
    assert answers(page) == []
    page.signaling.connect()
    page.welcome("arriving", session="s1")
    agreement(page)
    assert answers(page) == [("agreement", "accept")]


def test_an_answer_that_is_refused_can_be_given_again() -> None:
    page = agreement(CustomerPage().enter())
    page.do("answer", "accept")
    page.signaling.say("error", code="wrong_state", detail="")
    page.do("answer", "accept")
    assert answers(page) == [("agreement", "accept")] * 2


def test_declining_ends_here_at_once_and_the_server_hears_of_it() -> None:
    page = agreement(CustomerPage().enter())
    page.do("answer", "decline")
    assert (page.screen, page.state["ended"]["reason"]) == ("ended", "declined")
    assert answers(page) == [("agreement", "decline")]
    page.signaling.say("ended", reason="declined")
    assert page.host.device == {}


def test_declining_without_a_line_is_said_as_soon_as_there_is_one() -> None:
    page = agreement(CustomerPage().enter())
    page.signaling.drop()
    page.do("answer", "decline")
    assert page.screen == "ended" and page.signaling.wanted
    page.signaling.connect()
    page.welcome("arriving", session="s1")
    assert answers(page) == [("agreement", "decline")]
    page.signaling.say("ended", reason="declined")
    assert page.host.device == {} and not page.signaling.wanted


def test_leaving_before_the_queue_is_an_end_that_says_so() -> None:
    page = CustomerPage().enter().step("recording")
    page.do("leave_queue")
    assert page.state["ended"]["reason"] == "left_early" and page.signaling.kinds()[-1] == "end"


def test_the_countdown_follows_the_servers_clock_and_ends_the_answering() -> None:
    page = CustomerPage().begin()
    page.do("start_chat")
    page.signaling.connect()
    page.signaling.say("welcome", peer="me", state="new", now=int(page.host.time) + 30_000)
    page.signaling.say("admitted", session="s1", token="t1")
    page.step("recording", ends_at=int(page.host.time) + 30_000 + 12_000)
    assert page.state["step"]["left"] == 12
    page.host.wait(2000)
    assert page.state["step"]["left"] == 10
    page.host.wait(20_000)
    assert page.state["step"]["left"] == 0 and "Time is up" in shown(page)
    page.do("answer", "allow")
    assert answers(page) == []


def test_the_countdown_is_said_at_few_moments() -> None:
    page = agreement(CustomerPage().enter(), 65)
    said = []
    for _ in range(65):
        before = page.state["status"]
        page.host.wait(1000)
        if page.state["status"] != before:
            said.append(page.state["status"])
    assert said == ["60 seconds left", "30 seconds left", "10 seconds left"]


@pytest.mark.parametrize("step", ["notifications", "agreement", "recording", "notice"])
def test_a_reload_comes_back_to_the_same_step(step: str) -> None:
    page = CustomerPage().enter().step(step, about="a").reloaded()
    assert page.signaling.sent[-1]["resume"] == "t1"
    page.welcome("arriving", session="s1")
    assert "resumed" not in page.host.calls
    page.step(step, about="a")
    assert page.screen == step and "resumed" in page.host.calls
    assert "enter" not in page.signaling.kinds()


def test_a_page_that_lost_its_token_on_the_way_gets_it_again() -> None:
    page = CustomerPage().begin()
    page.do("start_chat")
    page.signaling.connect()
    page.welcome("new")
    page.signaling.drop()
    page.signaling.connect()
    page.welcome("arriving", session="s1")
    page.signaling.say("admitted", session="s1", token="t1")
    agreement(page)
    assert page.screen == "agreement" and page.signaling.kinds().count("enter") == 1
    assert page.host.device["token"] == "t1"


def test_who_never_was_in_the_queue_and_is_not_known_any_more_finds_the_form_again() -> None:
    page = CustomerPage().begin()
    page.do("set_name", value="Bob")
    page = agreement(page.enter()).reloaded()
    page.welcome("new")
    assert (page.screen, page.state["portal"]["name"]) == ("portal", "Bob")
    assert page.host.device == {} and not page.signaling.wanted
    page.do("start_chat")
    page.signaling.connect()
    page.welcome("new")
    assert page.signaling.sent[-2] == {"type": "hello", "role": "customer", "page": page.host.page}
    assert page.signaling.kinds()[-1] == "enter"


@pytest.mark.parametrize("reason", ["agreement_timeout", "declined", "notice", "customer_gone"])
def test_an_end_while_the_page_was_away_is_said_when_it_is_back(reason: str) -> None:
    page = agreement(CustomerPage().enter()).reloaded()
    page.welcome("ended", session="s1", reason=reason)
    assert (page.screen, page.state["ended"]["reason"]) == ("ended", reason)
    assert page.host.device == {}


def test_the_texts_come_again_in_another_language_and_nothing_else_changes() -> None:
    page = agreement(CustomerPage().enter())
    page.do("answer", "accept")
    page.step("agreement", about="digest", title="Bevor wir beginnen", text="Seien Sie nett.")
    assert page.state["step"]["title"] == "Bevor wir beginnen" and page.state["step"]["busy"]


def test_macros_are_put_in_and_markup_stays_text() -> None:
    page = CustomerPage().begin()
    page.state["company"] = "<b>Acme</b>"
    page.do("set_name", value="{company}")
    page.enter().step("agreement", title="T", text="**{company}** and {customer}: {wait} <i>")
    text = shown(page)
    assert "<b>Acme</b>" in text and "{company}" in text and "we cannot tell yet" in text and "<i>" in text
    from deskside.ui.customer.views import page as view

    tags = [parts(item)[0] for item in walk(view(page.state, page.t))]
    assert "b" not in tags and "i" not in tags and "strong" in tags


def test_the_settings_are_fetched_again_soon_after_they_changed() -> None:
    page = CustomerPage().queue()
    page.signaling.say("site", version=2)
    assert page.fetched == 0
    page.host.wait(3000)
    assert page.fetched == 1
