"""A recording of the customer's page for tests: brought to where a test begins, and what its commands say."""

from deskside.core.recording import Recording
from deskside.core.recording_commands import (
    Keep,
    SendEntry,
    StateChanged,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NOW = 1700000000000.0


class Ids:
    def __init__(self) -> None:
        self.last = 0

    def __call__(self) -> str:
        self.last += 1
        return "c" + str(self.last)


def records(count: int) -> "list[dict[str, Any]]":
    return [{"number": number + 1} for number in range(count)]


def kinds(commands: "list[Any]") -> "list[Any]":
    return [type(command) for command in commands]


def state(commands: "list[Any]") -> str:
    return ",".join([command.state for command in commands if type(command) is StateChanged])


def kept(commands: "list[Any]") -> str:
    texts = [command.text for command in commands if type(command) is Keep]
    return texts[-1] if texts else ""


def made(text: str = "", session: str = "s1") -> Recording:
    return Recording(session, Ids(), text)


def allowed() -> Recording:
    recording = made()
    recording.told(True, "", NOW)
    return recording


def opened(recording: Recording, id: str = "c1", number: int = 0, now: float = NOW) -> "list[Any]":
    recording.described(id, "offer")
    recording.answered(id, "answer")
    return recording.known(id, number, [], now)


def on() -> Recording:
    recording = allowed()
    opened(recording)
    return recording


def turn(recording: Recording, times: int, now: float = NOW) -> "list[Any]":
    found: list[Any] = []
    for _ in range(times):
        found += recording.tick(now)
    return found


def sent(commands: "list[Any]") -> "list[int]":
    return [command.record["number"] for command in commands if type(command) is SendEntry]
