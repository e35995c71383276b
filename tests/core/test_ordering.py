"""What is nearly in order is sorted in linear time, on every interpreter."""

from deskside.core.ordering import in_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def test_it_sorts_as_sorted_does_and_keeps_the_order_of_equals() -> None:
    number = 7
    for length in (0, 1, 2, 3, 10, 100, 257):
        items = []
        for at in range(length):
            number = (number * 1103515245 + 12345) % (1 << 31)
            items.append((number % 20, at))
        expected = [(rank, at) for rank in range(20) for first, at in items if first == rank]
        assert in_order(items, lambda item: item[0]) == expected, length


def test_what_is_in_order_costs_one_key_for_each() -> None:
    for items in (list(range(1000)), list(range(1000, 0, -1))):
        asked: "list[Any]" = []

        def key(item: int, asked: "list[Any]" = asked) -> int:
            asked.append(item)
            return item

        assert in_order(items, key) == list(range(min(items), max(items) + 1))
        assert len(asked) == 1000
