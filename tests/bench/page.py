"""How soon the customer's page can be used: `python -m tests.bench.page [--json] [--runs N]`.

A cold cache, slow 4G (1.6 Mbit/s, 150 ms) and a CPU slowed four times; the median of some runs. The plain page is the
same page with the same style, made usable by two lines of JavaScript: what this network and this machine allow at all.
"""

import argparse
import json
import re
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from deskside_build import build
from e2e.browsers import launch
from tests.signaling.server import serving, settings

PAGES = {"plain": "plain.html", "MicroPython": "", "Brython": "compat.html"}
_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
    "connectionType": "cellular4g",
}
_SLOWER = 4
_PAINTS = "() => performance.getEntriesByName('first-contentful-paint').length"
_USABLE = "() => performance.getEntriesByName('deskside:usable').length"
_TIMES = """() => ["first-contentful-paint", "deskside:usable"].map(
    (name) => performance.getEntriesByName(name)[0].startTime)"""


@dataclass
class Load:
    """One visit: bytes on the wire until the page is usable, and milliseconds since it was asked for."""

    bytes: int
    first_paint: float
    usable: float


def visit(browser: Browser, url: str) -> Load:
    """Load a page in a browser that has never seen it, under the slow conditions."""
    context = browser.new_context(viewport={"width": 412, "height": 823})
    try:
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        received: list[float] = []

        def finished(event: dict[str, Any]) -> None:
            received.append(event["encodedDataLength"])

        devtools.on("Network.loadingFinished", finished)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", _NETWORK)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
        page.goto(url, wait_until="commit", timeout=60_000)
        for condition in (_PAINTS, _USABLE):
            page.wait_for_function(condition, timeout=60_000)
        wire = sum(received)
        first_paint, usable = page.evaluate(_TIMES)
        return Load(round(wire), first_paint, usable)
    finally:
        context.close()


def measure(runs: int) -> dict[str, Load]:
    """The median visit to each page."""
    medians = {}
    with _site() as url, sync_playwright() as playwright, launch(playwright) as browser:
        for name, path in PAGES.items():
            loads = [visit(browser, f"{url}/{path}") for _ in range(runs)]
            medians[name] = Load(
                round(statistics.median(load.bytes for load in loads)),
                statistics.median(load.first_paint for load in loads),
                statistics.median(load.usable for load in loads),
            )
    return medians


@contextmanager
def _site() -> Iterator[str]:
    """A real server with a fresh build and the plain page beside it."""
    with tempfile.TemporaryDirectory() as folder:
        app, data = Path(folder) / "app", Path(folder) / "data"
        data.mkdir()
        build(app)
        (app / "assets" / "plain.js").write_text("performance.mark('deskside:usable');")
        page = (app / "index.html").read_text(encoding="utf-8")
        (app / "plain.html").write_text(_plain(page), encoding="utf-8")
        with serving(settings(data, static=app)) as site:
            yield site.url


def _plain(page: str) -> str:
    """The page without an interpreter and what belongs to it."""
    page = re.sub(r'<link rel="(?:modulepreload|preload)".*\n', "", page)
    page = re.sub(r"<script .*?</script>\n?", "", page, flags=re.DOTALL)
    return page.replace("</head>", '<script defer src="assets/plain.js"></script>\n</head>')


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="tests.bench.page", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    loads = measure(options.runs)
    plain = loads["plain"].usable
    if options.json:
        print(json.dumps({name: asdict(load) | {"ratio": load.usable / plain} for name, load in loads.items()}))
        return
    print(f"{'page':12} {'wire':>10} {'first paint':>12} {'usable':>9} {'to plain':>9}")
    for name, load in loads.items():
        print(
            f"{name:12} {load.bytes / 1000:7.1f} kB {load.first_paint / 1000:10.2f} s {load.usable / 1000:7.2f} s"
            f" {load.usable / plain:8.2f}x"
        )


if __name__ == "__main__":
    main()
