"""The queues: first come, first served in each, at a cost that hardly grows with the people waiting."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import Generic, Protocol, TypeVar

from sortedcontainers import SortedKeyList

HEAD = 20
"""So many at the head of a queue hear of a new position at once, the others at the next `sweep`."""

LISTED = 200
"""So many of those who wait a console is told of."""


class Waiting(Protocol):
    """Somebody who waits. Neither `queue` nor `queue_place` changes while they do; tell `Queues.look` of `is_there`."""

    id: str
    queue: str
    queue_place: int
    position: int
    """What they were last told; `Queues` keeps it."""

    @property
    def is_there(self) -> bool:
        """Whether their page is open. Who is away keeps the place, and is not taken by `next_present`."""


class Taking(Protocol):
    """A representative, who takes from the queues of some teams, of all when none is named, and from their own."""

    id: str
    teams: frozenset[str]


W = TypeVar("W", bound=Waiting)
_Place = tuple[int, str]
_FIRST: _Place = (-(1 << 63), "")  # before everybody


def own_queue(representative: str) -> str:
    """The queue of the customers whom a representative invited with a key."""
    return "rep:" + representative


def takes_from(person: Taking, queue: str) -> bool:
    """Whether somebody in this queue is for this representative."""
    if queue.startswith("rep:"):
        return queue == own_queue(person.id)
    return not person.teams or queue in person.teams


class _Line(Generic[W]):
    """One queue."""

    def __init__(self) -> None:
        self.people: SortedKeyList[W, _Place] = SortedKeyList(key=_place)
        self.present: SortedKeyList[W, _Place] = SortedKeyList(key=_place)
        self.stale: _Place | None = None
        """Behind the head, nobody who stands before this place has a position other than they were told."""

    def index(self, session: W) -> int:
        return self.people.bisect_key_left(_place(session))

    def moved(self, index: int) -> list[W]:
        """Number the head anew from `index`, and note that the others have to be."""
        if index < len(self.people):
            from_here = _place(self.people[max(index, HEAD)]) if len(self.people) > HEAD else None
            if from_here and (self.stale is None or from_here < self.stale):
                self.stale = from_here
        return list(_numbered(self.people.islice(index, HEAD), index + 1)) if index < HEAD else []


class Queues(Generic[W]):
    """Everybody who waits, by queue and place. A queue is there while somebody waits in it."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line[W]] = {}
        self._length = 0
        self._round: list[tuple[str, _Place]] | None = None  # where this round of sweeps has yet to go

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[W]:
        """Everybody, who has waited longest first."""
        return self.among(self._lines)

    def names(self) -> set[str]:
        """The queues in which somebody waits."""
        return set(self._lines)

    def count(self, queue: str) -> int:
        """How many wait in one queue."""
        return len(self._lines[queue].people) if queue in self._lines else 0

    def among(self, queues: Iterable[str]) -> Iterator[W]:
        """Everybody in these queues, who has waited longest first."""
        return merge(*(self._lines[queue].people for queue in set(queues) if queue in self._lines), key=_place)

    def behind(self, queues: Iterable[str], place: tuple[int, str]) -> W | None:
        """Who has waited longest in these queues, of those who came after this place."""
        lines = [self._lines[queue].people for queue in queues if queue in self._lines]
        following = (next(people.irange_key(place, inclusive=(False, True)), None) for people in lines)
        return min((session for session in following if session), key=_place, default=None)

    def first(self, queues: Iterable[str] | None = None) -> W | None:
        """Who stands at the head of these queues, or of all, whether there or not."""
        wanted = self._lines if queues is None else queues
        heads = [self._lines[queue].people[0] for queue in wanted if queue in self._lines]
        return min(heads, key=_place, default=None)

    def next_present(self, queues: Iterable[str]) -> W | None:
        """Who has waited longest in these queues, of those who are there."""
        lines = [self._lines[queue] for queue in queues if queue in self._lines]
        return min((line.present[0] for line in lines if line.present), key=_place, default=None)

    def look(self, session: W) -> None:
        """Somebody who waits came back or went away. The place stays as it is, for them and for everybody else."""
        present = self._lines[session.queue].present
        present.discard(session)
        if session.is_there:
            present.add(session)

    def append(self, session: W) -> list[W]:
        """Enter at the session's place, which is the end unless somebody is given back. Returns those at the head
        whose position changed by that."""
        line = self._lines.setdefault(session.queue, _Line())
        line.people.add(session)
        self.look(session)
        self._length += 1
        index = line.index(session)
        session.position = index + 1
        return line.moved(index + 1)

    def remove(self, session: W) -> list[W]:
        """Leave, from any place. Returns those at the head whose position changed."""
        line = self._lines[session.queue]
        index = line.index(session)
        line.people.remove(session)
        line.present.discard(session)
        self._length -= 1
        if not line.people:
            del self._lines[session.queue]
        return line.moved(index)

    def position(self, session: W) -> int:
        """Where somebody stands now, counted from 1."""
        return self._lines[session.queue].index(session) + 1

    def sweep(self, limit: int | None = None) -> list[W]:
        """The next at most `limit` people behind the heads whose position changed, now numbered anew. Fewer than
        `limit`: the round is over. What changes during a round belongs to the next one, which the next call begins."""
        if self._round is None:
            self._round = [(name, line.stale) for name, line in self._lines.items() if line.stale]
            for name, _ in self._round:
                self._lines[name].stale = None
        moved: list[W] = []
        room = self._length + 1 if limit is None else limit
        while self._round and len(moved) < room:
            name, place = self._round.pop()
            if name in self._lines:
                more = self._numbered_from(name, place, room - len(moved))
                moved += more
                if len(moved) == room:
                    number, id = _place(more[-1])
                    self._round.append((name, (number, id + "\0")))  # the very next place
        if len(moved) < room:
            self._round = None
        return moved

    def _numbered_from(self, name: str, place: _Place, limit: int) -> list[W]:
        people = self._lines[name].people
        index = max(people.bisect_key_left(place), HEAD)
        return list(islice(_numbered(people.islice(index), index + 1), limit))


