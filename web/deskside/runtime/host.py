"""What the controllers of `ui` need of the browser, in one object they are given."""

from ..ui.element import Root
from . import media, modules
from .attention import Attention, prefers_reduced_motion
from .certificate import Certificate
from .clock import PageClock, zone
from .crypto import crypto
from .deadline import PATIENCE, within
from .dom import BrowserDom, blob
from .file_room import pick_place, room_for
from .files import FileReceiver, FileSender, FileStorage
from .http import request, server_origin
from .js import attempt, document, get, identifier, later, window
from .page import address
from .recorder import Recorder
from .records import Records
from .rtc import Peer
from .storage import DEVICE, TAB, draft, keep_draft, recall, remember

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


SWEPT_AFTER = 10_000.0
"""Milliseconds after its start in which a page has come back to what it had of files."""
LEFT_FOR = 3_600_000.0
"""What nobody has written to for so long belongs to no session that anybody can come back to."""


class BrowserHost:
    """Clock, ids, storage, attention, peers, files and capture of this page."""

    def __init__(self, name: str, ready: "Callable[[], Any]") -> None:
        self.attention = Attention("sw.js")
        self.page = identifier()
        self.capabilities = media.capabilities()
        self.has_small_window = media.has_small_window()
        self.page_clock = PageClock()
        self.records = Records(name, ready)
        self._certificate = Certificate()
        self.crypto = crypto()
        self._files = FileStorage(modules.asset("writer") or "")
        self._files.start()
        later(SWEPT_AFTER, lambda: self._files.sweep(LEFT_FOR))

    def now(self) -> float:
        """The server's time, for moments."""
        return self.page_clock.now()

    def passed(self) -> float:
        """Milliseconds, for durations."""
        return self.page_clock.passed()

    def heard(self, now: float) -> None:
        """The server says what time it is."""
        self.page_clock.heard(now)

    def identifier(self) -> str:
        return identifier()

    def clock(self, at: float) -> "tuple[str, str]":
        """A moment as the time of day in the page's language, and as ISO 8601 with what it is ahead of UTC."""
        return self.page_clock.said("time", at)

    def moment(self, at: float) -> "tuple[str, str]":
        """A moment as date and time, and as ISO 8601."""
        return self.page_clock.said("moment", at)

    def day(self, at: float) -> "tuple[str, str]":
        """A moment as day of the week and date, and as ISO 8601."""
        return self.page_clock.said("day", at)

    def zone(self) -> str:
        """The name of this device's time zone."""
        return zone()

    def folded(self, text: str) -> str:
        """A text for comparing, in small letters of every script."""
        # Python's own knows only ASCII here.
        lower = window.Reflect.get(window.String.prototype, "toLowerCase")
        return str(window.Reflect.apply(lower, text, window.Array.of()))

    def copy(self, text: str, done: "Callable[[bool], Any]") -> None:
        """Put a text on the clipboard; `done` hears whether the browser did it."""
        clipboard = get(window.navigator, "clipboard")
        if clipboard is None:
            done(False)
        else:
            within(PATIENCE, clipboard.writeText(text), lambda _: done(True), lambda _: done(False))

    def address(self, path: str) -> str:
        """The whole address of a path of this page's server."""
        return address(path)

    def server_origin(self) -> str:
        return server_origin()

    def later(self, milliseconds: float, handler: "Callable[[], Any]") -> "Any":
        return later(milliseconds, handler)

    def recall(self, key: str) -> "str | None":
        return recall(key)

    def remember(self, key: str, value: "str | None") -> None:
        remember(key, value)

    def draft(self, name: str) -> str:
        return draft(name)

    def keep_draft(self, name: str, value: str) -> None:
        keep_draft(name, value)

    def unkept(self) -> str:
        """What would be lost with this page, because the browser does not keep it: the `session`, its `conversation`,
        what is typed in this tab and not sent (`draft`), or "".
        """
        if not DEVICE.keeps:
            return "session"
        if not self.records.keeps:
            return "conversation"
        return "" if TAB.keeps else "draft"

    def when_unkept(self, changed: "Callable[[], Any]") -> None:
        """Call `changed` whenever `unkept()` may say something else."""
        self.records.changed = changed

    def chance(self) -> float:
        """Between 0 and 1, another one each time."""
        return float(window.Math.random() + 1e-9)

    def go(self, address: str) -> None:
        """Leave this page for another site."""
        attempt(window.location, "assign", address)

    def reduced_motion(self) -> bool:
        return prefers_reduced_motion()

    def make_peer(
        self, peer_id: str, link: "Any", configuration: "dict[str, Any]", owner: "Any", guarded: bool
    ) -> Peer:
        return Peer(peer_id, link, configuration, owner, guarded, self._certificate, self.records.when_kept)

    def make_recorder(self, recorder_id: str, configuration: "dict[str, Any]", owner: "Any") -> Recorder:
        return Recorder(recorder_id, configuration, owner)

    # files

    def file_sender(self, file: "Any", file_id: str, on_change: "Callable[[], Any]") -> FileSender:
        return FileSender(file, file_id, on_change)

    def file_receiver(
        self, entry: str, offer: "dict[str, Any]", on_change: "Callable[[], Any]", place: "Any" = None
    ) -> FileReceiver:
        return FileReceiver(self._files, entry, offer["name"], offer["size"], on_change, place)

    def forget_file(self, entry: str) -> None:
        """Delete what an earlier page of this session has received into this entry."""
        self._files.forget(entry)

    def room_for(self, size: int, answered: "Callable[[str], Any]") -> None:
        room_for(self._files, size, answered)

    def pick_place(self, name: str, picked: "Callable[[Any], Any]", failed: "Callable[[str], Any]") -> None:
        pick_place(name, picked, failed)

    def save_text(self, name: str, text: str, mime: str) -> None:
        """Hand a text to the browser's downloads."""
        address = window.URL.createObjectURL(blob([text], mime))
        link = document.createElement("a")
        link.href = address
        link.download = name
        link.click()
        later(60_000.0, lambda: window.URL.revokeObjectURL(address))

    # screen and camera

    def capture(self, surface: str, ok: "Callable[[Any], Any]", failed: "Callable[[str], Any]") -> None:
        media.capture(surface, ok, failed)

    def capturing(self, surface: str, stream: "Any", on_ended: "Callable[[], Any]") -> media.Capture:
        return media.Capture(surface, stream, on_ended)

    def stop_media(self) -> None:
        """Stop every track and void every picker that is still open."""
        window.deskside.guard.stopMedia()

    def resumed(self) -> None:
        """Show the page: it is known what there is to come back to, or that there is nothing."""
        root = document.documentElement
        if root.hasAttribute("data-resuming"):
            root.removeAttribute("data-resuming")
            document.getElementById("resuming").hidden = True

    def guard_beat(self) -> None:
        """Leases were looked after just now; the guard ends everything where this stays away."""
        window.deskside.guard.beat(self.page_clock.ahead())

    def guard_shown(self) -> None:
        """The page itself shows that everything was revoked: the guard's note is not needed."""
        guard = window.deskside.guard
        guard.shown = guard.epoch
        note = document.getElementById("revoked-note")
        if get(note, "id") is not None:
            note.hidden = True

    def small_window(self, opened: "Any", closed: "Any", failed: "Any") -> media.SmallWindow:
        return media.SmallWindow(opened, closed, failed)

    def root_in(self, made: "Any", dispatch: "Any") -> Root:
        """A Root in another window's document."""
        place = made.document.createElement("div")
        made.document.body.appendChild(place)
        return Root(BrowserDom(made.document, place, dispatch, lambda: None), place)

    @property
    def can_pop_out(self) -> bool:
        return bool(get(document, "pictureInPictureEnabled", False))

    def play(self, video: "Any", track: "Any", changed: "Callable[[], Any]") -> media.Player:
        return media.Player(video, track, changed)

    # the server's HTTP interface

    def request(self, method: str, path: str, body: "Any", answered: "Callable[[int, Any], Any]") -> None:
        request(method, path, body, answered)

    def forget_fragment(self) -> None:
        """Take a one-time link out of the address bar and the history."""
        window.history.replaceState(None, "", window.location.pathname)

    def reload(self) -> None:
        window.location.reload()
