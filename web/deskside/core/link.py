"""The link between two peers: the connections `talk` and `work`, and the two numbered streams, without any I/O.

One Link serves one pair of pages. A page that was loaded anew is another peer and gets another Link; the chat's
stream outlives it. The shell (`runtime.rtc`, or a native peer) carries out the commands and reports back.
"""

from . import outbox
from .connections import Connections
from .errors import ProtocolError
from .link_commands import (
    Acknowledged,
    CloseConnection,
    Deliver,
    Refused,
    SendFrame,
)
from .versions import OLDEST, SPOKEN, VERSION, agreed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Link(Connections):
    """`chat` is the stream that outlives pages, `control` is new with each Link."""

    def __init__(self, polite: bool, control: "outbox.Stream", chat: "outbox.Stream") -> None:
        Connections.__init__(self, polite)
        self.streams = {"control": control, "chat": chat}
        self.is_newer = False  # the other page may say what this one does not know

    @property
    def fingerprints(self) -> "tuple[str, str] | None":
        """The certificates of `talk`, this page's and the other's; None before both are known."""
        talk = self._negotiations.get("talk")
        if talk is None or not talk.local_fingerprint or not talk.fingerprint:
            return None
        return talk.local_fingerprint, talk.fingerprint

    def start(self) -> "list[Any]":
        """Open `talk`. Both sides do; the impolite one makes the first offer."""
        return self._begin("talk", None)

    def close(self) -> "list[Any]":
        commands: "list[Any]" = []
        for name in ("work", "talk"):
            if name in self._negotiations:
                del self._negotiations[name]
                commands.append(CloseConnection(name))
            self.states[name] = "closed"
        for label in ("control", "chat"):
            commands += self.channel_closed(label)
        return commands

    # channels

    def channel_opened(self, label: str) -> "list[Any]":
        self._open[label] = True
        commands: "list[Any]" = []
        if label == "control":
            self._heartbeat.heard()
            if "work" in self._negotiations:
                # What was said of it on the channel before this one may be lost.
                self._told["work"] = 0
                commands = self._steps("work", self._negotiations["work"].resend())
        opened = self.streams[label].channel_opened()
        # A page of version 1 refuses a hello with a version; one that takes the first takes the second for the same.
        greetings: "list[Any]" = [SendFrame(label, command.message | SPOKEN) for command in opened]
        return commands + greetings + (self._streamed(label, opened) if OLDEST == 1 else [])

    def channel_closed(self, label: str) -> "list[Any]":
        if not self._open[label]:
            return []
        self._open[label] = False
        self._has_lost_channel = True
        self.streams[label].channel_closed()
        return []

    def post(self, label: str, message: "dict[str, Any]") -> "list[Any]":
        """Send a numbered message, now or as soon as there is a channel."""
        return self._streamed(label, self.streams[label].post(message))

    def whisper(self, label: str, message: "dict[str, Any]") -> "list[Any]":
        """Send a message that nobody misses when it is lost."""
        return [SendFrame(label, message)] if self._open[label] else []

    def frame_received(self, label: str, message: "dict[str, Any]") -> "list[Any]":
        """A decoded message of a data channel."""
        kind = message["type"]
        self._heartbeat.heard()
        if kind == "ping":
            return [SendFrame(label, {"type": "pong"})]
        if kind == "pong":
            return []
        if kind == "negotiation":
            return self._negotiation_received(message["negotiation"], True)
        if "version" in message:
            self.version = agreed(message)
            self.is_newer = message["version"] > VERSION
        if not self.version:
            return []
        if kind in ("hello", "ack") or "n" in message:
            try:
                return self._streamed(label, self.streams[label].received(message))
            except ProtocolError as error:
                return [Refused(error.code)]
        return [Deliver(label, message)]

    def frame_refused(self, label: str, error: ProtocolError) -> "list[Any]":
        """A frame of a data channel was not understood."""
        return [Refused(error.code)] + self._streamed(label, self.streams[label].refused(error.n))

    def _streamed(self, label: str, found: "list[Any]") -> "list[Any]":
        commands: "list[Any]" = []
        for command in found:
            if type(command) is outbox.Send:
                commands.append(SendFrame(label, command.message))
            elif type(command) is outbox.Deliver:
                commands.append(Deliver(label, command.message))
            elif type(command) is outbox.Acknowledged:
                commands.append(Acknowledged(label, command.messages))
        return commands
