"""The estimate of the wait, without a server."""

from collections.abc import Callable
from itertools import pairwise
from math import log
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signaling.estimate import DURATIONS, FRESH, LEAST, Estimator
from signaling.queue import HEAD, Queues, own_queue
from tests.signaling.call_centre import Agent, CallCentre, Visit
from tests.signaling.cost import cost

MINUTE = 60


def estimator(
    agents: list[Agent], durations: list[float], line: tuple[str, ...] = (), seed: int = 7, queue: str = "sales"
) -> Estimator:
    """Somebody has seen these durations, and these people wait."""
    queues = Queues[Visit]()
    for place, name in enumerate(line):
        queues.append(Visit(place, name))
    made = Estimator(queues, lambda: agents, seed)
    for seconds in durations:
        made.ended(queue, seconds)
    return made


def busy(id: str, limit: int = 1, elapsed: int = 0, teams: frozenset[str] = frozenset()) -> Agent:
    """A representative with as many sessions as they may have, that have lasted so many seconds at 100,000."""
    agent = Agent(id, limit, teams)
    for number in range(limit):
        visit = Visit(number)
        visit.started_at = NOW - elapsed * 1000
        agent.sessions[str(number)] = visit
    return agent


NOW = 100_000_000
STEADY = [10.0 * MINUTE] * DURATIONS
MIXED = [float(MINUTE * (2 + number % 17)) for number in range(DURATIONS)]


def told(made: Estimator, ahead: int = 0, now: int = NOW) -> tuple[int, int]:
    """The range that somebody is told."""
    forecast = made.forecast("sales", ahead, now)
    assert forecast
    return forecast


def test_nothing_is_told_before_there_is_evidence() -> None:
    agents = [busy("ann")]
    assert estimator(agents, STEADY[: LEAST - 1]).forecast("sales", 0, NOW) is None
    assert estimator(agents, STEADY[:LEAST]).forecast("sales", 0, NOW) == (600, 600)
    assert estimator(agents, STEADY).forecast("network", 0, NOW) is None, "evidence is of one queue"


def test_nothing_is_told_while_nobody_accepts() -> None:
    ann, other = busy("ann"), busy("other", teams=frozenset({"network"}))
    ann.available = False
    assert estimator([], STEADY).forecast("sales", 0, NOW) is None
    assert estimator([ann, other], STEADY).forecast("sales", 0, NOW) is None


def test_the_wait_is_what_is_left_of_the_sessions_that_run() -> None:
    assert told(estimator([busy("ann", elapsed=9 * MINUTE)], STEADY)) == (60, 60)
    assert told(estimator([busy("ann", elapsed=9 * MINUTE)], STEADY), ahead=2) == (1260, 1260)


def test_only_durations_longer_than_a_session_has_lasted_say_when_it_ends() -> None:
    durations = [60.0] * 40 + [1000.0] * 10
    low, high = told(estimator([busy("ann", elapsed=500)], durations))
    assert (low, high) == (500, 500)


def test_a_session_longer_than_any_other_ends_some_time() -> None:
    low, high = told(estimator([busy("ann", elapsed=3600)], STEADY))
    assert 0 < low < 600 < high


def test_a_free_slot_is_no_wait_and_slots_beyond_the_limit_are_none() -> None:
    free = Agent("ann", 3)
    assert told(estimator([free], STEADY), ahead=2) == (0, 0)
    assert told(estimator([free], STEADY), ahead=3) == (600, 600)
    crowded = busy("bob", limit=4)
    crowded.session_limit = 2
    assert told(estimator([crowded], STEADY)) == (600, 600)
    for number in range(2):
        crowded.sessions[str(number)].started_at = NOW - 300_000
    assert told(estimator([crowded], STEADY)) == (600, 600), "three of four have to end"


def test_only_the_last_fifty_durations_count() -> None:
    made = estimator([busy("ann")], [5.0] * 500 + STEADY)
    assert told(made) == (600, 600)


