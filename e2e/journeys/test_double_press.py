"""Hurried hands: a double press answers one question, and nothing is answered that could not be read yet."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.pages.customer import Customer
from e2e.people import People

PARAGRAPHS = "\n\n".join("We help you here, and this is how we do it with what you tell us." for _ in range(5))
PHONE = {"width": 390, "height": 844}


SHORT = "We help you.\n\nYou can leave."
of_one_agreement = pytest.mark.parametrize("site", [SHORT], ids=["short"], indirect=True, scope="module")


@pytest.fixture(scope="module", params=[SHORT, PARAGRAPHS], ids=["short", "long"])
def site(request: pytest.FixtureRequest) -> dict[str, Any]:
    return {
        "agreement": {"on": True, "timeout": 300},
        "recording": {"on": True, "timeout": 300},
        "texts": {"en": {"agreement_text": request.param}},
    }


def press_twice(page: Page, control: Locator, gap: int) -> None:
    """A double press of the mouse on where the control is now, with `gap` milliseconds between."""
    control.click(trial=True)
    box = control.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        if count == 1:
            page.wait_for_timeout(gap)


def to_agreement(people: People, **options: Any) -> Customer:
    customer = people.customer(viewport=PHONE, **options)
    customer.send_form()
    customer.not_now.click()
    expect(customer.accept).to_be_visible()
    return customer


WATCH = """() => {
  globalThis.rested = new Set();
  const look = () => {
    for (const each of document.querySelectorAll("[aria-disabled=true]")) rested.add(each.innerText.trim());
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""
"""Half a second can be over before a test looks: the page remembers what has rested."""


def rests(control: Locator) -> None:
    """Was not ready at first, and is now."""
    expect(control).to_be_enabled()
    assert control.evaluate("(button) => rested.has(button.innerText.trim())")


@pytest.mark.parametrize("gap", [80, 400])
def test_a_double_press_on_accept_leaves_the_recording_to_be_asked(people: People, gap: int) -> None:
    people.representative()
    customer = to_agreement(people)
    press_twice(customer.page, customer.accept, gap)
    expect(customer.allow_recording).to_be_enabled()
    expect(customer.refuse_recording).to_be_enabled()
    customer.refuse_recording.click()
    expect(customer.leave).to_be_visible()
    customer.leave.click()
    expect(customer.leave).to_be_hidden()


def test_a_double_press_on_the_way_to_the_agreement_leaves_it_to_be_read(people: People) -> None:
    people.representative()
    customer = people.customer(viewport=PHONE)
    customer.page.context.grant_permissions(["notifications"])
    customer.open()
    press_twice(customer.page, customer.start_chat, 200)
    expect(customer.accept).to_be_enabled()
    expect(customer.decline).to_be_enabled()


def test_taps_and_keys_are_no_quicker(people: People) -> None:
    people.representative()
    customer = to_agreement(people, has_touch=True)
    page = customer.page
    customer.accept.click(trial=True)
    box = customer.accept.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + 40, box["y"] + 20)
    page.touchscreen.tap(box["x"] + 40, box["y"] + 20)
    expect(customer.allow_recording).to_be_enabled()
    page.evaluate(WATCH)
    customer.refuse_recording.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(customer.leave).to_be_visible()
    rests(customer.leave)
    customer.leave.click()
    expect(customer.leave).to_be_hidden()


def test_on_a_slow_device_a_press_counts_from_when_it_began(people: People) -> None:
    people.representative()
    customer = to_agreement(people)
    session = customer.page.context.new_cdp_session(customer.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    press_twice(customer.page, customer.accept, 120)
    expect(customer.allow_recording).to_be_enabled()
    expect(customer.refuse_recording).to_be_enabled()


@of_one_agreement
@pytest.mark.parametrize("button", ["Accept", "Accept next"])
def test_a_double_press_takes_one_customer(people: People, button: str) -> None:
    console = people.representative()
    waiting = []
    for name in ("Casey", "Drew"):
        customer = people.customer(name)
        customer.send_form()
        customer.not_now.click()
        customer.accept.click()
        customer.refuse_recording.click()
        expect(customer.leave).to_be_visible()
        waiting.append(customer)
    page = console.page
    press_twice(page, page.get_by_role("button", name=button, exact=True).first, 200)
    waiting[0].is_joined()
    expect(waiting[1].leave).to_be_visible()
    console.has_waiting(1)
    page.get_by_role("button", name=button, exact=True).first.click()
    waiting[1].is_joined()


@of_one_agreement
def test_a_double_press_on_end_session_does_not_confirm_it(people: People) -> None:
    console = people.representative()
    customer = to_agreement(people)
    customer.accept.click()
    customer.refuse_recording.click()
    expect(customer.leave).to_be_visible()
    console.accept(customer.name)
    customer.is_joined()
    press_twice(customer.page, customer.talk.end, 150)
    expect(customer.talk.end_for_good).to_be_enabled()
    press_twice(customer.page, customer.red_x, 100)
    expect(customer.continue_chatting).to_be_enabled()
    customer.continue_chatting.click()
    customer.shares_nothing()
