"""How fast the red X and the chat are in a real session.

    python -m tests.bench.session [--json] [--presses N] [--messages N]

The red X is timed from the press, as the browser stamped it, to the end of the customer's last track: on a quiet
line, with the network cut, with the representative's page hung, and on a device that is six times slower, while the
representative's page sends 150 of the longest messages at once. The target is 50 ms. The chat is timed one way,
from Enter on the customer's page to the text on the representative's, both pages and both Pythons included; beside
it stands a bare WebSocket relay through the same server, from `send` to `message`.
"""

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from deskside_build import build
from e2e.browsers import launch
from e2e.flood import SLOW, SPEAKING, flood
from tests.bench.relay import RELAY
from tests.signaling.server import Site, prepare, serving, settings

TARGET = 50.0
_STOP = "Stop sharing and revoke permissions"
_SOURCE = """<title>share source</title><canvas></canvas><script>
let n = 0;
setInterval(() => document.querySelector("canvas").getContext("2d").fillRect(n++ % 300, 0, 9, 9), 50);
</script>"""
# The clock starts where the browser stamped the press, and ends when the last track has been stopped.
_WATCH = """
  globalThis.bench = { pressed: 0, stopped: 0 };
  addEventListener("click", (event) => { bench.pressed = event.timeStamp; bench.stopped = 0; }, { capture: true });
  const { stop } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.stop = function () {
    const answer = stop.call(this);
    bench.stopped = performance.now();
    return answer;
  };
  const moment = () => performance.timeOrigin + performance.now();
  bench.sent = {};
  addEventListener("keydown", (event) => {
    if (event.key === "Enter") bench.sent[event.target.value] = performance.timeOrigin + event.timeStamp;
  }, { capture: true });
  bench.arrived = {};
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        for (const text of node.querySelectorAll?.(".message .text") ?? []) bench.arrived[text.textContent] = moment();
  }).observe(document, { childList: true, subtree: true });
"""


