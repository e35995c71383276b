"""Being called back to the page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from e2e.pages.customer import Customer
from e2e.people import People

# What is short-lived is written down when it happens.
WATCH = """() => {
  globalThis.nudges = [];
  const look = () => {
    const nudged = document.querySelector(".nudged > main");
    if (!nudged) return;
    const style = getComputedStyle(nudged);
    nudges.push(`${style.animationName} ${style.outlineStyle}`);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, attributeFilter: ["class"] });
}"""

# The browser's own notifications, with a list of them.
NOTED = """
  globalThis.noted = [];
  globalThis.Notification = class extends Notification {
    constructor(title, options) {
      super(title, options);
      noted.push(this);
    }
  };
"""


@contextmanager
def elsewhere(page: Page) -> Iterator[None]:
    """Somebody who looks at another tab of the same browser."""
    line = page.context.new_cdp_session(page)
    line.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    other = page.context.new_page()
    other.bring_to_front()
    page.wait_for_function("() => !document.hasFocus()")
    yield
    other.close()
    page.bring_to_front()
    line.send("Emulation.setFocusEmulationEnabled", {"enabled": True})
    line.detach()


def titles(customer: Customer) -> list[str]:
    found: list[str] = customer.page.evaluate("() => noted.map((one) => one.title)")
    return found


def test_a_nudge_shakes_the_page_and_sounds_and_the_representative_hears_what_really_happened(people: People) -> None:
    customer, console = people.session()
    console.page.clock.install()
    customer.page.evaluate(WATCH)
    console.nudge.click()
    expect(console.nudge).to_be_disabled()
    expect(console.page.get_by_text(re.compile(r"Again in \d+ seconds?[.]"))).to_be_visible()
    customer.talk.has(f"{console.name} nudged you.")
    console.talk.has("You sent a nudge.", "Nudge: page in front, page shaken, sound played.")
    customer.page.wait_for_function("() => nudges.length")
    assert customer.page.evaluate("() => nudges[0]") == "nudge none"
    expect(customer.page.locator(".nudged")).to_have_count(0)

    console.page.clock.fast_forward(10_000)
    expect(console.nudge).to_be_enabled()
    expect(console.page.get_by_text("Again in")).to_be_hidden()


def test_muted_sounds_stay_silent_and_the_representative_is_told(people: People) -> None:
    customer, console = people.session()
    expect(customer.mute).to_have_attribute("aria-pressed", "false")
    customer.mute.click()
    expect(customer.mute).to_have_attribute("aria-pressed", "true")
    console.nudge.click()
    console.talk.has("Nudge: page in front, page shaken. Sounds are muted.")
    customer.page.reload()
    customer.is_joined()
    expect(customer.mute).to_have_attribute("aria-pressed", "true")


def test_with_reduced_motion_the_page_is_outlined_and_does_not_move(people: People) -> None:
    customer, console = people.session(people.customer(reduced_motion="reduce"))
    customer.page.evaluate(WATCH)
    console.nudge.click()
    console.talk.has("Nudge: page in front, page outlined, sound played.")
    customer.page.wait_for_function("() => nudges.length")
    assert customer.page.evaluate("() => nudges[0]") == "none solid"


def test_a_customer_who_looks_elsewhere_is_notified_of_all_that_waits_for_them(people: People) -> None:
    context = people.context()
    context.grant_permissions(["notifications"], origin=people.server.url)
    context.add_init_script(NOTED)
    customer = people.customer(context=context)
    console = people.representative()
    customer.open()
    customer.name_box.fill("Casey")
    customer.start_chat.click()
    customer.is_number(1)
    title = customer.page.title()
    with elsewhere(customer.page):
        console.accept("Casey")
        console.is_joined()
        customer.page.wait_for_function("() => noted.length == 1")
        expect(customer.page).to_have_title(f"{console.name} is here")
        console.talk.say("Hello")
        customer.page.wait_for_function("() => noted.length == 2")
        console.request_screen.click()
        customer.page.wait_for_function("() => noted.length == 3")
        console.nudge.click()
        customer.page.wait_for_function("() => noted.length == 4")
        console.talk.has("Nudge: page shaken, sound played, title flashed, notification shown.")
        name = console.name
        assert titles(customer) == [
            f"{name} is here",
            f"{name} wrote to you",
            f"{name} asks for your permission",
            f"{name} is asking for your attention",
        ]
        console.talk.is_marked("Hello", "Delivered")
    expect(customer.page).to_have_title(title)
    console.talk.is_marked("Hello", "Read")
    console.talk.say("There you are")
    customer.talk.has("There you are")
    assert len(titles(customer)) == 4


def test_a_press_on_a_notification_brings_the_page_to_the_front(people: People) -> None:
    context = people.context()
    context.grant_permissions(["notifications"], origin=people.server.url)
    context.add_init_script(NOTED)
    context.add_init_script("globalThis.fronted = 0; globalThis.focus = () => { fronted++; };")
    customer = people.customer(context=context)
    console = people.representative()
    customer.open()
    customer.start_chat.click()
    with elsewhere(customer.page):
        console.accept("Customer")
        customer.page.wait_for_function("() => noted.length == 1")
        customer.page.evaluate("() => noted[0].dispatchEvent(new Event('click'))")
        customer.page.wait_for_function("() => fronted == 1")


def test_the_representative_hears_of_customers_and_messages_while_elsewhere(people: People) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    with elsewhere(console.page):
        customer.enter()
        expect(console.page).to_have_title(re.compile("Casey is waiting"))
    console.accept("Casey")
    customer.is_joined()
    console.is_joined()
    with elsewhere(console.page):
        customer.talk.say("Are you there?")
        expect(console.page).to_have_title(re.compile("Casey wrote to you"))
        customer.talk.is_marked("Are you there?", "Delivered")
    customer.talk.is_marked("Are you there?", "Read")
