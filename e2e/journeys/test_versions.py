"""The last release and today's, together: what people have open while a server is upgraded goes on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Route, expect

from e2e.last_release import LastRelease, upgrade
from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.pages.source import BLUE, RED, Source
from e2e.people import People
from e2e.servers import ROOT, Server

# Three blocks, the last of them short.
PHOTO: FilePayload = {"name": "photo.bin", "mimeType": "application/octet-stream", "buffer": bytes(range(256)) * 9_000}
MANUAL: FilePayload = {"name": "manual.txt", "mimeType": "text/plain", "buffer": b"Press the green button. " * 50_000}


@pytest.fixture(scope="module")
def last() -> LastRelease:
    return LastRelease()


@pytest.fixture(scope="module")
def shared_server(last: LastRelease, staff: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Today's server with the pages of the last release, which it has served and keeps."""
    data = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(staff, data)
    server = Server(last.app, data)
    server.start()
    yield server
    server.kill()


def sharing(people: People) -> tuple[Customer, Source]:
    """A customer with something to show."""
    customer = people.customer()
    source = Source(customer.page.context)
    customer.page.bring_to_front()
    return customer, source


def meet(customer: Customer, console: Console) -> None:
    console.accept(customer.name)
    customer.is_joined()
    console.is_joined()


def do_everything(customer: Customer, console: Console, source: Source, folder: Path) -> None:
    """What a session is made of, both ways, to its end."""
    customer.talk.say("From the customer")
    console.talk.say("From the desk")
    for person in (customer, console):
        person.talk.has("From the customer", "From the desk")
    customer.talk.is_marked("From the customer", "Read")
    console.talk.is_marked("From the desk", "Read")

    customer.talk.offer(PHOTO)
    path, _ = console.talk.save(console.talk.accept_file, folder)
    assert path.read_bytes() == PHOTO["buffer"]
    customer.talk.file("photo.bin").is_said("sent and checked")
    console.talk.offer(MANUAL)
    path, _ = customer.talk.save(customer.talk.accept_file, folder)
    assert path.read_bytes() == MANUAL["buffer"]
    console.talk.file("manual.txt").is_said("sent and checked")

    console.request_screen.click()
    customer.allow.click()
    console.sees(*RED)
    source.paint(*BLUE)
    console.sees(*BLUE)
    customer.red_x.click()
    customer.continue_chatting.click()
    customer.shares_nothing()
    expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()
    customer.ends()
    expect(console.page.get_by_text("The customer ended the session.").first).to_be_visible()
    # Each page tells of it in its own words, and the record that they share is the same.
    expect(console.talk.log).not_to_contain_text("recorded something else")


def test_pages_of_the_last_release_and_todays_understand_each_other(
    people: People, server: Server, app: Path, tmp_path: Path
) -> None:
    # Open before the upgrade: a desk, a customer who waits and one who has not pressed the button yet.
    old_console = people.representative()
    waiting = people.customer("Wim")
    waiting.enter()
    waiting.talk.box.press_sequentially("It beeps")
    customer, source = sharing(people)
    customer.open()
    customer.name_box.press_sequentially("Casey")
    upgrade(server, app, ROOT, old_console.page, waiting.page)

    # The place is kept, and so is what was being typed; what is fetched only now comes from the former build.
    waiting.is_number(1)
    expect(waiting.talk.box).to_have_value("It beeps")
    language, page = waiting.page.get_by_role("combobox", name="Language"), waiting.page.locator("html")
    language.select_option("de")
    expect(page).to_have_attribute("lang", "de")
    waiting.page.get_by_role("combobox", name="Sprache").select_option("en")
    expect(page).to_have_attribute("lang", "en")
    waiting.talk.box.press("Enter")
    meet(waiting, old_console)
    old_console.talk.has("It beeps")
    waiting.ends()

    customer.start_chat.click()
    customer.not_now.click()
    new_console = people.representative()
    meet(customer, new_console)
    do_everything(customer, new_console, source, tmp_path)

    customer, source = sharing(people)
    customer.name = "Drew"
    customer.enter()
    meet(customer, old_console)
    do_everything(customer, old_console, source, tmp_path)


def of_the_future(route: Route) -> None:
    """A page that speaks nothing which today's server knows."""
    answer = route.fetch()
    text = answer.text()
    made = text.replace("OLDEST=1", "OLDEST=9").replace("VERSION=2", "VERSION=9")
    assert made != text
    route.fulfill(response=answer, body=made)


def test_who_cannot_be_understood_is_offered_a_reload_and_loses_nothing(people: People) -> None:
    customer = people.customer()
    console = people.representative()
    customer.enter()
    customer.talk.box.press_sequentially("It beeps")
    for person, bundle in ((customer, "**/customer-session-*.json"), (console, "**/console-*.json")):
        page = person.page
        reload = page.get_by_role("button", name="Reload this page")
        page.route(bundle, of_the_future)
        page.reload()
        expect(page.get_by_text("This page is out of date")).to_be_visible()
        reload.click()
        expect(page.get_by_text("The update is not finished yet")).to_be_visible()
        page.unroute(bundle)
        reload.click()
        expect(reload).to_have_count(0)
    customer.is_number(1)
    expect(customer.talk.box).to_have_value("It beeps")
    meet(customer, console)
    customer.talk.box.press("Enter")
    console.talk.has("It beeps")
    customer.ends()
