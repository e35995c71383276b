"""What a message costs each page, by how long their log is already.

    python -m tests.bench.log [--json] [--entries N ...] [--messages N]

A customer writes to a representative over a real connection, as fast as the keys of a test are. Once the log has so
many entries, some more are written, and the time is counted that the main thread of each page was busy for each of
them: `TaskDuration` of Chromium in ticks of that thread, so that what else the machine does counts for nothing. The
ratio is to the shortest log in the same run.
"""

import argparse
import json
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from e2e.browsers import launch
from tests.bench.session import Meeting, a_site

SETTLES = 1500
"""Milliseconds in which what a message has caused is over: reading is told after a moment."""
PATIENCE = 1_800_000


class Busy:
    """How long the main thread of a page has worked, in milliseconds."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def so_far(self) -> float:
        """Since the page was opened."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return 1000 * float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))


def measure(lengths: list[int], messages: int) -> dict[int, dict[str, float]]:
    """For each length, in ascending order, the milliseconds of one message on either page."""
    figures: dict[int, dict[str, float]] = {}
    with a_site() as site, sync_playwright() as playwright, launch(playwright) as browser:
        meeting = Meeting(browser, site)
        pages = {"customer": meeting.customer, "representative": meeting.representative}
        busy = {name: Busy(page) for name, page in pages.items()}
        meeting.customer.get_by_role("textbox", name="Message", exact=True).focus()
        # Looking for the box each time would have Playwright go through the whole log.
        keyboard = meeting.customer.keyboard
        written = 0

        def write(count: int) -> None:
            nonlocal written
            for _ in range(count):
                written += 1
                keyboard.insert_text(f"message {written}")
                keyboard.press("Enter")
            last = f"message {written}"
            meeting.representative.wait_for_function("(text) => bench.arrived[text]", arg=last, timeout=PATIENCE)
            meeting.representative.wait_for_timeout(SETTLES)

        for length in lengths:
            write(max(1, length - written))
            before = {name: one.so_far() for name, one in busy.items()}
            write(messages)
            figures[length] = {name: (one.so_far() - before[name]) / messages for name, one in busy.items()}
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="tests.bench.log", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--entries", type=int, nargs="+", default=[10, 1000, 10_000])
    parser.add_argument("--messages", type=int, default=20)
    options = parser.parse_args()
    lengths = sorted(set(options.entries))
    figures = measure(lengths, options.messages)
    shortest = figures[lengths[0]]
    rows: list[dict[str, Any]] = [
        {"entries": length, "page": name, "milliseconds": spent, "ratio": spent / shortest[name]}
        for length, pages in figures.items()
        for name, spent in pages.items()
    ]
    if options.json:
        print(json.dumps({"messages": rows}))
        return
    print(f"{'entries':>8}  {'page':14} {'a message':>12}  ratio")
    for row in rows:
        print(f"{row['entries']:8}  {row['page']:14} {row['milliseconds']:9.1f} ms  {row['ratio']:.2f}")


if __name__ == "__main__":
    main()
