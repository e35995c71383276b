"""The customer's whole way without WebAssembly, where Brython runs the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from e2e.browsers import launch
from e2e.pages.source import BLUE, RED, Source
from e2e.people import People


@pytest.fixture(scope="module")
def hardened(playwright: Playwright) -> Iterator[Browser]:
    """A browser whose JavaScript is never compiled, as people set it who fear attacks: it has no WebAssembly."""
    with launch(playwright, "--js-flags=--jitless") as started:
        yield started


def test_the_whole_way_without_webassembly(people: People, hardened: Browser, tmp_path: Path) -> None:
    context = people.context(hardened)
    source = Source(context)
    customer = people.customer(context=context)
    console = people.representative()
    customer.page.bring_to_front()
    customer.enter("No WebAssembly here.")
    expect(customer.page).to_have_url(people.server.url + "/compat.html")
    assert customer.page.evaluate("() => typeof WebAssembly") == "undefined"
    customer.is_number(1)
    customer.talk.say("Written while waiting")
    expect(console.waiting("Casey")).to_contain_text("No WebAssembly here.")
    console.accept("Casey")
    customer.is_joined()
    console.is_joined()
    console.talk.has("Written while waiting")
    customer.talk.say("Grüße 🖨️ 漢字")
    console.talk.has("Grüße 🖨️ 漢字")
    customer.talk.say("See http://example.com/ <b>now</b>")
    console.talk.say("I look")
    customer.talk.has("I look")
    customer.talk.is_marked("See http://example.com/", "Read")
    expect(customer.talk.log.get_by_role("link")).to_have_attribute("href", "http://example.com/")
    console.nudge.click()
    console.talk.has("Nudge: page in front, page shaken, sound played.")

    for sender, receiver, name in (
        (customer, console, "from the customer.bin"),
        (console, customer, "from the desk.bin"),
    ):
        content = bytes(range(256)) * 9000 + b"end"
        sender.talk.offer({"name": name, "mimeType": "application/x-thing", "buffer": content})
        arrived, _ = receiver.talk.save(receiver.talk.accept_file, tmp_path)
        assert arrived.name == name
        assert arrived.read_bytes() == content
        sender.talk.file(name).is_said("sent and checked")

    console.request_screen.click()
    customer.allow.click()
    console.sees(*RED)
    source.paint(*BLUE)
    console.sees(*BLUE)
    customer.red_x.click()
    customer.shares_nothing()
    expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()
    customer.continue_chatting.click()

    customer.page.reload()
    customer.is_joined()
    customer.talk.has("I look")
    customer.talk.say("After the reload")
    console.talk.has("After the reload")
    customer.ends()
    saved, _ = customer.talk.save(customer.transcript, tmp_path)
    text = saved.read_text(encoding="utf-8")
    assert "After the reload" in text and "&lt;b&gt;now" in text


def test_a_page_without_webassembly_goes_on_to_the_one_that_needs_none(people: People) -> None:
    context = people.context()
    context.add_init_script("delete globalThis.WebAssembly;")
    customer, console = people.session(people.customer(context=context))
    expect(customer.page).to_have_url(people.server.url + "/compat.html")
    customer.talk.say("Hello")
    console.talk.has("Hello")
    console.ends()
    expect(customer.heading).to_have_text(f"{console.name} ended the session")
