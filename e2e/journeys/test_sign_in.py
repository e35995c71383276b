"""The door of the console."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Playwright, expect

from e2e.browsers import persistent
from e2e.pages.console import Console
from e2e.people import ADMINISTRATOR, People
from e2e.servers import PASSWORD, Server


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    return {"sign_in_attempts_per_name": "3/5 minutes"}


@pytest.fixture
def first_start(app: Path, tmp_path: Path) -> Iterator[Server]:
    """A server that nobody can sign in to yet."""
    server = Server(app, tmp_path / "new")
    server.start()
    yield server
    server.stop()


def try_to_sign_in(console: Console, password: str) -> None:
    console.name_box.fill(console.name)
    console.password_box.fill(password)
    console.sign_in.click()


def test_a_wrong_password_is_said_beside_the_form_and_a_right_one_opens_the_desk(people: People) -> None:
    console = people.console()
    console.open()
    expect(console.page.get_by_role("heading", name="Sign in")).to_be_visible()
    console.sign_in.click()
    expect(console.talk.problem).to_have_text("Please fill in your name and your password.")
    try_to_sign_in(console, "incorrect horse")
    expect(console.talk.problem).to_contain_text("Wrong name or password.")
    expect(console.name_box).to_have_value(console.name)
    expect(console.password_box).to_have_value("")
    try_to_sign_in(console, PASSWORD)
    expect(console.available).not_to_be_checked()
    expect(console.page.get_by_text("Switch Available on")).to_be_visible()
    console.page.reload()
    expect(console.available).to_be_visible()


def test_who_signs_out_is_out_and_the_old_cookie_opens_nothing(people: People) -> None:
    console = people.representative()
    cookies = console.page.context.cookies()
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Strict" for cookie in cookies)
    (cookie,) = [cookie for cookie in cookies if cookie["name"] == "deskside"]
    console.sign_out.click()
    expect(console.sign_in).to_be_visible()
    # What may be left says that somebody has signed in here before. It opens nothing.
    assert {left["name"] for left in console.page.context.cookies()} <= {"deskside-known"}
    console.page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": console.url}])
    console.page.reload()
    expect(console.sign_in).to_be_visible()


def test_who_guesses_passwords_has_to_wait(people: People) -> None:
    console = people.console()
    console.open()
    for guess in ("first guess", "second guess", "third guess"):
        try_to_sign_in(console, guess)
        expect(console.talk.problem).to_contain_text("Wrong name or password.")
        expect(console.password_box).to_have_value("")
    try_to_sign_in(console, PASSWORD)
    expect(console.talk.problem).to_contain_text("Too many attempts. Please wait")
    expect(console.available).to_have_count(0)
    people.representative()  # nobody else has to


def test_signing_out_in_one_tab_closes_the_desk_in_the_other(people: People) -> None:
    console = people.representative()
    other = Console(console.page.context.new_page(), console.url, console.name)
    other.open()
    expect(other.available).to_be_checked()
    expect(console.page.get_by_role("heading", name="Your desk is open in another tab")).to_be_visible()
    console.page.evaluate(
        """() => {
          const headers = { "Content-Type": "application/json" };
          return fetch("/api/sign-out", { method: "POST", body: "{}", headers });
        }"""
    )
    expect(other.talk.problem).to_contain_text("You were signed out.")
    expect(other.sign_in).to_be_visible()


def test_the_link_of_the_first_start_makes_one_administrator(people: People, first_start: Server) -> None:
    link = first_start.printed(r"(\S+/console#setup=\S+)")
    page = people.context().new_page()
    page.goto(link)
    first = Console(page, first_start.url, "Ada")
    create = page.get_by_role("button", name="Create administrator")
    first.name_box.fill("Ada")
    first.password_box.fill("short")
    create.click()
    expect(first.talk.problem).to_contain_text("This password is too short.")
    first.password_box.fill(PASSWORD)
    create.click()
    expect(first.available).to_be_visible()
    expect(page).to_have_url(first_start.url + "/console")

    late = people.context().new_page()
    late.goto(link)
    second = Console(late, first_start.url, "Eve")
    second.name_box.fill("Eve")
    second.password_box.fill(PASSWORD)
    late.get_by_role("button", name="Create administrator").click()
    expect(second.talk.problem).to_contain_text("This link was used already.")

    ada = Console(people.context().new_page(), first_start.url, "Ada")
    ada.come_in(PASSWORD)
    expect(first.page.get_by_role("heading", name="Your desk is open in another tab")).to_be_visible()


def test_who_is_signed_out_elsewhere_is_led_to_the_form_and_back_to_the_session(people: People) -> None:
    customer, console = people.session()
    customer.talk.say("Are you there?")
    console.talk.has("Are you there?")
    console.page.request.post(console.url + "/api/sign-out", data={}, headers={"Origin": console.url})
    expect(console.talk.problem).to_contain_text("You were signed out. Please sign in again")
    try_to_sign_in(console, PASSWORD)
    console.select("Casey")
    console.is_joined()
    console.talk.has("Are you there?")
    console.talk.say("I am back")
    customer.talk.has("I am back")


@pytest.mark.parametrize("path", ["/console", "/admin"])
def test_a_browser_that_blocks_cookies_is_told_so_instead_of_you_were_signed_out(
    people: People, playwright: Playwright, tmp_path: Path, path: str
) -> None:
    people.forgive("Event|dispatchEvent")  # PyScript would like to keep something
    blocked = tmp_path / "Default" / "Preferences"
    blocked.parent.mkdir()
    blocked.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
    with persistent(playwright, tmp_path) as context:
        people.welcome(context)
        door = Console(context.new_page(), people.server.url, ADMINISTRATOR)
        door.page.goto(door.url + path)
        for _ in range(2):
            expect(door.name_box).to_be_visible()
            door.name_box.press_sequentially(ADMINISTRATOR, delay=20)
            door.password_box.press_sequentially(PASSWORD, delay=20)
            door.password_box.press("Enter")
            expect(door.talk.problem).to_have_text(
                "Your browser blocks cookies for this site. Allow them, then sign in again."
            )
            expect(door.page.get_by_text("You were signed out")).to_have_count(0)
            assert context.cookies() == []
            door.page.reload()


def caps_lock(field: Locator, kind: str, on: bool) -> None:
    """A key or a mouse button in a field, while Caps Lock is on or off: no driver can turn it on."""
    field.evaluate(
        """(field, [kind, on]) => {
          const Kind = kind === "mousedown" ? MouseEvent : KeyboardEvent;
          field.dispatchEvent(new Kind(kind, { key: "A", bubbles: true, modifierCapsLock: on }));
        }""",
        [kind, on],
    )


def test_caps_lock_is_told_at_every_password_and_names_and_passwords_may_be_pasted(
    people: People, first_start: Server
) -> None:
    page = people.context(locale="en-GB").new_page()
    page.goto(first_start.printed(r"(\S+/console#setup=\S+)"))
    first = Console(page, first_start.url, "Renée Smith")
    said = page.get_by_text("Caps Lock is on.")
    keyboard = page.keyboard
    first.name_box.click()
    keyboard.insert_text("\u200bRene\u0301e \u00a0Smith ")
    first.password_box.click()
    keyboard.insert_text("cafe\u0301 au lait")
    expect(said).to_have_count(0)
    for kind in ("keydown", "keyup", "mousedown"):
        caps_lock(first.password_box, kind, True)
        expect(said).to_be_visible()
        expect(first.password_box).to_have_accessible_description(re.compile("Caps Lock is on."))
        caps_lock(first.password_box, kind, False)
        expect(said).to_have_count(0)
    page.get_by_role("button", name="Create administrator").click()
    expect(first.available).to_be_visible()

    first.sign_out.click()
    caps_lock(first.password_box, "keyup", True)
    expect(said).to_be_visible()
    first.name_box.click()
    keyboard.type("renée  smith", delay=20)
    first.password_box.click()
    keyboard.insert_text("café\u00a0au lait ")
    keyboard.press("Enter")
    expect(first.available).to_be_visible()

    page.goto(first_start.url + "/admin#people")
    page.get_by_role("button", name="Add representative").click()
    caps_lock(page.get_by_label("Password", exact=True), "keydown", True)
    expect(said).to_be_visible()
