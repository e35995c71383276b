"""A browser without a browser: clock, storage, guard, pickers and attention, with the surface of `runtime.host`."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import Any

from deskside.core.server_clock import ServerClock
from deskside.ui.element import Root
from tests.ui.fakes_attention import FakeAttention
from tests.ui.fakes_crypto import FakeCrypto
from tests.ui.fakes_dom import FakeDom
from tests.ui.fakes_files import FakeFiles
from tests.ui.fakes_peer import FakeConnection, FakePeer, FakeTrack
from tests.ui.fakes_recorder import FakeRecorder
from tests.ui.fakes_window import FakePlayer, FakeWindow

_NUMBERS = count(1)


class FakeTimer:
    def __init__(self, at: float, handler: Callable[[], Any]) -> None:
        self.at = at
        self.handler: Callable[[], Any] | None = handler

    def cancel(self) -> None:
        self.handler = None


class FakeRecords:
    """The device's storage. It answers a load later, as IndexedDB does, and holds JSON, as ours does."""

    def __init__(self, host: "FakeHost") -> None:
        self._host = host
        self.kept: dict[str, str] = {}

    def put(self, key: str, value: Any) -> None:
        self.kept[key] = json.dumps(value)

    def when_kept(self, done: Callable[[], Any]) -> None:
        self._host.later(0, done)

    def load(self, prefix: str, then: Callable[[list[Any]], Any]) -> None:
        def answer() -> None:
            then([json.loads(self.kept[key]) for key in sorted(self.kept) if key.startswith(prefix)])

        self._host.later(0, answer)

    def delete(self, prefix: str) -> None:
        for key in [key for key in self.kept if key.startswith(prefix)]:
            del self.kept[key]

    def sweep(self, kept: list[str]) -> None:
        for key in [key for key in self.kept if key.split("/")[0] not in kept]:
            del self.kept[key]


class FakeGuard:
    """web/guard.js: what it holds ends with a press, before Python hears of it."""

    def __init__(self) -> None:
        self.epoch = 0
        self.beats = 0
        self.tracks: list[FakeTrack] = []
        self.connections: list[FakeConnection | FakeRecorder] = []

    def stop_media(self) -> None:
        self.epoch += 1
        for track in self.tracks:
            track.stop()
        self.tracks = []

    def press(self) -> None:
        self.stop_media()
        for connection in list(self.connections):
            connection.close()
        self.connections = []


class Picker:
    """The browser's own dialog, until the person chooses."""

    def __init__(self, host: "FakeHost", surface: str, ok: Callable[[Any], Any], failed: Callable[[str], Any]) -> None:
        self._host = host
        self._epoch = host.guard.epoch
        self._ok = ok
        self._failed = failed
        self.surface = surface
        self.track = FakeTrack()
        self.is_open = True

    def choose(self) -> FakeTrack:
        self.is_open = False
        if self._epoch != self._host.guard.epoch:
            self.track.stop()
            self._failed("AbortError")
        else:
            self._host.guard.tracks.append(self.track)
            self._ok(self.track)
        return self.track

    def fail(self, error: str = "NotAllowedError") -> None:
        self.is_open = False
        self.track.stop()
        self._failed(error)


class FakeCapture:
    def __init__(self, host: "FakeHost", surface: str, track: FakeTrack, on_ended: Callable[[], Any]) -> None:
        self._host = host
        self.surface = surface
        self.track = track
        self.on_ended = on_ended

    def send(self, connection: FakeConnection) -> None:
        assert not connection.is_closed, "a closed connection throws"
        connection.tracks.append(self.track)

    def stop(self) -> None:
        if self.track in self._host.guard.tracks:
            self._host.guard.tracks.remove(self.track)
        self.track.stop()


