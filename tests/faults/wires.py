"""Wires between network namespaces, as a process: `python -m tests.faults.wires PLAN`, where PLAN is JSON.

The plan names the two ends of each wire: `{"a": [["deskside-1", "up"], ["deskside-2", "lan"]]}`, a namespace and the
name of an interface each. Both interfaces are tunnels that this process made, and it carries the packets between them:
late, at a rate, and not all of them, as the last line on its standard input says:
`{"wire": "a", "delay": 0.05, "loss": 0.2, "cut": false, "rate": 2500000}`. Each line is answered by `{}`.
The kernel's own means for this are not in every kernel; a tunnel is.
"""

import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_CLONE_NEWNET = 0x40000000
_TUNSETIFF = 0x400454CA
_TUN_WITHOUT_HEADER = 0x1001
_BACKLOG = 0.3
"""Seconds of what a wire's rate can carry that wait before it; more is dropped, as a router does."""


@contextmanager
def inside(namespace: str) -> Iterator[None]:
    """Sockets and tunnels that this thread makes meanwhile belong to that network namespace from then on."""
    libc = ctypes.CDLL(None, use_errno=True)
    home, there = (os.open(path, os.O_RDONLY) for path in ("/proc/thread-self/ns/net", f"/run/netns/{namespace}"))
    try:
        if libc.setns(there, _CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), namespace)
        yield
    finally:
        libc.setns(home, _CLONE_NEWNET)
        os.close(home)
        os.close(there)


def tunnel(namespace: str, name: str) -> int:
    """A new interface in a namespace; what is written to the descriptor arrives there."""
    with inside(namespace):
        descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(descriptor, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _TUN_WITHOUT_HEADER))
        return descriptor


class Direction:
    """One way along a wire."""

    def __init__(self, wire: "Wire", out: int) -> None:
        self.wire = wire
        self.out = out
        self.free_at = 0.0


class Wire:
    """How a wire is at the moment. `delay` is one way, in seconds; `rate` in bytes a second, 0 for any."""

    def __init__(self, seed: str) -> None:
        self.delay = 0.0
        self.loss = 0.0
        self.cut = False
        self.rate = 0.0
        self.chance = random.Random(seed)

    def leaves_at(self, direction: Direction, size: int, now: float) -> float | None:
        """When a packet that comes now is at the other end; None: never."""
        if self.cut or (self.loss and self.chance.random() < self.loss):
            return None
        if not self.rate:
            return now + self.delay
        if direction.free_at - now > _BACKLOG:
            return None
        direction.free_at = max(direction.free_at, now) + size / self.rate
        return direction.free_at + self.delay


class Exchange:
    """All wires, and the packets that are on them."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.wires: dict[str, Wire] = {}
        self.directions: dict[int, Direction] = {}
        self._poll = select.epoll()
        self._on_the_way: list[tuple[float, int, int, bytes]] = []
        self._count = 0
        for name, ends in plan.items():
            wire = self.wires[name] = Wire(name)
            one, other = (tunnel(*end) for end in ends)
            self.directions[one], self.directions[other] = Direction(wire, other), Direction(wire, one)
            self._poll.register(one, select.EPOLLIN)
            self._poll.register(other, select.EPOLLIN)
        os.set_blocking(0, False)
        self._poll.register(0, select.EPOLLIN)
        self._words = b""

    def run(self) -> None:
        """Carry until the standard input ends."""
        while True:
            pause = -1.0
            if self._on_the_way:
                pause = max(0.0, self._on_the_way[0][0] - time.monotonic())
            for descriptor, _ in self._poll.poll(pause):
                if descriptor == 0:
                    if not self._obey():
                        return
                else:
                    self._take(descriptor)
            self._deliver()

    def _take(self, descriptor: int) -> None:
        direction = self.directions[descriptor]
        for _ in range(64):
            try:
                packet = os.read(descriptor, 65536)
            except BlockingIOError:
                return
            at = direction.wire.leaves_at(direction, len(packet), time.monotonic())
            if at is not None:
                self._count += 1
                heapq.heappush(self._on_the_way, (at, self._count, direction.out, packet))

    def _deliver(self) -> None:
        now = time.monotonic()
        while self._on_the_way and self._on_the_way[0][0] <= now:
            _, _, out, packet = heapq.heappop(self._on_the_way)
            try:
                os.write(out, packet)
            except OSError:
                """The interface is down, or its queue is full: the packet is lost, as on any wire."""

    def _obey(self) -> bool:
        read = os.read(0, 65536)
        self._words += read
        *lines, self._words = self._words.split(b"\n")
        for line in lines:
            order = json.loads(line)
            wire = self.wires[order.pop("wire")]
            if "seed" in order:
                wire.chance = random.Random(order.pop("seed"))
            for name, value in order.items():
                setattr(wire, name, value)
            print("{}", flush=True)
        return bool(read)


if __name__ == "__main__":
    exchange = Exchange(json.loads(sys.argv[1]))
    print("{}", flush=True)
    exchange.run()
