"""Away for too long: the customer's session ends, the representative's customer waits again, before all others."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from signaling.absence import TALK_ON
from tests.signaling.clock import Clock
from tests.signaling.server import Page, Site, serving, settings
from tests.signaling.test_session import NEGOTIATION, accepted

RECONNECT = {"queue": 600, "session": 60}


@pytest.fixture
def site(data: Path, clock: Clock) -> Iterator[Site]:
    """A server whose reconnect time is over when the clock is put forward."""
    with serving(settings(data, position_interval=0.05), site={"reconnect": RECONNECT}) as running:
        yield running


def settled(page: Page) -> bool:
    """Nothing was told for several ticks of the server."""
    time.sleep(0.3)
    return page.hears_nothing()


def leaves(page: Page, other: Page, **to: str) -> None:
    """The line of one is cut, and the server has noticed when the other may not speak to it any more."""
    page.drop()
    while True:
        other.send("signal", negotiation=NEGOTIATION, **to)
        other.raw("?")
        code = other.until("error")["code"]
        if code == "peer_away":
            assert other.expect("error")["code"] == "not_json"
            return
        assert code == "not_json"


def reach(page: Page, connected: bool, session: str = "") -> None:
    fields = {"session": session} if session else {}
    page.send("reach", connected=connected, **fields)
    assert page.hears_nothing()


def test_a_clock_of_the_machine_that_is_set_hands_nobody_back(site: Site, clock: Clock) -> None:
    console, hello = site.console(site.cookie("Bob"))
    customer, _, _ = accepted(site, console)
    leaves(console, customer, to=hello["peer"])
    for hours in (3, -6, 48):
        clock.set_by(hours * 3600)
        assert settled(customer)
    clock.forward(61)
    assert customer.expect("left")["peer"] == hello["peer"]


def test_a_customer_whose_representative_is_gone_waits_before_everybody_else(site: Site, clock: Clock) -> None:
    console, hello = site.console(site.cookie("Bob"))
    other, _ = site.console(site.cookie("Cleo"))
    other.send("available", on=True)
    other.until("availability")
    customer, queued, _ = accepted(site, console)
    behind, _ = site.waiting("Dan")
    other.until("queue_left")
    other.expect("queue_entered")
    leaves(console, customer, to=hello["peer"])
    clock.forward(61)
    assert customer.expect("left")["peer"] == hello["peer"]
    assert customer.expect("queued")["position"] == 1
    assert customer.at("queue")
    assert behind.expect("position")["position"] == 2
    entry = other.expect("queue_entered")["entry"]
    assert (entry["session"], entry["connected"]) == (queued["session"], True)
    other.send("accept_next")
    whole = other.until("accepted")["session"]
    assert whole["session"] == queued["session"]
    joined = customer.expect("joined")
    assert joined["name"] == "Cleo" and joined["peer"] != hello["peer"]
    assert behind.expect("position")["position"] == 1


def test_the_representative_who_comes_back_too_late_is_told_why(site: Site, clock: Clock) -> None:
    cookie = site.cookie("Bob")
    console, hello = site.console(cookie, page="one")
    customer, queued, _ = accepted(site, console)
    leaves(console, customer, to=hello["peer"])
    clock.forward(61)
    customer.until("queued")
    again = site.page(cookie)
    again.send("hello", role="representative", page="one")
    ended = again.expect("ended")
    assert (ended["session"], ended["reason"]) == (queued["session"], "handed_back")
    assert again.expect("welcome")["sessions"] == []
    assert again.expect("queue_entered")["entry"]["session"] == queued["session"]


def test_a_server_that_starts_again_knows_who_was_handed_back(data: Path, clock: Clock) -> None:
    chosen = settings(data, position_interval=0.05)
    with serving(chosen, site={"reconnect": RECONNECT}) as site:
        console, hello = site.console(site.cookie("Bob"))
        customer, queued, _ = accepted(site, console)
        leaves(console, customer, to=hello["peer"])
        clock.forward(61)
        customer.until("queued")
    with serving(chosen) as site:
        _, welcome = site.customer(resume=queued["token"])
        assert welcome["state"] == "queued"
        console, welcome = site.console(site.cookie("Bob"))
        assert (welcome["sessions"], welcome["waiting"]) == ([], 1)


def test_a_representative_whom_the_customer_still_reaches_is_not_gone(site: Site, clock: Clock) -> None:
    console, hello = site.console(site.cookie("Bob"))
    customer, _, _ = accepted(site, console)
    reach(customer, True)
    leaves(console, customer, to=hello["peer"])
    clock.forward(3600)
    assert settled(customer)
    reach(customer, False)
    assert settled(customer), "the time counts from when they lost each other"
    clock.forward(61)
    assert customer.until("queued")["position"] == 1


def test_a_customer_whom_the_representative_still_reaches_is_not_gone(site: Site, clock: Clock) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, queued, session = accepted(site, console)
    reach(console, True, queued["session"])
    leaves(customer, console, session=queued["session"], to=session["peer"])
    clock.forward(3600)
    assert settled(console)
    reach(console, False, queued["session"])
    assert settled(console)
    clock.forward(61)
    assert console.expect("ended")["reason"] == "customer_gone"


def test_when_both_are_gone_it_is_the_end(site: Site, clock: Clock) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, queued, session = accepted(site, console)
    leaves(customer, console, session=queued["session"], to=session["peer"])
    console.drop()
    time.sleep(0.3)
    clock.forward(61)
    other, _ = site.console(site.cookie("Cleo"))
    assert settled(other)
    _, welcome = site.customer(resume=queued["token"])
    assert (welcome["state"], welcome["reason"]) == ("ended", "customer_gone")


def test_two_pages_that_both_lost_the_server_are_left_alone_for_long(site: Site, clock: Clock) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, queued, _ = accepted(site, console, page="one")
    reach(customer, True)
    reach(console, True, queued["session"])
    customer.drop()
    console.drop()
    clock.forward(TALK_ON / 2000)
    time.sleep(0.3)
    again, welcome = site.customer(resume=queued["token"], page="one")
    assert welcome["state"] == "active"
    again.drop()


def test_a_page_that_comes_back_has_to_say_anew_whom_it_reaches(site: Site, clock: Clock) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, queued, _ = accepted(site, console)
    reach(customer, True)
    console.drop()
    second, _ = site.customer(resume=queued["token"])
    second.until("joined")
    assert settled(second)
    clock.forward(61)
    assert second.until("queued")["position"] == 1


def test_a_customer_who_reaches_nobody_may_wait_in_line_again(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, queued, _ = accepted(site, console)
    reach(customer, True)
    customer.send("wait_again")
    assert customer.expect("error")["code"] == "wrong_state"
    reach(customer, False)
    customer.send("wait_again")
    customer.until("queued")
    ended = console.expect("ended")
    assert (ended["session"], ended["reason"]) == (queued["session"], "handed_back")
    assert console.expect("queue_entered")["entry"]["session"] == queued["session"]
    console.send("signal", session=queued["session"], to="x", negotiation={"connection": "talk", "number": 0})
    assert console.expect("error")["code"] == "unknown_session"


def test_nobody_waits_again_who_has_not_been_with_anybody(site: Site) -> None:
    customer, _ = site.waiting()
    customer.send("wait_again")
    assert customer.expect("error")["code"] == "wrong_state"


def test_a_guest_of_somebody_who_is_gone_waits_for_everybody(site: Site, clock: Clock) -> None:
    console, hello = site.console(site.cookie("Bob"))
    other, _ = site.console(site.cookie("Cleo"))
    console.send("create_key")
    customer, queued = site.waiting(key=console.expect("key")["key"])
    console.until("queue_entered")
    console.send("accept", session=queued["session"])
    customer.expect("joined")
    leaves(console, customer, to=hello["peer"])
    clock.forward(61)
    customer.until("queued")
    assert other.until("queue_entered")["entry"]["session"] == queued["session"]


def test_where_nobody_is_left_the_customer_is_told_so(site: Site, clock: Clock) -> None:
    console, hello = site.console(site.cookie("Bob"))
    customer, _, _ = accepted(site, console)
    leaves(console, customer, to=hello["peer"])
    clock.forward(61)
    customer.until("queued")
    assert customer.at("orphaned")["takes_message"] is True
