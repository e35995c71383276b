"""What thousands of waiting customers cost the server, and how soon each hears of a new place.

    python -m tests.bench.queue [--json] [--customers 5000] [--seconds 30]

A server as an operator starts it, with the limits that it has by default, and that many customers who wait, each on a
WebSocket of its own and forty from each address. One is accepted every second. "told" is the time from the accept to
the new position on the customer's side: of the first twenty at once, of the others within the five seconds of a sweep.
Memory stands beside that of as many WebSockets on a bare uvicorn which only echoes. At the end as many again
arrive from one address: most of them are refused, and nobody else suffers.
"""

import argparse
import asyncio
import json
import resource
import secrets
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from deskside.core.close_codes import name_of
from deskside.core.messages import SUBPROTOCOL
from signaling.queue import HEAD
from tests.bench.lean import Line, connect
from tests.bench.server_process import cpu_seconds, echoing, memory
from tests.signaling.process import Process
from tests.signaling.server import Site, prepare

PER_ADDRESS = 40
AT_ONCE = 100
QUIET = 5.0
SWEEP = 8.0
"""Seconds in which the last positions are told."""
SESSIONS = 4
"""So many run at once: who has been accepted is helped within as many seconds."""
CLOCK = time.perf_counter
Figures = dict[str, Any]


class Customer:
    """One page on the way in."""

    def __init__(self, bench: "Bench") -> None:
        self._bench = bench
        self._line: Line | None = None
        self.queued: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.seen = 0
        """So many accepts are in the position that was told last."""
        self.position = 0

    async def arrive(self, url: str, address: str) -> str:
        """Into the queue: "queued", or why not."""
        self._line = line = await connect(url, address, self._received, SUBPROTOCOL)
        say(line, "hello", role="customer", page=secrets.token_urlsafe(8))
        ends: list[asyncio.Future[Any]] = [self.queued, line.closed]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if not self.queued.done():
            return name_of(line.closed.result())
        return self.queued.result()

    def leave(self) -> None:
        """Hang up."""
        assert self._line
        self._line.close()

    def _received(self, text: bytes) -> None:
        assert self._line
        at, message = CLOCK(), json.loads(text)
        match message["type"]:
            case "ping":
                say(self._line, "pong")
            case "welcome":
                say(self._line, "enter", name="Casey", question="", language="en", notifications="granted")
            case "queued":
                self.position = message["position"]
                self.queued.set_result("queued")
            case "error" if not self.queued.done():
                self.queued.set_result(message["code"])
            case "position":
                moved = self.position - message["position"]
                self._bench.told(message["position"], self.seen, self.seen + moved, at)
                self.seen, self.position = self.seen + moved, message["position"]


class Bench:
    """The customers of one run, and the representative."""

    def __init__(self, site: Site, pid: int) -> None:
        self.site = site
        self.pid = pid
        self.customers: list[Customer] = []
        self.accepts: list[float] = []
        self.head: list[float] = []
        self.behind: list[float] = []
        self._console: Line | None = None
        self._sessions: list[str] = []

    def told(self, position: int, before: int, after: int, at: float) -> None:
        """Somebody was told a position that holds these accepts for the first time."""
        for number in range(before, after):
            stood_at = position + after - 1 - number
            (self.head if stood_at <= HEAD else self.behind).append(at - self.accepts[number])

    async def open_console(self) -> None:
        """The representative comes, and is available."""
        welcomed = asyncio.get_running_loop().create_future()

        def received(text: bytes) -> None:
            assert self._console
            message = json.loads(text)
            if message["type"] == "ping":
                say(self._console, "pong")
            elif message["type"] == "accepted":
                self._sessions.append(message["session"]["session"])
            elif message["type"] == "availability":
                welcomed.set_result(None)
            elif message["type"] == "error":
                raise AssertionError(message)

        cookie = self.site.cookie("Bob")
        self._console = await connect(self.site.web_socket, "127.0.0.1", received, SUBPROTOCOL, cookie)
        say(self._console, "hello", role="representative", page="bench")
        say(self._console, "available", on=True)
        await welcomed

    async def arrive(self, count: int, address: Any) -> tuple[dict[str, int], list[float], float]:
        """So many customers, as fast as they are let in: how it ended for each, how long each took, and all."""
        ends: dict[str, int] = {}
        times: list[float] = []
        numbers = iter(range(count))

        async def one_after_the_other() -> None:
            for number in numbers:
                customer, start = Customer(self), CLOCK()
                end = await customer.arrive(self.site.web_socket, address(number))
                ends[end] = ends.get(end, 0) + 1
                if end == "queued":
                    times.append(CLOCK() - start)
                    self.customers.append(customer)
                else:
                    customer.leave()

        start = CLOCK()
        await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
        return ends, times, CLOCK() - start

    async def accept(self, seconds: int) -> None:
        """One a second, and as many sessions end."""
        assert self._console
        next_one = CLOCK()
        for _ in range(seconds):
            next_one += 1
            self.accepts.append(CLOCK())
            say(self._console, "accept_next")
            if len(self._sessions) >= SESSIONS:
                say(self._console, "end", session=self._sessions.pop(0))
            await asyncio.sleep(next_one - CLOCK())


