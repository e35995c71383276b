"""How much a customer's line may carry to us, as the page is told it (REMB): made for screens, which stand still.

A screen sends next to nothing for a minute and then a whole picture. An estimate that follows what arrives would never
let that picture through, so this one begins high, rises whether or not anything is sent, and falls only when packets
are seen to queue up on their way. Whether they do is found by aiortc's detector, which is that of webrtc.org.
"""

from collections import deque

from aiortc.rate import (
    INTER_ARRIVAL_SHIFT,
    TIMESTAMP_GROUP_LENGTH_MS,
    TIMESTAMP_TO_MS,
    BandwidthUsage,
    InterArrival,
    OveruseDetector,
    OveruseEstimator,
)

BEGINNING = 3_000_000
LEAST, MOST = 250_000, 4_000_000
RISE, EVERY = 1.08, 500
FALL = 0.85
STEEPEST_FALL = 0.7
"""What arrives may be little because little was sent; so one sign of a queue takes no more than this away."""
REST = 300
"""Milliseconds between two falls: what was sent before the first is still arriving."""
SILENCE = 2000
"""After so long the packets before say nothing about the queue any more, and their send times wrap around."""
ONE_MOMENT = (1 << INTER_ARRIVAL_SHIFT) // 1000
"""A millisecond of send time."""
_WINDOW = 1000


class Estimate:
    """The estimate of one stream, in bits a second; takes the place of aiortc's."""

    def __init__(self) -> None:
        self.bitrate = BEGINNING
        self._ssrcs: set[int] = set()
        self._arrived: deque[tuple[int, int]] = deque()
        self._bytes = 0
        self._last = 0
        self._changed: int | None = None
        self._fell = 0
        self._begin()

    def add(
        self, arrival_time_ms: int, abs_send_time: int, payload_size: int, ssrc: int
    ) -> tuple[int, list[int]] | None:
        """A packet has come, which its sender stamped; what is to be said to the sender, every half second or so."""
        now = arrival_time_ms
        if now - self._last > SILENCE:
            self._begin()
        self._last = now
        self._ssrcs.add(ssrc)
        self._count(payload_size, now)
        is_queueing = self._look(abs_send_time << 8, now, payload_size)
        if self._changed is None:
            self._changed = now
        elif is_queueing:
            if now - self._fell < REST:
                return None
            self._fell = self._changed = now
            self.bitrate = self._fallen(now)
        elif now - self._changed < EVERY:
            return None
        else:
            self._changed = now
            if self._detector.state() == BandwidthUsage.NORMAL:
                self.bitrate = min(round(self.bitrate * RISE), MOST)
        return self.bitrate, list(self._ssrcs)

    def _begin(self) -> None:
        self._burst = 0, 0, 0
        self._between = InterArrival((TIMESTAMP_GROUP_LENGTH_MS << INTER_ARRIVAL_SHIFT) // 1000, TIMESTAMP_TO_MS)
        self._queue = OveruseEstimator()
        self._detector = OveruseDetector()

    def _count(self, size: int, now: int) -> None:
        self._arrived.append((now, size))
        self._bytes += size
        while self._arrived[0][0] <= now - _WINDOW:
            self._bytes -= self._arrived.popleft()[1]

    def _look(self, sent: int, now: int, size: int) -> bool:
        # What leaves a page at one moment is looked at as one packet: its detector would put it together anyway.
        first, arrived, before = self._burst
        if before and 0 <= sent - first < ONE_MOMENT:
            self._burst = first, now, before + size
        else:
            self._burst = sent, now, size
            if before:
                self._compare(first, arrived, before)
        return bool(self._detector.state() == BandwidthUsage.OVERUSING)

    def _compare(self, sent: int, now: int, size: int) -> None:
        deltas = self._between.compute_deltas(sent, now, size)
        if deltas is not None:
            apart = deltas.timestamp * TIMESTAMP_TO_MS
            self._queue.update(deltas.arrival_time, apart, deltas.size, self._detector.state(), now)
            self._detector.detect(self._queue.offset(), apart, self._queue.num_of_deltas(), now)

    def _fallen(self, now: int) -> int:
        elapsed = max(now - self._arrived[0][0], _WINDOW // 4)
        arriving = self._bytes * 8000 // elapsed
        return max(min(round(arriving * FALL), self.bitrate), round(self.bitrate * STEEPEST_FALL), LEAST)
