"""The way in, step by step, on a real server."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from signaling.app import DATABASE
from tests.signaling.administrator import Administrator
from tests.signaling.clock import Clock
from tests.signaling.server import Page, Site, serving, settings

AGREED = {"agreement": {"on": True, "timeout": 30}}
RECORDED = {"recording": {"on": True, "timeout": 20}}
EVERYTHING: dict[str, Any] = AGREED | RECORDED | {"session_start": "customer_chooses"}


def rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    """What is stored."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        return database.execute(query).fetchall()


def error(page: Page) -> str:
    """The code of the error that comes next."""
    return str(page.expect("error")["code"])


def test_where_nothing_is_asked_the_queue_comes_at_once(data: Path) -> None:
    with serving(settings(data)) as site:
        console, _ = site.console(site.cookie("Bob"))
        console.send("available", on=True)
        console.expect("availability")
        customer, admitted = site.arriving()
        assert len(admitted["token"]) >= 22
        assert customer.expect("queued")["position"] == 1
        step = customer.at("queue")
        assert "{company}" in step["text"] and "{position}" in step["hold"]["text"] and step["hold"]["every"] == 120
        assert console.expect("queue_entered")["entry"]["session"] == admitted["session"]


def test_every_step_comes_in_its_order_and_nobody_is_queued_before_the_last_answer(data: Path) -> None:
    with serving(settings(data), site=EVERYTHING) as site:
        console, _ = site.console(site.cookie("Bob"))
        administrator = Administrator(site)
        notice = administrator.post("notices", {"name": "Outage", "texts": {"en": {"title": "Down", "text": "Mail"}}})
        administrator.post(f"notices/{notice['id']}/publish")
        customer, admitted = site.arriving(notifications="default")
        for step, answer in (("start", "web_chat"), ("notifications", "go_on"), ("agreement", "accept")):
            customer.answer(customer.at(step), answer)
        customer.answer(customer.at("recording"), "allow")
        last = customer.at("notice")
        assert (last["title"], last["text"], last["about"]) == ("Down", "Mail", notice["id"])
        assert console.hears_nothing()
        customer.answer(last, "go_on")
        assert customer.expect("queued")["position"] == 1
        assert console.expect("queue_entered")["entry"]["session"] == admitted["session"]


@pytest.mark.parametrize(
    ("answer", "reason"), [("accept", None), ("decline", "declined"), ("silence", "agreement_timeout")]
)
def test_the_agreement_leaves_a_receipt_of_what_was_asked(
    data: Path, clock: Clock, answer: str, reason: str | None
) -> None:
    texts = {"de": {"agreement_title": "Vorab", "agreement_text": "Hallo von {company}."}}
    with serving(settings(data, position_interval=0.1), site=AGREED | {"texts": texts}) as site:
        customer, admitted = site.arriving(language="de-AT")
        step = customer.at("agreement")
        assert (step["title"], step["text"]) == ("Vorab", "Hallo von {company}.")
        assert step["about"] == hashlib.sha256(b"Vorab\n\nHallo von {company}.").hexdigest()
        if answer == "silence":
            clock.forward(30)
        else:
            customer.answer(step, answer)
        if reason:
            assert customer.expect("ended")["reason"] == reason
        else:
            customer.expect("queued")
    assert rows(data, "SELECT session, kind, answer, text_hash, language FROM consents") == [
        (admitted["session"], "agreement", answer, step["about"], "de")
    ]
    assert rows(data, "SELECT title, text FROM consent_texts") == [("Vorab", "Hallo von {company}.")]


@pytest.mark.parametrize(("answer", "recorded"), [("allow", 1), ("refuse", 0), ("silence", 0)])
def test_recording_is_allowed_by_saying_so_and_by_nothing_else(
    data: Path, clock: Clock, answer: str, recorded: int
) -> None:
    with serving(settings(data, position_interval=0.1), site=RECORDED) as site:
        customer, _ = site.arriving()
        step = customer.at("recording")
        if answer == "silence":
            clock.forward(20)
        else:
            customer.answer(step, answer)
        customer.expect("queued")  # the session goes on either way
    assert rows(data, "SELECT recording FROM sessions") == [(recorded,)]
    assert rows(data, "SELECT kind, answer FROM consents") == [("recording", answer)]


