"""The connection to a recorder without a browser, with the surface of `runtime.recorder`, and what is behind it."""

from typing import Any

from deskside.core.codec import check
from deskside.core.recorder_messages import TIMELINE


class FakeRecorder:
    """A test says what becomes of it; `guard` holds it, so that the red X closes it by itself."""

    def __init__(self, recorder_id: str, configuration: dict[str, Any], owner: Any, guard: Any) -> None:
        self.id = recorder_id
        self.configuration = configuration
        self.owner = owner
        self.guard = guard
        self.answers: list[str] = []
        self.shown: list[Any] = []
        self.entries: list[dict[str, Any]] = []
        self.is_closed = False
        guard.connections.append(self)

    # what a page calls

    def answer(self, sdp: str) -> None:
        self.answers.append(sdp)

    def show(self, track: Any) -> None:
        self.shown.append(track)

    def send(self, message: dict[str, Any]) -> None:
        assert not self.is_closed, "nothing is sent over a closed connection"
        self.entries.append(check(message, TIMELINE)["record"])

    def close(self) -> None:
        self.is_closed = True
        if self in self.guard.connections:
            self.guard.connections.remove(self)

    # what a test lets happen

    def describe(self) -> None:
        self.owner.recorder_described(self.id, "offer " + self.id)

    def become(self, connection_state: str) -> None:
        self.owner.recorder_changed(self.id, connection_state)

    def say(self, kind: str, **fields: Any) -> None:
        self.owner.recorder_said(self.id, check({"type": kind, **fields}, TIMELINE))

    def know(self, number: int = 0) -> None:
        self.say("known", number=number)

    def texts(self) -> list[str]:
        """What the recorder was told, in order."""
        return [entry["text"] for entry in self.entries]
