"""A click on a notification focuses the page that raised it; run in node on a fake of the scope of the worker."""

import json
import subprocess
from pathlib import Path

import pytest

WORKER = Path(__file__).parents[2] / "web" / "sw.js"
SCOPE = """
const [source, urls, data] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const heard = {};
globalThis.self = {
  addEventListener: (name, listener) => { heard[name] = listener; },
  clients: {
    matchAll: async () => urls.map((url) => ({ url, focus: () => console.log("focus " + url) })),
    openWindow: (url) => console.log("open " + url),
  },
};
(0, eval)(source);
heard.notificationclick({ notification: { data, close() {} }, waitUntil: (promise) => promise });
"""


def click(pages: list[str], raised_by: str) -> str:
    """What a click does; `pages` by the URLs they were loaded from."""
    about = json.dumps([WORKER.read_text(encoding="utf-8"), pages, raised_by])
    return subprocess.run(["node", "-e", SCOPE], input=about, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("loaded", "now"),
    [
        ("/?key=1234567", "/"),
        ("/?issue=printer", "/?issue=printer"),
        ("/index.de.html?key=1", "/"),
        ("/help/index.de.html?key=1", "/help/"),
        ("/", "/index.ar.html#main"),
        ("/compat.html?key=1", "/compat.html"),
        ("/console", "/console#history"),
        ("/console.de.html", "/console"),
    ],
)
def test_the_page_is_found_whatever_its_query_and_language(loaded: str, now: str) -> None:
    host = "https://help.example"
    pages = [host + "/admin", host + loaded, host + "/other/"]
    assert click(pages, host + now) == f"focus {host}{loaded}"


def test_of_two_the_very_same_comes_first_and_without_any_the_page_is_opened() -> None:
    host = "https://help.example/"
    assert click([host + "?issue=a", host + "?issue=b"], host + "?issue=b") == f"focus {host}?issue=b"
    assert click([host + "console", host + "admin"], host) == f"open {host}"
