"""Recordings of sessions: those that one may see, and the one that is watched. The page's address says which."""

from ...core.schema import is_identifier
from .recordings_custody import PATH
from .recordings_rows import Rows
from .recordings_viewing import Viewing
from .views_recordings import recording_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LIST = "#recordings"
ONE = "#recording="
_PLACE = "recordings"  # of what is written here
_PAUSE = 300.0
"""Milliseconds without a letter after which a search is sent."""
_PAGE = 50
"""As many recordings as the server gives at once."""


class Recordings:
    """They stand in the place of the panes while they are open. `console` is the page's controller."""

    def __init__(self, host: "Any", console: "Any") -> None:
        self._host = host
        self._console = console
        self.is_open = False
        self.viewing: "Viewing | None" = None
        self._search = ""
        self._found = "loading"
        self._list: "list[dict[str, Any]]" = []
        self._has_more = False
        self._asked = 0
        self._asks_more = False
        self._typing: "Any" = None
        self._watched = ""  # to whose row the focus goes back
        self._rows = Rows(host, console.root, "recordings", self._draw, _nothing)

    # where one is

    def open(self) -> None:
        self._move(LIST)

    def watch(self, recording: str) -> None:
        self._move(ONE + recording)

    def close(self) -> None:
        if self.is_open:
            self._forget_drafts()
            self._move("")

    def _move(self, fragment: str) -> None:
        self._host.push_fragment(fragment)
        self.go(fragment)

    def go(self, fragment: str) -> None:
        """Show what the address names. Call it once somebody is signed in, and when the address has changed."""
        if self._console.state["screen"] != "desk":
            return
        one = fragment[len(ONE) :] if fragment[: len(ONE)] == ONE else ""
        if is_identifier(one):
            self._watch(one)
        elif fragment == LIST:
            self._show_list()
        else:
            self.clear()
        self._console.changed()

    def _watch(self, recording: str) -> None:
        self.is_open = True
        if self.viewing is None or self.viewing.id != recording:
            self._stop()
            self.viewing = Viewing(self._host, self._console, self, recording)
            self.viewing.timeline.search = self._console.drafts.text(recording, "search")
            self.viewing.load()

    def _show_list(self) -> None:
        came = not self.is_open or self._found != "ready"
        if came:
            self._search = self._console.drafts.text(_PLACE, "search")
        self.is_open = True
        if self.viewing is not None:
            self._watched = self.viewing.id
            self._console.drafts.note(self.viewing.id, "search", "")
            self._stop()
        if came:
            self.fetch()

    def _stop(self) -> None:
        if self.viewing is not None:
            self.viewing.stop()
            self.viewing = None

    def clear(self) -> None:
        """Back to the desk; nothing is kept."""
        self._stop()
        self.is_open = False
        self._asked += 1  # what is still on its way is not waited for
        self._list = []
        self._found = "loading"
        self._search = ""
        self._watched = ""
        self._rows.show([])

    # the list

    def search(self, text: str) -> None:
        self._search = text
        if self._typing is not None:
            self._typing.cancel()
        self._typing = self._host.later(_PAUSE, self._searched)

    def _searched(self) -> None:
        self._typing = None
        if self.is_open:
            self.fetch()

    def note_drafts(self) -> None:
        """What is looked for comes back with the page."""
        if self.viewing is not None:
            self._console.drafts.note(self.viewing.id, "search", self.viewing.timeline.search)
        elif self.is_open:
            self._console.drafts.note(_PLACE, "search", self._search)

    def _forget_drafts(self) -> None:
        """Somebody who closes them begins anew the next time."""
        self._console.drafts.note(_PLACE, "search", "")
        if self.viewing is not None:
            self._console.drafts.note(self.viewing.id, "search", "")

    def fetch(self) -> None:
        """Those that match, newest first."""
        if self._found != "ready":
            self._found = "loading"
        self._ask("", [])

    def more(self) -> None:
        """Those before the oldest that is shown."""
        if self._has_more and not self._asks_more:
            self._asks_more = True
            self._ask(self._list[-1]["id"], self._list)

    def _ask(self, before: str, known: "list[dict[str, Any]]") -> None:
        self._asked += 1
        number = self._asked
        search = self._host.encoded(self._search.strip())

        def answered(status: int, answer: "dict[str, Any]") -> None:
            if number == self._asked:
                self._answered(status, answer, known)

        self._host.request("GET", PATH + "?search=" + search + ("&before=" + before if before else ""), None, answered)

    def _answered(self, status: int, answer: "dict[str, Any]", known: "list[dict[str, Any]]") -> None:
        self._asks_more = False
        if status == 200 and "recordings" in answer:
            found = answer["recordings"]
            self._found = "ready"
            self._list = known + found
            self._has_more = bool(answer.get("more", len(found) >= _PAGE))
            if self._search.strip():
                self._console.state["status"] = self._console.t("recordings.count", count=len(self._list))
        else:
            self._found = "failed"
            self._list = []
        self._show()
        self._console.changed()

    def _show(self) -> None:
        self._rows.show([recording | {"key": recording["id"]} for recording in self._list])

    def changed(self, about: "dict[str, Any]") -> None:
        """One of them is known better now."""
        self._list = [about if one["id"] == about["id"] else one for one in self._list]
        self._show()

    def deleted(self, recording: str) -> None:
        """It is gone for good: nobody wants to look at its page any more."""
        self._list = [one for one in self._list if one["id"] != recording]
        self._show()
        self._console.state["status"] = self._console.t("recordings.deleted")
        self.open()

    def _draw(self, row: "dict[str, Any]") -> "Any":
        return recording_row(self.about(row), self._console.t)

    def about(self, recording: "dict[str, Any]") -> "dict[str, Any]":
        """A recording as the views take it: its moments in words."""
        time, iso = self._host.moment(recording["started_at"])
        kept, kept_iso = "", ""
        if recording.get("delete_at") is not None and recording["state"] != "deleted":
            kept, kept_iso = self._host.date(recording["delete_at"])
        return {
            "id": recording["id"],
            "customer": recording["customer"],
            "representative": recording["representative"],
            "time": time,
            "iso": iso,
            "seconds": int(recording["duration"] or 0) // 1000,
            "size": int(recording["size"] or 0),
            "state": recording["state"],
            "kept": kept,
            "kept_iso": kept_iso,
        }

    # on the page

    def language_changed(self) -> None:
        self._rows.redraw_all()
        if self.viewing is not None:
            self.viewing.language_changed()

    def attach(self) -> None:
        """Call after each render."""
        self._rows.attach()
        if self.viewing is not None:
            self.viewing.attach()
        elif self._watched and self._rows.handle is not None:
            self._host.focus("recording-" + self._watched)
            self._watched = ""

    def state(self) -> "dict[str, Any] | None":
        if not self.is_open:
            return None
        return {
            "search": self._search,
            "found": self._found,
            "count": len(self._list),
            "more": self._has_more,
            "watched": None if self.viewing is None else self.viewing.state(),
        }


def _nothing() -> None:
    """A list in which nothing is followed."""
