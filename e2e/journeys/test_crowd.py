"""A flood while nobody was there: thousands wait with long questions, and thousands have left long messages. Whoever
comes to the console works, and gets the lists in parts."""

import re
import sqlite3
import time
from contextlib import closing

import pytest
from playwright.sync_api import expect

from e2e.people import People
from e2e.servers import Server

WAITING, LEFT = 7600, 2500
QUESTION, MESSAGE = "It beeps & beeps. " * 110, 'He said: "It beeps." ' * 40


def flood(server: Server) -> None:
    """Fill the database of a server that is stopped."""
    at = int(time.time() * 1000)
    common = {"state": "queued", "question": QUESTION, "issue": "", "language": "en", "team": "general"}
    sessions = [
        common
        | {"place": place, "queue_place": place, "id": f"s{place}", "token_hash": f"t{place}", "page": f"g{place}"}
        | {"peer": f"p{place}", "name": f"Guest {place}", "entered_at": at, "queued_at": at, "step": "queue"}
        for place in range(1, WAITING + 1)
    ]
    common = {"team": "general", "contact": "ann@example.com", "text": MESSAGE, "issue": ""}
    messages = [common | {"id": f"m{one}", "at": at + one, "name": f"Ann {one}"} for one in range(1, LEFT + 1)]
    with closing(sqlite3.connect(server.data / "deskside.sqlite3")) as database, database:
        for table, rows in (("sessions", sessions), ("left_messages", messages)):
            marks = ", ".join(f":{column}" for column in rows[0])
            database.executemany(f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES ({marks})", rows)


@pytest.fixture(scope="module")
def shared_server(shared_server: Server) -> Server:
    shared_server.stop()
    flood(shared_server)
    shared_server.start()
    return shared_server


def test_a_console_comes_in_through_a_flood_and_works(people: People) -> None:
    console = people.representative()
    page = console.page
    page.set_viewport_size({"width": 1440, "height": 900})
    # Who has waited longest is there, and the others are counted.
    guests = console.queue.get_by_role("listitem")
    expect(guests).to_have_count(200)
    expect(page.get_by_text("7400 more are waiting behind them.")).to_be_visible()
    expect(guests.first).to_contain_text("Guest 1")
    expect(guests.first).to_contain_text("It beeps & beeps.")
    guests.nth(1).get_by_role("button", name="Accept").click()
    expect(console.sessions).to_contain_text("Guest 2")
    expect(guests).to_have_count(200)
    expect(guests.last).to_contain_text("Guest 201")
    expect(page.get_by_text("7399 more are waiting behind them.")).to_be_visible()
    # Somebody who comes now is behind all of them, but there: they are next.
    customer = people.customer("Casey")
    customer.enter()
    expect(page.get_by_text("7400 more are waiting behind them.")).to_be_visible()
    console.accept_next.click()
    expect(console.sessions).to_contain_text("Casey")
    customer.talk.say("At last")
    console.sessions.get_by_role("button", name=re.compile("Casey")).click()
    console.talk.has("At last")


def test_the_messages_of_a_flood_come_in_parts_by_the_keyboard_too(people: People) -> None:
    console = people.representative()
    page = console.page
    page.set_viewport_size({"width": 1440, "height": 900})
    messages = page.get_by_role("list", name="Messages left").get_by_role("listitem")
    page.get_by_text("Messages left").click()
    expect(messages).to_have_count(50)
    expect(messages.first).to_contain_text("Ann 1")
    more = page.get_by_role("button", name="Show more messages")
    more.focus()
    expect(more).to_be_enabled()  # a press within half a second of its coming into sight counts for nothing
    page.keyboard.press("Enter")
    expect(messages).to_have_count(100)
    expect(more).to_be_focused()
    expect(messages.last).to_contain_text("Ann 100")
    messages.first.get_by_role("button", name="Mark as done").click()
    expect(messages.first).to_contain_text("Ann 2")
    expect(messages).to_have_count(100)
    expect(messages.last).to_contain_text("Ann 101")
    expect(page.get_by_text("2499", exact=True)).to_be_visible()