class FakeHost(FakeFiles):
    """One device. Timers run when the test lets time pass; nothing else happens by itself."""

    def __init__(
        self,
        device: dict[str, str] | None = None,
        records: FakeRecords | None = None,
        drafts: dict[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.attention = FakeAttention()
        self.page = "page"
        self.capabilities = {"screen": True, "camera": True}
        self.has_small_window = True
        self.can_pop_out = True
        self.records = FakeRecords(self)
        if records is not None:
            self.records.kept = records.kept
        self.device = {} if device is None else device
        self.drafts = {} if drafts is None else drafts
        self.gone_to = ""
        self.missing = ""  # what this device does not keep
        self.copied: list[str] = []
        self.can_copy = True
        self.guard = FakeGuard()
        self.time = 1_700_000_000_000.0  # that has passed
        self.zone_hours = 1
        self.off = 0.0  # of this device's own clock
        self.server_clock = ServerClock(self.time, self.time)
        self.timers: list[FakeTimer] = []
        self.peers: list[FakePeer] = []
        self.recorders: list[FakeRecorder] = []
        self.pickers: list[Picker] = []
        self.captures: list[FakeCapture] = []
        self.windows: list[FakeWindow] = []
        self.requests: list[tuple[str, str, Any, Callable[[int, Any], Any]]] = []
        self.saved: list[tuple[str, str]] = []
        self.crypto: FakeCrypto | None = None  # as over plain HTTP, unless a test wants one
        self.reloads = 0
        self.calls: list[str] = []
        self._number = next(_NUMBERS)  # no two make the same identifier
        self._last = 0

    def now(self) -> float:
        return self.server_clock.now(self.time)

    def passed(self) -> float:
        return self.server_clock.passed(self.time)

    def heard(self, now: float) -> None:
        self.server_clock.heard(now, self.time, self.time + self.off)

    def set_clock(self, off: float) -> None:
        """A page on a device whose clock is so many milliseconds off, and which the server has not told better yet."""
        self.off = off
        self.server_clock = ServerClock(self.time, self.time + off)

    def identifier(self) -> str:
        self._last += 1
        return f"id{self._number:06}-{self._last}"

    def _local(self, at: float) -> datetime:
        return datetime.fromtimestamp(at / 1000, timezone(timedelta(hours=self.zone_hours)))

    def _iso(self, at: float) -> str:
        return self._local(at).isoformat(timespec="milliseconds")

    def clock(self, at: float) -> tuple[str, str]:
        return "12:00", self._iso(at)

    def moment(self, at: float) -> tuple[str, str]:
        return "14 Nov 2023, 12:00", self._iso(at)

    def day(self, at: float) -> tuple[str, str]:
        return f"{self._local(at):%A, %d %B %Y}", self._iso(at)

    def zone(self) -> str:
        return "Europe/Berlin"

    def folded(self, text: str) -> str:
        return text.lower()

    def copy(self, text: str, done: Callable[[bool], Any]) -> None:
        self.copied.append(text)
        done(self.can_copy)

    def address(self, path: str) -> str:
        return "https://desk.example" + path

    def server_origin(self) -> str:
        return "https://desk.example"

    def later(self, milliseconds: float, handler: Callable[[], Any]) -> FakeTimer:
        timer = FakeTimer(self.time + milliseconds, handler)
        self.timers.append(timer)
        return timer

    def wait(self, milliseconds: float = 0.0) -> None:
        """Let time pass; what is due runs in order."""
        until = self.time + milliseconds
        while True:
            self.timers = [timer for timer in self.timers if timer.handler is not None]
            due = [timer for timer in self.timers if timer.at <= until]
            if not due:
                break
            timer = min(due, key=lambda one: one.at)
            self.timers.remove(timer)
            self.time = max(self.time, timer.at)
            handler = timer.handler
            timer.handler = None
            if handler is not None:
                handler()
        self.time = until

    def recall(self, key: str) -> str | None:
        return self.device.get(key)

    def remember(self, key: str, value: str | None) -> None:
        if value is None:
            self.device.pop(key, None)
        else:
            self.device[key] = value

    def unkept(self) -> str:
        return self.missing

    def draft(self, name: str) -> str:
        return self.drafts.get(name, "")

    def keep_draft(self, name: str, value: str) -> None:
        if value:
            self.drafts[name] = value
        else:
            self.drafts.pop(name, None)

    def chance(self) -> float:
        return 0.5

    def go(self, address: str) -> None:
        self.gone_to = address

    def reduced_motion(self) -> bool:
        return False

    def make_peer(self, peer_id: str, link: Any, configuration: dict[str, Any], owner: Any, guarded: bool) -> FakePeer:
        peer = FakePeer(peer_id, link, configuration, owner, self.guard if guarded else None)
        self.peers.append(peer)
        return peer

    def make_recorder(self, recorder_id: str, configuration: dict[str, Any], owner: Any) -> FakeRecorder:
        self.recorders.append(FakeRecorder(recorder_id, configuration, owner, self.guard))
        return self.recorders[-1]

    def save_text(self, name: str, text: str, mime: str) -> None:
        self.saved.append((name, text))

    def capture(self, surface: str, ok: Callable[[Any], Any], failed: Callable[[str], Any]) -> None:
        self.pickers.append(Picker(self, surface, ok, failed))

    def capturing(self, surface: str, stream: FakeTrack, on_ended: Callable[[], Any]) -> FakeCapture:
        self.captures.append(FakeCapture(self, surface, stream, on_ended))
        return self.captures[-1]

    def stop_media(self) -> None:
        self.guard.stop_media()

    def resumed(self) -> None:
        self.calls.append("resumed")

    def guard_beat(self) -> None:
        self.guard.beats += 1

    def guard_shown(self) -> None:
        self.calls.append("guard_shown")

    def small_window(self, opened: Any, closed: Any, failed: Any) -> FakeWindow:
        self.windows.append(FakeWindow(opened, closed, failed))
        return self.windows[-1]

    def root_in(self, made: Any, dispatch: Any) -> Root:
        dom = FakeDom()
        return Root(dom, dom.place)

    def play(self, video: Any, track: FakeTrack, changed: Callable[[], Any]) -> FakePlayer:
        return FakePlayer(track)

    def request(self, method: str, path: str, body: Any, answered: Callable[[int, Any], Any]) -> None:
        self.requests.append((method, path, body, answered))

    def forget_fragment(self) -> None:
        self.calls.append("forget_fragment")

    def reload(self) -> None:
        self.reloads += 1
