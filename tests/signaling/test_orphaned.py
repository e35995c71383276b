"""Nobody is there: at the arrival, or for longer than the grace time; and a message can be left."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from signaling.app import DATABASE
from tests.signaling.clock import Clock
from tests.signaling.server import Page, Site, serving, settings

GRACE = {"orphaned": {"grace": 60, "url": "https://example.com/help", "countdown": 20}}


def console_of(site: Site, name: str = "Bob", available: bool = True) -> Page:
    """A console with its switch on."""
    console, _ = site.console(site.cookie(name))
    if available:
        console.send("available", on=True)
        console.until("availability")
    return console


def at_orphaned(site: Site, **fields: Any) -> tuple[Page, dict[str, Any], dict[str, Any]]:
    """A customer who came when nobody was there."""
    customer, queued = site.waiting(**fields)
    return customer, queued, customer.at("orphaned")


def test_who_comes_when_nobody_is_there_is_told_so_and_keeps_a_place(data: Path) -> None:
    with serving(settings(data), site=GRACE) as site:
        idle, _ = site.console(site.cookie("Cleo"))  # is there, and takes nobody
        customer, queued, step = at_orphaned(site)
        assert queued["position"] == 1
        assert step["redirect"] == {"url": "https://example.com/help", "after": 20}
        assert step["takes_message"] is True
        assert idle.expect("queue_entered")["entry"]["session"] == queued["session"]
        console = console_of(site)
        assert customer.at("queue")["text"]
        console.send("accept", session=queued["session"])
        customer.expect("joined")


def test_whoever_is_accepted_from_there_is_in_a_session(data: Path) -> None:
    with serving(settings(data), site=GRACE) as site:
        console = console_of(site, available=False)
        customer, _, _ = at_orphaned(site)
        console.send("accept_next")
        console.until("accepted")
        assert customer.expect("joined")["name"] == "Bob"


def test_those_who_wait_hear_it_after_the_grace_time_and_when_somebody_is_back(data: Path, clock: Clock) -> None:
    with serving(settings(data, position_interval=0.1), site=GRACE) as site:
        console = console_of(site)
        customer, queued = site.waiting()
        customer.at("queue")
        console.send("available", on=False)
        console.until("availability")
        clock.forward(30)
        assert customer.hears_nothing()
        clock.forward(31)
        customer.at("orphaned")
        console.send("available", on=True)
        customer.at("queue")
        console.close()
        clock.forward(30)
        again = console_of(site)  # back within the grace time: nobody noticed
        assert again.hears_nothing() and customer.hears_nothing()
        again.send("accept", session=queued["session"])
        customer.expect("joined")


def test_staying_ends_the_countdown_for_good(data: Path, clock: Clock) -> None:
    with serving(settings(data, position_interval=0.1), site=GRACE) as site:
        customer, queued, step = at_orphaned(site, page="one")
        customer.answer(step, "go_on")
        assert "redirect" not in customer.at("orphaned")
        customer.drop()
        customer, _ = site.customer(resume=queued["token"], page="one")
        customer.expect("queued")
        assert "redirect" not in customer.at("orphaned")
        console = console_of(site)
        customer.at("queue")  # a console that goes before anybody has looked was never there
        console.close()
        assert customer.hears_nothing()
        clock.forward(61)
        assert "redirect" not in customer.at("orphaned")


def test_going_where_the_site_leads_ends_the_session(data: Path) -> None:
    with serving(settings(data), site=GRACE) as site:
        console = console_of(site, available=False)
        customer, queued, step = at_orphaned(site)
        customer.answer(step, "leave")
        assert customer.expect("ended")["reason"] == "orphaned"
        assert console.until("queue_left") == {"type": "queue_left", "session": queued["session"], "waiting": 0}


def test_a_message_is_kept_until_somebody_has_dealt_with_it(data: Path) -> None:
    with serving(settings(data)) as site:
        bob = console_of(site, available=False)
        customer, _, _ = at_orphaned(site)
        customer.send("leave_message", text="Please call.\nIt beeps.", contact="ann@example.com")
        assert customer.expect("ended")["reason"] == "message_left"
        told = bob.until("message_left")["message"]
        assert (told["name"], told["contact"], told["text"]) == ("Ann", "ann@example.com", "Please call.\nIt beeps.")
    with serving(settings(data)) as site:
        bob, cleo = (console_of(site, name, available=False) for name in ("Bob", "Cleo"))
        assert bob.expect("message_left")["message"] == cleo.expect("message_left")["message"] == told
        bob.send("finish_message", id=told["id"])
        assert bob.expect("message_finished")["id"] == cleo.expect("message_finished")["id"] == told["id"]
        cleo.send("finish_message", id=told["id"])
        assert cleo.expect("error")["code"] == "unknown_message"
    with serving(settings(data)) as site:
        assert console_of(site, available=False).hears_nothing()
    with closing(sqlite3.connect(data / DATABASE)) as database:
        assert database.execute("SELECT done_by FROM left_messages").fetchall() == [("Bob",)]


@pytest.mark.parametrize("takes", [True, False])
def test_a_message_is_left_only_where_the_site_takes_it_and_nobody_is_there(data: Path, takes: bool) -> None:
    with serving(settings(data), site={"orphaned": {"takes_messages": takes}}) as site:
        if not takes:
            customer, _, step = at_orphaned(site)
            assert step["takes_message"] is False
        else:
            console_of(site)
            customer, _ = site.waiting()
        customer.send("leave_message", text="Hello", contact="")
        assert customer.expect("error")["code"] == "wrong_state"
