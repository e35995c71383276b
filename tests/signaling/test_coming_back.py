"""Coming back: a dropped line, a reload, a second page."""

import time
from pathlib import Path

from tests.signaling.server import Page, Site, serving, settings
from tests.signaling.test_session import NEGOTIATION, accepted


def test_the_same_page_keeps_its_place_and_its_peer_id(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    site.waiting()
    customer, queued = site.waiting(page="one")
    assert [console.next()["type"] for _ in "12"] == ["queue_entered"] * 2
    customer.drop()
    changed = console.expect("queue_changed")
    assert (changed["session"], changed["connected"]) == (queued["session"], False)
    again, welcome = site.customer(resume=queued["token"], page="one")
    assert (welcome["state"], welcome["session"]) == ("queued", queued["session"])
    assert again.expect("queued") == {name: queued[name] for name in ("type", "position", "entered_at")}
    assert console.expect("queue_changed")["connected"] is True


def test_the_same_page_in_session_is_the_same_peer(site: Site) -> None:
    console, console_welcome = site.console(site.cookie("Bob"))
    customer, queued, session = accepted(site, console, page="one")
    customer.drop()
    again, welcome = site.customer(resume=queued["token"], page="one")
    assert (welcome["state"], welcome["peer"]) == ("active", session["peer"])
    assert again.expect("joined")["peer"] == console_welcome["peer"]
    console.send("signal", session=session["session"], to=session["peer"], negotiation=NEGOTIATION)
    assert again.expect("signal")["from"] == console_welcome["peer"]
    told = []
    console.raw("?")
    while (message := console.next())["type"] != "error":
        told.append((message["type"], message["connected"]))
    # At most that the page was away; the peers talked on all the while.
    assert told in ([], [("queue_changed", False), ("queue_changed", True)])


def test_a_line_that_is_found_dead_later_does_not_take_the_new_one_along(site: Site) -> None:
    customer, queued = site.waiting(page="one")
    again, _ = site.customer(resume=queued["token"], page="one")
    again.expect("queued")
    assert customer.close_code() == 4410
    assert again.hears_nothing()


def test_a_second_page_with_the_token_takes_over(site: Site) -> None:
    console, console_welcome = site.console(site.cookie("Bob"))
    customer, queued, session = accepted(site, console, page="one")
    second, welcome = site.customer(resume=queued["token"], page="two")
    assert welcome["peer"] != session["peer"]
    assert second.expect("joined")["peer"] == console_welcome["peer"]
    assert customer.close_code() == 4409
    assert console.expect("left")["peer"] == session["peer"]
    joined = console.expect("joined")
    assert (joined["session"], joined["peer"]) == (session["session"], welcome["peer"])
    console.send("signal", session=session["session"], to=session["peer"], negotiation=NEGOTIATION)
    assert console.expect("error")["code"] == "unknown_peer"


def test_a_second_console_of_the_same_person_takes_over(site: Site) -> None:
    first, first_welcome = site.console(site.cookie("Bob"))
    customer, queued, _ = accepted(site, first)
    _, waiting = site.waiting("Dan")
    first.expect("queue_entered")
    second, welcome = site.console(site.cookie("Bob", browser=2))
    assert first.close_code() == 4409
    assert (welcome["sessions"], welcome["waiting"]) == ([queued["session"]], 1)
    assert second.expect("accepted")["session"]["session"] == queued["session"]
    assert second.expect("queue_entered")["entry"]["session"] == waiting["session"]
    assert customer.expect("left")["peer"] == first_welcome["peer"]
    assert customer.expect("joined")["peer"] == welcome["peer"]


def test_the_console_that_comes_back_is_told_everything_again(site: Site) -> None:
    cookie = site.cookie("Bob")
    console, first_welcome = site.console(cookie, page="one")
    customer, _, session = accepted(site, console)
    console.drop()
    again, welcome = site.console(cookie, page="one")
    assert welcome["peer"] == first_welcome["peer"]
    assert again.expect("accepted")["session"] == session
    assert customer.hears_nothing()


def test_a_customer_accepted_while_away_is_introduced_when_back(site: Site) -> None:
    console, console_welcome = site.console(site.cookie("Bob"))
    customer, queued = site.waiting(page="one")
    console.expect("queue_entered")
    customer.drop()
    console.expect("queue_changed")
    console.send("accept", session=queued["session"])
    console.expect("queue_left")
    session = console.expect("accepted")["session"]
    assert "peer" not in session
    again, welcome = site.customer(resume=queued["token"], page="one")
    assert again.expect("joined")["peer"] == console_welcome["peer"]
    assert console.expect("joined")["peer"] == welcome["peer"]


def test_a_signal_to_somebody_who_is_away_is_answered(site: Site) -> None:
    console, welcome = site.console(site.cookie("Bob"))
    customer, _, _ = accepted(site, console)
    console.close()
    while (answer := _signal(customer, welcome["peer"])) == "delivered":
        time.sleep(0.01)
    assert answer == "peer_away"


def _signal(customer: Page, peer: str) -> str:
    customer.send("signal", to=peer, negotiation=NEGOTIATION)
    customer.raw("?")
    code = customer.expect("error")["code"]
    if code == "not_json":
        return "delivered"
    customer.expect("error")
    return str(code)


def test_a_page_that_never_heard_that_it_is_queued_gets_its_place_and_a_new_token(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, lost = site.waiting(page="one")
    assert console.expect("queue_entered")["waiting"] == 1
    customer.drop()
    console.expect("queue_changed")
    again, welcome = site.customer(page="one")
    assert (welcome["state"], welcome["session"]) == ("queued", lost["session"])
    admitted = again.expect("admitted")
    assert admitted["session"] == lost["session"] and admitted["token"] != lost["token"]
    assert again.expect("queued")["entered_at"] == lost["entered_at"]
    assert console.expect("queue_changed")["connected"] is True
    again.enter()
    assert again.expect("error")["code"] == "wrong_state"
    # The token that was lost opens nothing; the new one does, from another page too.
    assert site.customer(resume=lost["token"], page="two")[1]["state"] == "new"
    assert site.customer(resume=admitted["token"], page="two")[1]["session"] == lost["session"]


def test_the_new_token_outlives_the_server(data: Path) -> None:
    with serving(settings(data)) as site:
        customer, lost = site.waiting(page="one")
    with serving(settings(data)) as site:
        customer, _ = site.customer(page="one")
        admitted = customer.expect("admitted")
        assert admitted["session"] == lost["session"]
    with serving(settings(data)) as site:
        assert site.customer(resume=lost["token"], page="one")[1]["state"] == "new"
        assert site.customer(resume=admitted["token"], page="one")[1]["session"] == lost["session"]


def test_the_id_of_a_page_alone_opens_nothing_else(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    _, queued = site.waiting(page="one")
    console.expect("queue_entered")
    assert site.customer(page="one")[1]["state"] == "new"  # it has a living WebSocket
    moved, _ = site.customer(resume=queued["token"], page="two")
    moved.expect("queued")
    moved.drop()
    console.expect("queue_changed")
    assert site.customer(page="one")[1]["state"] == "new"  # it was taken over by another page
    console.send("accept", session=queued["session"])
    console.until("accepted")
    assert site.customer(page="two")[1]["state"] == "new"  # it waits no more


def test_a_session_that_is_over_is_over_for_its_token(site: Site) -> None:
    customer, queued = site.waiting()
    customer.send("end")
    customer.expect("ended")
    again, welcome = site.customer(resume=queued["token"])
    assert (welcome["state"], welcome["reason"], welcome["session"]) == ("ended", "left_queue", queued["session"])
    again.enter()
    assert again.expect("error")["code"] == "wrong_state"


def test_a_guessed_token_opens_nothing(site: Site) -> None:
    _, queued = site.waiting()
    for guess in ("guessed", queued["session"], queued["token"][:-1]):
        customer, welcome = site.customer(resume=guess)
        assert welcome["state"] == "new" and "session" not in welcome
        customer.send("end")
        assert customer.expect("error")["code"] == "wrong_state"


def test_who_is_gone_for_too_long_loses_the_place(data: Path) -> None:
    with serving(settings(data, position_interval=0.1), site={"reconnect": {"queue": 1}}) as site:
        console, _ = site.console(site.cookie("Bob"))
        gone, queued = site.waiting()
        stays, _ = site.waiting()
        gone.drop()
        assert stays.expect("position")["position"] == 1
        assert console.until("queue_left")["session"] == queued["session"]
        _, welcome = site.customer(resume=queued["token"])
        assert (welcome["state"], welcome["reason"]) == ("ended", "customer_gone")
        assert stays.hears_nothing()
