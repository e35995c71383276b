"""How much a page is told that it may send: enough for a whole picture after a rest, and less on a thin line."""

import random

from signaling.peers.recorder.estimate import BEGINNING, LEAST, MOST, Estimate

SIZE = 1200
SSRC = 7


def stamp(milliseconds: float) -> int:
    """abs-send-time: seconds in 24 bits, 18 of them after the point."""
    return int(milliseconds / 1000 * (1 << 18)) & 0xFFFFFF


class Line:
    """A line of so many bits a second with a queue before it, and packets that are sent on it."""

    def __init__(self, bitrate: int) -> None:
        self.estimate = Estimate()
        self.bitrate = bitrate
        self.told: list[int] = []
        self._free_at = 0.0
        self._chance = random.Random(3)

    def send(self, now: float, count: int = 1) -> None:
        for number in range(count):
            sent = now + number * 0.3
            self._free_at = max(self._free_at, sent) + SIZE * 8000 / self.bitrate
            arrived = int(self._free_at + 20 + self._chance.random() * 3)
            said = self.estimate.add(arrival_time_ms=arrived, abs_send_time=stamp(sent), payload_size=SIZE, ssrc=SSRC)
            if said:
                assert said[1] == [SSRC]
                self.told.append(said[0])

    def stream(self, seconds: float, bitrate: int, start: float = 0.0) -> float:
        """Ten frames a second at this rate; when it ended."""
        for number in range(int(seconds * 10)):
            self.send(start + number * 100, max(1, bitrate // 10 // 8 // SIZE))
        return start + seconds * 1000


def test_it_begins_high_and_rises_although_little_is_sent() -> None:
    line = Line(20_000_000)
    line.stream(20, 100_000)
    assert line.told[0] == BEGINNING
    assert line.estimate.bitrate == MOST
    assert 35 <= len(line.told) <= 45


def test_a_line_that_carries_less_is_noticed() -> None:
    line = Line(1_000_000)
    line.stream(8, 2_000_000)
    assert LEAST <= min(line.told) <= 1_000_000


def test_a_line_that_carries_what_is_sent_is_left_alone() -> None:
    line = Line(8_000_000)
    line.stream(30, 2_000_000)
    assert min(line.told) >= BEGINNING * 0.7


def test_one_sign_of_a_queue_does_not_starve_a_picture_that_stands_still() -> None:
    line = Line(1_500_000)
    end = line.stream(10, 50_000)
    # A whole picture of 150 kB, which takes the line a second.
    line.send(end, 125)
    assert line.estimate.bitrate >= 500_000


def test_an_hour_without_a_packet_costs_nothing_and_changes_nothing() -> None:
    line = Line(5_000_000)
    end = line.stream(5, 1_000_000)
    before = line.estimate.bitrate
    line.stream(5, 1_000_000, end + 3_600_000)
    assert line.estimate.bitrate >= before
