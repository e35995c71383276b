"""A console with recordings on its server, for tests."""

from typing import Any

from tests.ui.fakes_recordings import FakeConsoleHost, FakePlayback
from tests.ui.pages import ConsolePage

START = 1_700_000_000_000
ABOUT: dict[str, Any] = {
    "id": "r1",
    "session": "s1",
    "customer": "Ana",
    "representative": "Robin",
    "started_at": START,
    "ended_at": START + 300_000,
    "state": "finished",
    "size": 3_000_000,
    "duration": 90_000,
    "delete_at": START + 30 * 86_400_000,
    "may_download": True,
    "may_delete": True,
}
PARTS: list[dict[str, Any]] = [
    {"number": 1, "offset": 0, "duration": 30_000, "size": 1_000_000, "complete": True},
    {"number": 2, "offset": 100_000, "duration": 40_000, "size": 0, "complete": True},
    {"number": 3, "offset": 200_000, "duration": 20_000, "size": 2_000_000, "complete": True},
]


def entry(number: int, part: int, offset: int, text: str = "", **fields: Any) -> dict[str, Any]:
    made = {"number": number, "part": part, "offset": offset, "at": START + offset, "kind": "message"}
    return made | {"author": "customer", "name": "", "text": text or f"Message {number}"} | fields


ENTRIES = [
    entry(1, 1, 1_000, "joined", kind="event", author="representative", name="Robin"),
    entry(2, 1, 5_000, "The printer beeps."),
    entry(3, 1, 20_000, "Please press the green button.", author="representative", name="Robin"),
    entry(4, 2, 120_000, "invoice.pdf", kind="file", size=2_000_000),
    entry(5, 3, 199_000, "Now it prints."),
    entry(6, 3, 210_000, "Wonderful!", author="representative", name="Robin"),
]
TIMELINE: dict[str, Any] = {
    "start": START,
    "parts": [{name: part[name] for name in ("number", "offset", "duration")} for part in PARTS],
    "entries": ENTRIES,
    "more": False,
    "full": False,
}


class RecordingsPage(ConsolePage):
    """Signed in, with what is asked for answered by hand."""

    host: FakeConsoleHost

    def __init__(self, place: str = "") -> None:
        host = FakeConsoleHost()
        host.place = place
        super().__init__(host)
        host.on_fragment(self.console.recordings.go)

    def sign_in(self, sessions: list[str] | None = None, administrator: bool = False) -> "RecordingsPage":
        self.start()
        self.answer("/api/me", 200, {"name": "ann", "administrator": administrator})
        self.signaling.connect()
        self.welcome(sessions)
        return self

    def answer_list(self, *recordings: dict[str, Any], more: bool = False) -> "RecordingsPage":
        """The server answers the oldest question for the list."""
        self.answer("/api/recordings", 200, {"recordings": list(recordings), "more": more})
        return self

    def watch(self, about: dict[str, Any] | None = None, timeline: dict[str, Any] | None = None) -> "RecordingsPage":
        """One recording is there."""
        self.answer("/api/recordings/r1", 200, {**ABOUT, "parts": PARTS} | (about or {}))
        self.answer("/api/recordings/r1/timeline.json", 200, TIMELINE if timeline is None else timeline)
        return self

    @property
    def shown(self) -> dict[str, Any]:
        found = self.state["recordings"]
        assert found is not None, "the desk is shown"
        return dict(found)

    @property
    def watched(self) -> dict[str, Any]:
        found = self.shown["watched"]
        assert found is not None, "the list is shown"
        return dict(found)

    @property
    def player(self) -> dict[str, Any]:
        found = self.watched["player"]
        assert found is not None, "there is nothing to play"
        return dict(found)

    @property
    def playback(self) -> FakePlayback:
        return self.host.playbacks[-1]

    def rows(self, reference: str) -> list[str]:
        """What the rows of a list say."""
        return [_text(child) for child in self.console.root.refs[reference].children]

    def paths(self) -> list[str]:
        """What has been asked for and not answered."""
        return [request[1] for request in self.host.requests]


def watching() -> RecordingsPage:
    """Somebody in front of a recording of three parts; nothing was shared in the second."""
    return RecordingsPage("#recording=r1").sign_in().watch()


def _text(node: Any) -> str:
    return str(node.text) if node.tag is None else "".join(_text(child) for child in node.children)
