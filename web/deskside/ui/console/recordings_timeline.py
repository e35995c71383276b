"""What happened in a recorded session, as rows beside the picture: found by words, and followed while it plays."""

from ...core.ordering import in_order
from .recordings_rows import Rows
from .views_recordings_timeline import entry_text, entry_who, timeline_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

SHORTEST_GAP = 1000
"""Milliseconds between two parts that are worth a line."""
_NEAR = 60.0
"""A picture that stands at an entry may be this many milliseconds before it: browsers round."""
_PAUSE = 150.0
_SETTLES = 5
_SETTLED_AFTER = 60.0
"""Rows get their real heights as they come into sight: the present one is looked for so many times, in milliseconds."""
MOST_MARKED = 50
"""Places of one word in one entry: each is an element, and the customer has written the text."""
_SILENT = ("keys",)


def rows_of(parts: "list[dict[str, Any]]", entries: "list[dict[str, Any]]") -> "list[dict[str, Any]]":
    """Parts, what lies between them, and what happened, in order. A single part needs no line of its own."""
    rows: "list[dict[str, Any]]" = []
    end = 0
    for at, part in enumerate(parts):
        number = part["number"]
        gap = part["offset"] - end
        if at and gap >= SHORTEST_GAP:
            rows.append({"key": f"gap-{number}", "kind": "gap", "offset": end, "place": 0, "seconds": gap // 1000})
        end = part["offset"] + part["duration"]
        if len(parts) > 1:
            rows.append({"key": f"part-{number}", "kind": "part", "part": number, "offset": part["offset"], "place": 1})
    return in_order(rows + _entry_rows(parts, entries), _place)


def _entry_rows(parts: "list[dict[str, Any]]", entries: "list[dict[str, Any]]") -> "list[dict[str, Any]]":
    rows = []
    numbers = {part["number"]: True for part in parts}
    for entry in entries:
        if entry["kind"] not in _SILENT:
            # Its own part, or the last one that had begun.
            part = entry["part"] if entry.get("part") in numbers else _last_begun(entry, parts)
            row = {"key": "entry-{}".format(entry["number"]), "kind": "entry", "part": part}
            rows.append(row | {"offset": entry["offset"], "place": 2 + entry["number"], "entry": entry})
    return rows


def _place(row: "dict[str, Any]") -> "tuple[int, int]":
    return row["offset"], row["place"]


def _last_begun(entry: "dict[str, Any]", parts: "list[dict[str, Any]]") -> int:
    found = parts[0]["number"]
    for part in parts:
        if part["offset"] <= entry["offset"]:
            found = part["number"]
    return int(found)


class Timeline:
    """`about` tells who took part; `searched()` is called when other rows are shown than before."""

    def __init__(
        self, host: "Any", root: "Any", t: "Any", about: "Callable[[], dict[str, Any]]", searched: "Callable[[], Any]"
    ) -> None:
        self._host = host
        self._t = t
        self._about = about
        self._searched = searched
        self._all: "list[dict[str, Any]]" = []
        self._entries: "list[dict[str, Any]]" = []  # the rows that can be present, in order
        self._words: "list[str]" = []
        self._typing: "Any" = None
        self._settling: "Any" = None
        self._present: "dict[str, Any] | None" = None
        self.search = ""
        self.shown = 0
        self.is_following = True
        self._rows = Rows(host, root, "timeline", self._draw, self._follow)

    @property
    def count(self) -> int:
        return len(self._entries)

    def load(self, parts: "list[dict[str, Any]]", entries: "list[dict[str, Any]]") -> None:
        self._all = rows_of(parts, entries) if parts else []
        self._entries = [row for row in self._all if row["kind"] == "entry"]
        self._present = None
        self._put_into_words(self._entries)
        self._filter()

    def add(self, parts: "list[dict[str, Any]]", entries: "list[dict[str, Any]]") -> None:
        """What follows in a long timeline, which comes a piece at a time."""
        new = _entry_rows(parts, entries)
        self._put_into_words(new)
        at = len(self._all)
        while new and at and _place(self._all[at - 1]) > _place(new[0]):
            at -= 1
        self._all = self._all[:at] + in_order(self._all[at:] + new, _place)
        self._entries = [row for row in self._all if row["kind"] == "entry"]
        self._filter(True)

    def _put_into_words(self, rows: "list[dict[str, Any]]") -> None:
        about = self._about()
        for row in rows:
            who = entry_who(row["entry"], about, self._t)
            row["who"] = who
            row["text"] = entry_text(row["entry"], who, self._t)
            row["folded"] = self._host.folded(row["text"])
            mark = str(self._t("recordings.unproved")) if row["entry"].get("unproved") else ""
            row["found_in"] = self._host.folded(who + " " + mark) + " " + row["folded"]

    def language_changed(self) -> None:
        self._put_into_words(self._entries)
        self._filter()

    # looking for something

    def find(self, text: str) -> None:
        self.search = text
        if self._typing is not None:
            self._typing.cancel()
        self._typing = self._host.later(_PAUSE, self._found)

    def _found(self) -> None:
        self._typing = None
        self._filter()
        self._searched()

    def _filter(self, are_more: bool = False) -> None:
        """With words to look for, the entries in which all of them are."""
        self._words = self._host.folded(self.search).split()
        rows = self._all
        if self._words:
            rows = [row for row in self._entries if all(word in row["found_in"] for word in self._words)]
        self.shown = len(rows) if self._words else len(self._entries)
        self._rows.show(rows, are_more)

    # following what plays

    def at(self, offset: float) -> None:
        """The picture is at this millisecond of the recording."""
        row = self._last_before(offset + _NEAR)
        if row is not self._present:
            before = self._present
            self._present = row
            for one in (before, row):
                if one is not None:
                    self._rows.redraw(one)
            self._follow()

    def _last_before(self, offset: float) -> "dict[str, Any] | None":
        low, high = 0, len(self._entries)
        while low < high:
            middle = (low + high) // 2
            if self._entries[middle]["offset"] <= offset:
                low = middle + 1
            else:
                high = middle
        return self._entries[low - 1] if low else None

    def _follow(self) -> None:
        self._bring(_SETTLES)

    def _bring(self, tries: int) -> None:
        self.hold_still()
        box = self._rows.handle
        if not self.is_following or box is None or self._present is None:
            return
        if self._host.bring_into_view(box, "moment-" + self._present["key"]) and tries:
            self._settling = self._host.later(_SETTLED_AFTER, lambda: self._bring(tries - 1))

    def hold_still(self) -> None:
        """Nothing settles any more; where the person's hand is on the list, what it scrolls from now on counts."""
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None

    def scrolled(self) -> None:
        """By the person; what `_follow` scrolls does not count."""
        box = self._rows.handle
        if self._settling is None and box is not None and self._present is not None:
            self.is_following = bool(self._host.is_in_view(box, "moment-" + self._present["key"]))

    def follow(self) -> None:
        self.is_following = True
        self._follow()

    # on the page

    def row(self, key: str) -> "dict[str, Any] | None":
        for row in self._all:
            if row["key"] == key:
                return row
        return None

    def attach(self) -> None:
        """Call after each render."""
        self._rows.attach()

    def _draw(self, row: "dict[str, Any]") -> "Any":
        marks = _places(row["text"], row["folded"], self._words) if row["kind"] == "entry" else []
        return timeline_row(row, marks, row is self._present, self._t)


def _places(text: str, folded: str, words: "list[str]") -> "list[tuple[int, int]]":
    """Where the words stand in the text, in order and without overlap, each the first so many times; nowhere if folding
    has moved its letters."""
    if not words or len(text) != len(folded):
        return []
    found: "list[tuple[int, int]]" = []
    for word in words:
        at = 0
        for piece in folded.split(word)[:-1][:MOST_MARKED]:
            at += len(piece)
            found.append((at, at + len(word)))
            at += len(word)
    merged: "list[tuple[int, int]]" = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
