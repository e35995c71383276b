"""A call centre made of chance, hour after hour, that asks the estimator at every arrival and keeps what came of it."""

from collections.abc import Callable
from heapq import heappop, heappush
from math import log
from random import Random
from typing import NamedTuple

from signaling.estimate import Estimator
from signaling.queue import Queues, takes_from
from tests.signaling.waiting import Person


class Visit(Person):
    """A customer, from the queue to the end of their session. Milliseconds."""

    queued_at = 0
    started_at = 0
    forecast: tuple[int, int] | None = None


class Agent:
    """A representative as the estimator sees one."""

    link = object()
    available = True

    def __init__(self, id: str, limit: int, teams: frozenset[str] = frozenset()) -> None:
        self.id = id
        self.session_limit = limit
        self.teams = teams
        self.sessions: dict[str, Visit] = {}
        self.busy = False
        """On the way to accept the next one."""


class Outcome(NamedTuple):
    """What somebody was told and what came. Seconds."""

    low: int
    high: int
    waited: float

    @property
    def inside(self) -> bool:
        return self.low <= self.waited <= self.high


class CallCentre:
    """Everything random comes from `dice`. `arrivals` are the mean seconds between two customers of a queue."""

    def __init__(
        self, agents: list[Agent], arrivals: dict[str, float], duration: Callable[[Random], float], *,
        lag: float = 0.0, patience: float = 0.0, seed: int = 1,
    ) -> None:  # fmt: skip
        self.agents = agents
        self.arrivals = arrivals
        self.duration = duration
        self.lag = lag
        self.patience = patience
        self.dice = Random(seed)
        self.queues = Queues[Visit]()
        self.estimator = Estimator(self.queues, lambda: self.agents, seed)
        self.now = 0
        self.outcomes: list[Outcome] = []
        self.left = 0
        self._events: list[tuple[int, int, Callable[[], None]]] = []
        self._number = 0
        for agent in agents:
            self.estimator.changed(agent, 0)
        for name in arrivals:
            self._arrive_later(name)

    def run(self, customers: int, most: float = 10**6) -> None:
        """Until so many have been accepted that had to wait and had been told something."""
        while len(self.outcomes) < customers and self.now < most * 1000:
            self.now, _, event = heappop(self._events)
            event()

    def _later(self, seconds: float, event: Callable[[], None]) -> None:
        self._number += 1
        heappush(self._events, (self.now + int(seconds * 1000), self._number, event))

    def _exponential(self, mean: float) -> float:
        return -log(1 - self.dice.random()) * mean

    def _arrive_later(self, name: str) -> None:
        self._later(self._exponential(self.arrivals[name]), lambda: self._arrive(name))

    def _arrive(self, name: str) -> None:
        self._arrive_later(name)
        visit = Visit(self._number, name)
        visit.queued_at = self.now
        someone_free = any(
            takes_from(agent, name) and len(agent.sessions) < agent.session_limit and not agent.busy
            for agent in self.agents
        )
        visit.forecast = None if someone_free else self.estimator.forecast(name, self.queues.count(name), self.now)
        self.queues.append(visit)
        if self.patience:
            self._later(self._exponential(self.patience), lambda: self._leave(visit))
        self._look()

    def _leave(self, visit: Visit) -> None:
        if visit.started_at == 0:
            self.queues.remove(visit)
            self.estimator.left(visit.queue, visit.queued_at, self.now)
            self.left += 1
            visit.started_at = -1

    def _look(self) -> None:
        """Whoever has a free slot goes for the next one, which takes them the lag."""
        for agent in self.agents:
            if not agent.busy and len(agent.sessions) < agent.session_limit and self._next(agent):
                agent.busy = True
                self._later(self._exponential(self.lag) if self.lag else 0.0, lambda agent=agent: self._accept(agent))  # type: ignore[misc]

    def _next(self, agent: Agent) -> Visit | None:
        return self.queues.first(name for name in self.queues.names() if takes_from(agent, name))

    def _accept(self, agent: Agent) -> None:
        agent.busy = False
        visit = self._next(agent)
        if visit:
            self.queues.remove(visit)
            visit.started_at = self.now
            agent.sessions[visit.id] = visit
            self.estimator.accepted(visit.queue, visit.queued_at, agent, self.now)
            if visit.forecast:
                self.outcomes.append(Outcome(*visit.forecast, (self.now - visit.queued_at) / 1000))
            self._later(self.duration(self.dice), lambda: self._end(agent, visit))
        self._look()

    def _end(self, agent: Agent, visit: Visit) -> None:
        del agent.sessions[visit.id]
        self.estimator.ended(visit.queue, (self.now - visit.started_at) / 1000)
        self.estimator.changed(agent, self.now)
        self._look()
