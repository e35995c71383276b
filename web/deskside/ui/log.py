"""The log on the page: it grows at its end, keeps the last line in sight, and never draws itself again."""

from .element import Growing
from .views.entry import day_view, entry_view

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHOWN_AT_FIRST = 200
PIECE = 20
"""Entries that are drawn at once, from the last one up; the page breathes between two pieces."""
MOST_SHOWN = 400
"""Entries on the page while its last line is in sight: the other side decides how many there are in all."""
_DAY = "day "
"""Before an entry's id: the key of the line above it."""


class LogView:
    """Shows one conversation at a time in the element that the views call `log`.

    `latest_seen()` is called when the last line has come into sight.
    """

    def __init__(self, root: "Any", t: "Any", latest_seen: "Any") -> None:
        self._root = root
        self._t = t
        self._latest_seen = latest_seen
        self._growing: "Growing | None" = None
        self._conversation: "Any" = None
        self._first = 0
        self._wanted = 0  # from here on all are to be drawn
        self._pinned = True  # the last line is in sight and stays there, whatever else takes room
        self._news = 0  # changes since it was scrolled to the last line
        self._new_messages = 0  # among them
        self._bottom = 0.0  # where that was

    def attach(self, conversation: "Any") -> None:
        """Call after each render: the log's element may be a new one, or gone."""
        handle = self._root.refs.get("log")
        if handle is None or conversation is None:
            self._growing = None
            self._conversation = None
            return
        if self._growing is not None and self._conversation is conversation and self._growing.handle is handle:
            if self._pinned and (self._news or not self._root.dom.is_at_end(handle)):
                self._let_earlier_go()
                self.show_latest()
            return
        self._growing = Growing(self._root, "log")
        self._conversation = conversation
        self._first = len(conversation.order)
        self._pinned = True
        self._wanted = max(0, self._first - SHOWN_AT_FIRST)
        self._draw_piece()

    def put(self, conversation: "Any", entry: "dict[str, Any]") -> None:
        """An entry is new or has changed. A log whose last line is in sight follows at the next rendering: to ask where
        it stands has the browser lay out the page, which costs more than the entry."""
        growing = self._growing
        if growing is None or conversation is not self._conversation:
            return
        is_new = entry["id"] not in growing
        if is_new and entry["number"] <= self._first:
            return
        self._put(entry)
        if is_new and entry["mine"] and entry["kind"] == "message":
            self._pinned = True
        is_message = is_new and entry["kind"] == "message"
        if self._pinned:
            self._news += 1
            self._new_messages += is_message
        elif is_message:
            conversation.talk["unseen"] += 1

    def redraw(self) -> None:
        """Every entry that is shown says what it says in another language now."""
        if self._growing is not None:
            for entry_id in self._conversation.order[self._first :]:
                self._put(self._conversation.entries[entry_id])

    def _put(self, entry: "dict[str, Any]", before: "str | None" = None) -> None:
        """Show an entry, and above it the day where another one begins with it."""
        growing: "Any" = self._growing
        day = self._conversation.new_day(entry)
        if day is not None:
            place = entry["id"] if entry["id"] in growing else before
            growing.put(_DAY + entry["id"], day_view(day[0], day[1]), place)
        else:
            growing.remove(_DAY + entry["id"])
        growing.put(entry["id"], entry_view(entry, self._t), before)

    def show_latest(self) -> None:
        if self._growing is not None:
            self._pinned = True
            self._news = 0
            self._new_messages = 0
            self._root.dom.scroll_to_end(self._growing.handle)
            self._bottom = self._root.dom.bottom(self._growing.handle)

    def scrolled(self) -> None:
        """The reader has scrolled: to the end, or to the beginning of what is shown."""
        if self._growing is None:
            return
        dom = self._root.dom
        if self._pinned and self._news and dom.bottom(self._growing.handle) > self._bottom - 48.0:
            return  # the log has grown, and nobody has scrolled
        self._pinned = bool(dom.is_at_end(self._growing.handle))
        if self._pinned:
            self._latest_seen()
            return
        self._conversation.talk["unseen"] += self._new_messages
        self._new_messages = 0
        if self._first > 0 and dom.is_at_start(self._growing.handle):
            self._show_earlier()

    def _let_earlier_go(self) -> None:
        """Two for each that is new, so that no message costs much more than another. They come back to a reader who
        scrolls up."""
        growing: "Any" = self._growing
        order = self._conversation.order
        for entry_id in order[self._first : self._first + 2 * self._news]:
            if len(order) - self._first <= MOST_SHOWN:
                break
            growing.remove(_DAY + entry_id)
            growing.remove(entry_id)
            self._first += 1
            self._wanted = self._first

    def _show_earlier(self) -> None:
        if self._wanted == self._first:
            self._wanted = max(0, self._first - SHOWN_AT_FIRST)
            self._draw_piece()

    def _draw_piece(self) -> None:
        """What is seen stays where it is: at the end, or further up where somebody reads."""
        growing: "Any" = self._growing
        conversation = self._conversation
        order = conversation.order
        before = None
        if self._first < len(order):
            before = order[self._first]
            if _DAY + before in growing:
                before = _DAY + before
        begin = max(self._wanted, self._first - PIECE)
        height = 0.0 if self._pinned else self._root.dom.height(growing.handle)
        for entry_id in order[begin : self._first]:
            self._put(conversation.entries[entry_id], before)
        self._first = begin
        if self._pinned:
            self.show_latest()
        else:
            self._root.dom.scroll_by(growing.handle, self._root.dom.height(growing.handle) - height)
        if self._first > self._wanted:
            conversation.host.later(0, lambda: self._draw_next(growing))

    def _draw_next(self, growing: "Any") -> None:
        if self._growing is growing and self._first > self._wanted:
            self._draw_piece()

    @property
    def is_at_end(self) -> bool:
        return self._growing is not None and bool(self._root.dom.is_at_end(self._growing.handle))
