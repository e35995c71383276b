"""Small screens, keyboards over half of them, pages at 400 %: what must be pressed or written is in view at once."""

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.people import People

SIZES = [(320, 256), (360, 300), (640, 180), (640, 360), (360, 640)]
LONG_NAME = "W" * 30
LONG_TEXT = "Nobody reads a text of this length while a kettle boils over. " * 6


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    return {
        "company": "Rhabarberbarbara Barbarenbart Bierbrauerei und Söhne",
        "languages": ["en", "de", "ar"],
        "agreement": {"on": True, "timeout": 300},
        "recording": {"on": True, "timeout": 60},
    }


def is_in_view(page: Page, *controls: Locator) -> None:
    """All of each lies inside of the window, without scrolling, and nothing covers it."""
    for control in controls:
        expect(control).to_be_in_viewport(ratio=0.99, timeout=4000)
        assert control.evaluate(
            """(control) => {
              const { left, right, top, bottom } = control.getBoundingClientRect();
              const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
              const host = control.closest("label, button, textarea") ?? control;
              return top >= -0.5 && left >= -0.5 && right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5
                && Math.min(right - left, bottom - top) >= 24 && host.contains(found);
            }"""
        ), control
    assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def is_as_near(refuse: Locator, allow: Locator) -> None:
    """Both in one row, of one size, to refuse first."""
    near, far = refuse.bounding_box(), allow.bounding_box()
    assert near and far
    assert abs(near["y"] - far["y"]) < 1 and abs(near["height"] - far["height"]) < 1
    follows = refuse.evaluate("(one, other) => one.compareDocumentPosition(other)", allow.element_handle())
    assert follows & 4


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_composer_answers_and_red_x_are_in_view(people: People, language: str) -> None:
    width, height = SIZES[0]
    customer = people.customer(LONG_NAME, viewport={"width": width, "height": height}, locale=language)
    page = customer.page
    console = people.representative()
    customer.open()
    page.locator("#portal input").first.fill(LONG_NAME)
    page.locator("#portal [type=submit]").click()
    page.locator(".answers button").last.click()  # notifications: not now
    for _ in range(2):  # agreement and recording
        expect(customer.countdown).to_be_visible()
        refuse, allow = page.locator(".answers button").all()
        is_in_view(page, refuse, allow)
        is_as_near(refuse, allow)
        heading = customer.heading.inner_text()
        allow.click()
        expect(customer.heading).not_to_have_text(heading)
    console.accept(LONG_NAME)
    in_session(people, customer, console)


def in_session(people: People, customer: Customer, console: Console) -> None:
    page = customer.page
    red_x, box = page.locator("#revoke"), page.locator("#message")
    send = page.locator(".composer .send")
    expect(red_x).to_be_visible()
    console.is_joined()
    console.talk.say(LONG_TEXT)
    expect(page.locator(".entry.message")).to_have_count(1)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        is_in_view(page, red_x, box, send)
    page.set_viewport_size({"width": 320, "height": 256})
    console.request_screen.click()
    two = page.locator(".card-permission .actions button")
    expect(two).to_have_count(2)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        is_in_view(page, red_x, box, send, *two.all())
        is_as_near(*two.all())
    two.first.click()
    expect(two).to_have_count(0)
    console.talk.offer({"name": "manual" * 20 + ".pdf", "mimeType": "application/pdf", "buffer": b"a" * 50})
    two = page.locator(".card-file_offer .actions button")
    expect(two).to_have_count(2)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        is_in_view(page, red_x, box, send, *two.all())
        is_as_near(*two.all())
    two.first.click()
    expect(two).to_have_count(0)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        red_x.click()
        two = page.locator(".card-revoked .actions button")
        expect(two).to_have_count(2)
        is_in_view(page, red_x, box, send, *two.all())
        two.first.click()
        expect(two).to_have_count(0)


def into_the_queue(customer: Customer) -> None:
    """Past the agreement and the recording."""
    customer.send_form()
    customer.not_now.click()
    for _ in range(2):
        expect(customer.countdown).to_be_visible()
        heading = customer.heading.inner_text()
        customer.page.locator(".answers button").last.click()
        expect(customer.heading).not_to_have_text(heading)


def test_names_without_a_space_stay_in_their_bubble(people: People) -> None:
    customer = people.customer(LONG_NAME, viewport={"width": 320, "height": 640})
    into_the_queue(customer)
    console = people.representative()
    console.accept(LONG_NAME)
    customer.is_joined()
    customer.talk.say("a" * 300)
    customer.talk.offer({"name": "W" * 90 + ".txt", "mimeType": "text/plain", "buffer": b"a"})
    expect(console.talk.accept_file).to_be_visible()
    console.talk.has("a" * 300)
    for person in (customer, console):
        for width in (320, 390):
            person.page.set_viewport_size({"width": width, "height": 640})
            assert (
                person.page.evaluate(
                    """() => [document.documentElement, ...document.querySelectorAll(
                    ".log, .entry, .author, .bubble, .text, .event p, .card, .card h2, .file-name")]
                  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline"
                    && one.clientWidth > 20)
                  .map((one) => one.className)"""
                )
                == []
            )


def test_the_desk_keeps_composer_and_answers_in_view(people: People) -> None:
    customer = people.customer()
    console = people.representative(viewport={"width": 320, "height": 256})
    page = console.page
    into_the_queue(customer)
    accept = page.get_by_role("button", name="Accept next")
    is_in_view(page, accept)
    accept.click()
    box, send = page.locator("#message"), page.locator(".composer .send")
    customer.is_joined()
    expect(box).to_be_visible()
    customer.talk.say(LONG_TEXT)
    expect(page.locator(".entry.message")).to_have_count(1)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        is_in_view(page, box, send, *page.get_by_role("navigation").get_by_role("button").all())
    customer.talk.offer({"name": "manual" * 20 + ".pdf", "mimeType": "application/pdf", "buffer": b"a" * 50})
    two = page.locator(".card .actions button")
    expect(two).to_have_count(2)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        is_in_view(page, box, send, *two.all())
        is_as_near(*two.all())
    two.first.click()
    expect(two).to_have_count(0)
    for person in (console, customer):
        person.page.set_viewport_size({"width": 320, "height": 256})
        person.talk.end.click()
        answers = person.page.locator(".card-end .actions button")
        expect(answers).to_have_count(2)
        for width, height in SIZES:
            person.page.set_viewport_size({"width": width, "height": height})
            is_in_view(person.page, *answers.all())
        answers.last.click()  # go on
        expect(answers).to_have_count(0)
