"""Teams: who sees which queue, who may accept whom, and how many at once."""

from pathlib import Path
from typing import Any

from tests.signaling.administrator import Administrator
from tests.signaling.server import Page, Site, serving, settings
from tests.signaling.test_orphaned import console_of

TEAMS: dict[str, Any] = {
    "teams": [{"id": "general", "name": "General"}, {"id": "printers", "name": "Printers"}],
    "issues": [
        {"id": "ink", "name": {"en": "Ink", "de": "Tinte"}, "team": "printers"},
        {"id": "other", "name": {"en": "Something else"}},
    ],
}


def representative(site: Site, name: str, **fields: Any) -> None:
    """What an administrator decides about somebody."""
    Administrator(site).put(f"representatives/{name}", {"name": name, "administrator": name == "Cleo"} | fields)


def accepted_name(console: Page) -> str:
    """Whom `Accept next` brings."""
    console.send("accept_next")
    return str(console.until("accepted")["session"]["name"])


def test_each_sees_and_takes_who_waits_for_their_teams_only(data: Path) -> None:
    with serving(settings(data), site=TEAMS) as site:
        representative(site, "Bob", teams=["printers"])
        bob, everywhere = console_of(site), console_of(site, "Cleo")
        _, other_queued = site.waiting("Dan", issue="other", language="de")
        _, ink_queued = site.waiting("Eve", issue="ink")
        none, none_queued = site.waiting("Fay")
        assert [queued["position"] for queued in (other_queued, ink_queued, none_queued)] == [1, 1, 2]
        entry = bob.expect("queue_entered")
        assert (entry["entry"]["team"], entry["entry"]["issue"], entry["waiting"]) == ("Printers", "Ink", 1)
        assert [everywhere.expect("queue_entered")["entry"]["team"] for _ in "123"] == [
            "General",
            "Printers",
            "General",
        ]
        for session in (other_queued["session"], none_queued["session"]):
            bob.send("accept", session=session)
            assert bob.expect("error")["code"] == "unknown_session"
        assert accepted_name(bob) == "Eve"
        bob.send("accept_next")
        assert bob.expect("error")["code"] == "queue_empty"
        assert everywhere.expect("queue_left")["waiting"] == 2
        assert accepted_name(everywhere) == "Dan"
        assert none.expect("position")["position"] == 1
        assert bob.hears_nothing()


def test_a_team_whose_people_are_not_there_is_orphaned_while_another_is_not(data: Path) -> None:
    with serving(settings(data), site=TEAMS) as site:
        representative(site, "Bob", teams=["printers"])
        console_of(site)
        ink, _ = site.waiting(issue="ink")
        ink.at("queue")
        other, _ = site.waiting(issue="other")
        other.at("orphaned")
        assert site.get("/api/available?issue=ink").json() == {"available": True}
        assert site.get("/api/available?issue=other").json() == {"available": False}


def test_who_gets_another_team_sees_its_queue_at_once(data: Path) -> None:
    with serving(settings(data), site=TEAMS) as site:
        representative(site, "Bob", teams=["printers"])
        bob = console_of(site)
        _, ink_queued = site.waiting("Eve", issue="ink")
        other, other_queued = site.waiting("Dan", issue="other")
        assert bob.expect("queue_entered")["entry"]["session"] == ink_queued["session"]
        representative(site, "Bob", teams=["general"])
        assert bob.expect("queue_left") == {"type": "queue_left", "session": ink_queued["session"], "waiting": 1}
        assert bob.expect("queue_entered")["entry"]["session"] == other_queued["session"]
        other.at("orphaned")
        other.at("queue")
        bob.send("accept", session=ink_queued["session"])
        assert bob.expect("error")["code"] == "unknown_session"


def test_nobody_has_more_sessions_than_they_may(data: Path) -> None:
    with serving(settings(data)) as site:
        representative(site, "Bob", session_limit=1)
        bob = console_of(site)
        first, _ = site.waiting("Ann")
        _, queued = site.waiting("Dan")
        assert accepted_name(bob) == "Ann"
        for message in ({"type": "accept", "session": queued["session"]}, {"type": "accept_next"}):
            bob.send(message.pop("type"), **message)
            error = bob.expect("error")
            assert (error["code"], error["session"]) == ("session_limit", queued["session"])
        first.send("end")
        bob.until("ended")
        assert accepted_name(bob) == "Dan"


def test_who_waits_for_a_team_that_is_closed_waits_where_new_ones_do(data: Path) -> None:
    with serving(settings(data), site=TEAMS) as site:
        bob = console_of(site)
        ink, queued = site.waiting("Eve", issue="ink")
        site.waiting("Dan")
        assert [bob.expect("queue_entered")["entry"]["team"] for _ in "12"] == ["Printers", "General"]
        Administrator(site).decide(teams=[{"id": "general", "name": "General"}], issues=[])
        assert bob.until("queue_left")["session"] == queued["session"]
        assert bob.expect("queue_entered")["entry"]["team"] == "General"
        assert ink.until("position")["position"] == 1  # they came first
        assert accepted_name(bob) == "Eve"


def test_somebody_whose_rights_are_gone_is_shown_out(data: Path) -> None:
    with serving(settings(data)) as site:
        bob = console_of(site)
        customer, _ = site.waiting()
        customer.at("queue")
        bob.send("accept_next")
        customer.expect("joined")
        assert Administrator(site).ask("DELETE", "representatives/Bob", {}).status_code == 200
        customer.expect("left")
        assert customer.expect("queued")["position"] == 1
        assert bob.close_code() == 4401
