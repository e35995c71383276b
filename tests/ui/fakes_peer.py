"""The other person's page without a browser: a real Link over fake connections, used as runtime.rtc.Peer."""

from typing import Any

from deskside.core.errors import StateError
from deskside.core.link import Link
from tests.core.link_ends import LABELS, End, Made


class FakeTrack:
    def __init__(self, kind: str = "video") -> None:
        self.kind = kind
        self.is_live = True

    def stop(self) -> None:
        self.is_live = False


class FakeChannel:
    def __init__(self, label: str = "") -> None:
        self.label = label
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True


class FakeConnection(Made):
    """An RTCPeerConnection with what was put on it."""

    def __init__(self, name: str, kind: str, certificate: str) -> None:
        super().__init__(name, kind, certificate)
        self.tracks: list[FakeTrack] = []
        self.channels: list[FakeChannel] = []

    def close(self) -> None:
        self.is_closed = True
        for channel in self.channels:
            channel.close()


class FakePeer(End):
    """`posted` holds every numbered control and chat message that its page has handed over."""

    def __init__(
        self, peer_id: str, link: Link, configuration: dict[str, Any], owner: Any, guard: Any
    ) -> None:  # fmt: skip
        super().__init__(peer_id, link.polite)
        self.id = peer_id
        self.link = link
        self.configuration = configuration
        self.owner = owner
        self.guard = guard
        self.posted: list[dict[str, Any]] = []
        self.whispered: list[dict[str, Any]] = []
        self.is_gone = False
        self.is_full = False
        self.is_silent = False  # the other page hears nothing, or says nothing

    # what a page calls

    def close(self, kind: str = "") -> None:
        if kind:
            self.drop(kind)
            return
        self.is_gone = True
        self.carry_out(self.link.close())

    @property
    def work(self) -> FakeConnection | None:
        found = self.connections.get("work")
        return found if isinstance(found, FakeConnection) else None

    def post(self, label: str, message: dict[str, Any]) -> bool:  # type: ignore[override]
        try:
            if self.is_full:
                raise StateError("full")
            self.posted.append(message)
            self.carry_out(self.link.post(label, message))
        except StateError:
            return False
        return True

    def whisper(self, label: str, message: dict[str, Any]) -> None:
        self.whispered.append(message)
        self.carry_out(self.link.whisper(label, message))

    def signal_received(self, negotiation: dict[str, Any]) -> None:
        self.signal(negotiation)

    def open_work(self) -> None:
        self.carry_out(self.link.open_work())

    def close_work(self) -> None:
        self.carry_out(self.link.close_work())

    def renew_work(self) -> None:
        self.carry_out(self.link.renew_work())

    def configure(self, configuration: dict[str, Any]) -> None:
        self.configuration = configuration

    def hear_out(self) -> None:
        """Nothing waits here: what comes is handled at once."""

    def signaling_opened(self) -> None:
        self.carry_out(self.link.signaling_opened())

    def tick(self, now: float = 0.0) -> None:
        self.carry_out(self.link.tick(now or self.owner.host.now()))
        if {"type": "ping"} in self.frames["control"] and not self.is_silent:
            self.frames["control"].remove({"type": "ping"})
            self.frame("control", {"type": "pong"})

    def file_channel(self, file_id: str) -> FakeChannel:
        assert self.work is not None and not self.work.is_closed, "a closed connection throws"
        channel = FakeChannel("file:" + file_id)
        self.work.channels.append(channel)
        return channel

    # what a test lets happen

    def meet(self) -> None:
        """The other page is reached."""
        self.carry_out(self.link.state_changed("talk", "connected", self.owner.host.now()))
        self.is_open = True
        for label in LABELS:
            self.carry_out(self.link.channel_opened(label))
        self.owner.state_changed(self)

    def say(self, message: dict[str, Any], label: str = "control") -> None:
        """The other page sends this."""
        self.deliver(label, {"n": 1, **message})

    def kinds(self) -> list[str]:
        return [message["type"] for message in self.posted]

    # what happens on its connections

    def open(self, kind: str) -> None:
        super().open(kind)
        made = self.connections[kind] = FakeConnection(self.connections[kind].name, kind, self.name)
        if kind == "work":
            if self.guard is not None:
                self.guard.connections.append(made)
            self.owner.work_opened(self)

    def drop(self, kind: str) -> None:
        made = self.connections[kind]
        super().close(kind)
        if isinstance(made, FakeConnection):
            made.close()
        if kind == "work":
            self.owner.work_closed(self)

    def become(self, made: Made, state: str, now: float) -> None:
        super().become(made, state, now)
        self.owner.state_changed(self)

    def send_signal(self, negotiation: dict[str, Any]) -> None:
        super().send_signal(negotiation)
        self.owner.send_signal(self, negotiation)

    def deliver(self, label: str, message: dict[str, Any]) -> None:
        super().deliver(label, message)
        self.owner.delivered(self, label, message)

    def acknowledge(self, label: str, messages: list[dict[str, Any]]) -> None:
        super().acknowledge(label, messages)
        self.owner.acknowledged(self, label, messages)
