"""Rows of a list that the views leave alone: drawn a piece at a time, so that a long list holds nobody up."""

from ..element import Growing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

PIECE = 60
"""Rows drawn at once; the page breathes between two pieces."""


class Rows:
    """Rows are dicts with a `key` that stays. `draw(row)` gives the view of one, `drawn()` hears of each piece."""

    def __init__(
        self, host: "Any", root: "Any", reference: str, draw: "Callable[[Any], Any]", drawn: "Callable[[], Any]"
    ) -> None:
        self._host = host
        self._root = root
        self._reference = reference
        self._draw = draw
        self._drawn = drawn
        self._rows: "list[dict[str, Any]]" = []
        self._growing: "Growing | None" = None
        self._next = 0
        self._timer: "Any" = None

    @property
    def handle(self) -> "Any":
        """The element of the list; None while it is not on the page."""
        return None if self._growing is None else self._growing.handle

    def show(self, rows: "list[dict[str, Any]]", are_more: bool = False) -> None:
        """These, and no others. What stood there before and begins them stays where it is, and as it is where there
        `are_more` now and nothing else is new."""
        before = self._rows
        self._rows = rows
        stays = len(before) <= len(rows) and all(old["key"] == new["key"] for old, new in zip(before, rows))
        if self._growing is not None:
            if not stays:
                self._growing.clear()
            elif are_more and stays and self._next >= len(before):
                self._pause()
                self._next = len(before)
                self._fill()
                return
            self._begin()

    def redraw(self, row: "dict[str, Any]") -> None:
        """One row has changed; where it is not drawn yet, it will be as it is then."""
        if self._growing is not None and row["key"] in self._growing:
            self._growing.put(row["key"], self._draw(row))

    def redraw_all(self) -> None:
        if self._growing is not None:
            self._begin()

    def attach(self) -> None:
        """Call after each render: the list's element may be a new one, or gone."""
        handle = self._root.refs.get(self._reference)
        if handle is None:
            self._growing = None
            self._pause()
        elif self._growing is None or self._growing.handle is not handle:
            self._growing = Growing(self._root, self._reference)
            self._begin()

    def _begin(self) -> None:
        self._pause()
        self._next = 0
        self._fill()

    def _pause(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _fill(self) -> None:
        self._timer = None
        growing = self._growing
        if growing is None:
            return
        for row in self._rows[self._next : self._next + PIECE]:
            growing.put(row["key"], self._draw(row))
        self._next += PIECE
        if self._next < len(self._rows):
            self._timer = self._host.later(0, self._fill)
        self._drawn()
