"""What is over calls nobody back, and is not shown as if it were now."""

import pytest
from playwright.sync_api import expect

from e2e.journeys.test_nudge import elsewhere
from e2e.people import People

NOTED = """
  globalThis.noted = [];
  globalThis.Notification = class extends Notification {
    constructor(title, options) {
      super(title, options);
      noted.push(this);
    }
    close() {
      this.isOver = true;
      super.close();
    }
  };
"""


def test_a_request_that_was_taken_back_calls_nobody_to_the_page(people: People) -> None:
    context = people.context()
    context.grant_permissions(["notifications"], origin=people.server.url)
    context.add_init_script(NOTED)
    customer = people.customer(context=context)
    customer.send_form()
    expect(customer.leave).to_be_visible()
    console = people.representative()
    console.accept("Casey")
    customer.is_joined()
    console.is_joined()
    own = customer.page.title()
    with elsewhere(customer.page):
        console.request_screen.click()
        asks = f"{console.name} asks for your permission"
        customer.page.wait_for_function("(asks) => document.title === asks", arg=asks, polling=100)
        assert customer.page.evaluate("() => noted.at(-1).isOver ?? false") is False
        console.withdraw_request.click()
        customer.page.wait_for_function("() => noted.at(-1).isOver", polling=100)
        customer.page.wait_for_function("(own) => document.title === own", arg=own, polling=100)
    assert customer.page.title() == own


@pytest.mark.parametrize("path", ["/", "/console", "/admin"])
def test_a_page_that_the_browser_brings_back_from_its_memory_is_loaded_again(people: People, path: str) -> None:
    console = people.representative()
    page = console.page
    page.goto(people.server.url + path)
    page.wait_for_function("() => performance.getEntriesByName('deskside:usable').length")
    if path == "/":
        console.page.get_by_role("button", name="Start chat").click()
        expect(console.page.get_by_role("button", name="Not now")).to_be_visible()
    with page.expect_navigation():
        page.evaluate(
            "() => { setTimeout(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))); }"
        )
