"""Everybody can use it: no barrier on any screen, light or dark, narrow or wide; and by the keyboard alone."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from e2e.barriers import finds_nothing, has_no_barrier
from e2e.pages.source import RED, Source
from e2e.people import People
from e2e.servers import PASSWORD, Server

LONG = "A message that is long enough to be broken into several lines wherever it is shown. " * 3


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    return {"issues": [{"id": "printer", "name": {"en": "Printer"}}, {"id": "other", "name": {"en": "Something else"}}]}


def test_the_session_has_no_barrier_on_either_side(people: People, tmp_path: Path) -> None:
    customer = people.customer("Casey")
    Source(customer.page.context)
    customer.page.bring_to_front()
    customer, console = people.session(customer, LONG)
    for person in (customer, console):
        person.talk.say(LONG)
        person.talk.say("https://example.com/" + "a" * 120)
        person.talk.is_marked("https://example.com/", "Read")
    console.nudge.click()
    console.talk.has("Nudge: page in front")
    console.request_screen.click()
    console.talk.offer({"name": "manual" * 20 + ".pdf", "mimeType": "application/pdf", "buffer": b"a" * 5000})
    expect(customer.allow).to_be_visible()
    expect(customer.talk.accept_file).to_be_visible()
    has_no_barrier(customer.page, "session with cards")
    has_no_barrier(console.page, "desk that waits for answers")

    with customer.page.context.expect_page() as opened:
        customer.allow.click()
    console.sees(*RED)
    customer.talk.save(customer.talk.accept_file, tmp_path)
    customer.talk.offer({"name": "photo.txt", "mimeType": "text/plain", "buffer": b"a" * 5000})
    expect(console.talk.accept_file).to_be_visible()
    customer.talk.box.fill("b" * 8001)
    customer.talk.box.press("Enter")
    expect(customer.talk.problem).to_be_visible()
    has_no_barrier(customer.page, "session that shares")
    has_no_barrier(console.page, "desk that sees")
    finds_nothing(opened.value, "picture in a window of its own")

    customer.red_x.click()
    expect(customer.continue_chatting).to_be_visible()
    has_no_barrier(customer.page, "after the red X")
    has_no_barrier(console.page, "desk after the red X")
    customer.continue_chatting.click()
    customer.talk.end.click()
    expect(customer.talk.end_for_good).to_be_visible()
    has_no_barrier(customer.page, "before the end")
    customer.talk.end_for_good.click()
    expect(customer.transcript).to_be_visible()
    has_no_barrier(customer.page, "after the end")
    expect(console.page.get_by_text("The customer ended the session.").first).to_be_visible()
    has_no_barrier(console.page, "desk after the end")


def test_the_console_has_no_barrier(people: People, app: Path, tmp_path: Path) -> None:
    console = people.console()
    console.open()
    expect(console.sign_in).to_be_visible()
    has_no_barrier(console.page, "sign in")
    console.sign_in.click()
    expect(console.talk.problem).to_be_visible()
    has_no_barrier(console.page, "sign in with a problem")
    console.come_in(PASSWORD)
    has_no_barrier(console.page, "empty desk")
    customer = people.customer("Casey")
    customer.enter(LONG)
    expect(console.waiting("Casey")).to_be_visible()
    has_no_barrier(console.page, "desk with a queue")
    customer.leave.click()
    second = people.customer("Drew", context=console.page.context).page
    second.goto(people.server.url + "/console")
    expect(console.page.get_by_role("heading", name="Your desk is open in another tab")).to_be_visible()
    has_no_barrier(console.page, "taken over")

    server = Server(app, tmp_path / "new")
    server.start()
    page = people.context().new_page()
    page.goto(server.printed(r"(\S+/console#setup=\S+)"))
    expect(page.get_by_role("button", name="Create administrator")).to_be_visible()
    has_no_barrier(page, "first administrator")
    server.stop()


def test_explanations_have_no_barrier(people: People) -> None:
    context = people.context()
    context.add_init_script("delete globalThis.RTCPeerConnection;")
    page = context.new_page()
    page.goto(people.server.url)
    expect(page.get_by_role("heading", name="This browser cannot start a support session")).to_be_visible()
    has_no_barrier(page, "unsupported")

    customer = people.customer()
    customer.enter()
    second = people.customer(context=customer.page.context)
    second.open()
    expect(customer.heading).to_have_text("Your session is open in another tab")
    has_no_barrier(customer.page, "another tab")
    second.leave.click()

    people.forgive("")
    page = people.context().new_page()
    page.route("**/*.wasm", lambda route: route.abort())
    page.goto(people.server.url)
    expect(page.get_by_role("alert")).to_be_visible()
    has_no_barrier(page, "could not start")


def go_to(control: Locator, key: str = "Tab") -> None:
    """Move the focus there by the keyboard; where it is can be seen."""
    page = control.page
    expect(control).to_be_visible()
    for _ in range(30):
        page.keyboard.press(key)
        if control.evaluate("(element) => element === document.activeElement"):
            style = control.evaluate("(element) => ({ ...getComputedStyle(element) })")
            assert (style["outlineStyle"], style["boxShadow"]) != ("none", "none")
            expect(control).to_be_enabled()  # nobody presses what cannot have been read yet
            return
    raise AssertionError(f"the keyboard does not reach {control}")


def test_a_customer_needs_no_mouse(people: People, tmp_path: Path) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    Source(customer.page.context)
    customer.page.bring_to_front()
    keys = customer.page.keyboard
    customer.open()
    go_to(customer.name_box)
    keys.type("Casey")
    go_to(customer.question_box)
    keys.type("No mouse here.")
    go_to(customer.start_chat)
    keys.press("Enter")
    expect(customer.heading).to_be_focused()
    go_to(customer.not_now)
    keys.press("Enter")
    expect(customer.leave).to_be_visible()
    expect(customer.heading).to_be_focused()
    go_to(customer.talk.box)
    keys.type("Hel")

    # Neither who comes nor what they ask takes the focus from somebody who is writing.
    console.accept("Casey")
    customer.is_joined()
    expect(customer.talk.box).to_be_focused()
    console.request_screen.click()
    expect(customer.allow).to_be_visible()
    expect(customer.talk.box).to_be_focused()
    keys.type("lo")
    keys.press("Enter")
    console.talk.has("Hello")
    go_to(customer.allow, "Shift+Tab")
    keys.press("Space")
    console.sees(*RED)
    go_to(customer.red_x)
    keys.press("Enter")
    expect(customer.page.get_by_role("group", name="Everything is stopped")).to_be_focused()
    customer.shares_nothing()
    go_to(customer.continue_chatting)
    keys.press("Enter")
    console.talk.offer({"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})
    go_to(customer.talk.accept_file, "Shift+Tab")
    with customer.page.expect_download():
        keys.press("Enter")
    go_to(customer.talk.end)
    keys.press("Enter")
    go_to(customer.talk.end_for_good)
    keys.press("Enter")
    expect(customer.heading).to_be_focused()
    go_to(customer.transcript)
    with customer.page.expect_download():
        keys.press("Enter")


def test_a_representative_needs_no_mouse(people: People) -> None:
    customer = people.customer("Casey")
    customer.enter()
    console = people.console()
    keys = console.page.keyboard
    console.open()
    expect(console.name_box).to_be_focused()
    keys.type(console.name)
    go_to(console.password_box)
    keys.type(PASSWORD)
    keys.press("Enter")
    go_to(console.available)
    keys.press("Space")
    expect(console.available).to_be_checked()
    go_to(console.waiting("Casey").get_by_role("button", name="Accept"))
    keys.press("Enter")
    console.is_joined()
    go_to(console.talk.box)
    keys.type("Hello")
    keys.press("Enter")
    customer.talk.has("Hello")
    go_to(console.nudge)
    keys.press("Enter")
    customer.talk.has("nudged you.")


def test_the_pages_are_made_of_what_screen_readers_know(people: People) -> None:
    customer, console = people.session()
    console.talk.say("Good morning")
    customer.talk.has("Good morning")
    for page in (customer.page, console.page):
        for role in ("main", "banner", "contentinfo", "log", "status"):
            expect(page.get_by_role(role)).to_have_count(1)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(customer.page.get_by_role("status")).to_have_text(f"{console.name} wrote to you")
