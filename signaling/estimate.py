"""The estimate of the wait: a range that holds the wait in six of ten cases, from what is known of a queue.

The first places are simulated (see `simulation`). Beyond them the wait grows by the throughput: n services of c slots
with durations of mean m and variation v take n·m/c, give or take v/√n of it by the central limit theorem for renewal
processes, and v/√s of it because m is the mean of s durations only. Of n people ahead who each leave with the rate θ,
μ a second being accepted, all are gone after ln(1 + θn/μ)/θ (the fluid limit of Erlang-A).
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from math import ceil, inf, isinf, log1p, sqrt
from statistics import fmean, pstdev
from typing import Any, NamedTuple, Protocol

from signaling.queue import HEAD, Queues, own_queue, takes_from
from signaling.simulation import RUNS, Desk, Evidence, simulate

DURATIONS = 50
"""So many of the last sessions of a queue count."""
LEAST = 10
"""With fewer than this nothing can be told yet."""
FEW, MANY = HEAD, 50
"""So many places are simulated for those at the head, and for those behind: what it costs does not depend on how many
people wait."""
FRESH = 5_000
"""Milliseconds for which a simulation is good: for the head unless something changes, for those behind all the same,
to whom one session more or less is little."""
_OUTCOMES = 200
_LOW, _HIGH = 0.2, 0.8
_DEVIATIONS = 0.8416  # of a normal distribution, from its middle to its 80th percentile


class Started(Protocol):
    """A session of a representative."""

    queue: str
    started_at: int


class Person(Protocol):
    """A representative."""

    id: str
    teams: frozenset[str]
    session_limit: int
    available: bool

    @property
    def link(self) -> object | None:
        """The console, while it is there."""

    @property
    def sessions(self) -> Mapping[str, Started]:
        """Those that run."""


class _Known:
    """What has been seen of one queue."""

    def __init__(self) -> None:
        self.durations: deque[float] = deque(maxlen=DURATIONS)
        self.lags: deque[float] = deque(maxlen=DURATIONS)
        self.lag = 0.0  # of those who have left since the last was accepted
        self.waits: deque[tuple[float, bool]] = deque(maxlen=_OUTCOMES)  # seconds, and whether they left

    def evidence(self) -> Evidence:
        # Who left had waited without being accepted and who was accepted without leaving: each wait is time at risk,
        # none is a wait of zero. Events by time at risk is the likeliest rate under this censoring.
        waited = sum(seconds for seconds, _ in self.waits)
        left = sum(left for _, left in self.waits)
        rate = left / waited if len(self.waits) >= LEAST and waited else 0.0
        lags = tuple(self.lags) if len(self.lags) >= LEAST else ()
        return Evidence(tuple(sorted(self.durations)), lags, rate)


class _Forecast(NamedTuple):
    """A simulation, and what continues it."""

    made_at: int
    change: int
    times: list[list[float]]
    rate: float
    """Accepted a second by all together when nobody has a free slot."""
    free: int
    variation: float
    evidence: Evidence

    def at(self, place: int, part: float) -> float:
        """Seconds until so many before have been accepted and one more; `part` is the percentile by 100."""
        last = len(self.times)
        if place < last:
            return self.times[place][min(RUNS - 1, int(part * RUNS))]
        # Slots that are free still after the simulated places take the next ones as quickly.
        beyond = max(last, place + 1 - max(0, self.free - last))
        return self.times[-1][int(part * RUNS)] + self._beyond(beyond, part) - self._beyond(last, part)

    def _beyond(self, count: int, part: float) -> float:
        doubt = self.variation * sqrt(1 / count + 1 / len(self.evidence.durations))
        sign = 1 if part > 0.5 else -1
        time = count / self.rate * (1 + sign * _DEVIATIONS * doubt)
        leaving = self.evidence.leaving
        return log1p(leaving * time) / leaving if leaving else time


class Estimator:
    """How long somebody will wait. Times are milliseconds since the epoch, durations seconds."""

    def __init__(self, queues: Queues[Any], people: Callable[[], Iterable[Person]], seed: int = 0) -> None:
        self._queues = queues
        self._people = people
        self._seed = seed
        self._known: dict[str, _Known] = {}
        self._forecasts: dict[tuple[str, int], _Forecast | None] = {}
        self._change = 0
        self._able: dict[str, int] = {}  # since when a representative could accept somebody, or did not and it counted

    # --- what happens --------------------------------------------------------------------------------

    def ended(self, queue: str, seconds: float) -> None:
        """A session of this queue is over, so long after it was accepted."""
        self._of(queue).durations.append(max(0.0, seconds))
        self._change += 1

    def left(self, queue: str, queued_at: int, now: int) -> None:
        """Somebody left the queue who was not accepted."""
        known = self._of(queue)
        known.waits.append((max(0, now - queued_at) / 1000, True))
        known.lag += self._let_wait(queue, queued_at, now)

    def accepted(self, queue: str, queued_at: int, person: Person, now: int) -> None:
        """Somebody was accepted; call it when the session is among the representative's."""
        known = self._of(queue)
        known.waits.append((max(0, now - queued_at) / 1000, False))
        could = person.id in self._able
        lag, known.lag = known.lag + self._let_wait(queue, queued_at, now), 0.0
        if could:
            known.lags.append(lag)
        self.changed(person, now)

    def changed(self, person: Person, now: int) -> None:
        """Anything else about a representative is new: whether they are there and accept, a session that ended,
        their teams or their limit."""
        self._change += 1
        if person.link and person.available and len(person.sessions) < person.session_limit:
            self._able.setdefault(person.id, now)
        else:
            self._able.pop(person.id, None)

    def _let_wait(self, queue: str, queued_at: int, now: int) -> float:
        """The seconds for which each who could have accepted somebody did not, summed; each second counts once."""
        total = 0
        for person in self._people():
            since = self._able.get(person.id)
            if since is not None and takes_from(person, queue):
                total += max(0, now - max(since, queued_at))
                self._able[person.id] = max(since, now)
        return total / 1000

    def _of(self, queue: str) -> _Known:
        return self._known.setdefault(queue, _Known())

    # --- what will be ----------------------------------------------------------------------------------

    def forecast(self, queue: str, ahead: int, now: int) -> tuple[int, int] | None:
        """The range, in seconds, for somebody with so many people ahead; None when nothing can be told yet, or
        nobody accepts."""
        places = FEW if ahead < FEW else MANY
        made = self._forecasts.get((queue, places))
        unchanged = made and (made.change == self._change or places == MANY)
        if not made or not unchanged or not 0 <= now - made.made_at < FRESH:
            made = self._forecasts[queue, places] = self._forecast(queue, places, now)
        if not made:
            return None
        age = (now - made.made_at) / 1000
        low, high = made.at(ahead, _LOW) - age, made.at(ahead, _HIGH) - age
        return None if isinf(high) else (max(0, int(low)), max(0, ceil(high)))

    def _forecast(self, queue: str, most: int, now: int) -> _Forecast | None:
        known = self._known.get(queue)
        people = [person for person in self._people() if person.link]
        takers = [person for person in people if _accepts(person, queue)]
        if not takers or not known or len(known.durations) < LEAST:
            return None
        # Who takes from several queues is not there for this one alone.
        others = {name for name in self._queues.names() if any(_accepts(person, name) for person in takers)}
        names = [queue, *sorted(others - {queue})]
        own = known.evidence()
        evidence = {queue: own} | {name: self._evidence(name, own) for name in names[1:]}
        desks = [_desk(person, names, now) for person in people if any(_accepts(person, name) for name in names)]
        line = [session.queue for session in islice(self._queues.among(names), MANY)]
        places = min(most, max(line.count(queue) + MANY - len(line), FEW))
        times = simulate(queue, places, line, desks, evidence, self._seed)
        mean, lag = max(fmean(own.durations), 0.001), fmean(own.lags) if own.lags else 0.0
        rate, free = 0.0, 0
        for desk in desks:
            if queue in desk.queues:
                share = line.count(queue) / sum(name in desk.queues for name in line) if queue in line else 1
                rate += share * min(desk.limit / mean, 1 / lag if lag else inf)
                free += max(0, desk.limit - len(desk.running))
        return _Forecast(now, self._change, times, rate, free, pstdev(own.durations) / mean, own)

    def _evidence(self, name: str, instead: Evidence) -> Evidence:
        known = self._known.get(name)
        return known.evidence() if known and len(known.durations) >= LEAST else instead


def _accepts(person: Person, queue: str) -> bool:
    """Whoever has invited somebody waits for them, whatever their switch says."""
    return takes_from(person, queue) and (person.available or queue == own_queue(person.id))


def _desk(person: Person, names: Iterable[str], now: int) -> Desk:
    return Desk(
        person.id,
        frozenset(name for name in names if _accepts(person, name)),
        max(1, person.session_limit),
        tuple((session.queue, max(0, now - session.started_at) / 1000) for session in person.sessions.values()),
    )
