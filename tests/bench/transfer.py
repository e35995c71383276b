"""How fast a file travels between two pages, beside plain JavaScript, and what it costs them in memory.

    python -m tests.bench.transfer [--json] [--size MB] [--rounds N] [--big] [--round-trip MS [--rate MB]]

Three ways over the same kind of data channel, in turn: Deskside (a file from the disk, every block hashed at both
ends, written to the origin-private file system), a plain pump (one buffer of 256 kB sent again and again, and
dropped), and a pump in JavaScript that reads, hashes and writes as Deskside does. Then a small file alone, and behind
the large one: what it waits for that. `--big` sends 1 GiB with Deskside alone and watches the memory of both pages.
With `--round-trip` the two browsers are at the ends of a long line (network namespaces: Linux, as root).
"""

import argparse
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, sync_playwright

from e2e import browsers
from tests.bench.long_line import ENDS, LongLine
from tests.browser import site
from tests.browser.pair import Pair, picked, state, wait_for, wait_for_blocks

MEGABYTE = 1024 * 1024
PUMPS = Path(__file__).with_name("pumps.js")
TARGET = 0.9
SMALL = 2 * MEGABYTE
PROFILES = ("sender", "receiver")


class Bench:
    """Two pages, each in a browser profile of its own on the disk, joined by a connection."""

    def __init__(self, contexts: list[BrowserContext], urls: list[str]) -> None:
        self.contexts = contexts
        pages = [self._page(context, url) for context, url in zip(contexts, urls, strict=True)]
        self.sessions = [page.context.new_cdp_session(page) for page in pages]
        self.pair = Pair(*pages)
        self._transfers = 0

    def _page(self, context: BrowserContext, url: str) -> Page:
        page = context.pages[0]
        page.goto(url)
        page.wait_for_function("() => globalThis.files")
        page.evaluate(PUMPS.read_text(encoding="utf-8"))
        return page

    def connect(self, source: Path) -> None:
        self.source = picked(self.pair, source)
        self.pair.connect()
        self.pair.receiver.evaluate("() => pumps.listen()")

    def deskside(self) -> float:
        """Seconds from the open channel to the receiver's `stored`."""
        self._transfers += 1
        key = f"file-{self._transfers}"
        self.pair.transfer(key, self.source)
        end = wait_for(self.pair.sender, key, "finished", "ended", "suspended", timeout=600_000)
        if end["state"] != "finished":
            raise RuntimeError(f"the transfer ended: {end}")
        self.pair.receiver.evaluate("(key) => files.discard(key)", key)
        return float(end["times"]["finished"] - end["times"]["moving"]) / 1000

    def plain(self, size: int) -> float:
        return float(self.pair.sender.evaluate("(size) => pumps.plain(size)", size)) / 1000

    def complete(self) -> float:
        return float(self.pair.sender.evaluate("() => pumps.complete(document.querySelector('input').files[0])")) / 1000

    def small(self, beside_large: bool) -> float:
        """Seconds that a small file takes, alone or while a large one is on its way on the same connection."""
        self._transfers += 1
        large, small = f"large-{self._transfers}", f"small-{self._transfers}"
        if beside_large:
            self.pair.transfer(large, self.source)
            wait_for_blocks(self.pair.receiver, large, 8)
        self.pair.transfer(small, f"new File([new Uint8Array({SMALL})], 'small.bin')")
        if beside_large:
            for key in (large, small):
                self.pair.sender.evaluate("(key) => files.share(key, 2)", key)
        end = wait_for(self.pair.sender, small, "finished", "ended", timeout=600_000)
        if beside_large:
            if state(self.pair.sender, large)["state"] == "finished":
                raise RuntimeError("the large file was gone before the small one: make it larger")
            self.pair.sender.evaluate("(key) => files.end(key, 'cancelled')", large)
            self.pair.receiver.evaluate("(key) => files.end(key, 'cancelled')", large)
        self.pair.receiver.evaluate("(key) => files.discard(key)", small)
        return float(end["times"]["finished"] - end["times"]["moving"]) / 1000

    def heap(self) -> list[int]:
        """Bytes of each page's heap after a collection, the buffers it holds included."""
        return [_heap(session) for session in self.sessions]

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def _heap(session: CDPSession) -> int:
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    return int(usage["usedSize"] + usage.get("backingStorageSize", 0))


@contextmanager
def watched(folder: Path) -> Iterator[list[int]]:
    """The largest resident memory of a renderer, in MB, of each browser of the bench: measured while it runs."""
    peaks = [0, 0]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.2):
            for index, name in enumerate(PROFILES):
                peaks[index] = max([peaks[index], *_renderers(str(folder / name))])

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peaks
    finally:
        ended.set()
        thread.join()


