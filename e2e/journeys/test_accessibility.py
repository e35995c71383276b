"""Every screen for everybody: by keyboard, by ear, large, dark, from right to left."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Locator, Page, expect

from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.pages.source import Source
from e2e.people import People

NARROW, WIDE = 360, 1440
A_FILE: FilePayload = {"name": "invoice.txt", "mimeType": "text/plain", "buffer": b"x" * 5000}
# No colour is on its way to another one any more.
SETTLED = """() => {
  for (const animation of document.getAnimations()) {
    if (animation.effect.getComputedTiming().endTime < Infinity) animation.finish();
  }
}"""
FITS = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return right - left > 0 && (right > clientWidth + 1 || left < -1);
  });
  return wide.slice(-3).map((one) => one.outerHTML.slice(0, 120));
}"""


class Inspector:
    """Looks at one screen after the other and keeps a list of what is wrong, so that one run names everything."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._axe = Axe()

    def look(self, page: Page, name: str) -> None:
        """Light and dark, narrow and wide; then from right to left in the colours of the person's own system."""
        size = page.viewport_size
        page.emulate_media(reduced_motion="reduce")
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": 900})
            self._ask_axe(page, f"{name}, {width}", "light", {"resultTypes": ["violations"]})
            self._ask_axe(page, f"{name}, {width}", "dark", {"runOnly": ["color-contrast"]})
            self._measure(page, f"{name}, {width}")
        page.set_viewport_size({"width": NARROW, "height": 900})
        page.emulate_media(color_scheme="light", reduced_motion="reduce", forced_colors="active")
        page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
        self._measure(page, f"{name}, right to left")
        page.evaluate("() => { document.documentElement.removeAttribute('dir'); }")
        page.emulate_media(color_scheme="light", reduced_motion="no-preference", forced_colors="none")
        if size:
            page.set_viewport_size(size)

    def _ask_axe(self, page: Page, name: str, scheme: Literal["light", "dark"], options: dict[str, list[str]]) -> None:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(SETTLED)
        for violation in self._axe.run(page, options=options).response["violations"]:
            for node in violation["nodes"]:
                why = " ".join(check["message"] for check in node["any"] + node["all"] + node["none"])
                self.faults.append(f"{name}, {scheme}: {violation['id']} {node['html'][:120]} {why[:200]}")

    def _measure(self, page: Page, name: str) -> None:
        self.faults += [f"{name}: too wide {one}" for one in page.evaluate(FITS)]


@contextmanager
def inspecting() -> Iterator[Inspector]:
    inspector = Inspector()
    yield inspector
    assert not inspector.faults, "\n".join(inspector.faults)


def test_the_way_in_and_out(people: People) -> None:
    customer = people.customer()
    with inspecting() as inspector:
        customer.open()
        expect(customer.page.get_by_text("Acme Help").first).to_be_visible()
        inspector.look(customer.page, "portal")
        customer.name_box.fill("x" * 101)
        customer.start_chat.click()
        expect(customer.talk.problem).to_be_visible()
        inspector.look(customer.page, "portal with a problem")
        customer.name_box.fill("Casey")
        customer.start_chat.click()
        expect(customer.not_now).to_be_visible()
        inspector.look(customer.page, "notifications")
        customer.not_now.click()
        expect(customer.leave).to_be_visible()
        customer.talk.say("While I wait " + "w" * 200)
        inspector.look(customer.page, "waiting")
        other = people.customer(context=customer.page.context)
        other.open()
        expect(customer.heading).to_have_text("Your session is open in another tab")
        inspector.look(customer.page, "taken over")
        other.leave.click()
        expect(other.heading).to_have_text("You left the queue")
        inspector.look(other.page, "left the queue")


def test_what_cannot_go_on(people: People) -> None:
    customer = people.customer()
    with inspecting() as inspector:
        customer.page.add_init_script("delete globalThis.RTCPeerConnection;")
        customer.open()
        expect(customer.heading).to_have_text("This browser cannot start a support session")
        inspector.look(customer.page, "unsupported")
        customer.open("/compat.html")
        expect(customer.heading).to_have_text("This browser cannot start a support session")
        inspector.look(customer.page, "unsupported under Brython")


def test_a_session_with_everything_that_can_stand_in_it(people: People) -> None:
    customer = people.customer()
    Source(customer.page.context)
    customer.page.bring_to_front()
    console = people.console()
    with inspecting() as inspector:
        at_the_door(console, inspector)
        console.available.click()
        expect(console.available).to_be_checked()
        inspector.look(console.page, "empty desk")
        customer.enter("It prints blank pages, " + "and " * 60)
        expect(console.waiting("Casey")).to_be_visible()
        inspector.look(console.page, "desk with a queue")
        console.accept("Casey")
        customer.is_joined()
        console.is_joined()
        inspector.look(customer.page, "session")
        talking(customer, console, inspector)
        sharing(customer, console, inspector)
        ending(customer, console, inspector)


def at_the_door(console: Console, inspector: Inspector) -> None:
    console.open()
    expect(console.sign_in).to_be_visible()
    inspector.look(console.page, "sign-in")
    console.sign_in.click()
    expect(console.talk.problem).to_be_visible()
    inspector.look(console.page, "sign-in with a problem")
    console.come_in("correct horse battery")
    console.available.click()
    expect(console.available).not_to_be_checked()
    inspector.look(console.page, "desk of somebody who is not available")


