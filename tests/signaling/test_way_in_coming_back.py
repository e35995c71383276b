"""Reload, second tab, lost line, server gone: at every step of the way the same step comes back, and nobody waits
twice."""

from pathlib import Path
from typing import Any

import pytest

from tests.signaling.administrator import Administrator
from tests.signaling.clock import Clock
from tests.signaling.process import Process
from tests.signaling.server import Page, Site, decide, prepare, serving, settings

SITE: dict[str, Any] = {
    "session_start": "customer_chooses",
    "agreement": {"on": True, "timeout": 3600},
    "recording": {"on": True, "timeout": 600},
    "orphaned": {"url": "https://example.com/help"},
}
WAY = [
    ("start", "web_chat"),
    ("notifications", "go_on"),
    ("agreement", "accept"),
    ("recording", "refuse"),
    ("notice", "go_on"),
]
STEPS = [step for step, _ in WAY] + ["orphaned", "queue"]


def publish(site: Site) -> str:
    """A notice for everybody; its id."""
    administrator = Administrator(site)
    notice = administrator.post("notices", {"name": "Outage", "texts": {"en": {"title": "Down", "text": "Mail"}}})
    administrator.post(f"notices/{notice['id']}/publish")
    return str(notice["id"])


def brought_to(site: Site, wanted: str, page: str) -> tuple[Page, dict[str, Any], dict[str, Any]]:
    """A customer at this step: the page, its `admitted` and the step. For `queue` somebody has to be there."""
    customer, admitted = site.arriving(page=page, notifications="default")
    for step, answer in WAY:
        present = customer.at(step)
        if step == wanted:
            return customer, admitted, present
        customer.answer(present, answer)
    customer.expect("queued")
    return customer, admitted, customer.at(wanted)


def somebody(site: Site) -> Page:
    """Bob is there and takes customers."""
    console, _ = site.console(site.cookie("Bob"))
    console.send("available", on=True)
    console.expect("availability")
    return console


@pytest.mark.parametrize("step", STEPS)
def test_wherever_somebody_is_the_same_step_comes_back(data: Path, step: str) -> None:
    with serving(settings(data), site=SITE) as site:
        publish(site)
        if step == "queue":
            somebody(site)
        state = "queued" if step in ("queue", "orphaned") else "arriving"
        first, admitted, present = brought_to(site, step, "one")

        first.drop()  # the line is lost, and the same page comes back
        again, welcome = site.customer(resume=admitted["token"], page="one")
        assert (welcome["state"], welcome["session"]) == (state, admitted["session"])
        if state == "queued":
            assert again.expect("queued")["position"] == 1
        assert again.at(step) == present

        second, welcome = site.customer(resume=admitted["token"], page="two")  # a reload, or a second tab
        assert welcome["state"] == state
        if state == "queued":
            assert second.expect("queued")["position"] == 1
        assert second.at(step) == present
        assert again.close_code() == 4409

        third, welcome = site.customer(resume=admitted["token"], page="three")
        third.send("end")
        assert third.until("ended")["reason"] == "left_queue"
        assert site.customer(resume=admitted["token"])[1]["state"] == "ended"


@pytest.mark.parametrize("step", STEPS)
def test_a_page_that_lost_its_line_before_it_had_a_token_is_at_the_same_step(data: Path, step: str) -> None:
    with serving(settings(data), site=SITE) as site:
        publish(site)
        if step == "queue":
            somebody(site)
        customer, admitted, present = brought_to(site, step, "one")
        customer.drop()
        again, welcome = site.customer(page="one")
        assert welcome["session"] == admitted["session"]
        assert again.expect("admitted")["token"] != admitted["token"]
        assert again.until("step") == present


def test_a_server_that_is_killed_and_started_again_has_lost_no_step_and_no_answer(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)
    decide(data, **SITE)
    steps = [step for step in STEPS if step != "queue"]
    with Process(data) as before:
        publish(before.site)
        there = {step: brought_to(before.site, step, step) for step in steps}
        before.end(kill=True)
        before.site.hang_up()
    with Process(data) as after:
        for step, (_, admitted, present) in there.items():
            customer, welcome = after.site.customer(resume=admitted["token"], page=step)
            assert welcome["session"] == admitted["session"]
            if step == "orphaned":
                assert customer.expect("queued")["position"] == 1
            assert customer.at(step) == present
            for following, answer in WAY[steps.index(step) :]:
                customer.answer(present, answer)
                present = customer.until("step")
                assert present["step"] != following  # and what was answered before is not asked again
        console, _ = after.site.console(after.site.cookie("Bob"))
        names = [console.expect("queue_entered")["entry"]["session"] for _ in there]
        assert sorted(names) == sorted(admitted["session"] for _, admitted, _ in there.values())


def test_a_deadline_that_passed_while_the_server_was_away_has_passed(data: Path, clock: Clock) -> None:
    with serving(settings(data), site=SITE) as site:
        _, agreeing, _ = brought_to(site, "agreement", "one")
        _, recorded, _ = brought_to(site, "recording", "two")
    clock.forward(3600)
    with serving(settings(data)) as site:
        customer, welcome = site.customer(resume=agreeing["token"], page="one")
        assert (customer.until("ended") if welcome["state"] == "arriving" else welcome)["reason"] == "agreement_timeout"
        customer, welcome = site.customer(resume=recorded["token"], page="two")
        customer.until("queued")
    with serving(settings(data)) as site:
        assert site.customer(resume=agreeing["token"])[1]["reason"] == "agreement_timeout"


def test_who_does_not_come_back_to_the_way_in_is_let_go(data: Path, clock: Clock) -> None:
    with serving(settings(data, position_interval=0.1), site=SITE) as site:
        customer, admitted, _ = brought_to(site, "start", "one")
        customer.drop()
        clock.forward(601)
        while (welcome := site.customer(resume=admitted["token"], page="two"))[1]["state"] != "ended":
            welcome[0].drop()
            clock.forward(601)
        assert welcome[1]["reason"] == "customer_gone"
