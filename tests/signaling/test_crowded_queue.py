"""Thousands wait with long questions: a console comes in, works, and is told of those who have waited longest."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from deskside.core.versions import SPOKEN
from signaling.app import DATABASE
from signaling.desk import now
from signaling.queue import LISTED
from tests.signaling.administrator import Administrator
from tests.signaling.server import Page, serving, settings
from tests.signaling.test_teams import TEAMS, representative

LONG = '"' * 2000
"""As long as a question can be, and twice as long in a frame."""


def crowd(data: Path, count: int, team: str = "general", first: int = 1) -> None:
    """So many wait when the server starts."""
    at = now()
    common: dict[str, Any] = {
        "state": "queued",
        "question": LONG,
        "issue": "",
        "language": "en",
        "team": team,
        "step": "queue",
    }
    common |= {"step": "queue", "answers": "{}", "entered_at": at, "queued_at": at}
    rows = [
        common
        | {"place": place, "queue_place": place, "name": f"Ann {place}"}
        | {"id": f"s{place}", "token_hash": f"t{place}", "page": f"g{place}", "peer": f"p{place}"}
        for place in range(first, first + count)
    ]
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        columns = ", ".join(rows[0])
        marks = ", ".join(f":{column}" for column in rows[0])
        database.executemany(f"INSERT INTO sessions ({columns}) VALUES ({marks})", rows)


def entered(console: Page, count: int) -> list[str]:
    """The sessions of the next messages, which all tell of somebody who waits."""
    return [console.expect("queue_entered")["entry"]["session"] for _ in range(count)]


def names(first: int, count: int) -> list[str]:
    return [f"s{place}" for place in range(first, first + count)]


@pytest.mark.parametrize("spoken", [{}, SPOKEN])
def test_a_console_comes_in_and_works_while_thousands_wait(data: Path, spoken: dict[str, int]) -> None:
    crowd(data, 7600)
    with serving(settings(data)) as site:
        bob, welcome = site.console(site.cookie("Bob"), spoken=spoken)
        assert welcome["waiting"] == 7600
        assert entered(bob, LISTED) == names(1, LISTED)
        assert bob.hears_nothing()
        # Somebody in the list is accepted: the next one moves up.
        bob.send("accept", session="s2")
        assert bob.expect("queue_left").items() >= {"session": "s2", "waiting": 7599}.items()
        assert bob.expect("queue_entered")["entry"]["session"] == f"s{LISTED + 1}"
        assert bob.until("accepted")["session"]["question"] == LONG
        # Who comes is counted, and is not told of before moving up.
        customer, queued = site.waiting("Eve")
        assert queued["position"] == 7600
        assert bob.expect("queue_left").items() >= {"session": queued["session"], "waiting": 7600}.items()
        # Of those who are there they are the next all the same.
        bob.send("accept_next")
        assert bob.until("accepted")["session"]["name"] == "Eve"
        customer.expect("joined")
        cleo, welcome = site.console(site.cookie("Cleo"), spoken=spoken)
        assert welcome["waiting"] == 7599
        assert entered(cleo, LISTED) == ["s1", *names(3, LISTED - 1)]


def test_who_is_handed_back_stands_before_the_others_and_the_last_one_makes_room(data: Path) -> None:
    crowd(data, LISTED + 5)
    with serving(settings(data), site={"reconnect": {"queue": 600, "session": 300}}) as site:
        bob, _ = site.console(site.cookie("Bob"))
        entered(bob, LISTED)
        customer, _ = site.waiting("Eve")
        bob.expect("queue_left")
        bob.send("accept_next")
        session = bob.until("accepted")["session"]["session"]
        customer.expect("joined")
        customer.send("wait_again")
        assert bob.until("queue_entered")["entry"]["session"] == session
        assert bob.expect("queue_left")["session"] == f"s{LISTED}"
        bob.send("accept_next")
        assert bob.until("queue_left")["session"] == session
        assert bob.expect("queue_entered")["entry"]["session"] == f"s{LISTED}"


def test_who_gets_other_teams_knows_of_the_first_of_these(data: Path) -> None:
    crowd(data, 1000)
    crowd(data, 1000, "printers", first=1001)
    with serving(settings(data), site=TEAMS) as site:
        representative(site, "Bob", teams=["general"])
        bob, welcome = site.console(site.cookie("Bob"))
        assert welcome["waiting"] == 1000 and entered(bob, LISTED) == names(1, LISTED)
        representative(site, "Bob", teams=["printers"])
        gone = {bob.expect("queue_left")["session"] for _ in range(LISTED)}
        assert gone == set(names(1, LISTED)) and entered(bob, LISTED) == names(1001, LISTED)
        bob.send("accept", session="s1001")
        assert bob.until("queue_entered")["entry"]["session"] == f"s{1001 + LISTED}"


def test_a_long_queue_that_is_moved_to_another_team_brings_those_who_have_waited_longest(data: Path) -> None:
    crowd(data, 600, "printers")
    crowd(data, 600, first=601)
    with serving(settings(data), site=TEAMS) as site:
        representative(site, "Bob", teams=["general"])
        bob, _ = site.console(site.cookie("Bob"))
        assert entered(bob, LISTED) == names(601, LISTED)
        Administrator(site).decide(teams=TEAMS["teams"][:1], issues=[])
        known = set(names(601, LISTED))
        while known != set(names(1, LISTED)):
            message = bob.next()
            if message["type"] == "queue_entered":
                known.add(message["entry"]["session"])
            elif message["type"] == "queue_left":
                known.discard(message["session"])
        bob.drop()  # without reading the rest
