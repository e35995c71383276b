"""A phone, where only the service worker may show notifications; the server is below a path."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Playwright, expect

from e2e.journeys.test_nudge import elsewhere
from e2e.pages.customer import Customer
from e2e.people import People
from e2e.waiting import wait_until


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    return {"path": "/help/"}


# As in Chrome on Android.
NO_CONSTRUCTOR = """
  globalThis.Notification = class extends Notification {
    constructor() {
      throw new TypeError("Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.");
    }
  };
"""
IS_REGISTERED = """async (scope) => {
  const found = await navigator.serviceWorker.getRegistration();
  return found?.active && found.scope === scope;
}"""
SHOWN = """async (title) => {
  const found = await navigator.serviceWorker.getRegistration();
  return (await found.getNotifications()).some((one) => one.title === title);
}"""
# No driver presses a notification, and only such a press lets a worker focus a page: which one it asks for is noted.
PRESS = """async (title) => {
  let asked = "nothing";
  WindowClient.prototype.focus = async function () { asked = `focus ${this.url} ${this.visibilityState}`; };
  clients.openWindow = async (url) => { asked = `open ${url}`; };
  const notification = (await registration.getNotifications()).find((one) => one.title === title);
  const event = new NotificationEvent("notificationclick", { notification });
  let done = null;
  Object.defineProperty(event, "waitUntil", { value: (promise) => { done = promise; } });
  dispatchEvent(event);
  await done;
  const left = await registration.getNotifications();
  return [asked, left.length];
}"""


@pytest.fixture
def phone(people: People, playwright: Playwright) -> Customer:
    """A customer in front of an empty page, who has allowed notifications before."""
    context = people.context(**playwright.devices["Pixel 7"])
    context.grant_permissions(["notifications"], origin="://".join(urlsplit(people.server.url)[:2]))
    context.add_init_script(NO_CONSTRUCTOR)
    return people.customer(context=context)


def is_told(page: Page, title: str) -> None:
    """A notification is there."""
    wait_until(page, SHOWN, title)


def press(page: Page, title: str) -> list[object]:
    """What the worker does when it is pressed, and how many are left."""
    (worker,) = page.context.service_workers
    found: list[object] = worker.evaluate(PRESS, title)
    return found


def test_after_a_reload_in_the_queue_a_phone_is_still_notified(people: People, phone: Customer) -> None:
    page = phone.page
    phone.open("/")
    phone.name_box.press_sequentially("Casey", delay=40)
    phone.start_chat.tap()
    console = people.representative()
    phone.is_number(1)
    page.reload()
    phone.is_number(1)
    wait_until(page, IS_REGISTERED, people.server.url + "/")
    with elsewhere(page):
        console.accept("Casey")
        is_told(page, f"{console.name} is here")
        asked, left = press(page, f"{console.name} is here")
        assert (asked, left) == (f"focus {people.server.url}/ visible", 0)
    phone.is_joined()


def test_a_press_on_a_notification_finds_the_page_of_a_customer_who_came_by_a_link(
    people: People, phone: Customer
) -> None:
    console = people.representative()
    console.page.get_by_role("button", name="Create session key").click()
    link = console.page.get_by_role("textbox", name="Link with the key").input_value()
    page = phone.page
    page.goto(link)
    expect(page).to_have_url(people.server.url + "/")
    other = page.context.new_page()
    other.goto(people.server.url + "/licenses.txt")
    page.bring_to_front()
    phone.name_box.press_sequentially("Casey", delay=40)
    phone.start_chat.tap()
    phone.is_number(1)
    wait_until(page, IS_REGISTERED, people.server.url + "/")
    with elsewhere(page):
        console.accept("Casey")
        console.is_joined()
        is_told(page, f"{console.name} is here")
        console.talk.say("Hello")
        title = f"{console.name} wrote to you"
        is_told(page, title)
        asked, _ = press(page, title)
        assert str(asked).startswith(f"focus {link}")
    phone.is_joined()
    phone.talk.has("Hello")
