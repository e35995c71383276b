"""The button on a company's own page, from the click to the portal."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from e2e.barriers import finds_nothing
from e2e.pages.shop import Shop, button, opened
from e2e.people import People

NOBODY = "Nobody is here right now"
SOMEBODY = "Somebody is here for you"
BREACHES = """
  globalThis.breaches = [];
  addEventListener("securitypolicyviolation", (event) => breaches.push(event.effectiveDirective));
"""


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    return {
        "teams": [{"id": "sales", "name": "Sales"}, {"id": "network", "name": "Network"}],
        "issues": [
            {"id": "order", "name": {"en": "My order"}, "team": "sales"},
            {"id": "line", "name": {"en": "My line"}, "team": "network"},
        ],
    }


@pytest.fixture
def shop(people: People) -> Iterator[Shop]:
    """The company's page, under the policy of the docs."""
    with opened(people.server.url) as shop:
        yield shop


def visit(people: People, shop: Shop, context: BrowserContext | None = None, **options: Any) -> Page:
    """Somebody looks at the company's page."""
    context = context or people.context(**options)
    context.add_init_script(BREACHES)
    page = context.new_page()
    page.clock.install()
    # The icon that a browser asks for by itself is none of ours.
    people.forgive("favicon.ico")
    page.goto(shop.url)
    return page


def says(link: Locator, words: str) -> None:
    """This is read of the button, and heard."""
    expect(link).to_have_accessible_name(re.compile(words))


def later(page: Page) -> None:
    """What was said a while ago is asked again when the page is looked at again."""
    page.clock.fast_forward(30_000)
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def test_the_button_leads_from_another_origin_to_the_portal_with_the_issue_chosen(people: People, shop: Shop) -> None:
    shop.tags = shop.tag(issue="line", label="Chat with us", colour="gold")
    page = visit(people, shop)
    link = button(page, "Chat with us")
    says(link, NOBODY)
    people.representative()
    later(page)
    says(link, SOMEBODY)
    with page.context.expect_page() as new:
        link.press("Enter")
    portal = new.value
    expect(portal.get_by_label("Issue")).to_have_value("line")
    assert portal.evaluate("() => opener") is None
    assert page.evaluate("() => breaches") == [], "the policy of the docs is enough"
    assert page.context.cookies() == []
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0


def test_a_page_that_is_looked_at_again_and_again_asks_seldom(people: People, shop: Shop) -> None:
    page = visit(people, shop)
    says(button(page), NOBODY)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for _ in range(20):
        page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
        button(page).hover()
        page.mouse.move(0, 0)
    assert asked == []
    with page.expect_request("**/api/available"):
        later(page)
    assert len(asked) == 1


def test_nothing_moves_when_the_answer_comes(people: People, shop: Shop) -> None:
    shop.tags = shop.tag() + "<p>Below</p>"
    held: list[Route] = []
    context = people.context()
    context.route("**/api/available", lambda route: held.append(route))
    with context.expect_event("request", lambda request: request.url.endswith("/api/available")):
        page = visit(people, shop, context)
    expect(button(page)).to_have_accessible_name("Get help (opens in a new tab)")
    before = button(page).bounding_box()
    for route in held:
        route.continue_()
    says(button(page), NOBODY)
    assert button(page).bounding_box() == before


def test_the_button_speaks_the_language_of_its_page_or_the_one_it_is_told(people: People, shop: Shop) -> None:
    shop.language = "de-AT"
    shop.tags = shop.tag() + shop.tag(language="ar") + shop.tag(language="fr", label="Aidez-moi")
    page = visit(people, shop)
    says(button(page, "Hilfe holen"), "Zurzeit ist niemand da")
    arabic = button(page, "احصل على المساعدة")
    expect(arabic).to_have_css("direction", "rtl")
    says(button(page, "Aidez-moi"), NOBODY)
    with page.context.expect_page() as new:
        arabic.click()
    expect(new.value.get_by_role("button", name="بدء المحادثة")).to_be_visible()


def test_without_the_server_it_is_a_plain_link(people: People, shop: Shop) -> None:
    page = visit(people, shop)
    says(button(page), NOBODY)
    people.server.stop()
    later(page)
    expect(button(page)).to_have_accessible_name("Get help (opens in a new tab)")
    expect(button(page)).to_have_attribute("href", people.server.url + "/")
    people.server.start()


