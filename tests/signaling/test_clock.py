"""The machine's clock may be set: no wait, no countdown and no grace time of the server changes with it."""

import asyncio

import pytest

from signaling import clock as clocks
from signaling.clock import SteadyClock
from signaling.throttle import Throttle
from tests.signaling.clock import Clock

HOUR = 3600


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(clocks, "time", made)
    return made


@pytest.mark.parametrize("hours", [-72, -3, -1, 1, 3, 72])
def test_a_clock_that_is_set_changes_no_duration(machine: Clock, hours: int) -> None:
    steady = SteadyClock()
    before = steady.now()
    machine.forward(60)
    machine.set_by(hours * HOUR)
    machine.forward(60)
    assert 120_000 <= steady.now() - before < 130_000
    assert abs(steady.off - hours * HOUR) < 1


def test_the_machines_time_is_taken_when_nothing_is_measured(machine: Clock) -> None:
    steady = SteadyClock()
    machine.set_by(-3 * HOUR)
    steady.settle()
    assert abs(steady.now() / 1000 - machine.time()) < 1 and abs(steady.off) < 0.1


def test_a_limit_counts_in_windows_that_begin_with_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = [100.0]
    monkeypatch.setattr("signaling.throttle.time", type("Time", (), {"monotonic": lambda: passed[0]}))

    async def limited() -> None:
        throttle = Throttle("2/minute")
        assert [await throttle.hit("a"), await throttle.hit("a")] == [0, 0]
        passed[0] += 20
        assert await throttle.exhausted("a") and not await throttle.exhausted("b")
        assert await throttle.hit("a") == 40 and await throttle.hit("b") == 0
        passed[0] += 40
        assert not await throttle.exhausted("a") and await throttle.hit("a") == 0
        await throttle.hit("b")
        assert await throttle.exhausted("b")
        await throttle.forgive("b")
        assert await throttle.hit("b") == 0
        passed[0] += 1000
        assert await throttle.hit("c") == 0 and list(throttle._windows) == ["c"]

    asyncio.run(limited())
