"""What a page does while somebody attacks it: whether it lives, what it has said by itself, and what it costs."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Page

from deskside.core.versions import SPOKEN
from tests.bench.log import Busy
from tests.hostile.finding import Finding
from tests.hostile.frames import Frame

PATIENCE = 60_000
PER_FRAME = 60.0
"""Milliseconds of the main thread for a frame, on a slow machine; and for each 1,000 characters of it, as far as any
text may be long: several times what they take."""
PER_THOUSAND = 30.0
_LONGEST = 8000
_RESTS = 3000.0
"""Milliseconds for what a page does anyhow, meanwhile."""
_HEAP = 64 << 20
"""Bytes by which a page may grow in one act, and be it that it draws a hundred entries."""
BY_ITS_PERSON = (
    "chat message",
    "control permission_answer granted",
    "control permission_request",
    "control sharing true",
    "control file_offer",
    "control file_accept",
    "control nudge",
    "control bye",
    "server enter",
    "server answer",
    "server leave_message",
    "server survey",
    "server wait_again",
    "server end",
    "server create_key",
    "server send_notice",
    "server finish_message",
    "server accept",
    "server accept_next",
    "server remove",
)
"""What a page says only when its person has pressed something. (`file_accept` is said again for what was accepted, and
`recording_offer` where it was allowed.)"""
_STATE = """() => ({
  load: spy.load, said: spy.said, captures: spy.captures, opened: spy.opened, tracks: spy.tracks(), url: location.href,
  title: document.title, wasm: spy.memory?.buffer.byteLength ?? 0,
  strange: [...document.querySelectorAll(
    "script, iframe, object, embed, base, img[src='x'], a[href^='javascript'], [onerror]",
  )].map((one) => one.outerHTML.slice(0, 200)),
})"""


@dataclass
class Looks:
    """A page at one moment."""

    state: dict[str, Any]
    busy: float
    heap: int
    complaints: int
    frames: int = 0


@dataclass
class Seen:
    """A page under observation. `forgiven` are complaints of the browser that say nothing against the page."""

    page: Page
    name: str
    complaints: list[str] = field(default_factory=list)
    saved: int = 0
    may_save: int = 0
    """Files that its person has accepted."""
    asked_for: set[str] = field(default_factory=set)
    """What the page may say yet, because its person has asked for it."""

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self._complained(f"{error.message}\n{error.stack}"))
        self.page.on("console", self._heard)
        self.page.on("crash", lambda _: self._complained("the page crashed"))
        self.page.on("download", lambda _: self._downloaded())
        self._busy = Busy(self.page)
        self._cdp = self.page.context.new_cdp_session(self.page)

    def _complained(self, text: str) -> None:
        self.complaints.append(text)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _downloaded(self) -> None:
        self.saved += 1

    # --- frames ------------------------------------------------------------------------------------

    def ids(self) -> tuple[list[str], list[str]]:
        """Ids that went by, and frames that honest pages have sent."""
        ids, former = self.page.evaluate("() => [spy.ids, Object.values(spy.former).flat()]")
        return ids, former

    def send(self, label: str, frames: Sequence[Frame]) -> int:
        """Over the real channel, to the other page; how many the browser took."""
        sent: int = self.page.evaluate("([label, frames]) => spy.inject(label, frames)", [label, _packed(frames)])
        return sent

    def receive(self, label: str, frames: Sequence[Frame]) -> None:
        """As if they had come to this page."""
        self.page.evaluate("([label, frames]) => spy.receive(label, frames)", [label, _packed(frames)])

    def until_read_by(self, other: "Seen", label: str) -> None:
        """The other page has handled all that this one has sent on that channel, or does not listen any more."""
        sent = self.page.evaluate("(label) => spy.sent[label] ?? 0", label)
        other.page.wait_for_function(
            "([label, sent]) => spy.arrived[label] >= sent || !spy.isOpen(label)", arg=[label, sent], timeout=PATIENCE
        )
        pongs = self.page.evaluate("""() => {
          if (spy.isOpen("control")) spy.inject("control", [['{"type":"ping"}', null]]);
          return spy.pongs;
        }""")
        self.page.wait_for_function(
            "(pongs) => spy.pongs > pongs || !spy.isOpen('control')", arg=pongs, timeout=PATIENCE
        )

    def begin_anew(self) -> None:
        """Whatever this page has sent: its next messages are understood."""
        self.page.evaluate(
            "(version) => { for (const label of ['control', 'chat']) spy.begin(label, version); }", SPOKEN
        )

    # --- what became of it -------------------------------------------------------------------------

    def look(self) -> Looks:
        """The page at this moment."""
        self._cdp.send("HeapProfiler.collectGarbage")
        heap = int(self._cdp.send("Runtime.getHeapUsage")["usedSize"])
        return Looks(self.page.evaluate(_STATE), self._busy.so_far(), heap, len(self.complaints))

    def judge(self, before: Looks, frames: Sequence[Frame]) -> Looks:
        """The page now; raises Finding when something became of it that its person has not done."""
        try:
            now = self.look()
        except Error as error:
            raise Finding(f"{self.name} is gone: {error}", frames) from None
        for problem in self._problems(before, now, frames):
            raise Finding(f"{self.name} {problem}", frames)
        return now

    def _problems(self, before: Looks, now: Looks, frames: Sequence[Frame]) -> list[str]:
        problems = [f"complains: {text}" for text in self.complaints[before.complaints :]]
        was, is_now = before.state, now.state
        said = {kind: is_now["said"].get(kind, 0) - was["said"].get(kind, 0) for kind in BY_ITS_PERSON}
        unasked = [kind for kind, times in said.items() if times > 0 and kind not in self.asked_for]
        problems += [f"has said {kind!r} by itself" for kind in unasked]
        for name in ("load", "url", "captures", "opened"):
            if is_now[name] != was[name]:
                problems.append(f"has another {name}: {was[name]} became {is_now[name]}")
        if is_now["tracks"] > was["tracks"]:
            problems.append("sends more tracks than before")
        if is_now["strange"] != was["strange"]:
            problems.append(f"has elements that somebody else has written: {is_now['strange']}")
        if self.saved > self.may_save:
            problems.append("has saved a file that nobody has accepted")
        budget = _RESTS + sum(PER_FRAME + min(len(frame.data), _LONGEST) * PER_THOUSAND / 1000 for frame in frames)
        if now.busy - before.busy > budget:
            problems.append(f"was busy for {now.busy - before.busy:.0f} ms; {budget:.0f} are allowed")
        grown = now.heap - before.heap + is_now["wasm"] - was["wasm"]
        if grown > _HEAP:
            problems.append(f"has grown by {grown >> 20} MiB")
        return problems


def _packed(frames: Sequence[Frame]) -> list[list[str | None]]:
    """As spy.js takes them: text, or bytes in base64."""
    return [
        ["", base64.b64encode(frame.data).decode()] if isinstance(frame.data, bytes) else [frame.data, None]
        for frame in frames
    ]
