"""Who waits, as the console knows it: entries come and go one by one, whatever the length of the queue."""

from ..element import Growing
from ..views.words import duration
from .views_queue import queue_entry_view

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHOWN = 200
"""Entries drawn at once; who waits behind them moves up. The server tells of no more than these; an older one does."""


class Queue:
    """Filled by the server's messages, drawn into the list that the views leave alone."""

    def __init__(self, host: "Any", root: "Any", t: "Any") -> None:
        self._host = host
        self._root = root
        self._t = t
        self._entries: "dict[str, dict[str, Any]]" = {}
        self._order: "list[str]" = []
        self._said: "dict[str, str]" = {}  # session -> the waiting time as it is drawn
        self._growing: "Growing | None" = None
        self._accepting = ""
        self.can_remove = False  # the server knows `remove`
        self._asks = ""  # whom the representative is asked about, whether to remove them
        self.removing = ""  # the same one, once it was confirmed and until the server has answered

    def __len__(self) -> int:
        return len(self._order)

    def behind(self, waiting: int) -> int:
        """How many of those who wait are not in the list."""
        return max(0, waiting - SHOWN) if len(self._order) >= SHOWN else 0

    def clear(self) -> None:
        self._entries = {}
        self._order = []
        self._said = {}
        self._asks = self.removing = ""
        if self._growing is not None:
            self._growing.clear()

    def entered(self, entry: "dict[str, Any]") -> None:
        session = entry["session"]
        if session not in self._entries:
            self._order.append(session)
        self._entries[session] = entry
        self._draw(session)

    def changed(self, session: str, connected: bool) -> None:
        if session in self._entries:
            self._entries[session]["connected"] = connected
            self._draw(session)

    def left(self, session: str) -> None:
        if session == self._asks:
            self._asks = self.removing = ""
        if session in self._entries:
            del self._entries[session]
            self._said.pop(session, None)
            self._order.remove(session)
            if self._growing is not None:
                self._growing.remove(session)
                if len(self._order) >= SHOWN:
                    self._draw(self._order[SHOWN - 1])

    def accepting(self, session: str) -> None:
        """The representative has pressed `Accept` there; "" when the server has answered."""
        before = self._accepting
        self._accepting = session
        self._draw_again(before, session)

    def ask_to_remove(self, session: str) -> None:
        """The representative has pressed `Remove from queue` there; "" when nobody is asked about any more."""
        before = self._asks
        self._asks, self.removing = session, ""
        self._draw_again(before, session)

    def removed(self) -> None:
        """It was confirmed, and the server has been asked."""
        self.removing = self._asks
        self._draw_again(self.removing)

    def name(self, session: str) -> str:
        """What somebody who waits is called."""
        return str(self._entries[session]["name"] or self._t("person.customer"))

    def _draw_again(self, *sessions: str) -> None:
        for session in sessions:
            if session in self._entries:
                self._draw(session)

    def attach(self) -> None:
        """Call after each render: the list's element may be a new one, or gone."""
        handle = self._root.refs.get("queue")
        if handle is None:
            self._growing = None
        elif self._growing is None or self._growing.handle is not handle:
            self._growing = Growing(self._root, "queue")
            for session in self._order[:SHOWN]:
                self._draw(session)

    def tick(self, anew: bool = False) -> None:
        """Once a second: the waiting times in the list that are said in other words now. `anew`: everything is."""
        for session in self._order[:SHOWN]:
            if anew or duration(self._waited(session), self._t) != self._said.get(session):
                self._draw(session)

    def _waited(self, session: str) -> int:
        return max(0, int((self._host.now() - self._entries[session]["entered_at"]) / 1000.0))

    def _draw(self, session: str) -> None:
        growing = self._growing
        if growing is None:
            return
        if session not in growing and len(growing) >= SHOWN:
            return
        entry = dict(self._entries[session])
        entry["waited"] = self._waited(session)
        self._said[session] = duration(entry["waited"], self._t)
        entry["accepting"] = session == self._accepting
        if self.can_remove:
            entry["removal"] = "busy" if session == self.removing else "asks" if session == self._asks else "offered"
        growing.put(session, queue_entry_view(entry, self._t))