def _renderers(profile: str) -> list[int]:
    """Resident megabytes of the renderer processes whose browser was started with this profile."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_text(encoding="utf-8", errors="replace")
            parent = int((entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            if "--type=renderer" in command and profile in _ancestry(parent):
                status = (entry / "status").read_text(encoding="utf-8")
                found.append(int(status.partition("VmRSS:")[2].split()[0]) // 1024)
        except (OSError, ValueError, IndexError):
            continue  # it ended meanwhile
    return found


def _ancestry(pid: int) -> str:
    commands = []
    while pid > 1:
        commands.append(Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace"))
        pid = int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    return "\n".join(commands)


def _file(folder: Path, size: int) -> Path:
    path = folder / "source.bin"
    with path.open("wb") as file:
        for _ in range(0, size, MEGABYTE):
            file.write(os.urandom(MEGABYTE))
    return path


@contextmanager
def bench(playwright: Playwright, folder: Path, line: LongLine | None) -> Iterator[Bench]:
    """Two pages beside each other, or at the ends of a line."""
    served = folder / "site"
    site.build(served, "files_page", ["deskside.runtime.files"])
    with ExitStack() as opened:
        if line:
            opened.enter_context(line)
            urls = [opened.enter_context(site.serve(served, line.at(end))) for end in ENDS]
            contexts = [line.browser(playwright, end, folder / name) for end, name in zip(ENDS, PROFILES, strict=True)]
        else:
            urls = [opened.enter_context(site.serve(served))] * 2
            contexts = [browsers.persistent(playwright, folder / name) for name in PROFILES]
        made = Bench(contexts, urls)
        try:
            yield made
        finally:
            made.close()


def measure(size: int, rounds: int, big: bool, line: LongLine | None = None) -> dict[str, Any]:
    """Speeds in MB/s of all ways, by round, and the memory of both pages."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        source = _file(folder, size)
        with bench(playwright, folder, line) as made:
            made.connect(source)
            with watched(folder) as peaks:
                found = _big(made, size) if big else _compare(made, size, rounds)
            return {**found, "peak_mb": {"sender": peaks[0], "receiver": peaks[1]}}


def _compare(bench: Bench, size: int, rounds: int) -> dict[str, Any]:
    # The first of each warms up: programs are compiled and the connection's window has grown.
    bench.deskside(), bench.plain(size), bench.complete()
    before = bench.heap()
    seconds: dict[str, list[float]] = {"deskside": [], "plain": [], "complete": []}
    for _ in range(rounds):
        seconds["plain"].append(bench.plain(size))
        seconds["deskside"].append(bench.deskside())
        seconds["complete"].append(bench.complete())
    alone, beside = ([bench.small(large) for _ in range(rounds)] for large in (False, True))
    speeds = {name: [size / MEGABYTE / one for one in seconds[name]] for name in seconds}
    medians = {name: statistics.median(speeds[name]) for name in speeds}
    return {
        "size_mb": size // MEGABYTE,
        "mb_per_second": medians,
        "rounds": speeds,
        "ratio": _ratio(speeds["deskside"], speeds["plain"]),
        "ratio_complete": _ratio(speeds["deskside"], speeds["complete"]),
        "target": TARGET,
        "small_seconds": {"alone": statistics.median(alone), "beside_large": statistics.median(beside)},
        "heap_growth_mb": _growth(before, bench.heap()),
    }


def _ratio(ours: list[float], theirs: list[float]) -> float:
    """The median over the rounds: the two of a round had the same machine to themselves, or not to themselves."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def _big(bench: Bench, size: int) -> dict[str, Any]:
    before = bench.heap()
    start = time.monotonic()
    bench.deskside()
    seconds = time.monotonic() - start
    return {
        "size_mb": size // MEGABYTE,
        "mb_per_second": {"deskside": size / MEGABYTE / seconds},
        "heap_growth_mb": _growth(before, bench.heap()),
    }


def _growth(before: list[int], after: list[int]) -> dict[str, float]:
    return {name: round((after[index] - before[index]) / MEGABYTE, 1) for index, name in enumerate(PROFILES)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.transfer", description="Speed and memory of transfers")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--size", type=int, default=128, metavar="MB", help="size of the file")
    parser.add_argument("--rounds", type=int, default=3, help="measured rounds of each way")
    parser.add_argument("--big", action="store_true", help="send 1 GiB once, and watch the memory")
    parser.add_argument("--round-trip", type=float, metavar="MS", help="over a line of this round trip")
    parser.add_argument("--rate", type=float, default=6, metavar="MB", help="what that line carries each second")
    options = parser.parse_args()
    size = (1024 if options.big else options.size) * MEGABYTE
    line = LongLine(options.round_trip, options.rate) if options.round_trip is not None else None
    found = measure(size, options.rounds, options.big, line)
    if options.json:
        print(json.dumps(found))
        return
    names = {"deskside": "Deskside", "plain": "plain pump", "complete": "pump that hashes and writes"}
    for name, speed in found["mb_per_second"].items():
        print(f"{names[name]:30} {speed:7.1f} MB/s")
    if not options.big:
        print(f"{'of the plain pump':30} {found['ratio']:7.2f}      (target {TARGET})")
        print(f"{'of the complete pump':30} {found['ratio_complete']:7.2f}")
        for name, label in (("alone", "2 MB alone take"), ("beside_large", "and behind the large file")):
            print(f"{label:30} {found['small_seconds'][name]:7.2f} s")
    for name, growth in found["heap_growth_mb"].items():
        peak = found["peak_mb"][name]
        print(f"{'heap of the ' + name + ' grew by':30} {growth:7.1f} MB   (its process: {peak} MB at most)")


if __name__ == "__main__":
    main()
