"""The way of a session: queue, accept, signals, end."""

import secrets
from pathlib import Path
from typing import Any

import pytest

from tests.signaling.server import Page, Site, serving, settings

NEGOTIATION = {"connection": "talk", "number": 1, "description": {"type": "offer", "sdp": "v=0\r\n"}}


def accepted(site: Site, console: Page, **fields: Any) -> tuple[Page, dict[str, Any], dict[str, Any]]:
    """A customer in session with the console: their page, the `queued` it got and the session the console got."""
    customer, queued = site.waiting(**fields)
    console.until("queue_entered")
    console.send("accept", session=queued["session"])
    session: dict[str, Any] = console.until("accepted")["session"]
    customer.until("joined")
    return customer, queued, session


def test_a_customer_waits_is_accepted_talks_and_leaves(site: Site) -> None:
    console, welcome = site.console(site.cookie("Bob"))
    assert welcome["name"] == "Bob" and welcome["waiting"] == 0 and welcome["sessions"] == []
    customer, queued = site.waiting("Ann", question="It beeps.\nLoudly.")
    assert queued["position"] == 1
    entry = console.expect("queue_entered")
    assert entry["waiting"] == 1
    assert entry["entry"] == {
        "session": queued["session"],
        "name": "Ann",
        "question": "It beeps.\nLoudly.",
        "issue": "",
        "team": "General",
        "language": "en",
        "entered_at": queued["entered_at"],
        "connected": True,
    }
    console.send("accept", session=queued["session"])
    assert console.expect("queue_left")["waiting"] == 0
    session = console.expect("accepted")["session"]
    joined = customer.expect("joined")
    assert (joined["name"], joined["peer"]) == ("Bob", welcome["peer"])
    console.send("signal", session=queued["session"], to=session["peer"], negotiation=NEGOTIATION)
    assert customer.expect("signal") == {"type": "signal", "from": welcome["peer"], "negotiation": NEGOTIATION}
    customer.send("signal", to=joined["peer"], negotiation=NEGOTIATION)
    assert console.expect("signal")["from"] == session["peer"]
    customer.send("end")
    assert customer.expect("ended")["reason"] == "customer"
    assert console.expect("ended") == {"type": "ended", "session": queued["session"], "reason": "customer"}


