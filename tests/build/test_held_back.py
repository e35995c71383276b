"""A part of a page that is held back by an ad blocker, a proxy in its place, or a line that stands still."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.build.browsing import is_usable
from tests.signaling.server import Site

SESSION = "**/customer-session-*.json"
WAYS: dict[str, Callable[[Route], Any]] = {
    "refused": lambda route: route.abort("blockedbyclient"),
    "not found": lambda route: route.fulfill(status=404, body="not here"),
    "unavailable": lambda route: route.fulfill(status=503, body="later"),
    "replaced": lambda route: route.fulfill(body="<html>Blocked by policy</html>", content_type="text/html"),
    "cut": lambda route: route.fulfill(body='{"modules": {', content_type="application/json"),
    "silent": lambda route: None,
}
LONG = 60_000
USABLE = "() => performance.getEntriesByName('deskside:usable').length"


@pytest.mark.parametrize("way", WAYS)
def test_a_session_that_is_held_back_is_told_and_goes_on_by_itself(site: Site, page: Page, way: str) -> None:
    held = True

    def answer(route: Route) -> None:
        if held:
            WAYS[way](route)
        else:
            route.continue_()

    page.route(SESSION, answer)
    page.goto(site.url)
    is_usable(page)
    page.get_by_label("Your name").fill("Ann")
    page.get_by_role("button", name="Start chat").click()
    expect(page.get_by_role("alert")).to_contain_text("ad blocker", timeout=LONG)
    expect(page.get_by_label("Your name")).to_have_value("Ann")
    held = False
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="Not now")).to_be_visible(timeout=LONG)


@pytest.mark.parametrize("way", ["refused", "not found", "replaced", "silent"])
@pytest.mark.parametrize("sheet", ["**/session-*.css", "**/customer-*.css"])
def test_a_style_that_is_held_back_keeps_nobody_away(site: Site, page: Page, sheet: str, way: str) -> None:
    page.route(sheet, WAYS[way])
    page.goto(site.url, wait_until="commit")
    page.get_by_role("button", name="Start chat").click()
    expect(page.get_by_role("button", name="Not now")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("This page looks plain")).to_be_visible(timeout=LONG)


@pytest.mark.parametrize("lost", ["**/pyscript-*.js", "**/micropython.mjs", "**/guard-*.js"])
@pytest.mark.parametrize("way", ["refused", "replaced", "silent"])
def test_a_start_that_is_held_back_says_by_what_and_is_tried_again(site: Site, page: Page, lost: str, way: str) -> None:
    held = True
    # What was asked for in vain stays so: without a route, Playwright would send it on, and the page would just start.
    page.route(lost, lambda route: WAYS[way](route) if held else route.continue_())
    page.goto(site.url, wait_until="commit")
    page.get_by_label("Your name").fill("Ann")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("ad blocker", timeout=LONG)
    expect(told).to_contain_text(site.url.partition("//")[2])
    held = False
    page.get_by_role("button", name="Try again").click()
    is_usable(page)
    expect(page.get_by_label("Your name")).to_have_value("Ann")
    expect(told).to_be_hidden()


@pytest.mark.parametrize("way", WAYS)
def test_a_language_that_is_held_back_is_told_on_the_screen(site: Site, page: Page, way: str) -> None:
    page.goto(site.url)
    is_usable(page)
    page.route("**/customer-texts-*.json", WAYS[way])
    page.get_by_role("combobox", name="Language").select_option("de")
    expect(page.get_by_role("banner").get_by_text("could not be fetched")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("combobox", name="Language")).to_have_value("en")


class Held:
    """What a page asks for by this pattern is held back, until `release`: what is asked for then comes."""

    def __init__(self, page: Page, pattern: str, way: str) -> None:
        self._is_held = True
        page.route(pattern, lambda route: WAYS[way](route) if self._is_held else route.continue_())

    def release(self) -> None:
        self._is_held = False


@pytest.mark.parametrize(
    ("path", "lost", "way"),
    [
        ("console", "**/pyscript-*.js", "refused"),
        ("console", "**/console-*.json", "cut"),
        ("console", "**/micropython.mjs", "silent"),
        ("admin", "**/pyscript-*.js", "replaced"),
        ("admin", "**/admin-*.json", "unavailable"),
        ("compat.html", "**/brython-*.js", "refused"),
        ("compat.html", "**/brython-library-*.js", "silent"),
        ("compat.html", "**/brython-start-*.js", "replaced"),
        ("compat.html", "**/customer-*.json", "not found"),
    ],
)
def test_every_page_says_what_is_held_back_and_starts_when_it_comes(
    site: Site, page: Page, path: str, lost: str, way: str
) -> None:
    held = Held(page, lost, way)
    page.goto(f"{site.url}/{path}", wait_until="commit")
    told = page.get_by_role("alert").filter(has_text="ad blocker")
    expect(told).to_be_visible(timeout=LONG)
    expect(told).to_contain_text(site.url.partition("//")[2])
    held.release()
    page.get_by_role("button", name="Try again").click()
    page.wait_for_function(USABLE, timeout=LONG)
    expect(told).to_be_hidden()


@pytest.mark.parametrize("path", ["", "console", "index.ar.html"])
@pytest.mark.parametrize("way", ["refused", "unavailable", "silent"])
def test_without_its_very_first_script_a_page_is_not_empty(site: Site, page: Page, path: str, way: str) -> None:
    held = Held(page, "**/before-*.js", way)
    page.goto(f"{site.url}/{path}", wait_until="commit")
    again = page.get_by_role("link", name="أعد المحاولة" if "ar" in path else "Try again")
    expect(again).to_be_visible(timeout=LONG)
    expect(page.get_by_text("مانع إعلانات" if "ar" in path else "ad blocker").first).to_be_visible()
    held.release()
    again.click()
    page.wait_for_function(USABLE, timeout=LONG)
    expect(again).to_have_count(0)


def test_what_is_sent_while_no_script_runs_goes_nowhere(site: Site, page: Page) -> None:
    page.route("**/*.js", WAYS["refused"])
    page.goto(site.url)
    page.get_by_label("Your name").fill("Ann")
    page.get_by_label("How can we help?").fill("It beeps.")
    page.get_by_role("button", name="Start chat").click()
    page.get_by_label("Your name").press("Enter")
    expect(page.get_by_label("How can we help?")).to_have_value("It beeps.")
    assert page.url.rstrip("/") == site.url
