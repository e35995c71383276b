"""Files without a disk: a browser's File, and one end of a transfer with the surface of `runtime.files`."""

from collections.abc import Callable
from typing import Any, NamedTuple

from deskside.core.transfer import Progress


class FakeFile(NamedTuple):
    name: str = "notes.txt"
    size: int = 1000
    mime: str = "text/plain"


class FakeMover:
    """Moves nothing; the test says how far it is."""

    def __init__(self, name: str, size: int, mime: str, on_change: Callable[[], Any]) -> None:
        self.name = name
        self.size = size
        self.mime = mime
        self.state = "waiting"
        self.reason = ""
        self.done = 0
        self.channel: Any = None
        self.pauses: list[tuple[bool, bool]] = []
        self.paused_here = False
        self.paused_there = False
        self.senders = 0
        self.place: Any = None
        self.is_released = False
        self.saves = 0
        self._on_change = on_change

    @property
    def is_attached(self) -> bool:
        return self.channel is not None and not self.channel.is_closed

    def attach(self, channel: Any, connection: Any = None) -> None:
        self.channel = channel
        self.become("paused" if self.is_paused else "moving")

    def leave(self) -> None:
        if self.is_attached:
            self.channel.close()
            self.suspend()

    @property
    def is_paused(self) -> bool:
        return self.paused_here or self.paused_there

    def suspend(self) -> None:
        """The channel is gone. As in core.transfer, what somebody has paused stays so."""
        self.become("paused" if self.is_paused else "suspended")

    def become(self, state: str, reason: str = "") -> None:
        self.state = state
        self.reason = reason
        self._on_change()

    def pause(self, paused: bool, by_peer: bool = False) -> None:
        self.pauses.append((paused, by_peer))
        if by_peer:
            self.paused_there = paused
        else:
            self.paused_here = paused
        self.state = "paused" if self.is_paused else "moving" if self.is_attached else "suspended"

    def share(self, senders: int) -> None:
        self.senders = senders

    def release(self) -> None:
        self.is_released = True

    def end(self, reason: str) -> None:
        self.become("ended", reason)

    def save(self) -> bool:
        if self.state != "finished" or self.place is not None:
            return False
        self.saves += 1
        return True

    def progress(self) -> Progress:
        return Progress(self.done, self.size, None, None)


class FakeFiles:
    """What a device does with files: room for them, places that a person picks, senders and receivers."""

    def __init__(self) -> None:
        self.movers: dict[str, FakeMover] = {}
        self.forgotten: list[str] = []
        self.room = "private"
        self.asked_room: list[int] = []
        self.places: list[tuple[str, Callable[[Any], Any], Callable[[str], Any]]] = []

    def file_sender(self, file: Any, file_id: str, on_change: Callable[[], Any]) -> FakeMover:
        self.movers[file_id] = FakeMover(file.name, file.size, file.mime, on_change)
        return self.movers[file_id]

    def file_receiver(
        self, entry: str, offer: dict[str, Any], on_change: Callable[[], Any], place: Any = None
    ) -> FakeMover:
        mover = self.movers[offer["id"]] = FakeMover(offer["name"], offer["size"], offer["mime"], on_change)
        mover.place = place
        return mover

    def forget_file(self, entry: str) -> None:
        self.forgotten.append(entry)

    def room_for(self, size: int, answered: Callable[[str], Any]) -> None:
        self.asked_room.append(size)
        answered(self.room)

    def pick_place(self, name: str, picked: Callable[[Any], Any], failed: Callable[[str], Any]) -> None:
        self.places.append((name, picked, failed))
