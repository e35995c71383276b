"""What a customer sees before Python runs, and when it cannot, in a real browser under the real policy."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from signaling.static_app import publish
from tests.build.browsing import is_usable
from tests.signaling.server import Site, serving, settings


@pytest.mark.parametrize("path", ["", "compat.html", "console"])
def test_a_page_starts_without_a_complaint_of_the_browser(site: Site, page: Page, path: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status not in (200, 401) else None)
    page.goto(f"{site.url}/{path}")
    is_usable(page)
    page.wait_for_load_state("networkidle")
    assert [complaint for complaint in complaints if "401" not in complaint] == []


def test_nothing_is_fetched_from_elsewhere_or_twice(site: Site, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url)
    is_usable(page)
    page.wait_for_load_state("networkidle")
    assert all(url.startswith(site.url) for url in asked)
    assert len(asked) == len(set(asked))


def test_function_is_the_browsers_own_again_once_pyscript_has_started(site: Site, page: Page) -> None:
    page.goto(site.url)
    is_usable(page)
    assert page.evaluate("() => Function.toString()") == "function Function() { [native code] }"


def test_before_that_every_call_but_pyscripts_is_the_browsers_own(site: Site, page: Page) -> None:
    page.route("**/pyscript-*.js", lambda route: route.abort())
    page.goto(site.url)
    # The developer tools are above the policy, so what reaches the browser's own Function runs.
    assert page.evaluate("() => Function('a', 'return a + 1')(1)") == 2
    assert page.evaluate("() => new Function('return 3')()") == 3
    assert page.evaluate("() => Function('return(w,x)=>(async()=>4)(w,x)')()().then((four) => four)") == 4
    assert page.evaluate("() => Function.toString()") == "function () { [native code] }"


def test_what_is_typed_and_sent_before_python_runs_is_kept(site: Site, page: Page) -> None:
    held: list[Route] = []
    page.route("**/*.wasm", lambda route: held.append(route))
    page.goto(site.url, wait_until="domcontentloaded")
    page.get_by_label("Your name").fill("Ann")
    page.get_by_label("How can we help?").fill("It beeps.")
    button = page.get_by_role("button", name="Start chat")
    page.get_by_label("Your name").press("Enter")
    expect(button).to_have_attribute("aria-busy", "true")
    assert page.url.rstrip("/") == site.url
    page.wait_for_function("() => deskside.pressed")
    for route in held:
        route.continue_()
    is_usable(page)
    expect(page.get_by_role("button", name="Start chat")).not_to_have_attribute("aria-busy", "true")


def test_what_is_sent_while_the_start_seems_to_have_failed_is_kept_too(site: Site, page: Page) -> None:
    held: list[Route] = []
    page.route("**/*.wasm", lambda route: held.append(route))
    page.goto(site.url, wait_until="domcontentloaded")
    # As PyScript does in a browser that keeps nothing, and starts all the same.
    page.evaluate("() => { Promise.reject(new Error('no storage')); }")
    expect(page.locator("#start-failed")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 400})
    page.get_by_role("button", name="Start chat").click()
    expect(page.locator("#start-failed")).to_be_in_viewport(ratio=1)
    for route in held:
        route.continue_()
    expect(page.get_by_role("button", name="Not now")).to_be_visible(timeout=60_000)
    expect(page.locator("#start-failed")).to_be_hidden()


@pytest.mark.parametrize("lost", ["**/pyscript-*.js", "**/micropython.mjs", "**/*.wasm", "**/customer-*.json"])
def test_a_page_whose_python_does_not_come_says_so_and_keeps_what_was_typed(site: Site, page: Page, lost: str) -> None:
    held: list[Route] = []
    cut = False

    def answer(route: Route) -> None:
        if cut:
            route.abort()
        else:
            held.append(route)

    page.route(lost, answer)
    page.goto(site.url, wait_until="commit")
    page.get_by_label("Your name").fill("Ann")
    expect(page.locator("#start-failed")).to_be_hidden()
    cut = True
    for route in held:
        route.abort()
    expect(page.locator("#start-failed")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("alert")).to_contain_text("reload the page")
    expect(page.get_by_label("Your name")).to_have_value("Ann")


def test_a_browser_without_webassembly_gets_the_page_that_needs_none(site: Site, page: Page) -> None:
    page.add_init_script("delete globalThis.WebAssembly")
    page.goto(f"{site.url}/?issue=printer#top")
    page.wait_for_url(f"{site.url}/compat.html?issue=printer#top")
    is_usable(page)


def test_a_late_bundle_that_does_not_come_is_fetched_again(site: Site, page: Page) -> None:
    lost = "**/customer-session-*.json"
    page.route(lost, lambda route: route.abort())
    page.goto(site.url)
    is_usable(page)
    failing = "() => deskside.load('session').then(() => 'loaded', () => 'lost')"
    assert page.evaluate(failing) == "lost"
    page.unroute(lost)
    assert page.evaluate(failing) == "loaded"


@pytest.mark.parametrize("name", ["index.html", "compat.html"])
def test_the_page_runs_on_another_host_and_talks_to_its_server(
    app: Path, page: Page, host: tuple[Path, str], tmp_path: Path, name: str
) -> None:
    folder, origin = host
    data = tmp_path / "data"
    data.mkdir()
    with serving(settings(data, static=app), site={"allowed_origins": [origin], "company": "Bakery"}) as site:
        publish(folder, site.url, built=app)
        page.goto(f"{origin}/{name}")
        expect(page.get_by_role("banner")).to_contain_text("Bakery")
        with page.expect_websocket() as opened:
            page.get_by_role("button", name="Start chat").click()
        assert opened.value.url == site.web_socket
        page.get_by_role("button", name="Not now").click()
        expect(page.get_by_role("button", name="Leave the queue")).to_be_visible()


def test_the_rules_of_a_session_win_over_those_of_the_start(site: Site, page: Page) -> None:
    page.goto(site.url)
    is_usable(page)
    page.wait_for_function("() => [...document.styleSheets].some(({ href }) => /session/.test(href))")
    sheets = page.evaluate("() => [...document.styleSheets].map(({ href }) => href).filter((href) => href)")
    assert ["customer-" in sheet for sheet in sheets] == [True, False]
