"""Nobody keeps the head of a queue by their own doing, and representatives can take somebody out of it."""

from pathlib import Path
from typing import Any

import pytest

from deskside.core.versions import SPOKEN
from signaling.customers import HEAD_KEPT
from tests.signaling.administrator import Administrator
from tests.signaling.clock import Clock
from tests.signaling.server import Page, Site, serving, settings
from tests.signaling.test_absence import RECONNECT, leaves
from tests.signaling.test_orphaned import console_of
from tests.signaling.test_session import accepted
from tests.signaling.test_teams import TEAMS, representative


def accept(console: Page, session: str) -> None:
    console.send("accept", session=session)
    assert console.until("accepted")["session"]["session"] == session


def sends_back(customer: Page, console: Page, session: str) -> int:
    """Accepted, and sends the representative away again. Returns the place in the queue after that."""
    accept(console, session)
    customer.until("joined")
    customer.send("wait_again")
    return int(customer.until("queued")["position"])


def back(site: Site, token: str) -> Page:
    """Another page of a customer who waits: loaded anew, or a second tab."""
    page, _ = site.customer(resume=token)
    page.until("queued")
    return page


# --- waiting again -----------------------------------------------------------------------------------------


def test_who_sends_every_representative_back_does_not_stay_at_the_head(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, queued = site.waiting("Dan")
    _, behind = site.waiting("Eve")
    places = [sends_back(customer, console, queued["session"]) for _ in range(HEAD_KEPT + 2)]
    assert places == [1] * HEAD_KEPT + [2, 2]
    console.send("accept_next")
    assert console.until("accepted")["session"]["session"] == behind["session"]


def test_it_is_counted_over_reloads_second_tabs_and_a_server_that_starts_again(data: Path) -> None:
    chosen = settings(data)
    with serving(chosen) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer, queued = site.waiting("Dan")
        site.waiting("Eve")
        for _ in range(HEAD_KEPT):
            assert sends_back(customer, console, queued["session"]) == 1
            customer = back(site, queued["token"])
    with serving(chosen) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer = back(site, queued["token"])
        accept(console, queued["session"])
        customer.until("joined")
        customer, welcome = site.customer(resume=queued["token"])
        assert welcome["state"] == "active"
        customer.send("wait_again")
        assert customer.until("queued")["position"] == 2
    with serving(chosen) as site:
        customer, _ = site.customer(resume=queued["token"])
        assert customer.until("queued")["position"] == 2


def test_a_representative_who_is_away_costs_nobody_the_head(data: Path, clock: Clock) -> None:
    with serving(settings(data, position_interval=0.05), site={"reconnect": RECONNECT}) as site:
        cookie = site.cookie("Bob")
        console, hello = site.console(cookie)
        customer, queued = site.waiting("Dan")
        behind, _ = site.waiting("Eve")
        for _ in range(HEAD_KEPT + 1):
            sends_back(customer, console, queued["session"])
        for is_asked in (True, False):
            accept(console, queued["session"])
            customer.until("joined")
            leaves(console, customer, to=hello["peer"])
            if is_asked:
                customer.send("wait_again")
            else:
                clock.forward(61)
            assert customer.until("queued")["position"] == 1
            console = site.page(cookie)
            console.send("hello", role="representative", page="one")
            hello = console.until("welcome")
        assert behind.until("position")


def test_who_was_handed_back_gets_past_nobody_who_was_too(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    first, first_queued, _ = accepted(site, console, name="Dan")
    second, second_queued, _ = accepted(site, console, name="Eve")
    site.waiting("Fay")
    first.send("wait_again")
    assert first.until("queued")["position"] == 1
    second.send("wait_again")
    assert second.until("queued")["position"] == 2, "still before who has been with nobody"
    assert sends_back(second, console, second_queued["session"]) == 2
    assert sends_back(first, console, first_queued["session"]) == 1


def test_who_leaves_and_comes_again_is_at_the_end(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, queued = site.waiting("Dan", page="one")
    site.waiting("Eve")
    sends_back(customer, console, queued["session"])
    customer.send("end")
    customer.until("ended")
    again, welcome = site.customer(resume=queued["token"], page="one")
    assert welcome["state"] == "ended"
    again.enter("Dan")
    assert again.expect("error")["code"] == "wrong_state"
    _, queued = site.waiting("Dan")
    assert queued["position"] == 2


# --- being removed -----------------------------------------------------------------------------------------


def welcomed(site: Site, spoken: dict[str, int], **more: Any) -> tuple[Page, dict[str, Any]]:
    page = site.page()
    page.send("hello", role="customer", **({"page": "one"} | spoken | more))
    return page, page.expect("welcome")


@pytest.mark.parametrize(("spoken", "reason"), [(SPOKEN, "removed"), ({}, "representative")])
def test_who_is_removed_is_told_so_in_a_word_that_the_page_knows(
    site: Site, spoken: dict[str, int], reason: str
) -> None:
    console, _ = site.console(site.cookie("Bob"))
    other, _ = site.console(site.cookie("Cleo"))
    customer, _ = welcomed(site, spoken)
    customer.enter("Dan")
    admitted = customer.expect("admitted")
    customer.until("step")
    behind, behind_queued = site.waiting("Eve")
    console.send("remove", session=admitted["session"])
    assert customer.expect("ended")["reason"] == reason
    assert behind.until("position")["position"] == 1
    for page in (console, other):
        left = page.until("queue_left")
        assert (left["session"], left["waiting"]) == (admitted["session"], 1)
    _, welcome = welcomed(site, spoken, page="two", resume=admitted["token"])
    assert (welcome["state"], welcome["reason"]) == ("ended", reason)
    console.send("remove", session=admitted["session"])
    assert console.expect("error")["code"] == "unknown_session"
    console.send("accept", session=behind_queued["session"])
    console.until("accepted")
    console.send("remove", session=behind_queued["session"])
    assert console.expect("error")["code"] == "taken", "a session that runs is ended, not removed"
    _, queued = site.waiting("Dan")
    assert queued["position"] == 1, "whoever was removed can come again"


def test_who_is_away_can_be_removed_and_reads_it_on_coming_back(data: Path) -> None:
    chosen = settings(data)
    with serving(chosen) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer, queued = site.waiting("Dan")
        customer.drop()
        assert console.until("queue_changed")["connected"] is False
        console.send("remove", session=queued["session"])
        assert console.until("queue_left")["waiting"] == 0
    with serving(chosen) as site:
        _, welcome = welcomed(site, SPOKEN, resume=queued["token"])
        assert (welcome["state"], welcome["reason"]) == ("ended", "removed")
        console, welcome = site.console(site.cookie("Bob"))
        assert (welcome["waiting"], welcome["sessions"]) == (0, [])


def test_only_who_could_accept_somebody_can_remove_them(data: Path) -> None:
    with serving(settings(data), site=TEAMS) as site:
        representative(site, "Bob", teams=["printers"])
        bob, cleo = console_of(site), console_of(site, "Cleo")
        customer, queued = site.waiting("Dan", issue="other")
        bob.send("create_key")
        guest, guest_queued = site.waiting("Eve", key=bob.until("key")["key"])
        for console, session in ((bob, queued), (cleo, guest_queued), (bob, {"session": "nobody"})):
            console.send("remove", session=session["session"])
            error = console.until("error")
            assert (error["code"], error["session"]) == ("unknown_session", session["session"])
        customer.send("remove", session=queued["session"])
        assert customer.until("error")["code"] == "unknown_type"
        assert guest.at("queue") and guest.hears_nothing()
        bob.send("remove", session=guest_queued["session"])
        guest.until("ended")


def test_nobody_is_removed_before_they_wait(data: Path) -> None:
    with serving(settings(data), site={"agreement": {"on": True}}) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer, admitted = site.arriving()
        customer.at("agreement")
        console.send("remove", session=admitted["session"])
        assert console.until("error")["code"] == "unknown_session"
        assert customer.hears_nothing()


def test_the_reports_count_who_was_removed(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, queued = site.waiting("Dan")
    console.send("remove", session=queued["session"])
    customer.until("ended")
    report = Administrator(site).get("reports")
    assert report["sessions"]["ended_by"] == {"removed": 1}
    assert (report["waits"]["count"], report["waits"]["left_before"]) == (0, 1)