def test_the_representative_ends_the_session(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, queued, _ = accepted(site, console)
    console.send("end", session=queued["session"])
    assert console.expect("ended")["reason"] == "representative"
    assert customer.expect("ended")["reason"] == "representative"


def test_the_chosen_issue_is_shown_by_its_name(data: Path) -> None:
    with serving(settings(data), site={"issues": [{"id": "printer", "name": {"en": "My printer"}}]}) as site:
        assert site.get("/api/site").json()["issues"] == [{"id": "printer", "name": "My printer"}]
        console, _ = site.console(site.cookie("Bob"))
        site.waiting(issue="printer")
        assert console.expect("queue_entered")["entry"]["issue"] == "My printer"
        customer, _ = site.customer()
        customer.enter(issue="toaster")
        assert customer.expect("error")["code"] == "unknown_issue"


def test_those_behind_move_up_when_somebody_leaves_the_queue(site: Site) -> None:
    first, _ = site.waiting()
    second, _ = site.waiting()
    third, queued = site.waiting()
    assert queued["position"] == 3
    second.send("end")
    assert second.expect("ended")["reason"] == "left_queue"
    assert third.expect("position")["position"] == 2
    first.send("end")
    assert third.expect("position")["position"] == 1


def test_accept_next_takes_whoever_waits_longest(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    console.send("accept_next")
    assert console.expect("error")["code"] == "queue_empty"
    customers = [site.waiting(name) for name in ("Ann", "Dan")]
    for name in ("Ann", "Dan"):
        console.send("accept_next")
        assert console.until("accepted")["session"]["name"] == name
    assert [customer.until("joined")["name"] for customer, _ in customers] == ["Bob", "Bob"]


def gone(site: Site, console: Page, name: str) -> dict[str, Any]:
    """Somebody who waits and has closed the page, as the console has heard."""
    page, queued = site.waiting(name)
    console.until("queue_entered")
    page.drop()
    changed = console.until("queue_changed")
    assert (changed["session"], changed["connected"]) == (queued["session"], False)
    return queued


def test_accept_next_takes_who_is_there_and_whoever_is_away_keeps_the_place(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    away = gone(site, console, "Ann")
    _, second = site.waiting("Dan")
    assert second["position"] == 2
    console.send("accept_next")
    assert console.until("accepted")["session"]["name"] == "Dan"
    console.send("accept_next")
    assert console.until("error")["code"] == "nobody_present"
    site.waiting("Eve")
    again, _ = site.customer(resume=away["token"])
    assert again.until("queued")["position"] == 1
    console.send("accept_next")
    assert console.until("accepted")["session"]["name"] == "Ann"


def test_who_is_away_can_still_be_accepted_by_hand_and_is_said_to_be_away(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    away = gone(site, console, "Ann")
    console.send("accept", session=away["session"])
    assert "peer" not in console.until("accepted")["session"]
    customer, _ = site.customer(resume=away["token"])
    customer.until("joined")
    assert console.until("joined")["session"] == away["session"]


def test_a_console_hears_that_a_customer_it_has_accepted_is_gone_and_back(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, queued = site.waiting("Ann", page="one")
    console.send("accept", session=queued["session"])
    customer.until("joined")
    customer.drop()
    assert console.until("queue_changed")["connected"] is False
    site.customer(resume=queued["token"], page="one")
    assert console.until("queue_changed")["connected"] is True


def test_of_two_consoles_that_accept_the_same_customer_one_gets_it(site: Site) -> None:
    consoles = [site.console(site.cookie(name))[0] for name in ("Bob", "Cleo")]
    customer, queued = site.waiting()
    for console in consoles:
        console.expect("queue_entered")
    for console in consoles:
        console.send("accept", session=queued["session"])
    customer.expect("joined")
    outcomes = [[console.next(), console.next()] for console in consoles]
    told = sorted((message for answers in outcomes for message in answers), key=lambda message: str(message["type"]))
    assert [message["type"] for message in told] == ["accepted", "error", "queue_left", "queue_left"]
    assert (told[1]["code"], told[1]["session"]) == ("taken", queued["session"])
    assert customer.hears_nothing()


def test_a_signal_goes_to_nobody_but_the_other_peer_of_the_session(site: Site) -> None:
    bob, bob_welcome = site.console(site.cookie("Bob"))
    cleo, _ = site.console(site.cookie("Cleo"))
    ann, ann_queued, ann_session = accepted(site, bob)
    dan, dan_queued = site.waiting("Dan")
    cleo.until("queue_left")
    cleo.expect("queue_entered")
    cleo.send("accept", session=dan_queued["session"])
    dan_session = cleo.until("accepted")["session"]
    cleo_peer = dan.expect("joined")["peer"]
    bob.until("queue_left")

    for stranger in (cleo_peer, dan_session["peer"], ann_session["peer"], "guessed"):
        ann.send("signal", to=stranger, negotiation=NEGOTIATION)
        assert ann.expect("error")["code"] == "unknown_peer"
    for stranger in (dan_session["peer"], bob_welcome["peer"], "guessed"):
        bob.send("signal", session=ann_queued["session"], to=stranger, negotiation=NEGOTIATION)
        assert bob.expect("error")["code"] == "unknown_peer"
    for session in (dan_queued["session"], "guessed"):
        bob.send("signal", session=session, to=dan_session["peer"], negotiation=NEGOTIATION)
        assert bob.expect("error")["code"] == "unknown_session"
        bob.send("end", session=session)
        assert bob.expect("error")["code"] == "unknown_session"
    assert cleo.hears_nothing() and dan.hears_nothing()


def test_a_waiting_customer_reaches_nobody(site: Site) -> None:
    console, welcome = site.console(site.cookie("Bob"))
    customer, _ = site.waiting()
    console.expect("queue_entered")
    customer.send("signal", to=welcome["peer"], negotiation=NEGOTIATION)
    assert customer.expect("error")["code"] == "unknown_peer"
    assert console.hears_nothing()


def test_a_representative_cannot_end_or_enter_what_is_not_theirs(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    _, queued = site.waiting()
    console.expect("queue_entered")
    console.send("end", session=queued["session"])
    assert console.expect("error")["code"] == "unknown_session"
    console.send("accept", session=secrets.token_urlsafe(24))
    assert console.expect("error")["code"] == "unknown_session"


@pytest.mark.parametrize("kind", ["enter", "signal", "end"])
def test_nothing_goes_on_after_the_end(site: Site, kind: str) -> None:
    customer, _ = site.waiting()
    customer.send("end")
    customer.expect("ended")
    fields: dict[str, dict[str, Any]] = {
        "enter": {"name": "", "question": "", "language": "", "notifications": "denied"},
        "signal": {"to": "somebody", "negotiation": NEGOTIATION},
        "end": {},
    }
    customer.send(kind, **fields[kind])
    assert customer.expect("error")["code"] == "wrong_state"


def test_the_site_is_available_while_a_representative_says_so_and_is_there(site: Site) -> None:
    def available() -> bool:
        return bool(site.get("/api/site").json()["available"])

    cookie = site.cookie("Bob")
    console, welcome = site.console(cookie)
    assert welcome["available"] is False and not available()
    console.send("available", on=True)
    assert console.expect("availability")["on"] is True
    assert available()
    console, welcome = site.console(cookie, page="reloaded")
    assert welcome["available"] is True and available()
    console.close()
    while available():
        pass