def say(line: Line, kind: str, **fields: Any) -> None:
    """Send one message."""
    line.send(json.dumps({"type": kind} | fields).encode())


def scattered(number: int) -> str:
    """An address for this customer, shared with few others."""
    place = number // PER_ADDRESS
    return f"127.1.{place // 250}.{place % 250 + 1}"


async def measure_echo(customers: int) -> float:
    """Bytes for each WebSocket of a server that does nothing."""
    with echoing() as (url, pid):
        lines: list[Line] = []
        numbers = iter(range(customers))

        async def one_after_the_other() -> None:
            for number in numbers:
                answered = asyncio.get_running_loop().create_future()
                line = await connect(url, scattered(number), answered.set_result)
                line.send(b'{"type":"hello"}')
                await answered
                lines.append(line)

        for attempt in range(100):
            try:
                warm = await connect(url, "127.0.0.1", lambda text: None)
                break
            except OSError:
                assert attempt < 99
                await asyncio.sleep(0.1)
        before = memory(pid)
        await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
        each = (memory(pid) - before) / customers
        for line in [warm, *lines]:
            line.close()
        await asyncio.gather(*(line.closed for line in lines))
    return each


async def measure(customers: int, seconds: int, data: Path) -> Figures:
    """All figures of one run."""
    figures: Figures = {"customers": customers, "echo_bytes_each": await measure_echo(customers)}
    with Process(data) as process:
        pid = process.process.pid
        bench = Bench(process.site, pid)
        await bench.open_console()
        before, used = memory(pid), cpu_seconds(pid)
        ends, times, taken = await bench.arrive(customers, scattered)
        assert ends == {"queued": customers}, ends
        figures |= {"arrivals_per_second": customers / taken, "arrival": _summary(times)}
        figures["arrival_cpu_each"] = (cpu_seconds(pid) - used) / customers
        await asyncio.sleep(SWEEP)
        figures["bytes_each"] = (memory(pid) - before) / customers
        figures["ratio"] = figures["bytes_each"] / figures["echo_bytes_each"]

        figures["cpu_quiet"] = await _used(pid, asyncio.sleep(4 * QUIET))
        figures["cpu_accepting"] = await _used(pid, bench.accept(seconds))
        await asyncio.sleep(SWEEP)
        figures |= {"head": _summary(bench.head), "behind": _summary(bench.behind)}
        waiting = [customer for customer in bench.customers if customer.position + customer.seen > seconds]
        assert all(customer.seen == seconds for customer in waiting), "somebody was not told"

        crowd = asyncio.create_task(bench.arrive(customers, lambda number: "127.2.0.1"))
        bench.head.clear()
        await bench.accept(min(10, seconds))
        ends, _, taken = await crowd
        figures["one_address"] = {"ends": ends, "seconds": taken, "head": _summary(bench.head)}
    return figures


async def _used(pid: int, work: Any) -> float:
    """The part of one processor that the server used meanwhile."""
    used, start = cpu_seconds(pid), CLOCK()
    await work
    return (cpu_seconds(pid) - used) / (CLOCK() - start)


def _summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median": statistics.median(ordered) * 1000,
        "p99": ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1000,
        "count": len(ordered),
    }


def show(figures: Figures) -> None:
    """For people."""
    head, behind, one = figures["head"], figures["behind"], figures["one_address"]
    print(f"{figures['customers']} customers wait; one is accepted every second")
    print(
        f"arrivals          {figures['arrivals_per_second']:8.0f} a second, p99 {figures['arrival']['p99']:.0f} ms,"
        f" {figures['arrival_cpu_each'] * 1000:.2f} ms CPU each"
    )
    print(
        f"memory            {figures['bytes_each'] / 1000:8.1f} kB each, {figures['ratio']:.2f} of the"
        f" {figures['echo_bytes_each'] / 1000:.1f} kB of a bare uvicorn"
    )
    print(f"CPU               {figures['cpu_quiet']:8.1%} of one processor while nothing happens")
    print(f"                  {figures['cpu_accepting']:8.1%} while one is accepted every second")
    print(f"told, first {HEAD}    {head['median']:8.0f} ms median, {head['p99']:.0f} ms p99, {head['count']} times")
    print(f"told, all others  {behind['median']:8.0f} ms median, {behind['p99']:.0f} ms p99, {behind['count']} times")
    ends = ", ".join(f"{count} {end}" for end, count in sorted(one["ends"].items(), key=lambda item: -item[1]))
    print(
        f"as many more from one address, in {one['seconds']:.0f} s: {ends};"
        f" meanwhile the first {HEAD} are told within {one['head']['p99']:.0f} ms (p99)"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="tests.bench.queue", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--customers", type=int, default=5000)
    parser.add_argument("--seconds", type=int, default=30)
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        prepare(data)
        figures = asyncio.run(measure(options.customers, options.seconds, data))
    if options.json:
        print(json.dumps(figures))
    else:
        show(figures)


if __name__ == "__main__":
    main()
