"""The portal while Python is still on its way."""

import re

import pytest
from playwright.sync_api import Route, expect

from e2e.people import People

SHIFTS = """
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) {
        shifts.push(`${entry.value} ${entry.sources.map(({ node }) => node?.className || node?.nodeName)}`);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("size", [(360, 740), (1440, 900)])
def test_nothing_moves_while_python_loads(people: People, size: tuple[int, int]) -> None:
    context = people.context(viewport={"width": size[0], "height": size[1]})
    context.add_init_script(SHIFTS)
    page = context.new_page()
    held: list[Route] = []
    page.route("**/*.wasm", lambda route: held.append(route))
    page.goto(people.server.url, wait_until="domcontentloaded")
    expect(page.get_by_role("button", name="Start chat")).to_be_visible()
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    for route in held:
        route.continue_()
    page.unroute("**/*.wasm")
    page.wait_for_function("() => performance.getEntriesByName('deskside:usable').length")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("banner")).to_have_text(re.compile("Acme Help"))
    assert page.evaluate("() => shifts") == []


def test_what_is_typed_and_pressed_before_python_runs_is_kept_and_answered(people: People) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    held: list[Route] = []
    customer.page.route("**/*.wasm", lambda route: held.append(route))
    customer.page.goto(people.server.url, wait_until="domcontentloaded")
    customer.name_box.fill("Casey")
    customer.question_box.fill("Typed early.")
    customer.start_chat.click()
    expect(customer.start_chat).to_have_attribute("aria-busy", "true")
    for route in held:
        route.continue_()
    customer.not_now.click()
    customer.is_number(1)
    expect(console.waiting("Casey")).to_contain_text("Typed early.")
    customer.leave.click()


def test_a_page_that_cannot_start_says_so_and_a_press_loses_nothing(people: People) -> None:
    people.forgive("")
    customer = people.customer("Casey")
    customer.page.route("**/*.wasm", lambda route: route.abort())
    customer.open()
    customer.name_box.fill("Casey")
    expect(customer.talk.problem).to_contain_text("reload the page")
    customer.start_chat.click()
    expect(customer.page).to_have_url(people.server.url + "/")
    expect(customer.name_box).to_have_value("Casey")
