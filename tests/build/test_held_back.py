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
