"""The exit survey: after a session, until it is answered, and once."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from signaling.app import DATABASE
from tests.signaling.server import Page, Site, serving, settings
from tests.signaling.test_session import accepted

SURVEY: dict[str, Any] = {
    "survey": {
        "on": True,
        "questions": [
            {"id": "good", "kind": "rating", "text": {"en": "Was it good?", "de": "War es gut?"}},
            {
                "id": "solved",
                "kind": "choice",
                "text": {"en": "Is it solved?"},
                "choices": [{"id": "yes", "text": {"en": "Yes", "de": "Ja"}}, {"id": "no", "text": {"en": "No"}}],
            },
            {"id": "more", "kind": "text", "text": {"en": "Anything else?"}},
        ],
    }
}
ANSWERS = [
    {"question": "good", "value": "4"},
    {"question": "solved", "value": "yes"},
    {"question": "more", "value": "Thank you"},
]


def ended(site: Site, **fields: Any) -> tuple[Page, dict[str, Any], dict[str, Any]]:
    """A customer whose session is over: the page, its `queued` and its `survey`."""
    console, _ = site.console(site.cookie("Bob"))
    customer, queued, session = accepted(site, console, **fields)
    console.send("end", session=session["session"])
    assert customer.expect("ended")["reason"] == "representative"
    return customer, queued, customer.expect("survey")


def kept(data: Path) -> list[tuple[Any, ...]]:
    """What is stored."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        return database.execute("SELECT question, kind, text, value, value_text FROM survey_answers").fetchall()


def test_the_survey_is_asked_in_the_customers_language_and_kept_in_the_sites_first(data: Path) -> None:
    with serving(settings(data), site=SURVEY) as site:
        customer, queued, survey = ended(site, language="de")
        assert [question["text"] for question in survey["questions"]] == [
            "War es gut?", "Is it solved?", "Anything else?",
        ]  # fmt: skip
        assert survey["questions"][1]["choices"] == [{"choice": "yes", "text": "Ja"}, {"choice": "no", "text": "No"}]
        customer.send("language", language="en")
        assert customer.expect("survey")["questions"][0]["text"] == "Was it good?"
        customer.send("survey", answers=ANSWERS)
        customer.expect("survey_kept")
        again, welcome = site.customer(resume=queued["token"])
        assert welcome["state"] == "ended"
        assert again.hears_nothing()
    assert kept(data) == [
        ("good", "rating", "Was it good?", "4", "4"),
        ("solved", "choice", "Is it solved?", "yes", "Yes"),
        ("more", "text", "Anything else?", "Thank you", "Thank you"),
    ]


def test_it_is_asked_again_after_a_reload_and_a_restart_until_it_is_answered_once(data: Path) -> None:
    with serving(settings(data), site=SURVEY) as site:
        _, queued, survey = ended(site)
    with serving(settings(data)) as site:
        first, welcome = site.customer(resume=queued["token"])
        assert (welcome["state"], welcome["reason"]) == ("ended", "representative")
        assert first.expect("survey") == survey
        second, _ = site.customer(resume=queued["token"])
        second.expect("survey")
        first.send("survey", answers=ANSWERS[:1])
        first.expect("survey_kept")
        second.send("survey", answers=ANSWERS)  # the other tab comes too late, and hears the same
        second.expect("survey_kept")
        for page in (first, second):
            page.send("survey", answers=ANSWERS)
            assert page.expect("error")["code"] == "wrong_state"
            page.enter()
            assert page.expect("error")["code"] == "wrong_state"
    assert [row[0] for row in kept(data)] == ["good"]


@pytest.mark.parametrize(
    "wrong",
    [{"question": "good", "value": "6"}, {"question": "good", "value": "no"}, {"question": "solved", "value": "x"}],
)
def test_an_answer_that_a_question_cannot_have_is_refused_and_can_be_given_again(
    data: Path, wrong: dict[str, str]
) -> None:
    with serving(settings(data), site=SURVEY) as site:
        customer, _, _ = ended(site)
        customer.send("survey", answers=[*ANSWERS[2:], wrong])
        assert customer.expect("error")["code"] == "bad_answer"
        customer.send("survey", answers=[*ANSWERS, {"question": "good", "value": "1"}, {"question": "x", "value": "1"}])
        customer.expect("survey_kept")
    assert [(row[0], row[3]) for row in kept(data)] == [("good", "4"), ("solved", "yes"), ("more", "Thank you")]


def test_an_empty_survey_is_an_answer_too(data: Path) -> None:
    with serving(settings(data), site=SURVEY) as site:
        customer, queued, _ = ended(site)
        customer.send("survey", answers=[{"question": "more", "value": "  "}])
        customer.expect("survey_kept")
        assert site.customer(resume=queued["token"])[0].hears_nothing()
    assert kept(data) == []


def test_who_was_in_no_session_is_not_asked(data: Path) -> None:
    with serving(settings(data), site=SURVEY) as site:
        customer, _ = site.waiting()
        customer.send("end")
        customer.expect("ended")
        assert customer.hears_nothing()
        customer.send("survey", answers=ANSWERS)
        assert customer.expect("error")["code"] == "wrong_state"
    assert kept(data) == []


def test_nobody_answers_for_another_or_before_the_end(data: Path) -> None:
    with serving(settings(data), site=SURVEY) as site:
        console, _ = site.console(site.cookie("Bob"))
        active, _, _ = accepted(site, console)
        stranger, _ = site.customer()
        for page in (active, stranger):
            page.send("survey", answers=ANSWERS)
            assert page.expect("error")["code"] == "wrong_state"
