"""A half-written answer comes back after whatever happens to the page: to the one who wrote it, and to nobody else."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from e2e.barriers import has_no_barrier
from e2e.pages.admin import Admin
from e2e.pages.console import Console
from e2e.people import ADMINISTRATOR, People
from e2e.servers import PASSWORD, add_representative

HALF = "Please open the menu, then choose"
REST = " Print."


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    return {"canned": [{"id": "hello", "name": "Greeting", "text": {"en": "Good day!"}}]}


def typed(page: Page, text: str) -> None:
    """As a person types: one key after the other, with a little pause."""
    page.keyboard.type(text, delay=30)


def writes(console: Console, text: str = HALF) -> None:
    console.talk.box.click()
    console.page.keyboard.press("Control+End")
    typed(console.page, text)


def comes_back(console: Console, name: str = "Casey", text: str = HALF) -> None:
    """Look at the session of this customer: what was written is there."""
    console.select(name)
    expect(console.talk.box).to_have_value(text)


def signs_in(console: Console, name: str = "") -> None:
    console.name_box.click()
    console.page.keyboard.press("Control+A")
    typed(console.page, name or console.name)
    console.password_box.click()
    typed(console.page, PASSWORD)
    console.page.keyboard.press("Enter")
    expect(console.available).to_be_visible()


def opened(context: BrowserContext, console: Console) -> Console:
    """The console in another tab of the same browser."""
    other = Console(context.new_page(), console.url, console.name)
    other.open()
    return other


def in_storage(page: Page) -> list[str]:
    """What is written down on the device, whoever wrote it."""
    found: list[str] = page.evaluate(
        "() => Object.keys(localStorage).filter((key) => key.includes('written/')).map((key) => localStorage[key])"
    )
    return found


def signed_out(page: Page) -> None:
    page.evaluate(
        """() => {
          const headers = { "Content-Type": "application/json" };
          return fetch("/api/sign-out", { method: "POST", body: "{}", headers });
        }"""
    )


def crash(page: Page) -> None:
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")


def test_a_reload_a_moment_after_the_last_key_keeps_it_and_it_is_sent_once(people: People) -> None:
    customer, console = people.session()
    writes(console)
    console.page.reload()
    comes_back(console)
    console.is_joined()
    console.talk.box.press("End")
    typed(console.page, REST)
    expect(console.talk.box).to_have_value(HALF + REST)
    console.page.keyboard.press("Enter")
    expect(console.talk.box).to_have_value("")
    customer.talk.has(HALF + REST)
    console.page.reload()
    console.is_joined()
    console.talk.has(HALF + REST)
    expect(console.talk.box).to_have_value("")
    assert in_storage(console.page) == []
    customer.talk.has(HALF + REST)


def test_signing_out_in_another_tab_keeps_it_for_the_one_who_wrote_it(people: People) -> None:
    customer, console = people.session()
    writes(console)
    other = opened(console.page.context, console)
    comes_back(other)
    expect(console.page.get_by_role("heading", name="Your desk is open in another tab")).to_be_visible()
    writes(other, REST)
    other.sign_out.click()
    expect(other.sign_in).to_be_visible()
    expect(other.page.get_by_text("What was being written has been kept.")).to_be_visible()
    has_no_barrier(other.page, "kept")
    console.page.bring_to_front()
    console.page.reload()
    expect(console.page.get_by_text("What was being written has been kept.")).to_be_visible()
    signs_in(console)
    comes_back(console, text=HALF + REST)
    console.is_joined()
    console.talk.box.press("Enter")
    customer.talk.has(HALF + REST)


def test_a_desk_that_is_closed_while_it_is_written_has_it_after_signing_in(people: People) -> None:
    _, console = people.session()
    writes(console)
    signed_out(console.page)
    expect(console.talk.problem).to_contain_text("You were signed out.")
    expect(console.page.get_by_text("What was being written has been kept.")).to_be_visible()
    signs_in(console)
    comes_back(console)
    expect(console.page.get_by_text("What was being written has been kept.")).to_have_count(0)


def test_a_sign_in_that_expired_on_the_server_keeps_it(people: People) -> None:
    _, console = people.session()
    writes(console)
    with sqlite3.connect(people.server.data / "deskside.sqlite3") as database:
        database.execute("DELETE FROM web_sessions")
    console.page.reload()
    expect(console.page.get_by_text("What was being written has been kept.")).to_be_visible()
    signs_in(console)
    comes_back(console)


@pytest.mark.parametrize("end", [Page.close, crash], ids=["closed", "crashed"])
def test_a_tab_that_is_gone_and_opened_anew_has_it(people: People, end: Callable[[Page], None]) -> None:
    _, console = people.session()
    writes(console)
    expect(console.talk.box).to_have_value(HALF)
    if end is crash:
        # A crash tells nobody: what is kept is what was kept before.
        console.page.wait_for_function(
            "(half) => Object.values(localStorage).some((text) => text.endsWith(half))", arg=HALF
        )
    context = console.page.context
    context.new_page()
    end(console.page)
    comes_back(opened(context, console))


def test_each_session_has_its_own_draft(people: People) -> None:
    customer, console = people.session(people.customer("Alice"))
    second = people.customer("Bella")
    second.enter()
    console.accept("Bella")
    second.is_joined()
    page = console.page
    writes(console, "for Bella")
    console.select("Alice")
    expect(console.talk.box).to_have_value("")
    writes(console, "for Alice")
    console.select("Bella")
    expect(console.talk.box).to_have_value("for Bella")
    # Nothing of the other session comes back with the browser's own undo.
    console.talk.box.click()
    page.keyboard.press("Control+Z")
    page.keyboard.press("Control+Y")
    page.keyboard.press("Control+Y")
    expect(console.talk.box).to_have_value("for Bella")
    page.get_by_role("button", name="Recordings").click()
    page.get_by_role("button", name="Recordings").click()
    expect(console.talk.box).to_have_value("for Bella")
    page.reload()
    comes_back(console, "Alice", "for Alice")
    comes_back(console, "Bella", "for Bella")
    console.talk.box.press("Enter")
    second.talk.has("for Bella")
    expect(customer.talk.entries("for Bella")).to_have_count(0)
    comes_back(console, "Alice", "for Alice")


def test_what_another_tab_puts_into_the_storage_later_is_shown_and_keys_typed_here_are_not_lost(people: People) -> None:
    _, console = people.session()
    writes(console)
    console.page.wait_for_function("() => Object.keys(localStorage).some((key) => key.includes('written/'))")
    other = console.page.context.new_page()
    other.goto(console.url)
    other.evaluate(
        """(text) => {
          const key = Object.keys(localStorage).find((key) => key.includes("written/"));
          localStorage[key] = `${Date.now()}:${text}`;
        }""",
        HALF + REST,
    )
    expect(console.talk.box).to_have_value(HALF + REST)
    console.page.bring_to_front()
    writes(console, " Then wait.")
    expect(console.talk.box).to_have_value(HALF + REST + " Then wait.")
    console.page.reload()
    comes_back(console, text=HALF + REST + " Then wait.")


@pytest.mark.parametrize("who", ["customer", "representative"])
def test_with_the_session_it_is_deleted(people: People, who: str) -> None:
    customer, console = people.session()
    writes(console)
    console.page.wait_for_function("() => Object.keys(localStorage).some((key) => key.includes('written/'))")
    if who == "customer":
        customer.talk.end.click()
        customer.talk.end_for_good.click()
    else:
        console.ends()
    expect(console.session("Casey").get_by_text("Ended", exact=True)).to_be_visible()
    assert in_storage(console.page) == []
    console.page.reload()
    expect(console.available).to_be_visible()
    assert in_storage(console.page) == []


def test_another_account_in_the_same_browser_sees_nothing_of_it(people: People) -> None:
    _, console = people.session()
    writes(console)
    console.sign_out.click()
    expect(console.page.get_by_text("What was being written has been kept.")).to_be_visible()
    expect(console.page.get_by_text(HALF)).to_have_count(0)
    other = people.console()
    signs_in(console, other.name)
    console.is_available()
    newcomer = people.customer("Nora")
    newcomer.enter()
    console.accept("Nora")
    newcomer.is_joined()
    expect(console.talk.box).to_have_value("")
    writes(console, "of somebody else")
    console.sign_out.click()
    expect(console.sign_in).to_be_visible()
    signs_in(console)
    comes_back(console)


def test_what_is_looked_for_comes_back_too(people: People) -> None:
    _, console = people.session()
    page = console.page
    page.get_by_role("button", name="Canned messages").click()
    search = page.get_by_role("searchbox", name="Search canned messages")
    expect(search).to_be_focused()
    typed(page, "gree")
    page.reload()
    console.is_joined()
    expect(search).to_have_value("gree")
    expect(page.get_by_role("button", name="Greeting")).to_be_visible()
    search.press("Enter")
    expect(console.talk.box).to_have_value("Good day!")
    page.reload()
    expect(console.talk.box).to_have_value("Good day!")


def test_a_storage_that_refuses_costs_only_the_draft(people: People) -> None:
    people.forgive("")
    customer, console = people.session()
    console.page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    writes(console)
    expect(console.page.get_by_role("contentinfo")).to_contain_text("This browser does not keep what you are typing")
    signed_out(console.page)
    signs_in(console)
    comes_back(console)
    console.is_joined()
    console.talk.box.press("Enter")
    customer.talk.has(HALF)


def test_an_administrator_s_unsaved_notice_comes_back_to_them_alone(people: People) -> None:
    page = people.context(viewport={"width": 1440, "height": 900}).new_page()
    admin = Admin(page, people.server.url, ADMINISTRATOR)
    admin.come_in(PASSWORD, "#notices")
    page.get_by_role("button", name="New notice").click()
    expect(admin.field("Name")).to_be_focused()
    typed(page, "Mail is down")
    admin.field("Text").click()
    typed(page, "We know, and work on it.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(admin.field("Name")).to_have_value("Mail is down")
    expect(admin.field("Text")).to_have_value("We know, and work on it.")
    signed_out(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    add_representative(people.server.data, "Robin Admin", "--administrator")
    console = Console(page, people.server.url, "Robin Admin")
    console.name_box.click()
    typed(page, console.name)
    console.password_box.click()
    typed(page, PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="New notice")).to_be_visible()
    expect(page.get_by_text("Mail is down")).to_have_count(0)
    expect(admin.field("Text")).to_have_count(0)
    signed_out(page)
    page.reload()
    console.name_box.click()
    typed(page, ADMINISTRATOR)
    console.password_box.click()
    typed(page, PASSWORD)
    page.keyboard.press("Enter")
    expect(admin.field("Name")).to_have_value("Mail is down")
