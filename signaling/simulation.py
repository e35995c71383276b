"""How soon places in a queue become free: a simulation of the representatives who take from it.

Everybody ahead waits already, so no representative idles: each has a sequence of moments at which they accept the
next one, whoever that is. A moment is when they have a free slot (of as many as they may have sessions at once) and
have noticed it. The k-th person is accepted at the k-th earliest moment of all representatives together; that is
the start of the k-th service in a G/GI/c queue with service in order of arrival (Kiefer and Wolfowitz, On the Theory of
Queues with Many Servers, 1955), with impatient customers as in the Erlang-A model (Garnett, Mandelbaum and Reiman,
Designing a Call Center with Impatient Customers, 2002). What is known of durations is a sample, not a law: each run
draws from a resample of its own (Efron, Bootstrap Methods, 1979), so that the spread holds the doubt about it too.

The draws of a representative belong to them and the run, whoever else is there, and those of a place to the place. So
in every run one more place ahead is never sooner, and one more representative of a queue never later.
"""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from functools import lru_cache
from heapq import heapify, heappop, heapreplace
from math import inf, log
from random import Random
from typing import NamedTuple

RUNS = 100
_TABLE = 1 << 14


class Evidence(NamedTuple):
    """What is known of a queue. Seconds."""

    durations: tuple[float, ...]
    """Of its last sessions, in ascending order; never empty."""
    lags: tuple[float, ...] = ()
    """For each of the last to be accepted: how long the representatives who could have done so let them wait, summed.
    The mean is that of a memoryless lag of each representative, though only the quickest one's was ever seen whole."""
    leaving: float = 0.0
    """Of the people who wait, this share leaves each second."""


class Desk(NamedTuple):
    """One representative who takes customers."""

    id: str
    queues: frozenset[str]
    limit: int
    running: tuple[tuple[str, float], ...] = ()
    """Their sessions: the queue each came from, and its seconds until now."""


def simulate(
    queue: str, places: int, line: Sequence[str], desks: Sequence[Desk], known: Mapping[str, Evidence], seed: int
) -> list[list[float]]:
    """For each of so many places of `queue`, first to last: the seconds until it is accepted, in every run, sorted.

    `line` are the queues of the first who wait, in order; the places of `queue` that are not among them follow.
    A place that nobody would ever accept has infinities.
    """
    whole = [*line, *[queue] * (places - line.count(queue))]
    dice = Random(f"{seed} {queue}")
    table = _table(seed)
    starts = [_starts(seed, queue, desk.id) for desk in desks]
    times: list[list[float]] = [[] for _ in range(places)]
    for run in range(RUNS):
        guess = {name: _guess(evidence, dice) for name, evidence in known.items()}
        draws = _Draws(table, dice.randrange(_TABLE))
        leaves = [-log(1 - draws.next()) / known[name].leaving if known[name].leaving else inf for name in whole]
        hands = [_Hand(desk, guess, _Draws(table, own[run])) for desk, own in zip(desks, starts, strict=True)]
        for place, seconds in enumerate(_accepted(queue, places, whole, leaves, hands)):
            times[place].append(seconds)
    for each in times:
        each.sort()
    return times


class _Draws:
    """Numbers between 0 and 1. A generator for each representative and run would cost more than the simulation."""

    def __init__(self, table: list[float], at: int) -> None:
        self._table = table
        self._at = at

    def next(self) -> float:
        self._at = (self._at + 1) % _TABLE
        return self._table[self._at]


class _Guess(NamedTuple):
    """What one run takes to be true of a queue."""

    durations: list[float]
    lag: float


class _Hand:
    """A representative in one run: the moments at which they accept."""

    def __init__(self, desk: Desk, guess: Mapping[str, _Guess], draws: _Draws) -> None:
        self.queues = [name for name in guess if name in desk.queues]
        self._limit = max(1, desk.limit)
        self._guess = guess
        self._draws = draws
        usual = guess[self.queues[0]]
        self._ends = sorted(
            remaining(guess.get(name, usual).durations, elapsed, draws.next()) for name, elapsed in desk.running
        )
        self.moment = self._ready(0.0, usual.lag)

    def _ready(self, now: float, lag: float) -> float:
        """A slot is free as soon as fewer than `limit` sessions end later."""
        free = self._ends[-self._limit] if len(self._ends) >= self._limit else 0.0
        return max(now, free) - (lag * log(1 - self._draws.next()) if lag else 0.0)

    def take(self, queue: str) -> None:
        """Accept somebody of this queue now, and find the next moment."""
        durations, lag = self._guess[queue]
        insort(self._ends, self.moment + durations[int(self._draws.next() * len(durations))])
        self.moment = self._ready(self.moment, lag)


def _accepted(queue: str, places: int, whole: list[str], leaves: list[float], hands: list[_Hand]) -> list[float]:
    """One run: when each place of `queue` is accepted. Who has left would have been accepted when they are passed."""
    waiting: dict[str, list[int]] = {}
    for rank in range(len(whole) - 1, -1, -1):
        waiting.setdefault(whole[rank], []).append(rank)
    found: list[float] = []
    heap = [(hand.moment, number, hand) for number, hand in enumerate(hands)]
    heapify(heap)
    while heap and len(found) < places:
        moment, number, hand = heap[0]
        chosen, first = "", len(whole)
        for name in hand.queues:
            ranks = waiting.get(name, [])
            while ranks and leaves[ranks[-1]] <= moment:
                ranks.pop()
                if name == queue:
                    found.append(moment)
            if ranks and ranks[-1] < first:
                chosen, first = name, ranks[-1]
        if not chosen:
            heappop(heap)
            continue
        waiting[chosen].pop()
        if chosen == queue:
            found.append(moment)
        hand.take(chosen)
        heapreplace(heap, (hand.moment, number, hand))
    return found[:places] + [inf] * (places - len(found))


@lru_cache(maxsize=2)
def _table(seed: int) -> list[float]:
    dice = Random(seed)
    return [dice.random() for _ in range(_TABLE)]


@lru_cache(maxsize=1000)
def _starts(seed: int, queue: str, desk: str) -> list[int]:
    dice = Random(f"{seed} {queue} {desk}")
    return [dice.randrange(_TABLE) for _ in range(RUNS)]


def _guess(evidence: Evidence, dice: Random) -> _Guess:
    """Another sample as the one there is might have been."""
    durations = sorted(dice.choices(evidence.durations, k=len(evidence.durations)))
    lags = dice.choices(evidence.lags, k=len(evidence.lags)) if evidence.lags else [0.0]
    return _Guess(durations, sum(lags) / len(lags))


def remaining(durations: Sequence[float], elapsed: float, draw: float) -> float:
    """How much longer a session goes on that has lasted `elapsed`: as those of the sorted `durations` that went on
    longer; where none did, a memoryless time."""
    first = bisect_right(durations, elapsed)
    if first < len(durations):
        return durations[first + int(draw * (len(durations) - first))] - elapsed
    return -log(1 - draw) * sum(durations) / len(durations)
