"""The console's door."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.pages.console import Console
from e2e.people import People
from e2e.servers import PASSWORD, Server

NEW_PASSWORD = "a lamp on the quiet stairs"
ATTEMPTS = 3


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    return {"sign_in_attempts_per_name": f"{ATTEMPTS}/minute"}


@pytest.fixture
def new_server(app: Path, tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has signed in to yet."""
    server = Server(app, tmp_path / "new")
    server.start()
    yield server
    server.kill()
    shutil.rmtree(server.data)


def signs_in(console: Console, password: str) -> None:
    console.name_box.fill(console.name)
    console.password_box.fill(password)
    console.sign_in.click()


def test_the_one_time_link_makes_the_administrator_and_works_once(people: People, new_server: Server) -> None:
    link = new_server.printed(r"(\S+#setup=\S+)")
    context = people.context()
    console = Console(context.new_page(), new_server.url, "Ada")
    create = console.page.get_by_role("button", name="Create administrator")
    console.page.goto(link)
    expect(console.page.get_by_role("heading", level=1)).to_have_text("Welcome")
    console.name_box.fill("Ada")
    console.password_box.fill("short")
    create.click()
    expect(console.talk.problem).to_contain_text("Please use at least 8 characters.")
    console.password_box.fill(NEW_PASSWORD)
    console.password_box.press("Enter")
    expect(console.available).to_be_visible()
    assert "setup" not in console.page.url
    console.page.reload()
    expect(console.available).to_be_visible()
    expect(console.page.get_by_text("Ada", exact=True)).to_be_visible()

    other = Console(people.context().new_page(), new_server.url, "Eve")
    other.page.goto(link)
    other.name_box.fill("Eve")
    other.password_box.fill(NEW_PASSWORD)
    create = other.page.get_by_role("button", name="Create administrator")
    create.click()
    expect(other.talk.problem).to_contain_text("This link was used already. Sign in, or restart the server")
    expect(other.name_box).to_have_value("Eve")

    other.page.goto("about:blank")
    other.name = "Ada"
    other.come_in(NEW_PASSWORD)


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(people: People) -> None:
    console = people.console()
    console.open()
    console.sign_in.click()
    expect(console.talk.problem).to_have_text("Please fill in your name and your password.")
    signs_in(console, "not " + PASSWORD)
    expect(console.talk.problem).to_contain_text("This name and password do not belong together.")
    expect(console.talk.problem).to_contain_text("if you forgot your password, ask your administrator")
    expect(console.name_box).to_have_value(console.name)
    expect(console.password_box).to_have_value("")
    expect(console.password_box).to_have_attribute("aria-describedby", "problem")
    console.password_box.fill(PASSWORD)
    console.password_box.press("Enter")
    expect(console.available).to_be_visible()
    expect(console.available).not_to_be_checked()


def test_somebody_who_guesses_has_to_wait_and_nobody_else(people: People) -> None:
    guesser, other = people.console(), people.console()
    guesser.open()
    for number in range(ATTEMPTS):
        with guesser.page.expect_response("**/api/sign-in") as answered:
            signs_in(guesser, f"guess {number}")
        assert answered.value.status == 401
    signs_in(guesser, PASSWORD)
    expect(guesser.talk.problem).to_contain_text("Too many attempts. Please wait")
    expect(guesser.name_box).to_have_value(guesser.name)
    expect(guesser.available).to_have_count(0)
    other.come_in(PASSWORD)


def test_who_signs_out_is_out_everywhere_in_that_browser(people: People) -> None:
    console = people.representative()
    (cookie,) = console.page.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    console.sign_out.click()
    expect(console.sign_in).to_be_visible()
    assert console.page.context.cookies() == []
    console.page.go_back()
    console.open()
    expect(console.sign_in).to_be_visible()
    expect(console.available).to_have_count(0)

    # The cookie of the former session opens nothing any more.
    console.page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": console.url}])
    console.page.reload()
    expect(console.sign_in).to_be_visible()


def test_who_is_signed_out_elsewhere_is_led_to_the_form_and_back_to_the_session(people: People) -> None:
    customer, console = people.session()
    customer.talk.say("Are you there?")
    console.talk.has("Are you there?")
    console.page.request.post(console.url + "/api/sign-out", data={}, headers={"Origin": console.url})
    expect(console.talk.problem).to_contain_text("You were signed out. Please sign in again")
    signs_in(console, PASSWORD)
    console.select("Casey")
    console.is_joined()
    console.talk.has("Are you there?")
    console.talk.say("I am back")
    customer.talk.has("I am back")
