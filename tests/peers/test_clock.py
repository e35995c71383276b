"""Which moment a picture shows: by the sender's reports, whatever the network does to the times of arrival."""

from hypothesis import given, settings
from hypothesis import strategies as st

from signaling.peers.recorder.clock import CREDIBLE, RATE, PartClock

CUSTOMER = 1_700_000_000_000
"""What the customer's clock shows when the RTP timestamp is TICKS."""
TICKS = 0xFFFFF000


def rtp(milliseconds: float) -> int:
    return int(TICKS + milliseconds * RATE) & 0xFFFFFFFF


def ntp(milliseconds: float) -> int:
    shown = CUSTOMER + milliseconds
    return (int(shown // 1000) + 2_208_988_800 << 32) + int(shown % 1000 / 1000 * (1 << 32))


def test_the_first_picture_stands_where_it_arrived_and_the_others_as_far_from_it_as_the_page_says() -> None:
    clock = PartClock()
    arrivals = [(0, 700), (100, 900), (20_000, 20_650), (20_100, 21_500)]
    assert [clock.place(rtp(sent), arrived) for sent, arrived in arrivals] == [700, 800, 20_700, 20_800]


def test_the_first_report_says_what_the_customers_clock_showed_at_the_beginning() -> None:
    clock = PartClock()
    clock.place(rtp(0), 700)
    assert clock.start is None
    clock.reported(ntp(1000), rtp(1000))
    assert clock.start == CUSTOMER - 700


def test_a_report_may_come_before_the_first_picture_is_whole() -> None:
    clock = PartClock()
    clock.reported(ntp(50), rtp(50))
    assert clock.start is None
    clock.place(rtp(0), 700)
    assert clock.start == CUSTOMER - 700


def test_clocks_that_go_apart_are_followed() -> None:
    clock = PartClock()
    clock.place(rtp(0), 0)
    slow = 1 - 100e-6
    for second in range(1, 1800):
        clock.reported(ntp(second * 1000), rtp(second * 1000 * slow))
    assert clock.start is not None
    shown = clock.start + clock.place(rtp(1_800_000 * slow), 1_800_000)
    assert abs(shown - (CUSTOMER + 1_800_000)) <= 2


def test_one_report_that_is_far_off_changes_nothing() -> None:
    clock = PartClock()
    clock.place(rtp(0), 0)
    clock.reported(ntp(1000), rtp(1000))
    clock.reported(ntp(2000 + 3600_000), rtp(2000))
    clock.reported(ntp(3000), rtp(3000))
    assert (clock.start, clock.place(rtp(4000), 4000)) == (CUSTOMER, 4000)


def test_a_clock_that_was_set_is_believed_after_three_reports() -> None:
    clock = PartClock()
    clock.place(rtp(0), 0)
    clock.reported(ntp(1000), rtp(1000))
    for second in (2, 3, 4):
        clock.reported(ntp(second * 1000 + 3600_000), rtp(second * 1000))
    assert (clock.start, clock.place(rtp(5000), 5000)) == (CUSTOMER + 3600_000, 5000)


def test_timestamps_that_jump_away_begin_anew_where_they_arrive() -> None:
    clock = PartClock()
    clock.place(rtp(0), 0)
    clock.reported(ntp(0), rtp(0))
    assert clock.place(rtp(7_200_000), 1000) == 1000
    assert clock.start is None


_EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("place"), st.integers(0, 0xFFFFFFFF), st.integers(0, 1 << 40)),
        st.tuples(st.just("report"), st.integers(0, (1 << 64) - 1), st.integers(0, 0xFFFFFFFF)),
    ),
    max_size=50,
)


@settings(deadline=None)
@given(_EVENTS)
def test_time_never_goes_back_whatever_is_sent(events: list[tuple[str, int, int]]) -> None:
    clock = PartClock()
    last = -1
    for kind, one, other in events:
        if kind == "report":
            clock.reported(one, other)
        else:
            place = clock.place(one, other)
            assert place > last
            last = place


@settings(deadline=None)
@given(st.lists(st.floats(-CREDIBLE / 4, CREDIBLE / 4), min_size=1, max_size=60))
def test_reports_that_tremble_move_no_picture_by_more_than_they_do(wrong: list[float]) -> None:
    clock = PartClock()
    clock.place(rtp(0), 0)
    clock.reported(ntp(0), rtp(0))
    for second, off in enumerate(wrong, 1):
        clock.reported(ntp(second * 1000 + off), rtp(second * 1000))
    end = (len(wrong) + 1) * 1000
    assert abs(clock.place(rtp(end), end) - end) <= max(abs(off) for off in wrong) + 2
