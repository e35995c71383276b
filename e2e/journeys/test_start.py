"""The first seconds of a page, and what they may not do."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from e2e.pages.customer import Customer
from e2e.people import People

INTERPRETER = "**/micropython.wasm"
MODULES = "**/customer-*.json"
SESSION = "**/customer-session-*.json"
STYLE = "**/customer-*.css"
BEFORE = "**/before-*.js"
SITE = "**/api/site*"
# What the browser, PyScript and the page itself write on the console when something is missing.
COMPLAINTS = "Deskside could not start|Failed to fetch|dynamically imported|Aborted|ArrayBuffer|wasm failed"
USABLE = "() => performance.getEntriesByName('deskside:usable').length"

# Written down from the page's first moment: every move of what stands there already, every breach of the policy.
WATCH = """
  globalThis.moved = [];
  globalThis.breaches = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      moved.push(`${entry.value} ${entry.sources.map((source) => source.node?.id || source.node?.nodeName)}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
  addEventListener("securitypolicyviolation", (event) => {
    breaches.push(`${event.effectiveDirective} ${event.blockedURI}`);
  });
"""

# What can be painted without the part that is missing has been.
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


class Gate:
    """Holds the answers to some requests back until it is opened."""

    def __init__(self, page: Page, pattern: str) -> None:
        self._held: list[Route] = []
        self._is_open = False
        page.route(pattern, self._asked)

    def _asked(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self._held.append(route)

    def open(self) -> None:
        self._is_open = True
        for route in self._held:
            route.continue_()


def watched(people: People) -> Customer:
    context = people.context()
    context.add_init_script(WATCH)
    return people.customer(context=context)


def is_usable(page: Page) -> None:
    """Wait for Python."""
    page.wait_for_function(USABLE)


@pytest.mark.parametrize("late", [INTERPRETER, MODULES, SESSION])
def test_what_is_typed_and_sent_early_is_kept_and_answered(people: People, late: str) -> None:
    console = people.representative()
    customer = watched(people)
    gate = Gate(customer.page, late)
    with customer.page.expect_request(late):
        customer.open()
    customer.name_box.press_sequentially("Casey")
    customer.question_box.fill("It prints blank pages")
    customer.start_chat.click()
    expect(customer.start_chat).to_have_attribute("aria-disabled" if late == SESSION else "aria-busy", "true")
    gate.open()
    customer.not_now.click()
    expect(customer.leave).to_be_visible()
    expect(console.waiting("Casey")).to_contain_text("It prints blank pages")


@pytest.mark.parametrize("late", [BEFORE, STYLE, INTERPRETER, MODULES])
def test_nothing_moves_when_a_part_comes_late(people: People, late: str) -> None:
    customer = watched(people)
    Gate(customer.page, SITE)
    gate = Gate(customer.page, late)
    with customer.page.expect_request(late):
        customer.page.goto(customer.url, wait_until="commit")
    customer.page.wait_for_function("() => document.body?.childElementCount")
    customer.page.evaluate(FRAMES)
    gate.open()
    is_usable(customer.page)
    assert customer.page.evaluate("() => moved") == []


def test_nothing_moves_while_python_comes(people: People) -> None:
    customer = watched(people)
    gate = Gate(customer.page, SITE)
    with customer.page.expect_request(SITE):
        customer.open()
    is_usable(customer.page)
    customer.page.wait_for_load_state("load")
    assert customer.page.evaluate("() => moved") == []

    # The company's greeting comes with its name: one small move, well below the 0.1 that people notice.
    gate.open()
    expect(customer.page.get_by_text("Acme Help").first).to_be_visible()
    moves = customer.page.evaluate("() => moved.map((move) => parseFloat(move))")
    assert sum(moves) < 0.05


def test_typing_goes_on_where_it_was_when_python_comes(people: People) -> None:
    customer = people.customer()
    gate = Gate(customer.page, INTERPRETER)
    with customer.page.expect_request(INTERPRETER):
        customer.open()
    customer.name_box.press_sequentially("Cas")
    gate.open()
    is_usable(customer.page)
    expect(customer.name_box).to_be_focused()
    customer.page.keyboard.type("ey")
    expect(customer.name_box).to_have_value("Casey")


@pytest.mark.parametrize("missing", [INTERPRETER, MODULES, "**/pyscript-*.js"])
def test_a_page_that_cannot_start_says_what_to_do(people: People, missing: str) -> None:
    people.forgive(COMPLAINTS)
    customer = people.customer()
    customer.page.route(missing, lambda route: route.abort())
    customer.open()
    sentence = customer.page.get_by_role("alert")
    expect(sentence).to_contain_text("We cannot reach the support desk")
    expect(sentence).to_contain_text("Check your internet connection, then reload the page.")
    customer.page.unroute(missing)
    customer.page.reload()
    is_usable(customer.page)
    expect(sentence).to_have_count(0)


def test_a_session_that_cannot_be_fetched_is_said_beside_the_button(people: People) -> None:
    customer = people.customer()
    customer.page.route(SESSION, lambda route: route.abort())
    customer.open()
    is_usable(customer.page)
    expect(customer.talk.problem).to_contain_text("We could not reach the support desk.")
    customer.name_box.fill("Casey")
    customer.page.unroute(SESSION)
    customer.page.evaluate("() => dispatchEvent(new Event('online'))")
    customer.start_chat.click()
    customer.not_now.click()
    expect(customer.leave).to_be_visible()


def test_the_customer_meets_no_third_party_no_cookie_and_no_breach(people: People) -> None:
    customer = watched(people)
    asked: list[str] = []
    context = customer.page.context
    context.on("request", lambda request: asked.append(request.url))
    customer.page.on("websocket", lambda line: asked.append(line.url.replace("ws:", "http:", 1)))
    customer, console = people.session(customer)
    customer.talk.say("Hello")
    console.talk.has("Hello")
    console.talk.offer({"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 1000})
    with customer.page.expect_download():
        customer.talk.accept_file.click()
    customer.talk.file("a.txt").is_said("received and checked")
    breaches = customer.page.evaluate("() => breaches")
    customer.ends()
    own = urlsplit(customer.url).netloc
    assert {url for url in asked if not url.startswith("blob:") and urlsplit(url).netloc != own} == set()
    assert any("/signaling" in url for url in asked)
    assert context.cookies() == []
    assert breaches == []


def test_the_console_breaks_no_rule_either(people: People) -> None:
    console = people.console()
    console.page.context.add_init_script(WATCH)
    asked: list[str] = []
    console.page.on("request", lambda request: asked.append(request.url))
    console.come_in("correct horse battery")
    assert {url for url in asked if urlsplit(url).netloc != urlsplit(console.url).netloc} == set()
    assert console.page.evaluate("() => breaches") == []
