"""The tests of core, run by Brython in a real Chromium."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Route, sync_playwright

from e2e.browsers import launch

from .sources import NODE_MODULES, TEST_MODULES, failures, modules, sources

BRYTHON = NODE_MODULES / "brython"
ORIGIN = "http://brython.test/"
PAGE = """<!doctype html>
<meta charset="utf-8">
<script src="brython.js"></script>
<script src="brython_stdlib.js"></script>
"""
START = """([files, module]) => {
  const results = [];
  globalThis.report = (name, trace) => results.push([name, trace]);
  for (const [path, source] of Object.entries(files)) {
    const parts = path.replace(/\\.py$/, "").split("/");
    const isPackage = parts.at(-1) === "__init__";
    if (isPackage) parts.pop();
    for (let depth = 1; depth < parts.length; depth++)
      __BRYTHON__.VFS[parts.slice(0, depth).join(".")] ??= [".py", "", [], 1];
    __BRYTHON__.VFS[parts.join(".")] = [".py", source, [], isPackage ? 1 : 0];
  }
  try {
    __BRYTHON__.runPythonSource(`
from browser import window
from tests.interpreters.inside import run
for name, trace in run("${module}"):
    window.report(name, trace)
`, "interpreter_test");
  } catch (error) {
    results.push(["interpreter", String(error.$message || error)]);
  }
  return results;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One for all: what Brython has translated once serves the modules that come after."""
    page = browser.new_page()
    page.route(ORIGIN + "**", answer)
    page.goto(ORIGIN)
    yield page
    page.close()


def answer(route: Route) -> None:
    name = route.request.url.removeprefix(ORIGIN)
    if name in ("brython.js", "brython_stdlib.js"):
        route.fulfill(path=BRYTHON / name, content_type="text/javascript")
    elif name == "":
        route.fulfill(body=PAGE, content_type="text/html")
    else:
        route.fulfill(status=404)


def run(page: Page, files: dict[str, str], module: str) -> list[list[str]]:
    try:
        results: Any = page.evaluate(START, [files, module])
    except Error as error:
        return [["page", error.message]]
    return [list(result) for result in results]


@pytest.mark.parametrize("module", TEST_MODULES)
def test_core_works_under_brython(page: Page, module: str) -> None:
    failed = failures(run(page, sources(), module))
    if failed:
        pytest.fail(failed, pytrace=False)


@pytest.mark.parametrize("package", ["core", "ui"])
def test_every_module_can_be_imported_by_brython(page: Page, package: str) -> None:
    files = sources("ui")
    lines = [f"def test_{name.replace('.', '_')}():\n    import {name}\n" for name in modules(package)]
    files["tests/imports.py"] = "\n".join(lines)
    failed = failures(run(page, files, "tests.imports"))
    if failed:
        pytest.fail(failed, pytrace=False)


def test_a_failure_is_reported_with_its_place(page: Page) -> None:
    files = sources()
    files["tests/failing.py"] = "def test_sum():\n    assert 1 + 1 == 3, 'wrong sum'\n"
    failed = failures(run(page, files, "tests.failing"))
    assert "test_sum" in failed and "wrong sum" in failed and "tests" in failed
