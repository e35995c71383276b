"""The token bucket."""

from deskside.core.rate import Bucket


def test_a_burst_is_taken_up_to_the_capacity() -> None:
    bucket = Bucket(3, 1)
    assert [bucket.take(0.0) for _ in range(4)] == [True, True, True, False]


def test_tokens_come_back_with_time_and_never_above_the_capacity() -> None:
    bucket = Bucket(2, 2)
    assert bucket.take(0.0) and bucket.take(0.0) and not bucket.take(0.0)
    assert bucket.take(500.0) and not bucket.take(500.0)
    assert [bucket.take(60000.0) for _ in range(3)] == [True, True, False]


def test_a_clock_that_goes_back_gives_nothing() -> None:
    bucket = Bucket(1, 1)
    assert bucket.take(10000.0)
    assert not bucket.take(0.0)
    assert not bucket.take(500.0)
    assert bucket.take(1000.0)
