"""The token bucket."""

from deskside.core.rate import Bucket, Budget


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


def test_a_budget_is_there_at_once_and_comes_back_by_its_share() -> None:
    budget = Budget(0.5)
    assert budget.pause(0.0, 40.0) == 0.0
    budget.spent(30.0)
    assert budget.pause(30.0, 40.0) == 0.0, "10 are left, and 15 have come back"
    budget.spent(100.0)
    assert budget.pause(130.0, 40.0) == 50.0
    assert budget.pause(180.0, 40.0) == 1.0, "not before it is more than nothing"
    assert budget.pause(181.0, 40.0) == 0.0


def test_a_budget_is_not_saved_up() -> None:
    budget = Budget(0.5)
    budget.pause(0.0, 40.0)
    budget.spent(40.0)
    assert budget.pause(100_000.0, 40.0) == 0.0
    budget.spent(45.0)
    assert budget.pause(100_000.0, 40.0) == 10.0
