"""A line that breaks: it comes back by itself, with the picture; or somebody else comes, to whom nothing is allowed."""

import pytest
from playwright.sync_api import expect

from e2e.line import Line
from e2e.pages.console import Console
from e2e.pages.source import BLUE, RED
from e2e.people import People
from e2e.servers import PASSWORD, Server

# The connections that a page has made, for a test that takes one away.
OBSERVED = """
  globalThis.made = [];
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...words) {
      super(...words);
      made.push(this);
    }
  };
"""
RECONNECT = 10
"""Seconds: as short as a site may have it."""


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    return {"reconnect": {"session": RECONNECT}}


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    return {"position_interval": 0.5}


def test_the_picture_comes_back_with_the_line_and_nobody_is_asked(people: People) -> None:
    customer = people.customer()
    line = Line(customer.page)
    customer, console, source = people.shared(customer)
    line.cut()
    customer.talk.say("Written in the dark")
    expect(customer.page.get_by_text("Connection lost, trying again…")).to_be_visible()
    expect(console.page.get_by_text("Connection lost, trying again…")).to_be_visible()
    source.paint(*BLUE)
    line.heal()
    customer.is_joined()
    console.is_joined()
    console.sees(*BLUE)
    console.talk.has("Written in the dark")
    customer.talk.has("You started to share your screen.")
    expect(customer.allow).to_have_count(0)
    expect(customer.permissions.get_by_role("listitem")).to_have_count(1)


@pytest.mark.parametrize("whose", ["customer", "representative"])
def test_a_connection_that_is_gone_for_good_is_made_anew(people: People, whose: str) -> None:
    context = people.context()
    context.add_init_script(OBSERVED)
    customer = people.customer(context=context)
    console = people.console()
    console.page.context.add_init_script(OBSERVED)
    console.come_in(PASSWORD)
    customer.enter()
    console.accept(customer.name)
    customer.is_joined()
    console.is_joined()
    customer.talk.say("Before")
    console.talk.has("Before")
    page = customer.page if whose == "customer" else console.page
    page.evaluate("() => made[0].close()")
    customer.talk.say("Meanwhile")
    console.talk.say("Meanwhile, at the desk")
    for person in (customer, console):
        expect(person.talk.entries("Meanwhile")).to_have_count(2)
    customer.talk.is_marked("Meanwhile", "Read")
    customer.is_joined()
    console.is_joined()
    assert page.evaluate("() => made.map((one) => one.connectionState)") == ["closed", "connected"]
    fingerprints = page.evaluate(
        "() => made.map((one) => one.localDescription.sdp.match(/a=fingerprint:.*/)[0]).filter(Boolean)"
    )
    assert len(set(fingerprints)) == 1, "the same page is known by the same certificate"


def test_whose_representative_is_gone_is_next_in_line_and_allows_the_next_one_nothing(people: People) -> None:
    customer, console, _ = people.shared()
    other = people.representative()
    customer.talk.say("Read by the first")
    customer.talk.is_marked("Read by the first", "Read")
    console.page.close()
    customer.talk.say("Read by nobody yet")
    expect(customer.heading).to_have_text("You are next")
    customer.talk.has(f"{console.name} has not come back")
    waits_for(other, customer.name)
    other.accept(customer.name)
    customer.is_joined()
    expect(customer.heading).to_have_text(other.name)
    other.talk.has("Read by nobody yet")
    expect(other.talk.entries("Read by the first")).to_have_count(0)
    customer.shares_nothing()
    expect(other.permissions).to_have_count(0)
    other.request_screen.click()
    customer.allow.click()
    other.sees(*RED)


def waits_for(console: Console, name: str) -> None:
    expect(console.waiting(name)).to_be_visible()


def test_an_end_that_nobody_heard_is_said_by_the_next_page(people: People, server: Server) -> None:
    customer, console = people.session()
    context = customer.page.context
    server.kill()
    expect(customer.page.get_by_text("Our server is away; you can go on.")).to_be_visible()
    # The representative must not be the one who tells it.
    console.page.goto("about:blank")
    customer.ends()
    customer.page.close()
    server.start()
    later = people.customer(context=context)
    later.open()
    expect(later.name_box).to_be_visible()
    later.page.wait_for_function("() => localStorage.getItem('deskside.farewell') === null")
    console.open()
    expect(console.available).to_be_checked()
    expect(console.page.get_by_text("No session yet")).to_be_visible()
