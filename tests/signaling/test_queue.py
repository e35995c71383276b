"""The queue, without a server."""

import time

from signaling.queue import HEAD, Queue
from signaling.session import Session


def session(number: int) -> Session:
    """A session that waits."""
    return Session(
        place=number, id=str(number), token_hash="", name="", question="", issue="", language="", page="", peer="",
        entered_at=0,
    )  # fmt: skip


def queue_of(length: int) -> tuple[Queue, list[Session]]:
    """A queue with so many people."""
    queue, people = Queue(), [session(number) for number in range(length)]
    for one in people:
        queue.append(one)
    return queue, people


def test_positions_count_from_one_in_the_order_of_arrival() -> None:
    _, people = queue_of(3)
    assert [one.position for one in people] == [1, 2, 3]


def test_the_head_is_told_at_once_and_the_others_at_the_next_sweep() -> None:
    queue, people = queue_of(HEAD + 5)
    assert queue.first() is people[0]
    assert queue.remove(people[0]) == people[1 : HEAD + 1]
    assert queue.sweep() == people[HEAD + 1 :]
    assert queue.sweep() == []
    assert [one.position for one in queue] == list(range(1, HEAD + 5))


def test_who_stands_before_the_one_that_leaves_is_told_nothing() -> None:
    queue, people = queue_of(5)
    assert queue.remove(people[3]) == [people[4]]


def test_nobody_is_told_a_position_that_has_not_changed() -> None:
    queue, people = queue_of(3)
    assert queue.remove(people[2]) == []
    queue.append(newcomer := session(9))
    assert newcomer.position == 3
    assert queue.sweep() == []


def test_the_cost_of_leaving_does_not_grow_with_the_people_waiting() -> None:
    def seconds(length: int) -> float:
        queue, people = queue_of(length)
        start = time.perf_counter()
        for one in people[:1000]:
            queue.remove(one)
        return time.perf_counter() - start

    short, long = (min(seconds(length) for _ in range(3)) for length in (2_000, 50_000))
    assert long < 5 * short
