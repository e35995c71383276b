"""What both ends of a file's data channel do alike: listen, decode, send, and tell the owner what changed."""

from ..core.codec import decode, encode
from ..core.errors import ProtocolError
from ..core.messages import FILE
from ..core.transfer import HIGH_MARK, Progress, Transfer
from .js import attempt, dumps, get, listen, loads, monotonic, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_REPORT_EVERY = 250.0
_MOST_EARLY = 8


class FileEnd:
    """One end of a transfer. `on_change` is called for every change of state and four times a second."""

    transfer: Transfer

    def __init__(self, on_change: "Callable[[], Any]") -> None:
        self.error = ""
        self._on_change = on_change
        self._channel: "Any" = None
        self._listeners: "list[Any]" = []
        self._early: "list[Any]" = []
        self._reported: "tuple[str, str]" = ("waiting", "")
        self._reported_at = 0.0

    @property
    def state(self) -> str:
        """A word of core.transfer.Transfer."""
        return self.transfer.state

    @property
    def reason(self) -> str:
        """Why it ended: a reason of the `file_end` message, or nothing."""
        return self.transfer.reason

    @property
    def paused_here(self) -> bool:
        return self.transfer.paused_here

    @property
    def is_attached(self) -> bool:
        """Whether it has a channel, open or opening."""
        return self._channel is not None

    @property
    def _low_mark(self) -> int:
        return HIGH_MARK // 2

    def progress(self) -> Progress:
        return self.transfer.progress(monotonic())

    def attach(self, channel: "Any", connection: "Any" = None) -> None:
        """Go on over this RTCDataChannel (of this RTCPeerConnection), in place of the one before."""
        self.leave()
        self._channel = channel
        channel.binaryType = "arraybuffer"
        channel.bufferedAmountLowThreshold = self._low_mark
        self._listeners = [
            listen(channel, "open", lambda _: self._opened(connection)),
            listen(channel, "close", lambda _: self.leave()),
            listen(channel, "message", lambda event: self._arrived(event.data)),
            listen(channel, "bufferedamountlow", lambda _: self._drained()),
        ]
        if channel.readyState == "open":
            self._opened(connection)

    def pause(self, paused: bool, by_peer: bool = False) -> None:
        """Stop or go on. A pause of this side must be told to the other by `file_pause`, and the other way round."""
        self._carry_out(self.transfer.pause(paused, by_peer))

    def end(self, reason: str) -> None:
        """End it for good: `cancelled`, `revoked`, or what the other side's `file_end` says."""
        self._carry_out(self.transfer.end(reason))

    def _carry_out(self, found: "list[Any]") -> None:
        for command in found:
            self._execute(command)
        self._report()

    def _execute(self, command: "Any") -> None:
        raise NotImplementedError

    def _channel_opened(self, largest: float) -> "list[Any]":
        raise NotImplementedError

    def _channel_closed(self) -> "list[Any]":
        raise NotImplementedError

    def _message_received(self, message: "dict[str, Any]") -> "list[Any]":
        raise NotImplementedError

    def _bytes_received(self, data: "Any") -> "list[Any]":
        raise NotImplementedError

    def _drained(self) -> None:
        """The channel has room again."""

    def _arrived(self, data: "Any") -> None:
        if self.transfer.attached:
            self._received(data)
        elif len(self._early) < _MOST_EARLY:
            # Chromium was seen to deliver the first message before `open`, when nothing can be sent yet.
            self._early.append(data)

    def _opened(self, connection: "Any") -> None:
        if self.transfer.attached:
            return  # it was open before the listener was there, and now the event comes too
        sctp = None if connection is None else get(connection, "sctp")
        largest = 0 if sctp is None else window.Math.min(sctp.maxMessageSize, 1 << 30)
        early = self._early
        self._early = []
        self._carry_out(self._channel_opened(largest))
        for data in early:
            self._received(data)

    def leave(self) -> None:
        """Leave the channel, closed or not, and close it."""
        channel = self._channel
        if channel is None:
            return
        self._channel = None
        for listener in self._listeners:
            listener.remove()
        self._listeners = []
        self._early = []
        channel.close()
        self._carry_out(self._channel_closed())

    def _received(self, data: "Any") -> None:
        try:
            if isinstance(data, str):
                found = self._message_received(decode(data, FILE, loads))
            else:
                found = self._bytes_received(data)
        except ProtocolError as error:
            # The other side breaks the rules: this transfer ends, and nothing else.
            self.error = str(error)
            window.console.warn("deskside: file transfer: " + self.error)
            self.end("corrupt")
            self.leave()
            return
        self._carry_out(found)

    def _send(self, message: "dict[str, Any]") -> None:
        self._transmit(encode(message, FILE, dumps))

    def _transmit(self, data: "Any") -> None:
        """Send on the channel; one that takes nothing any more is left, and another may go on from there."""
        if self._channel is None:
            return
        ok, error = attempt(self._channel, "send", data)
        if not ok:
            window.console.debug("deskside: file channel: " + error)
            self.leave()

    def _report(self) -> None:
        present = (self.state, self.reason)
        moment = monotonic()
        if present == self._reported and moment - self._reported_at < _REPORT_EVERY:
            return
        self._reported = present
        self._reported_at = moment
        self._on_change()