def test_a_yes_that_comes_after_the_deadline_is_no_yes(data: Path, clock: Clock) -> None:
    with serving(settings(data, position_interval=600), site=AGREED | RECORDED) as site:
        late, _ = site.arriving()
        asked = late.at("agreement")
        other, _ = site.arriving()
        other.answer(other.at("agreement"), "accept")
        about_recording = other.at("recording")
        clock.forward(29)
        other.answer(about_recording, "allow")
        # The recording was refused by silence, so the customer waits, and the late yes changes nothing.
        assert {other.next()["type"] for _ in "12"} == {"error", "queued"}
        clock.forward(1)
        late.answer(asked, "accept")
        messages = [late.next()["type"] for _ in "12"]
        assert sorted(messages) == ["ended", "error"]
    assert rows(data, "SELECT kind, answer FROM consents ORDER BY rowid") == [
        ("agreement", "accept"),
        ("recording", "silence"),
        ("agreement", "silence"),
    ]


def test_an_answer_to_another_step_is_refused_and_the_step_is_said_again(data: Path) -> None:
    with serving(settings(data), site=EVERYTHING) as site:
        customer, _ = site.arriving()
        step = customer.at("start")
        for wrong in (
            {"step": "agreement", "answer": "accept"},
            {"step": "queue", "answer": "go_on"},
            {"step": "start", "answer": "accept"},
            {"step": "notice", "answer": "leave", "about": "x"},
            {"step": "orphaned", "answer": "leave"},
        ):
            customer.send("answer", **wrong)
            heard = [customer.next("step") for _ in "12"]
            assert sorted(message["type"] for message in heard) == ["error", "step"]
            assert step in heard
        customer.answer(step, "web_chat")
        asked = customer.at("agreement")
        customer.send("answer", step="agreement", answer="accept", about="0" * 64)
        assert {customer.next("step")["type"] for _ in "12"} == {"error", "step"}
        customer.answer(asked, "accept")
        customer.at("recording")
        customer.answer(asked, "accept")  # said again, because the page did not know that it had arrived
        assert customer.hears_nothing()


def test_the_full_client_cannot_be_left_out_where_the_site_wants_it(data: Path) -> None:
    with serving(settings(data), site={"session_start": "full_client"}) as site:
        customer, _ = site.arriving()
        customer.answer(customer.at("start"), "web_chat")
        assert error(customer) == "wrong_state"


@pytest.mark.parametrize("notifications", ["granted", "denied", "unsupported"])
def test_a_browser_that_would_not_ask_leaves_the_step_out(site: Site, notifications: str) -> None:
    customer, _ = site.arriving(notifications=notifications)
    customer.expect("queued")


def test_leaving_on_the_way_in_is_an_end_that_says_so(data: Path) -> None:
    with serving(settings(data), site=AGREED) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer, admitted = site.arriving()
        customer.at("agreement")
        customer.send("end")
        assert customer.expect("ended")["reason"] == "left_queue"
        assert site.customer(resume=admitted["token"])[1]["reason"] == "left_queue"
        assert console.hears_nothing()  # nobody of the team ever heard of it


def test_nobody_can_accept_who_has_not_accepted(data: Path) -> None:
    with serving(settings(data), site=AGREED) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer, admitted = site.arriving()
        customer.at("agreement")
        console.send("accept", session=admitted["session"])
        assert error(console) == "unknown_session"
        console.send("accept_next")
        assert error(console) == "queue_empty"


def test_settings_take_effect_on_who_is_on_the_way(data: Path) -> None:
    with serving(settings(data), site=AGREED) as site:
        administrator = Administrator(site)
        customer, _ = site.arriving()
        first = customer.at("agreement")
        portal, _ = site.customer()
        version = administrator.decide(texts={"en": {"agreement_text": "New words."}})
        assert portal.expect("site")["version"] == version
        heard = {message["type"]: message for message in (customer.next("step") for _ in "12")}
        assert heard["site"]["version"] == version
        second = heard["step"]
        assert second["text"] == "New words." and second["ends_at"] == first["ends_at"]
        customer.answer(first, "accept")  # that was another text
        assert {customer.next("step")["type"] for _ in "12"} == {"error", "step"}
        administrator.decide(agreement={"on": False})
        assert {customer.next("step")["type"] for _ in "123"} >= {"queued", "step"}


def test_another_language_brings_the_present_step_in_it(data: Path) -> None:
    with serving(settings(data), site=AGREED) as site:
        customer, _ = site.arriving()
        english = customer.at("agreement")
        customer.send("language", language="de")
        german = customer.at("agreement")
        assert german["text"] != english["text"] and german["ends_at"] == english["ends_at"]
        customer.answer(german, "accept")
        customer.expect("queued")
    assert rows(data, "SELECT language FROM consents") == [("de",)]