class Listed:
    """The part of its queues that one console was told of: at most `most` people, and always those who have waited
    longest. So what a console is told when it comes does not grow with the people waiting."""

    def __init__(self, people: Iterable[Waiting] = (), most: int = LISTED) -> None:
        """`people` wait in the queues of this console, in their order."""
        self._most = most
        self._places = [_place(session) for session in islice(people, most)]

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, session: Waiting) -> bool:
        place = _place(session)
        index = bisect_left(self._places, place)
        return index < len(self._places) and self._places[index] == place

    @property
    def ids(self) -> set[str]:
        """Of the sessions."""
        return {id for _, id in self._places}

    def entered(self, session: Waiting) -> tuple[bool, str]:
        """Somebody waits now. Whether the console is to be told of them, and the id of who has to make room."""
        if len(self._places) >= self._most and _place(session) > self._places[-1]:
            return False, ""
        insort(self._places, _place(session))
        return True, self._places.pop()[1] if len(self._places) > self._most else ""

    def left(self, session: Waiting) -> bool:
        """Somebody waits no more. Whether the console was told of them."""
        if session not in self:
            return False
        del self._places[bisect_left(self._places, _place(session))]
        return True

    def refill(self, queues: Queues[W], names: Iterable[str]) -> W | None:
        """Who moves up, after somebody `left`, in the queues of this console."""
        if len(self._places) != self._most - 1:
            return None
        found = queues.behind(names, self._places[-1] if self._places else _FIRST)
        if found:
            self._places.append(_place(found))
        return found


def _place(session: Waiting) -> _Place:
    return session.queue_place, session.id


def _numbered(people: Iterable[W], first: int) -> Iterator[W]:
    """Number people from `first`; those who had another number."""
    for position, session in enumerate(people, first):
        if session.position != position:
            session.position = position
            yield session
