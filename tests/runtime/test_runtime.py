"""The runtime keeps its promises in a real Chromium, on both interpreters; so do the fakes that stand for it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from e2e import browsers
from tests.browser import site
from tests.browser.pages import crypto_contract, dom_contract, records_contract, written_contract
from tests.ui.fakes import FakeHost
from tests.ui.fakes_crypto import FakeCrypto
from tests.ui.fakes_recordings import FakeWritten

ATTEMPT = """([group, name]) => new Promise((answered) => {
  setTimeout(answered, 10_000, "no answer");
  attemptCase(group, name, answered);
})"""

BUSY = """() => {
  globalThis.busy = new Promise((answered) => setTimeout(attemptCase, 0, "page", "busy", answered));
}"""
# On another page: tells the busy one when what it has put can be found.
FIND = """() => new Promise((found) => {
  setTimeout(found, 10_000);
  indexedDB.open("deskside-test", 1).onsuccess = ({ target }) => {
    const look = () => {
      const count = target.result.transaction("records").objectStore("records").count("busy/1");
      count.onsuccess = () => (count.result ? found(document.cookie = "found=1") : setTimeout(look, 5));
    };
    look();
  };
})"""


def bridge_cases() -> list[str]:
    """The names of the cases, read without an interpreter that has a browser."""
    tree = ast.parse((site.PAGES / "bridge_cases.py").read_text(encoding="utf-8"))
    found = next(
        node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CASES"
    )
    assert isinstance(found, ast.Dict)
    return [str(key.value) for key in found.keys if isinstance(key, ast.Constant)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("site") / "runtime"
    parts = ("crypto", "deadline", "dom", "records", "written", "js")
    entries = ["deskside.runtime." + part for part in parts]
    site.build(folder, "runtime_page", entries)
    with site.serve(folder) as served:
        yield served


@pytest.fixture(scope="module", params=["index.html", "compat.html"], ids=["MicroPython", "Brython"])
def page(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        page = browser.new_context().new_page()
        page.goto(address + str(request.param))
        page.wait_for_function("() => globalThis.attemptCase")
        yield page
        browser.close()


@pytest.mark.parametrize("name", bridge_cases())
def test_the_bridge(page: Page, name: str) -> None:
    assert page.evaluate(ATTEMPT, ["bridge", name]) == ""


@pytest.mark.parametrize("name", dom_contract.CONTRACT)
def test_the_dom(page: Page, name: str) -> None:
    assert page.evaluate(ATTEMPT, ["dom", name]) == ""


@pytest.mark.parametrize("name", records_contract.CONTRACT)
def test_the_storage(page: Page, name: str) -> None:
    assert page.evaluate(ATTEMPT, ["records", name]) == ""


@pytest.mark.parametrize("name", written_contract.CONTRACT)
def test_the_storage_of_what_is_written(page: Page, name: str) -> None:
    assert page.evaluate(ATTEMPT, ["written", name]) == ""


@pytest.mark.parametrize("name", crypto_contract.CONTRACT)
def test_webcrypto(page: Page, name: str) -> None:
    assert page.evaluate(ATTEMPT, ["crypto", name]) == ""


def test_a_page_goes_on_without_the_storage_that_was_taken_away(page: Page) -> None:
    assert page.evaluate(ATTEMPT, ["page", "cleared"]) == ""


def test_what_is_put_is_kept_though_the_page_has_no_time(page: Page) -> None:
    page.evaluate(ATTEMPT, ["records", next(iter(records_contract.CONTRACT))])
    other = page.context.new_page()
    other.goto(page.url)
    page.evaluate(BUSY)
    other.evaluate(FIND)
    other.close()
    assert page.evaluate("() => globalThis.busy") == ""


def test_events_reach_the_nearest_that_listens_and_leave_nothing(page: Page) -> None:
    assert page.evaluate(ATTEMPT, ["page", "events"]) == ""


@pytest.mark.parametrize("name", records_contract.CONTRACT)
def test_the_fake_storage(name: str) -> None:
    host = FakeHost()
    answers: list[str] = []
    records_contract.CONTRACT[name](host.records, answers.append)
    host.wait(0)
    assert answers == [""]


@pytest.mark.parametrize("name", written_contract.CONTRACT)
def test_the_fake_storage_of_what_is_written(name: str) -> None:
    answers: list[str] = []
    written_contract.CONTRACT[name](FakeWritten({}), answers.append)
    assert answers == [""]


@pytest.mark.parametrize("name", crypto_contract.CONTRACT)
def test_the_fake_webcrypto(name: str) -> None:
    host = FakeHost()
    answers: list[str] = []
    crypto_contract.CONTRACT[name](FakeCrypto(host), answers.append)
    for _ in range(20):
        host.wait(0)
    assert answers == [""]
