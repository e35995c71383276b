"""The door of the console."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.pages.console import Console
from e2e.people import People
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
    expect(console.talk.problem).to_contain_text("This name and password do not belong together.")
    expect(console.name_box).to_have_value(console.name)
    expect(console.password_box).to_have_value("")
    try_to_sign_in(console, PASSWORD)
    expect(console.available).not_to_be_checked()
    expect(console.page.get_by_text("Switch Available on")).to_be_visible()
    console.page.reload()
    expect(console.available).to_be_visible()


def test_who_signs_out_is_out_and_the_old_cookie_opens_nothing(people: People) -> None:
    console = people.representative()
    (cookie,) = console.page.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    console.sign_out.click()
    expect(console.sign_in).to_be_visible()
    assert console.page.context.cookies() == []
    console.page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": console.url}])
    console.page.reload()
    expect(console.sign_in).to_be_visible()


def test_who_guesses_passwords_has_to_wait(people: People) -> None:
    console = people.console()
    console.open()
    for guess in ("first guess", "second guess", "third guess"):
        try_to_sign_in(console, guess)
        expect(console.talk.problem).to_contain_text("do not belong together")
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
