"""Whatever happens in them, the queues agree with plain lists."""

from itertools import chain, islice

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from signaling.queue import HEAD, Listed, Queues
from tests.signaling.waiting import Person

QUEUES = ("sales", "network")
MOST = 7
"""So many a console is told of here."""


class Console:
    """One that sees these queues, and what it was told of them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.listed = Listed(most=MOST)
        self.told: set[str] = set()

    def entered(self, person: Person) -> None:
        if person.queue in self.names:
            is_told, out = self.listed.entered(person)
            assert is_told or not out
            self.told |= {person.id} if is_told else set()
            self.told.discard(out)

    def left(self, person: Person, queues: Queues[Person]) -> None:
        if person.queue in self.names and self.listed.left(person):
            self.told.remove(person.id)
            found = self.listed.refill(queues, self.names)
            self.told |= {found.id} if found else set()


class Lines(RuleBasedStateMachine):
    """People come, leave from anywhere and are given back; `told` is what each was told last."""

    def __init__(self) -> None:
        super().__init__()
        self.queues = Queues[Person]()
        self.naive: dict[str, list[Person]] = {name: [] for name in QUEUES}
        self.told: dict[str, int] = {}
        self.last, self.front = 0, 0
        self.consoles = [Console(QUEUES), *(Console((name,)) for name in QUEUES)]

    @property
    def everybody(self) -> list[Person]:
        return sorted(chain(*self.naive.values()), key=lambda person: person.queue_place)

    def hear(self, moved: list[Person]) -> None:
        """They are told where they stand now, and only if that is news."""
        for person in moved:
            assert self.told[person.id] != person.position
            self.told[person.id] = person.position
            assert person.position == self.naive[person.queue].index(person) + 1

    @rule(name=st.sampled_from(QUEUES), many=st.integers(1, 30))
    def come(self, name: str, many: int) -> None:
        for _ in range(many):
            self.last += 1
            person = Person(self.last, name)
            self.naive[name].append(person)
            assert self.queues.append(person) == []
            self.told[person.id] = person.position
            assert person.position == len(self.naive[name])
            for console in self.consoles:
                console.entered(person)

    @rule(name=st.sampled_from(QUEUES), is_there=st.booleans())
    def be_given_back(self, name: str, is_there: bool) -> None:
        self.front -= 1
        person = Person(self.front, name)
        person.is_there = is_there
        self.naive[name].insert(0, person)
        moved = self.queues.append(person)
        self.told[person.id] = person.position
        self.hear(moved)
        for console in self.consoles:
            console.entered(person)

    @precondition(lambda self: len(self.queues) > 0)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(self.everybody))
        self.naive[person.queue].remove(person)
        self.hear(self.queues.remove(person))
        for console in self.consoles:
            console.left(person, self.queues)

    @precondition(lambda self: len(self.queues) > 0)
    @rule(data=st.data())
    def close_or_open_the_page(self, data: st.DataObject) -> None:
        """Neither moves anybody."""
        person = data.draw(st.sampled_from(self.everybody))
        person.is_there = not person.is_there
        self.queues.look(person)

    @rule(limit=st.one_of(st.none(), st.integers(1, 40)))
    def sweep(self, limit: int | None) -> None:
        moved = self.queues.sweep(limit)
        assert limit is None or len(moved) <= limit
        self.hear(moved)

    @rule()
    def sweep_until_all_is_told(self) -> None:
        """Two rounds: the one that may be on, and a whole one."""
        for _ in range(2):
            while len(moved := self.queues.sweep(7)) == 7:
                self.hear(moved)
            self.hear(moved)
        for people in self.naive.values():
            assert [self.told[person.id] for person in people] == list(range(1, len(people) + 1))

    @invariant()
    def the_order_is_that_of_the_lists(self) -> None:
        assert list(self.queues) == self.everybody
        assert len(self.queues) == len(self.everybody)
        assert self.queues.names() == {name for name, people in self.naive.items() if people}
        assert self.queues.first() is next(iter(self.everybody), None)
        there = (person for person in self.everybody if person.is_there)
        assert self.queues.next_present(QUEUES) is next(there, None)
        for name, people in self.naive.items():
            there = (person for person in people if person.is_there)
            assert self.queues.next_present([name]) is next(there, None)
            assert self.queues.count(name) == len(people)
            assert [self.queues.position(person) for person in people] == list(range(1, len(people) + 1))

    @invariant()
    def a_console_knows_those_who_have_waited_longest(self) -> None:
        for console in self.consoles:
            first = list(islice((person for person in self.everybody if person.queue in console.names), MOST))
            assert console.told == console.listed.ids == {person.id for person in first}

    @invariant()
    def the_head_knows_where_it_stands(self) -> None:
        for people in self.naive.values():
            assert [self.told[person.id] for person in people[:HEAD]] == list(range(1, len(people[:HEAD]) + 1))


TestLines = Lines.TestCase
TestLines.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