def test_a_representative_of_several_teams_is_not_there_for_one_alone() -> None:
    both, sales = busy("both"), frozenset({"sales"})
    alone = told(estimator([both], STEADY))
    assert told(estimator([both], STEADY, line=("network", "network"))) == (1800, 1800) > alone
    helped = [both, busy("only", teams=sales)]
    assert told(estimator(helped, STEADY, line=("network", "network")))[1] <= 1200


def test_whoever_invited_a_customer_counts_for_them_though_they_take_no_others() -> None:
    ann = Agent("ann", 2)
    ann.available = False
    made = estimator([ann], STEADY, queue=own_queue("ann"))
    assert made.forecast(own_queue("ann"), 0, NOW) == (0, 0)
    assert made.forecast(own_queue("bob"), 0, NOW) is None


def test_how_long_representatives_take_to_accept_is_part_of_the_wait() -> None:
    ann = Agent("ann", 8)
    made = estimator([ann], STEADY)
    made.changed(ann, 0)
    for number in range(DURATIONS):
        made.accepted("sales", 0, ann, (number + 1) * 30_000)
    low, high = told(made)
    assert 3 < low < 30 < high < 90
    assert told(made, ahead=7)[0] > high


def test_a_slow_representative_counts_though_a_quick_one_always_comes_first() -> None:
    quick, slow = Agent("quick", 8), Agent("slow", 8)
    made = estimator([quick, slow], STEADY)
    for agent in (quick, slow):
        made.changed(agent, 0)
    for number in range(DURATIONS):
        made.accepted("sales", number * 100_000, quick, number * 100_000 + 10_000)
    assert 1 <= told(made)[0] < 10 < told(made)[1] < 25, "together they took ten seconds"


def test_people_who_leave_shorten_the_wait_of_those_behind() -> None:
    ann = busy("ann")
    stay, go = estimator([ann], STEADY), estimator([ann], STEADY)
    for number in range(100):
        go.left("sales", 0, 600_000)
        go.changed(ann, NOW)
        assert number >= LEAST - 1 or told(go, ahead=19) == told(stay, ahead=19), "ten outcomes at least"
    for ahead in (19, 2000):
        assert told(go, ahead=ahead)[1] < told(stay, ahead=ahead)[0]


def test_who_leaves_was_at_risk_for_as_long_as_they_waited() -> None:
    made = estimator([busy("ann")], STEADY)
    for _ in range(50):
        made.left("sales", 0, 100_000)
        made.accepted("sales", 0, busy("gone"), 900_000)
    # So each leaves with the rate 1/1000 a second: of those ahead of the 3,000th, who would wait for 500 hours, all
    # are gone after about 1000 s · ln(1 + 3000 · 600 s / 1000 s).
    assert told(made, ahead=2999)[0] < 1000 * log(1 + 1800) < told(made, ahead=2999)[1]


def test_a_change_is_seen_at_once_and_otherwise_the_time_that_goes_by() -> None:
    ann = busy("ann", elapsed=9 * MINUTE)
    made = estimator([ann], STEADY)
    assert told(made) == (60, 60)
    assert told(made, now=NOW + 3000) == (57, 57)
    assert told(made, now=NOW + FRESH * 3) == (45, 45)
    ann.sessions.clear()
    made.changed(ann, NOW + FRESH * 3)
    assert told(made, now=NOW + FRESH * 3) == (0, 0)


def test_those_behind_the_head_are_told_of_a_change_within_seconds() -> None:
    ann = busy("ann")
    made = estimator([ann], STEADY)
    before = told(made, ahead=HEAD)
    ann.sessions.clear()
    made.changed(ann, NOW)
    assert told(made, ahead=HEAD) == before
    assert told(made, ahead=HEAD, now=NOW + FRESH)[1] < before[1]


def test_the_same_seed_tells_the_same() -> None:
    def tell(seed: int) -> list[tuple[int, int]]:
        made = estimator([busy("ann"), busy("bob", 3)], MIXED, seed=seed)
        return [told(made, ahead) for ahead in range(0, 300, 7)]

    assert tell(1) == tell(1) != tell(2)


