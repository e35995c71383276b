"""Messages left by the thousand: nobody is locked out for them, nobody can leave more and more, and they expire."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from deskside.core.messages import TO_REPRESENTATIVE
from deskside.core.versions import SPOKEN
from signaling.app import DATABASE
from signaling.desk import now
from signaling.left_messages import PART
from tests.signaling.clock import Clock
from tests.signaling.process import deskside
from tests.signaling.server import Page, Site, serving, settings

DAY = 24 * 3600 * 1000
LONG = '"' * 4000
"""As long as a text can be, and twice as long in a frame."""


def fill(data: Path, count: int, at: int, text: str = LONG) -> None:
    """So many messages were left before the server starts."""
    rows = [(f"m{number}", at + number, "general", "Ann", "ann@example.com", text, "") for number in range(count)]
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        query = "INSERT INTO left_messages (id, at, team, name, contact, text, issue) VALUES (?, ?, ?, ?, ?, ?, ?)"
        database.executemany(query, rows)


def fill_one(data: Path, id: str, text: str = "Hello") -> None:
    """One more, of this id."""
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        query = "INSERT INTO left_messages (id, at, team, name, contact, text, issue) VALUES (?, ?, ?, '', '', ?, '')"
        database.execute(query, (id, now() + 10_000, "general", text))


def told(console: Page, count: int, kind: str = "message_left") -> list[str]:
    """The ids of the next messages, which are all of this type."""
    return [console.expect(kind)["message"]["id"] for _ in range(count)]


def orphaned(site: Site, spoken: dict[str, int] | None = None) -> Page:
    """A customer to whom nobody can come."""
    customer = site.page()
    customer.send("hello", role="customer", page=f"page-{id(customer)}", **spoken or {})
    customer.expect("welcome")
    customer.enter()
    customer.expect("admitted")
    customer.expect("queued")
    customer.at("orphaned")
    return customer


def leave(site: Site, text: str = "Please call.", spoken: dict[str, int] | None = None) -> dict[str, Any]:
    """A customer leaves a message: what the server says to it."""
    customer = orphaned(site, spoken)
    customer.send("leave_message", text=text, contact="")
    answer = customer.next()
    customer.close()
    return answer


def test_thousands_of_them_lock_no_console_out_and_come_as_the_page_takes_them(data: Path) -> None:
    fill(data, 2500, now())
    with serving(settings(data)) as site:
        console, welcome = site.console(site.cookie("Bob"), spoken=SPOKEN)
        assert welcome["waiting"] == 0
        assert told(console, PART) == [f"m{number}" for number in range(PART)]
        assert console.expect("messages_open")["open"] == 2500
        assert console.hears_nothing()
        console.send("more_messages")
        assert told(console, PART) == [f"m{number}" for number in range(PART, 2 * PART)]
        console.send("finish_message", id="m3")
        assert console.expect("message_finished")["id"] == "m3"
        assert told(console, 1) == [f"m{2 * PART}"]
        assert console.expect("messages_open")["open"] == 2499
        # What is asked for twice in one go comes once.
        console.send("more_messages")
        console.send("accept_next")
        told(console, PART)
        assert console.expect("error")["code"] == "queue_empty"


def test_a_console_of_the_last_release_gets_the_oldest_ones_and_the_next_as_they_are_finished(data: Path) -> None:
    fill(data, 2500, now())
    with serving(settings(data)) as site:
        console, _ = site.console(site.cookie("Bob"))
        assert told(console, PART) == [f"m{number}" for number in range(PART)]
        assert console.hears_nothing()
        for number in range(3):
            console.send("finish_message", id=f"m{number}")
            assert console.expect("message_finished")["id"] == f"m{number}"
            assert told(console, 1) == [f"m{PART + number}"]
        assert "messages_open" in TO_REPRESENTATIVE and console.hears_nothing()


def test_asking_for_more_than_there_are_brings_nothing_and_is_not_remembered(data: Path) -> None:
    fill(data, 3, now(), "Hello")
    with serving(settings(data)) as site:
        console, _ = site.console(site.cookie("Bob"), spoken=SPOKEN)
        told(console, 3)
        assert console.expect("messages_open")["open"] == 3
        for _ in range(20):
            console.send("more_messages")
        assert console.hears_nothing()


def test_what_is_left_behind_those_that_are_told_is_counted(data: Path) -> None:
    fill(data, PART, now() - DAY, "Hello")
    with serving(settings(data)) as site:
        console, _ = site.console(site.cookie("Bob"), spoken=SPOKEN)
        told(console, PART)
        assert console.expect("messages_open")["open"] == PART
        assert leave(site)["type"] == "ended"
        assert console.until("messages_open")["open"] == PART + 1
        console.send("finish_message", id="m0")
        assert console.expect("message_finished")["id"] == "m0"
        assert console.expect("message_left")["message"]["text"] == "Please call."


@pytest.mark.parametrize(
    ("limit", "code"), [("left_messages_per_address", "too_many_messages"), ("max_left_messages", "messages_full")]
)
def test_open_messages_are_limited_and_a_message_that_was_dealt_with_makes_room(
    data: Path, limit: str, code: str
) -> None:
    with serving(settings(data, **{limit: 2})) as site:
        console, _ = site.console(site.cookie("Bob"))
        assert [leave(site, f"{number}")["type"] for number in range(2)] == ["ended"] * 2
        left = [console.until("message_left")["message"] for _ in range(2)]
        customer = orphaned(site, SPOKEN)
        customer.send("leave_message", text="One more", contact="")
        assert customer.expect("error")["code"] == code
        assert leave(site)["code"] == "too_many", "a page of version 1 knows no other word for it"
        console.send("finish_message", id=left[0]["id"])
        console.until("message_finished")
        customer.send("leave_message", text="One more", contact="")  # still where it was
        assert customer.expect("ended")["reason"] == "message_left"


def test_what_was_left_before_the_server_started_counts_for_the_site(data: Path) -> None:
    fill(data, 2, now(), "Hello")
    with serving(settings(data, max_left_messages=2)) as site:
        assert leave(site, spoken=SPOKEN)["code"] == "messages_full"


def test_old_ones_are_deleted_and_go_from_the_consoles(data: Path, clock: Clock) -> None:
    fill(data, 3, now() - 29 * DAY, "Hello")
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        database.execute("UPDATE left_messages SET done_at = at, done_by = 'Bob' WHERE id = 'm2'")
    with serving(settings(data, position_interval=0.1), site={"orphaned": {"retention": 30}}) as site:
        console, _ = site.console(site.cookie("Bob"))
        assert told(console, 2) == ["m0", "m1"]
        leave(site, "Still here")
    clock.forward(2 * 24 * 3600)
    with serving(settings(data, position_interval=0.1), site={"orphaned": {"retention": 30}}) as site:
        assert leave(site, "And this")["type"] == "ended"
    with closing(sqlite3.connect(data / DATABASE)) as database:
        texts = {text for (text,) in database.execute("SELECT text FROM left_messages")}
    assert texts == {"Still here", "And this"}


def test_what_another_program_has_dealt_with_goes_from_the_consoles(data: Path) -> None:
    fill(data, 3, now(), "Hello")
    with serving(settings(data, position_interval=0.1)) as site:
        console, _ = site.console(site.cookie("Bob"))
        assert told(console, 3) == ["m0", "m1", "m2"]
        with closing(sqlite3.connect(data / DATABASE)) as database, database:
            database.execute("DELETE FROM left_messages WHERE id = 'm1'")
        assert console.expect("message_finished")["id"] == "m1"
        assert console.hears_nothing()


# --- from the command line ---------------------------------------------------------------------------------


def test_they_are_listed_with_the_beginning_of_their_text(data: Path) -> None:
    fill(data, 2, 1_700_000_000_000, "It beeps.\n\tStill. " + "x" * 100)
    listed = deskside("message", "list", "--data", data)
    beginning = ("It beeps. Still. " + "x" * 100)[:59] + "…"
    assert listed.stdout.splitlines() == [
        f"{id}  2023-11-14 22:13  Ann  ann@example.com  {beginning}" for id in ("m0", "m1")
    ]
    whole = [json.loads(line) for line in deskside("message", "list", "--json", "--data", data).stdout.splitlines()]
    assert whole[0] == {
        "id": "m0", "at": "2023-11-14T22:13:20+00:00", "team": "general", "name": "Ann", "contact": "ann@example.com",
        "text": "It beeps.\n\tStill. " + "x" * 100, "issue": "",
    }  # fmt: skip


def test_what_is_done_or_deleted_there_goes_from_the_consoles(data: Path) -> None:
    fill(data, 3, now(), "Hello")
    fill_one(data, "-begins-with-a-hyphen")
    with serving(settings(data, position_interval=0.1)) as site:
        console, _ = site.console(site.cookie("Bob"))
        told(console, 4)
        assert deskside("message", "done", "m1", "--data", data).stdout == "Marked 1.\n"
        assert console.expect("message_finished")["id"] == "m1"
        assert deskside("message", "delete", "-begins-with-a-hyphen", "--data", data).stdout == "Deleted 1.\n"
        assert console.expect("message_finished")["id"] == "-begins-with-a-hyphen"
        listed = deskside("message", "list", "--data", data).stdout.splitlines()
        assert [line.split()[0] for line in listed] == ["m0", "m2"]
    with closing(sqlite3.connect(data / DATABASE)) as database:
        done = database.execute("SELECT id, done_by FROM left_messages ORDER BY id").fetchall()
    assert done == [("m0", None), ("m1", "command line"), ("m2", None)]


def test_a_flood_is_deleted_by_what_stands_in_it_and_the_others_are_kept(data: Path) -> None:
    fill(data, 1500, now(), "Buy CHEAP watches")
    fill_one(data, "honest", "Please call.")
    assert deskside("message", "delete", "--containing", "cheap Watches", "--data", data).stdout == "Deleted 1500.\n"
    assert deskside("message", "list", "--data", data).stdout.startswith("honest ")
    assert deskside("message", "delete", "--all", "--data", data).stdout == "Deleted 1.\n"
    assert deskside("message", "list", "--data", data).stdout == ""


def test_a_message_that_is_not_there_is_said_and_nothing_is_deleted_by_mistake(data: Path) -> None:
    fill(data, 2, now(), "Hello")
    for arguments, code, sentence in (
        (["done", "m0", "m9"], 1, "1 of these ids"),
        (["done", "m0"], 1, "1 of these ids"),
        (["delete", "m9"], 1, "1 of these ids"),
        (["delete"], 2, "Say which"),
        (["delete", "m1", "--all"], 2, "Say which"),
        (["done"], 2, "Missing argument"),
    ):
        refused = deskside("message", *arguments, "--data", data)
        assert refused.exit_code == code and sentence in refused.stderr
    assert deskside("message", "list", "--data", data).stdout.startswith("m1 ")
