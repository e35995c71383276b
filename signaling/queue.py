"""The queue: first come, first served, at a cost that does not grow with the people waiting."""

from collections import OrderedDict
from collections.abc import Iterator
from itertools import islice

from signaling.session import Session

HEAD = 20
"""So many at the head of the queue hear of a new position at once, the others at the next `sweep`."""


class Queue:
    """The waiting sessions in order. `session.position` is what its customer was last told."""

    def __init__(self) -> None:
        # Not a dict: taking from the front of one again and again leaves holes that every look has to cross.
        self._waiting: OrderedDict[str, Session] = OrderedDict()
        self._pages: dict[str, Session] = {}
        self._behind = False

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[Session]:
        return iter(self._waiting.values())

    def append(self, session: Session) -> None:
        """Enter at the end."""
        self._waiting[session.id] = self._pages[session.page] = session
        session.position = len(self._waiting)

    def remove(self, session: Session) -> list[Session]:
        """Leave, from any place. Returns those near the head whose position changed."""
        del self._waiting[session.id]
        self.forget_page(session)
        self._behind = len(self._waiting) > HEAD
        return self._number(HEAD)

    def of_page(self, page: str) -> Session | None:
        """Who entered from this page."""
        return self._pages.get(page)

    def forget_page(self, session: Session) -> None:
        """A session is no longer to be found by its page."""
        if self._pages.get(session.page) is session:
            del self._pages[session.page]

    def first(self) -> Session | None:
        """Who is next."""
        return next(iter(self._waiting.values()), None)

    def sweep(self) -> list[Session]:
        """Everybody else whose position changed since they were last told."""
        if not self._behind:
            return []
        self._behind = False
        return self._number(len(self._waiting))

    def _number(self, most: int) -> list[Session]:
        moved = []
        for position, session in enumerate(islice(self._waiting.values(), most), 1):
            if session.position != position:
                session.position = position
                moved.append(session)
        return moved