def test_the_cost_does_not_grow_with_the_people_waiting() -> None:
    def telling(people: int) -> int:
        ann = busy("ann", 8)
        made = estimator([ann], MIXED, line=("sales",) * people)

        def tell() -> None:
            for now in range(NOW, NOW + 3):
                made.changed(ann, now)
                for ahead in (0, 30, people - 1):
                    made.forecast("sales", ahead, now)

        return cost(tell)

    assert telling(20_000) < 2 * telling(60)


AGENTS = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3000), st.booleans()), min_size=1, max_size=6)
SECONDS = st.lists(st.floats(1, 4000), min_size=LEAST, max_size=DURATIONS)


def team(described: list[tuple[int, int, bool]]) -> list[Agent]:
    """Representatives who are free, or have been busy for so long."""
    return [
        Agent(f"agent-{number}", limit) if free else busy(f"agent-{number}", limit, elapsed)
        for number, (limit, elapsed, free) in enumerate(described)
    ]


@settings(max_examples=40, deadline=None)
@given(AGENTS, SECONDS, st.integers(0, 40))
def test_more_people_ahead_never_wait_less(
    described: list[tuple[int, int, bool]], known: list[float], left: int
) -> None:
    made = estimator(team(described), known)
    for _ in range(left):
        made.left("sales", 0, 900_000)
    ranges = [told(made, ahead) for ahead in [*range(70), 100, 200, 1000, 5000, 20_000]]
    for (low, high), (later_low, later_high) in pairwise(ranges):
        assert 0 <= low <= high
        assert low <= later_low
        assert high <= later_high


@settings(max_examples=40, deadline=None)
@given(AGENTS, SECONDS, st.integers(0, 40), st.tuples(st.integers(1, 4), st.integers(0, 3000), st.booleans()))
def test_one_more_representative_never_makes_anybody_wait_longer(
    described: list[tuple[int, int, bool]], known: list[float], left: int, another: tuple[int, int, bool]
) -> None:
    fewer, more = estimator(team(described), known), estimator(team([*described, another]), known)
    for made in (fewer, more):
        for _ in range(left):
            made.left("sales", 0, 900_000)
    for ahead in (0, 3, 9, 10, 30, 49, 50, 60, 500, 5000):
        assert all(less <= before for less, before in zip(told(more, ahead), told(fewer, ahead), strict=True))


def lognormal(mean: float, sigma: float) -> Callable[[Random], float]:
    """Durations as they are known from call centres: a few are very long."""
    return lambda dice: mean * dice.lognormvariate(-sigma * sigma / 2, sigma)


CENTRES = {
    "one representative": lambda: CallCentre([Agent("a", 1)], {"sales": 400}, lognormal(360, 0.8)),
    "several who leave people waiting": lambda: CallCentre(
        [Agent(f"a{number}", 8) for number in range(3)], {"sales": 10.5}, lognormal(100, 0.5), lag=30
    ),
    "people who lose patience": lambda: CallCentre(
        [Agent(f"a{number}", 2) for number in range(5)], {"sales": 40}, lognormal(600, 0.7), patience=900
    ),
    "two teams that share one": lambda: CallCentre(
        [Agent("a", 3, frozenset({"sales"})), Agent("b", 3, frozenset({"network"})), Agent("c", 3)],
        {"sales": 140, "network": 140}, lognormal(600, 0.7), patience=3000,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CENTRES)
def test_about_six_of_ten_waits_are_inside_the_range(name: str, record_property: Callable[[str, object], None]) -> None:
    centre = CENTRES[name]()
    centre.run(400)
    inside = sum(outcome.inside for outcome in centre.outcomes) / len(centre.outcomes)
    below = sum(outcome.waited < outcome.low for outcome in centre.outcomes) / len(centre.outcomes)
    record_property("inside", inside)
    print(f"{name}: {inside:.0%} inside, {below:.0%} shorter, {1 - inside - below:.0%} longer")  # noqa: T201
    assert 0.48 <= inside <= 0.72
    assert 0.08 <= below <= 0.36
