"""The page finds its language by itself, with one step at most, also on a host that chooses none."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from signaling.static_app import publish
from tests.build.browsing import is_usable
from tests.signaling.server import Site


def loads(page: Page) -> list[str]:
    """The pages that were opened from now on, by path."""
    opened: list[str] = []
    page.on("request", lambda request: opened.append(request.url) if request.is_navigation_request() else None)
    return opened


def remember(page: Page, language: str) -> None:
    page.add_init_script(f"localStorage.setItem('deskside.language', {language!r})")


@pytest.mark.parametrize("name", ["index", "console", "compat"])
def test_a_remembered_language_is_one_step_away_on_a_host_that_knows_none(
    app: Path, page: Page, host: tuple[Path, str], name: str
) -> None:
    folder, origin = host
    publish(folder, built=app)
    remember(page, "ar")
    opened = loads(page)
    page.goto(f"{origin}/{name}.html?issue=mail#top")
    page.wait_for_url(f"{origin}/{name}.ar.html?issue=mail#top")
    is_usable(page)
    assert opened == [f"{origin}/{name}.html?issue=mail", f"{origin}/{name}.ar.html?issue=mail"]
    assert page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]


def test_the_address_outranks_what_is_remembered_and_leads_back_to_the_default(
    app: Path, page: Page, host: tuple[Path, str]
) -> None:
    folder, origin = host
    publish(folder, built=app)
    remember(page, "ar")
    page.goto(f"{origin}/index.de.html?language=en-GB")
    page.wait_for_url(f"{origin}/index.html?language=en-GB")
    is_usable(page)
    expect(page.get_by_role("button", name="Start chat")).to_be_visible()


@pytest.mark.parametrize("wish", ["xx", "../../etc", "<script>", "", "constructor"])
def test_a_language_that_there_is_not_changes_nothing(site: Site, page: Page, wish: str) -> None:
    remember(page, wish)
    opened = loads(page)
    page.goto(f"{site.url}/?language={wish}")
    is_usable(page)
    assert len(opened) == 1
    expect(page.get_by_role("button", name="Start chat")).to_be_visible()


def test_a_page_on_another_origin_speaks_as_its_browser_does(
    app: Path, site: Site, browser: Browser, host: tuple[Path, str]
) -> None:
    folder, origin = host
    publish(folder, site.url, built=app)
    context = browser.new_context(locale="de-CH")
    page = context.new_page()
    page.goto(f"{origin}/index.html")
    page.wait_for_url(f"{origin}/index.de.html")
    expect(page.get_by_role("button", name="Chat starten")).to_be_visible()
    context.close()


def test_a_language_that_cannot_be_fetched_leaves_the_page_as_it_is_and_says_so(site: Site, page: Page) -> None:
    page.goto(site.url)
    is_usable(page)
    page.route("**/customer-texts-*.json", lambda route: route.abort())
    select = page.get_by_role("combobox", name="Language")
    select.select_option("de")
    expect(page.get_by_role("status")).to_contain_text("could not be fetched")
    expect(select).to_have_value("en")
    page.unroute("**/customer-texts-*.json")
    select.select_option("de")
    expect(page.get_by_role("button", name="Chat starten")).to_be_visible()


def test_the_preview_in_a_frame_is_never_led_away(site: Site, page: Page) -> None:
    remember(page, "ar")
    page.goto(f"{site.url}/admin?language=ar")
    page.evaluate(
        """() => {
          const frame = document.createElement("iframe");
          frame.id = "shown";
          frame.src = "/preview";
          document.body.append(frame);
        }"""
    )
    frame = page.frame_locator("#shown")
    expect(frame.locator("main").first).to_be_attached()
    expect(frame.locator("html")).to_have_attribute("lang", "en")
