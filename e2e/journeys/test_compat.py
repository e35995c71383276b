"""The customer's way under Brython, for a browser that has no WebAssembly."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from e2e.conftest import launch
from e2e.pages.console import Console
from e2e.pages.conversation import Conversation
from e2e.pages.customer import Customer
from e2e.pages.source import BLUE, RED, Source
from e2e.people import People

WITHOUT_WEBASSEMBLY = "delete globalThis.WebAssembly;"
COMPAT = re.compile("/compat.html")


@pytest.fixture
def hardened(people: People) -> Customer:
    """A customer whose browser is like any other, but for WebAssembly."""
    context = people.context()
    context.add_init_script(WITHOUT_WEBASSEMBLY)
    return people.customer(context=context)


@pytest.fixture
def interpreted(people: People, playwright: Playwright) -> Iterator[Customer]:
    """A customer whose browser compiles nothing, as hardened browsers do."""
    with launch(playwright, "--js-flags=--jitless") as browser:
        others = People(browser, people.server, lambda: "")
        yield others.customer()
        others.leave()
    assert others.complaints == []


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def talks(customer: Customer, console: Console) -> None:
    customer.talk.say("Grüße, the printer is <b>cold</b> 🖨")
    console.talk.has("Grüße, the printer is <b>cold</b> 🖨")
    console.talk.say("See https://example.org/help")
    expect(customer.talk.log.get_by_role("link", name="https://example.org/help")).to_be_visible()
    customer.talk.is_marked("the printer is", "Read")
    console.talk.is_marked("See https", "Read")


def is_nudged(customer: Customer, console: Console) -> None:
    console.nudge.click()
    customer.talk.has(f"{console.name} nudged you.")
    expect(console.talk.entries("Nudge:")).to_contain_text("page shaken")


def file_goes(name: str, sender: Conversation, receiver: Conversation, directory: Path) -> None:
    sent = directory / name
    sent.write_bytes(os.urandom((1 << 20) + 4321))
    sender.offer(sent)
    arrived, _ = receiver.save(receiver.accept_file, directory / "arrived")
    assert sha256(arrived) == sha256(sent)
    sender.file(name).is_said("sent and checked")


def shows_the_screen_and_stops(customer: Customer, console: Console, source: Source) -> None:
    console.request_screen.click()
    customer.allow.click()
    console.sees(*RED)
    source.paint(*BLUE)
    console.sees(*BLUE)
    expect(customer.permissions).to_contain_text("See your screen")
    customer.red_x.click()
    customer.shares_nothing()
    expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()
    expect(console.page.locator("video")).to_have_count(0)
    customer.continue_chatting.click()
    customer.talk.say("Still here")
    console.talk.has("Still here")


def test_the_whole_way_of_the_customer(people: People, hardened: Customer, tmp_path: Path) -> None:
    customer = hardened
    console = people.representative()
    source = Source(customer.page.context)
    customer.page.bring_to_front()
    customer.enter("It prints blank pages", "/?issue=none#here")
    expect(customer.page).to_have_url(COMPAT)
    assert customer.page.url.endswith("/compat.html?issue=none#here")
    customer.is_number(1)
    customer.talk.say("Written while waiting")
    expect(console.waiting("Casey")).to_contain_text("It prints blank pages")
    console.accept("Casey")
    customer.is_joined()
    console.talk.has("Written while waiting")
    talks(customer, console)
    is_nudged(customer, console)
    file_goes("from the customer.bin", customer.talk, console.talk, tmp_path)
    file_goes("from the desk.bin", console.talk, customer.talk, tmp_path)
    shows_the_screen_and_stops(customer, console, source)
    customer.ends()
    with customer.page.expect_download() as saved:
        customer.transcript.click()
    assert "Written while waiting" in Path(saved.value.path()).read_text(encoding="utf-8")
    console.talk.has("The customer ended the session.")


def test_a_reload_comes_back_to_the_same_conversation(people: People, hardened: Customer) -> None:
    customer, console = people.session(hardened)
    customer.talk.say("Before the reload")
    console.talk.has("Before the reload")
    customer.page.reload()
    customer.is_joined()
    customer.talk.has("Before the reload")
    customer.talk.say("After the reload")
    console.talk.has("Before the reload", "After the reload")


def test_a_browser_that_compiles_nothing(people: People, interpreted: Customer, tmp_path: Path) -> None:
    customer = interpreted
    source = Source(customer.page.context)
    customer.page.bring_to_front()
    customer, console = people.session(customer, "It prints blank pages")
    expect(customer.page).to_have_url(COMPAT)
    talks(customer, console)
    file_goes("from the customer.bin", customer.talk, console.talk, tmp_path)
    file_goes("from the desk.bin", console.talk, customer.talk, tmp_path)
    shows_the_screen_and_stops(customer, console, source)
    console.ends()
    expect(customer.heading).to_have_text(f"{console.name} ended the session")
