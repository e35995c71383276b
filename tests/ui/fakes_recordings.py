"""The console's browser: an address, and a player of recordings, with the surface of `runtime.console_host`."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from tests.ui.fakes import FakeHost
from tests.ui.fakes_dom import FakeNode


class FakePlayback:
    """A video element. It is ready, plays and ends when the test says so."""

    def __init__(self, video: FakeNode, owner: Any) -> None:
        self.video = video
        self.owner = owner
        self.address = ""
        self.seconds = 0.0
        self.rate = 1.0
        self.is_playing = False
        self.has_captions = False
        self.is_stopped = False

    def load(self, address: str, seconds: float, plays: bool) -> None:
        assert not self.is_stopped, "its element is gone"
        self.address, self.seconds, self.is_playing = address, seconds, plays

    def seek(self, seconds: float) -> None:
        self.move(seconds)

    def set_speed(self, rate: float) -> None:
        self.rate = rate

    def empty(self) -> None:
        self.address, self.is_playing = "", False

    def stop(self) -> None:
        self.empty()
        self.is_stopped = True

    # the person and the browser

    def play(self) -> None:
        assert self.address, "there is nothing to play"
        self.is_playing = True
        self.owner.ready()

    def move(self, seconds: float) -> None:
        self.seconds = seconds
        self.owner.moved(seconds)

    def end(self) -> None:
        self.is_playing = False
        self.owner.part_ended()

    def fail(self) -> None:
        self.owner.part_failed()


class FakeWritten:
    """The browser's storage for what is written, with the surface of `runtime.written`; tabs share its `texts`."""

    keeps = True

    def __init__(self, texts: dict[str, str], host: FakeHost | None = None) -> None:
        self.texts = texts
        self._host = host

    def now(self) -> float:
        assert self._host is not None
        return self._host.time + self._host.off

    def get(self, key: str) -> str | None:
        return self.texts.get(key)

    def put(self, key: str, value: str | None) -> None:
        if value is None:
            self.texts.pop(key, None)
        else:
            self.texts[key] = value

    def keys(self, prefix: str) -> list[str]:
        return [key for key in self.texts if key.startswith(prefix)]


class FakeConsoleHost(FakeHost):
    """`place` is the address's fragment, `past` where the page was before; `hidden` is what was scrolled away."""

    place = ""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.written = FakeWritten({}, self)
        self.past: list[str] = []
        self.playbacks: list[FakePlayback] = []
        self.at = ""
        self.hidden: set[str] = set()
        self.brought: list[str] = []
        self._changed: Callable[[str], Any] | None = None

    def fragment(self) -> str:
        return self.place

    def push_fragment(self, fragment: str) -> None:
        self.past.append(self.place)
        self.place = fragment

    def on_fragment(self, changed: Callable[[str], Any]) -> None:
        self._changed = changed

    def back(self) -> None:
        """The browser's `Back`."""
        self.place = self.past.pop()
        if self._changed is not None:
            self._changed(self.place)

    def encoded(self, text: str) -> str:
        return quote(text)

    def date(self, at: float) -> tuple[str, str]:
        return "14 Dec 2023", "2023-12-14T22:13:20.000Z"

    def focus(self, identifier: str) -> None:
        self.at = identifier

    def watch(self, video: FakeNode, owner: Any) -> FakePlayback:
        self.playbacks.append(FakePlayback(video, owner))
        return self.playbacks[-1]

    def is_in_view(self, box: FakeNode, identifier: str) -> bool:
        return identifier not in self.hidden

    def bring_into_view(self, box: FakeNode, identifier: str) -> bool:
        was_hidden = identifier in self.hidden
        self.hidden.discard(identifier)
        self.brought.append(identifier)
        return was_hidden
