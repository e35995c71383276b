"""Whatever becomes of a device's clock, what has passed never goes back, and the server's word is the time."""

from hypothesis import given
from hypothesis import strategies as st

from deskside.core.server_clock import LATE, ServerClock

MOST = 10.0 * 86_400_000
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["turn", "heard", "set", "sleep"]),
        st.integers(0, 5000),  # milliseconds until then
        st.integers(int(-MOST), int(MOST)),
    ),
    max_size=60,
)


@given(st.integers(int(-MOST), int(MOST)), STEPS)
def test_durations_never_go_back_and_the_time_is_the_servers(off: int, steps: list[tuple[str, int, int]]) -> None:
    true, ticks, wall_off = 1_800_000_000_000.0, 0.0, float(off)
    clock = ServerClock(ticks, true + wall_off)
    before = clock.passed(ticks)
    told = False
    for kind, wait, amount in steps:
        ticks += wait
        true += wait
        if kind == "set":
            wall_off += amount
        elif kind == "sleep":
            true += abs(amount)
        elif kind == "heard":
            clock.heard(true, ticks, true + wall_off)
            told = True
            assert -LATE <= true - clock.now(ticks) <= 0.001
        else:
            clock.turn(ticks, true + wall_off)
        assert clock.passed(ticks) >= before + wait - 0.001
        before = clock.passed(ticks)
    if told:
        clock.heard(true, ticks, true + wall_off)
        assert abs(true - clock.now(ticks)) <= LATE


@given(STEPS)
def test_a_clock_that_people_set_changes_no_duration_while_the_server_answers(
    steps: list[tuple[str, int, int]],
) -> None:
    true, ticks, wall_off = 1_800_000_000_000.0, 0.0, 0.0
    clock = ServerClock(ticks, true)
    clock.heard(true, ticks, true)
    for kind, wait, amount in steps:
        ticks += wait
        true += wait
        if kind == "set":
            wall_off += amount
        if clock.turn(ticks, true + wall_off):
            clock.heard(true, ticks, true + wall_off)
        assert abs(clock.now(ticks) - true) < 0.001 and abs(clock.passed(ticks) - ticks) < 0.001