class Meeting:
    """A customer and a representative in one session, with a page that can be shared."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.people = [self._context(browser, site, ""), self._context(browser, site, site.cookie("Bob"))]
        customer, representative = self.people
        source = customer.new_page()
        source.set_content(_SOURCE)
        self.customer, self.representative = customer.new_page(), representative.new_page()
        self._armed = customer.new_cdp_session(self.customer)
        self.network()
        self.representative.goto(site.url + "/console")
        self.representative.get_by_role("switch", name="Available").click()
        self.customer.goto(site.url)
        self.customer.get_by_role("button", name="Start chat").click()
        self.customer.get_by_role("button", name="Not now").click()
        self.representative.get_by_role("button", name="Accept", exact=True).click()
        self.customer.get_by_role("button", name=_STOP).wait_for()
        self.representative.get_by_text("Connected", exact=True).wait_for()

    @staticmethod
    def _context(browser: Browser, site: Site, cookie: str) -> BrowserContext:
        context = browser.new_context()
        context.add_init_script(_WATCH)
        context.add_init_script(SPEAKING)
        if cookie:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": site.url}])
        return context

    def network(self, cut: bool = False) -> None:
        """Cut the customer's line, or mend it. Reaches WebRTC because it was armed before the page was loaded."""
        condition = {"urlPattern": "", "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        condition["packetLoss"] = 100 if cut else 0
        self._armed.send(
            "Network.emulateNetworkConditionsByRule", {"offline": False, "matchedNetworkConditions": [condition]}
        )

    def share(self) -> None:
        """Share the source, and wait until the representative sees it."""
        self.customer.get_by_role("button", name="Share screen").click()
        self.representative.wait_for_function("() => document.querySelector('video')?.videoWidth > 0")

    def press(self) -> float:
        """Press the red X; milliseconds until the track had ended."""
        self.customer.get_by_role("button", name=_STOP).click()
        self.customer.wait_for_function("() => bench.stopped > 0")
        taken: float = self.customer.evaluate("() => bench.stopped - bench.pressed")
        self.customer.get_by_role("button", name="Continue chatting").click()
        return taken

    def slow_down(self, times: int) -> None:
        """Give the customer's page so much less of a processor; 1 is all of it."""
        self._armed.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def press_in_a_flood(self) -> float:
        """As `press`, on a slow device, a moment after the representative's page has sent too much at once."""
        box = self.representative.get_by_role("textbox", name="Message", exact=True)
        box.fill("before the flood")
        box.press("Enter")
        self.customer.wait_for_function("() => bench.arrived['before the flood']")
        self.share()
        self.slow_down(6)
        shown = self.customer.locator(".message").count()
        flood(self.representative, 150, SLOW)
        self.customer.wait_for_function(
            "(count) => document.querySelectorAll('.message').length > count", arg=shown, timeout=60_000
        )
        taken = self.press()
        self.slow_down(1)
        return taken

    def say(self, messages: int) -> list[float]:
        """Milliseconds of each message, one way."""
        box = self.customer.get_by_role("textbox", name="Message", exact=True)
        for number in range(messages):
            box.fill(f"message {number}")
            box.press("Enter")
        last = f"message {messages - 1}"
        self.representative.wait_for_function("(text) => bench.arrived[text]", arg=last)
        sent = self.customer.evaluate("() => bench.sent")
        arrived = self.representative.evaluate("() => bench.arrived")
        return [arrived[text] - sent[text] for text in sent if text in arrived]


def hang(page: Page, milliseconds: int) -> None:
    """Let a page do nothing else for a while; does not wait for it."""
    page.evaluate(
        "(time) => { setTimeout(() => { const end = Date.now() + time; while (Date.now() < end); }, 0); }", milliseconds
    )


def measure(presses: int, messages: int) -> dict[str, list[float]]:
    """All timings, in milliseconds."""
    figures: dict[str, list[float]] = {}
    with a_site() as site, sync_playwright() as playwright, launch(playwright) as browser:
        meeting = Meeting(browser, site)
        figures["chat"] = meeting.say(messages)
        figures["relay"] = _relay(browser, site, messages)
        quiet, hung, cut = [], [], []
        for _ in range(presses):
            meeting.share()
            quiet.append(meeting.press())
            meeting.share()
            hang(meeting.representative, 1000)
            hung.append(meeting.press())
            meeting.share()
            meeting.network(cut=True)
            cut.append(meeting.press())
            meeting.network()
            meeting.representative.get_by_text("Connected", exact=True).wait_for()
        figures |= {"quiet line": quiet, "representative hung": hung, "network cut": cut}
        figures["flooded, 6x slower"] = [meeting.press_in_a_flood()]
    return figures


def _relay(browser: Browser, site: Site, messages: int) -> list[float]:
    """The same number of messages over two WebSockets and the server between them, without any Python in the page."""
    times: list[float] = []
    pages = [Meeting._context(browser, site, cookie).new_page() for cookie in ("", site.cookie("Cleo"))]
    for page in pages:
        page.goto(site.url)
        page.evaluate(RELAY)
    customer, representative = pages
    representative.evaluate("(url) => relay.represent(url)", site.web_socket)
    customer.evaluate("(url) => relay.enter(url)", site.web_socket)
    representative.evaluate("() => relay.accept()")
    customer.evaluate("(count) => relay.send(count)", messages)
    representative.wait_for_function("(count) => relay.times.length >= count", arg=messages)
    times = representative.evaluate("() => relay.times")
    return times


@contextmanager
def a_site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as folder:
        data, app = Path(folder) / "data", Path(folder) / "app"
        prepare(data)
        build(app)
        with serving(settings(data, static=app)) as site:
            yield site


def _summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median": statistics.median(ordered),
        "p99": ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
        "count": len(ordered),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="tests.bench.session", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--presses", type=int, default=5)
    parser.add_argument("--messages", type=int, default=200)
    options = parser.parse_args()
    figures: dict[str, Any] = {
        name: _summary(times) for name, times in measure(options.presses, options.messages).items()
    }
    relay = figures["relay"]["median"]
    for name, figure in figures.items():
        figure["ratio"] = figure["median"] / (relay if name in ("chat", "relay") else TARGET)
    if options.json:
        print(json.dumps(figures))
        return
    print(f"{'':22} {'median':>9} {'p99':>9} {'count':>6}  ratio")
    for name, figure in figures.items():
        reference = "of the relay" if name in ("chat", "relay") else f"of {TARGET:.0f} ms"
        print(
            f"{name:22} {figure['median']:6.1f} ms {figure['p99']:6.1f} ms {figure['count']:6.0f}"
            f"  {figure['ratio']:.2f} {reference}"
        )


if __name__ == "__main__":
    main()
