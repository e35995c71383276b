"""The queues, without a server."""

import pytest

from signaling.queue import HEAD, LISTED, Listed, Queues
from tests.signaling.cost import cost
from tests.signaling.waiting import Person


def queue_of(length: int) -> tuple[Queues[Person], list[Person]]:
    """One queue with so many people."""
    queues, people = Queues[Person](), [Person(place) for place in range(1, length + 1)]
    for person in people:
        assert queues.append(person) == []
    return queues, people


def test_positions_count_from_one_in_the_order_of_arrival() -> None:
    queues, people = queue_of(3)
    assert [person.position for person in people] == [1, 2, 3]
    assert [queues.position(person) for person in people] == [1, 2, 3]


def test_the_head_is_told_at_once_and_the_others_at_the_next_sweep() -> None:
    queues, people = queue_of(HEAD + 5)
    assert queues.first() is people[0]
    assert queues.remove(people[0]) == people[1 : HEAD + 1]
    assert queues.position(people[-1]) == HEAD + 4, "who asks is told the truth even before the sweep"
    assert queues.sweep() == people[HEAD + 1 :]
    assert queues.sweep() == []
    assert [person.position for person in queues] == list(range(1, HEAD + 5))


def test_who_stands_before_the_one_that_leaves_is_told_nothing() -> None:
    queues, people = queue_of(5)
    assert queues.remove(people[3]) == [people[4]]


def test_nobody_is_told_a_position_that_has_not_changed() -> None:
    queues, people = queue_of(3)
    assert queues.remove(people[2]) == []
    assert queues.append(newcomer := Person(9)) == []
    assert newcomer.position == 3
    assert queues.sweep() == []


def test_who_is_given_back_stands_at_the_head_again_and_the_others_hear_of_it() -> None:
    queues, people = queue_of(HEAD + 2)
    queues.remove(people[0])
    queues.sweep()
    assert queues.append(people[0]) == people[1:HEAD]
    assert people[0].position == 1
    assert queues.sweep() == people[HEAD:]


def test_each_queue_counts_by_itself() -> None:
    queues = Queues[Person]()
    sales, network = Person(1, "sales"), Person(2, "network")
    queues.append(sales)
    queues.append(network)
    assert (sales.position, network.position) == (1, 1)
    assert queues.remove(sales) == []
    assert (queues.names(), queues.count("sales"), queues.count("network"), len(queues)) == ({"network"}, 0, 1, 1)


def test_the_next_of_several_queues_is_who_has_waited_longest() -> None:
    queues = Queues[Person]()
    people = [Person(place, queue) for place, queue in enumerate(("rep:ann", "network", "sales", "network"))]
    for person in reversed(people):
        queues.append(person)
    assert queues.first(["sales", "network"]) is people[1]
    assert queues.first(["nobody"]) is None
    assert queues.first() is people[0]
    assert list(queues.among(["network", "sales", "network"])) == people[1:], "a queue named twice counts once"
    assert list(queues) == people


def test_a_sweep_comes_in_batches_and_what_changes_meanwhile_waits_for_the_next_round() -> None:
    queues, people = queue_of(HEAD + 10)
    queues.remove(people[0])
    assert queues.sweep(4) == people[HEAD + 1 : HEAD + 5]
    queues.remove(people[1])
    assert queues.sweep(4) == people[HEAD + 5 : HEAD + 9]
    assert queues.sweep(4) == people[HEAD + 9 :], "fewer than four: this round is over"
    assert queues.sweep(9) == people[HEAD + 2 : HEAD + 5], "these had heard of the first one only"
    assert queues.sweep(9) == []


def test_a_sweep_survives_that_its_queue_is_emptied_meanwhile() -> None:
    queues, people = queue_of(HEAD + 10)
    queues.remove(people[0])
    queues.sweep(2)
    for person in people[1:]:
        queues.remove(person)
    assert queues.sweep(2) == []
    assert (len(queues), queues.names(), list(queues)) == (0, set(), [])


def test_two_in_the_same_place_are_kept_apart() -> None:
    queues = Queues[Person]()
    twins = [Person(1), Person(1)]
    twins[1].id += "b"
    for twin in twins:
        queues.append(twin)
    assert [queues.position(twin) for twin in twins] == [1, 2]
    queues.remove(twins[0])
    assert list(queues) == [twins[1]]


@pytest.mark.parametrize("at", [0, 1000, -1])
def test_the_cost_of_leaving_hardly_grows_with_the_people_waiting(at: int) -> None:
    def leaving(length: int) -> int:
        queues, people = queue_of(length)

        def leave() -> None:
            for _ in range(50):
                person = people.pop(at)
                queues.remove(person)
                queues.position(people[at])

        return cost(leave)

    assert leaving(50_000) < 4 * leaving(2_000)


# --- what a console is told of -----------------------------------------------------------------------------


def test_a_console_knows_those_who_have_waited_longest_and_the_next_move_up() -> None:
    queues, people = queue_of(5)
    listed = Listed(queues, most=3)
    assert listed.ids == {"person-1", "person-2", "person-3"}
    queues.remove(people[4])
    assert not listed.left(people[4])
    queues.remove(people[1])
    assert listed.left(people[1]) and listed.refill(queues, ["sales"]) is people[3]
    queues.remove(people[0])
    assert listed.left(people[0]) and listed.refill(queues, ["sales"]) is None
    assert listed.ids == {"person-3", "person-4"}


def test_who_comes_behind_them_is_not_told_and_who_comes_before_them_makes_the_last_one_go() -> None:
    queues, people = queue_of(3)
    listed = Listed(queues, most=3)
    assert listed.entered(Person(9)) == (False, "")
    assert listed.entered(Person(0)) == (True, "person-3")
    assert listed.ids == {"person-0", "person-1", "person-2"}
    assert people[2] not in listed and people[0] in listed


def test_who_moves_up_stands_in_a_queue_of_that_console() -> None:
    queues = Queues[Person]()
    people = [Person(place, queue) for place, queue in enumerate(("sales", "network", "sales", "rep:ann", "sales"))]
    for person in people:
        queues.append(person)
    mine = ["sales", "rep:ann"]
    listed = Listed(queues.among(mine), most=1)
    queues.remove(people[0])
    assert listed.left(people[0]) and listed.refill(queues, mine) is people[2]
    queues.remove(people[2])
    assert listed.left(people[2]) and listed.refill(queues, mine) is people[3]


def test_what_a_console_costs_does_not_grow_with_the_people_waiting() -> None:
    def leave(length: int) -> int:
        queues, people = queue_of(length)
        listed = Listed(queues)
        queues.remove(people[0])

        def event() -> None:
            assert listed.left(people[0]) and listed.refill(queues, ["sales"]) is people[LISTED]

        return cost(event)

    assert leave(10_000) < 2 * leave(LISTED + 10)
