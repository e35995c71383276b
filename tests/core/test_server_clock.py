"""The server's time on devices that are hours off, are set, stand still or sleep; durations know nothing of it."""

from deskside.core.server_clock import JUMPS, LATE, UNANSWERED, ServerClock

HOUR = 3_600_000.0
NOON = 1_800_000_000_000.0


class Device:
    """A page's clock on a device that people and time services meddle with; the true time is NOON at its start."""

    def __init__(self, off: float = 0.0) -> None:
        self.ticks = 0.0
        self.slept = 0.0
        self.off = off
        self.is_frozen = False
        self._frozen_at = 0.0
        self.clock = ServerClock(self.ticks, self.wall)

    @property
    def true(self) -> float:
        return NOON + self.ticks + self.slept

    @property
    def wall(self) -> float:
        return self._frozen_at if self.is_frozen else self.true + self.off

    @property
    def now(self) -> float:
        return self.clock.now(self.ticks)

    @property
    def passed(self) -> float:
        return self.clock.passed(self.ticks)

    def stop_wall(self) -> None:
        self._frozen_at = self.wall
        self.is_frozen = True

    def told(self, late: float = 0.0) -> None:
        """The server's word, so many milliseconds after it was true."""
        self.clock.heard(self.true - late, self.ticks, self.wall)

    def wait(self, seconds: int) -> "list[bool]":
        """Turns of a second each; whether the server should be asked."""
        asked = []
        for _ in range(seconds):
            self.ticks += 1000.0
            asked.append(self.clock.turn(self.ticks, self.wall))
        return asked

    def sleep(self, milliseconds: float) -> None:
        self.slept += milliseconds


def test_before_the_server_has_spoken_the_devices_word_counts() -> None:
    device = Device(-3 * HOUR)
    device.wait(60)
    assert device.now == NOON - 3 * HOUR + 60_000 and device.passed == 60_000


def test_a_clock_hours_or_days_off_is_put_right_by_the_first_word() -> None:
    for off in (-48 * HOUR, -3 * HOUR, 0.0, 3 * HOUR, 48 * HOUR):
        device = Device(off)
        device.told()
        device.wait(120)
        assert device.now == device.true and device.passed == 120_000


def test_a_clock_that_is_set_while_the_page_runs_changes_nothing_and_is_asked_about() -> None:
    for step in (-48 * HOUR, -3 * HOUR, -HOUR, HOUR, 3 * HOUR, 48 * HOUR):
        device = Device()
        device.told()
        device.off += step
        assert device.wait(1) == [step > 0]
        device.told()
        assert not any(device.wait(60))
        assert device.now == device.true and device.passed == 61_000


def test_a_clock_that_stands_still_changes_nothing() -> None:
    device = Device(HOUR)
    device.told()
    device.stop_wall()
    assert not any(device.wait(120))
    assert device.now == device.true and device.passed == 120_000


def test_sleep_counts_as_soon_as_the_server_says_what_time_it_is() -> None:
    device = Device(-HOUR)
    device.told()
    device.sleep(2 * HOUR)
    assert device.wait(1) == [True]
    device.told()
    assert device.wait(1) == [False]
    assert device.now == device.true and device.passed == 2 * HOUR + 2000


def test_without_the_servers_word_a_jump_counts_as_sleep_after_a_while() -> None:
    device = Device()
    device.told()
    device.sleep(2 * HOUR)
    turns = int(UNANSWERED / 1000)
    assert device.wait(turns + 1) == [True] * turns + [False]
    assert device.now == device.true and device.passed == 2 * HOUR + (turns + 1) * 1000


def test_a_clock_set_while_the_server_was_away_is_put_right_when_it_comes_back() -> None:
    device = Device()
    device.told()
    device.off += 3 * HOUR
    device.wait(30)
    before = device.passed
    device.told()
    assert device.now == device.true and device.passed == before


def test_a_clock_that_only_drifts_is_never_doubted() -> None:
    device = Device()
    device.told()
    for _ in range(7200):
        device.off += JUMPS / 4
        assert device.wait(1) == [False]


def test_the_fastest_word_counts_and_a_slow_one_moves_nothing_back() -> None:
    device = Device()
    device.told(400)
    assert device.now == device.true - 400
    device.told(30)
    assert device.now == device.true - 30
    device.told(LATE - 100)
    assert device.now == device.true - 30


def test_a_server_whose_clock_was_set_back_is_followed_and_no_duration_shrinks() -> None:
    device = Device()
    device.told()
    device.wait(10)
    device.told(HOUR)
    assert device.now == device.true - HOUR and device.passed == 10_000
