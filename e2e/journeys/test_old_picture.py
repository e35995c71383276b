"""A picture of the customer's screen that stands still says how old it is, and goes away with what it was of."""

import re

from playwright.sync_api import expect

from e2e.line import Line
from e2e.pages.console import Console
from e2e.pages.source import BLUE
from e2e.people import People

AGE = re.compile(r"Picture is (\d+) seconds? old\.")
CONNECTIONS = """globalThis.made = [];
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given) { super(...given); made.push(this); }
};"""
WITHHOLD = """() => {
  globalThis.sender = made.flatMap((one) => one.getSenders()).find((one) => one.track);
  globalThis.track = sender.track;
  return sender.replaceTrack(null);
}"""
GO_ON = "() => sender.replaceTrack(track)"


def grows_older(console: Console) -> None:
    """Its age is said, and a higher one a moment later."""
    note = console.screen.get_by_text(AGE)
    expect(note).to_be_visible()
    found = AGE.search(note.inner_text())
    assert found
    first = int(found.group(1))
    console.page.wait_for_function(
        "(first) => Number(/Picture is ([0-9]+) second/.exec(document.body.innerText)?.[1]) > first",
        arg=first,
        polling=200,
    )


def test_a_picture_over_a_line_that_is_cut_grows_older_until_the_line_is_back(people: People) -> None:
    customer = people.customer()
    line = Line(customer.page)
    customer, console, source = people.shared(customer)
    expect(console.screen.get_by_text(AGE)).to_have_count(0)
    line.cut()
    grows_older(console)
    expect(console.screen.get_by_text("The picture stands still")).to_be_visible()
    line.heal()
    customer.is_joined()
    console.is_joined()
    source.paint(*BLUE)
    console.sees(*BLUE)
    expect(console.screen.get_by_text(AGE)).to_have_count(0)


def test_a_picture_that_stands_still_while_the_line_is_well_is_told_once(people: People) -> None:
    context = people.context()
    context.add_init_script(CONNECTIONS)
    customer = people.customer(context=context)
    customer, console, source = people.shared(customer)
    customer.page.evaluate(WITHHOLD)
    grows_older(console)
    console.is_joined()
    expect(console.page.get_by_role("status")).to_have_text("The picture stands still.")
    customer.page.evaluate(GO_ON)
    source.paint(*BLUE)
    console.sees(*BLUE)
    expect(console.screen.get_by_text(AGE)).to_have_count(0)
    expect(console.page.get_by_role("status")).to_have_text("")


def test_the_picture_goes_away_with_the_session(people: People) -> None:
    customer, console, _ = people.shared()
    customer.page.close()
    grows_older(console)
    console.ends()
    expect(console.page.locator("video")).to_have_count(0)
    expect(console.page.get_by_text(AGE)).to_have_count(0)
    expect(console.page.get_by_text("Ask again if you still need to see something.")).to_have_count(0)