def talking(customer: Customer, console: Console, inspector: Inspector) -> None:
    customer.talk.say("See what it says: " + "a" * 150)
    console.talk.say("Let me see.\nOne moment.")
    customer.talk.is_marked("See what", "Read")
    customer.talk.offer(A_FILE)
    console.talk.offer(A_FILE)
    expect(customer.talk.accept_file).to_be_visible()
    expect(console.talk.accept_file).to_be_visible()
    inspector.look(customer.page, "card of a file")
    inspector.look(console.page, "desk with the card of a file")
    for talk in (customer.talk, console.talk):
        with talk.page.expect_download():
            talk.accept_file.click()
    customer.talk.file("invoice.txt").entry.first.get_by_text("checked").wait_for()
    inspector.look(customer.page, "files that arrived")
    customer.talk.box.fill("x" * 40_000)
    customer.talk.send.click()
    expect(customer.talk.problem).to_be_visible()
    inspector.look(customer.page, "message that is too long")
    customer.talk.box.fill("")


def sharing(customer: Customer, console: Console, inspector: Inspector) -> None:
    console.request_screen.click()
    expect(customer.allow).to_be_visible()
    inspector.look(customer.page, "card of a permission")
    inspector.look(console.page, "desk that asks for the screen")
    customer.allow.click()
    expect(customer.permissions).to_be_visible()
    expect(console.screen).to_be_visible()
    inspector.look(customer.page, "sharing")
    inspector.look(console.page, "desk with a screen")
    customer.red_x.click()
    expect(customer.continue_chatting).to_be_visible()
    customer.continue_chatting.click()


def ending(customer: Customer, console: Console, inspector: Inspector) -> None:
    customer.talk.end.click()
    expect(customer.talk.end_for_good).to_be_visible()
    customer.talk.end_for_good.click()
    expect(customer.heading).to_have_text("You ended the session")
    inspector.look(customer.page, "ended")
    console.talk.has("The customer ended the session.")
    inspector.look(console.page, "desk with a session that ended")


def tab_to(place: Locator, back: bool = False) -> None:
    """Press Tab until the focus is there."""
    for _ in range(40):
        if place.count() and place.evaluate("(one) => one === document.activeElement"):
            return
        place.page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"the keyboard does not reach {place}")


def press(place: Locator, key: str = "Enter") -> None:
    tab_to(place)
    place.page.keyboard.press(key)


def test_the_whole_way_of_the_customer_by_keyboard_alone(people: People) -> None:
    console = people.representative()
    customer = people.customer()
    Source(customer.page.context)
    customer.page.bring_to_front()
    page, keyboard = customer.page, customer.page.keyboard
    customer.open()
    expect(customer.page.get_by_text("Acme Help").first).to_be_visible()
    tab_to(customer.name_box)
    keyboard.type("Casey")
    tab_to(customer.question_box)
    keyboard.type("It prints blank pages")
    press(customer.start_chat)
    expect(customer.heading).to_have_text("Shall we let you know?")
    expect(customer.heading).to_be_focused()
    press(customer.not_now)
    customer.is_number(1)
    expect(customer.heading).to_be_focused()
    tab_to(customer.talk.box)
    keyboard.type("I am")

    # Who comes does not take the focus from somebody who is writing.
    console.accept("Casey")
    customer.is_joined()
    expect(customer.talk.box).to_be_focused()
    keyboard.type(" waiting")
    keyboard.press("Enter")
    console.talk.has("I am waiting")

    console.request_screen.click()
    expect(customer.allow).to_be_visible()
    expect(customer.talk.box).to_be_focused()
    tab_to(customer.allow, back=True)
    keyboard.press("Enter")
    expect(customer.permissions).to_be_visible()
    tab_to(customer.red_x, back=True)
    keyboard.press("Enter")
    customer.shares_nothing()
    press(customer.continue_chatting)
    expect(customer.continue_chatting).to_have_count(0)
    press(customer.talk.end)
    press(customer.talk.end_for_good)
    expect(customer.heading).to_have_text("You ended the session")
    expect(customer.heading).to_be_focused()
    tab_to(customer.transcript)
    with page.expect_download():
        keyboard.press("Enter")


def test_the_desk_by_keyboard(people: People) -> None:
    customer = people.customer()
    customer.enter()
    console = people.console()
    console.open()
    keyboard = console.page.keyboard
    tab_to(console.name_box)
    keyboard.type(console.name)
    tab_to(console.password_box)
    keyboard.type("correct horse battery")
    keyboard.press("Enter")
    expect(console.available).to_be_visible()
    press(console.available, "Space")
    expect(console.waiting("Casey")).to_be_visible()
    press(console.accept_next)
    console.is_joined()
    tab_to(console.talk.box)
    keyboard.type("Hello")
    keyboard.press("Enter")
    customer.talk.has("Hello")


def test_words_for_the_ear(people: People) -> None:
    customer, console = people.session()
    status = customer.page.get_by_role("status")
    console.talk.say("Good morning")
    customer.talk.has("Good morning")
    expect(customer.page.get_by_role("log")).to_have_count(1)
    expect(status.filter(visible=True)).to_have_count(1)
    for talk in (customer.talk, console.talk):
        expect(talk.page.get_by_role("main")).to_have_count(1)
        expect(talk.page.get_by_role("heading", level=1)).to_have_count(1)
        expect(talk.log).to_have_attribute("role", "log")
