"""Customer notices: while waiting, in a session, withdrawn; and counted."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from signaling.app import DATABASE
from tests.signaling.administrator import Administrator
from tests.signaling.clock import Clock
from tests.signaling.server import Page, Site, serving, settings
from tests.signaling.test_orphaned import console_of
from tests.signaling.test_session import accepted

TEAMS: dict[str, Any] = {
    "teams": [{"id": "general", "name": "General"}, {"id": "printers", "name": "Printers"}],
    "issues": [{"id": "ink", "name": {"en": "Ink"}, "team": "printers"}],
}
SURVEY = {"survey": {"on": True, "questions": [{"id": "ok", "kind": "rating", "text": {"en": "Was it good?"}}]}}


def publish(administrator: Administrator, name: str = "Outage", **fields: Any) -> str:
    """A notice in force; its id."""
    texts = {"en": {"title": name, "text": f"{name}!"}, "de": {"title": name, "text": "Wir wissen Bescheid."}}
    notice = administrator.post("notices", {"name": name, "texts": texts} | fields)
    administrator.post(f"notices/{notice['id']}/publish")
    return str(notice["id"])


def counted(data: Path) -> list[tuple[str, str]]:
    """Notice events in their order."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        return database.execute("SELECT notice, kind FROM notice_events ORDER BY id").fetchall()


def test_one_that_is_published_is_shown_to_who_waits_for_that_team_and_costs_no_place(data: Path) -> None:
    with serving(settings(data), site=TEAMS) as site:
        console = console_of(site)
        administrator = Administrator(site)
        printer, _ = site.waiting("Ann", issue="ink")
        other, _ = site.waiting("Dan")
        for customer in (printer, other):
            customer.at("queue")
        ink = publish(administrator, scope="printers")
        step = printer.at("notice")
        assert (step["about"], step["title"], step["text"]) == (ink, "Outage", "Outage!")
        assert other.hears_nothing()
        everybody = publish(administrator, "Storm")
        assert other.at("notice")["about"] == everybody
        assert printer.hears_nothing()  # one at a time
        printer.answer(step, "go_on")
        second = printer.at("notice")
        assert second["about"] == everybody
        printer.answer(second, "go_on")
        printer.at("queue")
        printer.answer(second, "go_on")  # said again
        assert printer.hears_nothing()
        console.send("accept_next")
        assert console.until("accepted")["session"]["name"] == "Ann"
    seen = [(ink, "shown"), (everybody, "shown"), (ink, "continued"), (everybody, "shown"), (everybody, "continued")]
    assert counted(data) == seen


def test_leaving_by_a_notice_is_counted_and_never_leads_to_the_survey(data: Path) -> None:
    with serving(settings(data), site=SURVEY) as site:
        notice = publish(Administrator(site))
        before, admitted = site.arriving()
        before.answer(before.at("notice"), "leave")
        assert before.expect("ended")["reason"] == "notice"
        assert before.hears_nothing()
        again, welcome = site.customer(resume=admitted["token"])
        assert (welcome["state"], welcome["reason"]) == ("ended", "notice")
        assert again.hears_nothing()
    assert counted(data) == [(notice, "shown"), (notice, "left")]


def test_one_that_is_withdrawn_or_expires_goes_away_by_itself(data: Path, clock: Clock) -> None:
    with serving(settings(data)) as site:
        administrator = Administrator(site)
        soon = int(clock.time() * 1000) + 60_000
        first, second = publish(administrator), publish(administrator, "Storm", expires_at=soon)
        customer, _ = site.arriving()
        assert customer.at("notice")["about"] == first
        administrator.post(f"notices/{first}/withdraw")
        assert customer.at("notice")["about"] == second
        clock.forward(61)
        customer.expect("queued")


def in_session(site: Site) -> tuple[Page, Page, dict[str, Any]]:
    """A console and a customer in session with it."""
    console = console_of(site)
    customer, queued, _ = accepted(site, console, page="one")
    return console, customer, queued


def test_a_representative_sends_one_to_a_session_where_it_is_a_card(data: Path) -> None:
    with serving(settings(data), site=SURVEY) as site:
        administrator = Administrator(site)
        console, customer, queued = in_session(site)
        notice = publish(administrator)
        listed = console.expect("notices")["notices"]
        assert listed == [{"notice": notice, "name": "Outage", "team": ""}]
        console.send("send_notice", session=queued["session"], notice=notice)
        card = customer.expect("notice")
        assert card == {"type": "notice", "notice": notice, "title": "Outage", "text": "Outage!"}
        customer.drop()
        customer, _ = site.customer(resume=queued["token"], page="one")
        customer.expect("joined")
        assert customer.expect("notice") == card  # until it is answered
        customer.send("language", language="de")
        assert customer.expect("notice")["text"] == "Wir wissen Bescheid."
        customer.send("answer", step="notice", about=notice, answer="go_on")
        customer.send("answer", step="notice", about=notice, answer="go_on")
        assert customer.hears_nothing()
        console.send("send_notice", session=queued["session"], notice=notice)
        customer.expect("notice")
        customer.send("answer", step="notice", about=notice, answer="leave")
        assert customer.expect("ended")["reason"] == "notice"
        assert customer.hears_nothing()
        assert console.until("ended")["reason"] == "notice"
    assert [kind for _, kind in counted(data)] == ["shown", "continued", "shown", "left"]


def test_a_card_goes_away_with_its_notice(data: Path) -> None:
    with serving(settings(data)) as site:
        administrator = Administrator(site)
        console, customer, queued = in_session(site)
        notice = publish(administrator)
        console.send("send_notice", session=queued["session"], notice=notice)
        customer.expect("notice")
        administrator.post(f"notices/{notice}/withdraw")
        assert customer.expect("notice_ended")["notice"] == notice
        customer.send("answer", step="notice", about=notice, answer="leave")
        assert customer.expect("error")["code"] == "wrong_state"


def test_one_that_was_not_answered_when_the_representative_came_is_a_card(data: Path) -> None:
    with serving(settings(data)) as site:
        console = console_of(site)
        customer, queued = site.waiting()
        customer.at("queue")
        notice = publish(Administrator(site))
        customer.at("notice")
        console.send("accept", session=queued["session"])
        customer.expect("joined")
        assert customer.expect("notice")["notice"] == notice


def test_nobody_sends_what_is_not_published_or_to_whom_is_not_theirs(data: Path) -> None:
    with serving(settings(data), site=TEAMS) as site:
        administrator = Administrator(site)
        administrator.put("representatives/Bob", {"name": "Bob", "administrator": False, "teams": ["general"]})
        console, _, queued = in_session(site)
        foreign = publish(administrator, scope="printers")
        draft = administrator.post("notices", {"name": "Draft", "texts": {"en": {"title": "D", "text": "D"}}})["id"]
        for notice in (foreign, draft, "guessed"):
            console.send("send_notice", session=queued["session"], notice=notice)
            assert console.until("error")["code"] == "unknown_notice"
        cleo, _ = site.console(site.cookie("Cleo"))
        cleo.send("send_notice", session=queued["session"], notice=foreign)
        assert cleo.expect("error")["code"] == "unknown_session"