@pytest.mark.parametrize(
    ("colour", "ground", "ink"),
    [
        ("#003366", (0, 51, 102), (255, 255, 255)),
        ("gold", (255, 215, 0), (0, 0, 0)),
        ("hsl(0 0% 46%)", (117, 117, 117), (255, 255, 255)),
        ("hsl(0 0% 47%)", (120, 120, 120), (0, 0, 0)),
        ("red; background: url(https://evil.example)", (29, 78, 216), (255, 255, 255)),
        ("", (29, 78, 216), (255, 255, 255)),
    ],
)
def test_the_words_are_readable_on_every_colour(
    people: People, shop: Shop, colour: str, ground: tuple[int, ...], ink: tuple[int, ...]
) -> None:
    shop.tags = shop.tag(colour=colour)
    page = visit(people, shop)
    expect(button(page)).to_have_css("background-color", f"rgb{ground}")
    expect(button(page)).to_have_css("color", f"rgb{ink}")


@pytest.mark.parametrize("looks", [{}, {"forced_colors": "active"}, {"viewport": {"width": 320, "height": 600}}])
def test_the_button_has_no_barrier(people: People, shop: Shop, looks: dict[str, Any]) -> None:
    shop.tags = shop.tag(colour="#767676") + shop.tag(colour="gold", label="Help with a long order " * 12)
    shop.tags += shop.tag(language="ar")
    page = visit(people, shop, **looks)
    says(button(page), NOBODY)
    for link in page.get_by_role("link").all():
        box = link.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] + box["width"] <= page.viewport_size["width"] if page.viewport_size else True
    page.keyboard.press("Tab")
    expect(button(page)).to_be_focused()
    # Axe is put in by the test, which the policy of the page would not let it be.
    finds_nothing(page, "page of a shop")


def test_a_script_in_the_head_puts_the_button_at_the_end_of_the_page(people: People, shop: Shop) -> None:
    shop.head, shop.tags = shop.tag(), ""
    page = visit(people, shop)
    says(button(page), NOBODY)
    assert page.evaluate("() => document.body.lastElementChild.shadowRoot !== null")


HELD = "This page does not let the help page open. Copy this address into a new tab:"
SANDBOXES = {
    "no pages": "allow-scripts",
    "no pages, with its origin": "allow-scripts allow-same-origin",
    "sandboxed pages": "allow-scripts allow-popups",
    "sandboxed pages, with its origin": "allow-scripts allow-same-origin allow-popups",
}
FREE = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


@pytest.fixture
def around(people: People, shop: Shop) -> Iterator[Shop]:
    """Another page, with the one of the company in a frame."""
    with opened(people.server.url) as around:
        around.policy = f"default-src 'none'; frame-src {shop.url}"
        yield around


def framed(people: People, shop: Shop, around: Shop, sandbox: str | None) -> tuple[Page, Locator]:
    """Somebody looks at the company's page in a frame with these rights; the page and the link in the frame."""
    rights = "" if sandbox is None else f' sandbox="{sandbox}"'
    around.tags = f'<iframe title="Shop" width="350" height="400" src="{shop.url}"{rights}></iframe>'
    page = visit(people, around)
    link = page.frame_locator("iframe").get_by_role("link", name="Get help")
    says(link, NOBODY)
    return page, link


@pytest.mark.parametrize("sandbox", SANDBOXES.values(), ids=SANDBOXES.keys())
def test_in_a_frame_that_may_not_open_it_the_button_says_so(
    people: People, shop: Shop, around: Shop, sandbox: str
) -> None:
    people.forgive("sandboxed frame")
    shop.tags = shop.tag(issue="line", colour="gold")
    page, link = framed(people, shop, around, sandbox)
    opened_pages: list[Page] = []
    page.context.on("page", lambda other: opened_pages.append(other))
    alert = page.frame_locator("iframe").get_by_role("alert")
    expect(alert).to_be_hidden()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    with page.expect_console_message(lambda message: "this frame needs sandbox=" in message.text):
        page.keyboard.press("Enter")
    address = people.server.url + "/?issue=line"
    expect(alert).to_have_text(HELD + address)
    expect(alert.get_by_text(address)).to_be_in_viewport()
    expect(link).to_be_focused()
    for press in ({}, {"button": "middle"}, {"modifiers": ["Control"]}):
        link.click(**press)
        expect(alert).to_have_text(HELD + address)
    for other in opened_pages:
        if not other.is_closed():
            other.wait_for_event("close")
        assert other.url in ("about:blank", ""), "nobody has seen an error of the browser"
    finds_nothing(page, "page around a shop")


@pytest.mark.parametrize("sandbox", [None, FREE, f"{FREE} allow-same-origin"])
def test_in_a_frame_that_may_open_it_the_button_leads_to_the_portal(
    people: People, shop: Shop, around: Shop, sandbox: str | None
) -> None:
    shop.tags = shop.tag(issue="line")
    page, link = framed(people, shop, around, sandbox)
    with page.context.expect_page() as new:
        link.click()
    expect(new.value.get_by_label("Issue")).to_have_value("line")
    assert new.value.evaluate("() => opener") is None
    expect(page.frame_locator("iframe").get_by_role("alert")).to_be_hidden()
