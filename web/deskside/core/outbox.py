"""One direction pair of numbered messages between two peers: acknowledged, replayed, handed on exactly once.

A channel may close and open again, and a page may be loaded anew: the stream goes on from what it kept. Each
side says `hello` when a channel opens and sends numbered messages only after the other side's `hello`, which
tells how many of ours arrived. The rest is then replayed in order.
"""

from collections import namedtuple

from .errors import ProtocolError, StateError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Send = namedtuple("Send", ("message",))
"""Send this on the open channel."""
Deliver = namedtuple("Deliver", ("message",))
"""Hand this on; it comes once."""
Acknowledged = namedtuple("Acknowledged", ("n", "messages"))
"""The other side has every message up to number `n`; `messages` are those it was not known to have before."""

MAX_KEPT = 10000
MAX_KEPT_SIZE = 8 * 1024 * 1024
"""Messages, and characters in them, that wait for an acknowledgement before `post` refuses."""


def size_of(value: "Any") -> int:
    """About how many characters a value takes in a frame."""
    if type(value) is str:
        return len(value) + 2
    if type(value) is dict:
        return sum(len(name) + 4 + size_of(value[name]) for name in value) + 2
    if type(value) is list:
        return sum(size_of(item) + 1 for item in value) + 2
    return 8


class Stream:
    """`stream_id` is new and random for each page load; `saved` is a `snapshot()` of an earlier load.

    With `saved` the stream keeps its old id, so that the other side knows it again.
    """

    def __init__(self, stream_id: str, saved: "dict[str, Any] | None" = None) -> None:
        self.stream_id = stream_id
        self.other_stream: "str | None" = None
        self._posted = 0  # the last number given
        self._acknowledged = 0
        self._kept: "dict[int, dict[str, Any]]" = {}
        self._kept_size = 0
        self._received = 0
        self._restored = -1  # the last number of the snapshot, until the other side told what it has
        self._is_open = False
        self.is_greeted = False  # the other side's hello came on this channel
        self._sent = 0  # the last number sent on this channel
        if saved is not None:
            self._restore(saved)

    @property
    def is_empty(self) -> bool:
        """Whether everything posted has arrived."""
        return not self._kept

    @property
    def is_full(self) -> bool:
        return len(self._kept) >= MAX_KEPT or self._kept_size >= MAX_KEPT_SIZE

    def post(self, message: "dict[str, Any]") -> "list[Any]":
        """Number a copy of the message, keep it, and send it when that is allowed now.

        Raises StateError when too much waits already; nothing that was taken is ever dropped.
        """
        if self.is_full:
            raise StateError("too many messages wait for an acknowledgement")
        self._posted += 1
        self._keep(self._posted, message)
        return self._catch_up()

    def channel_opened(self) -> "list[Any]":
        """A channel is open: greet. Whatever was sent on an earlier one no longer counts."""
        self._is_open = True
        self.is_greeted = False
        self._sent = 0
        hello: "dict[str, Any]" = {
            "type": "hello",
            "stream": self.stream_id,
            "first": self._acknowledged + 1,
            "received": self._received,
        }
        if self.other_stream is not None:
            hello["received_stream"] = self.other_stream
        return [Send(hello)]

    def channel_closed(self) -> "list[Any]":
        self._is_open = False
        self.is_greeted = False
        return []

    def received(self, message: "dict[str, Any]") -> "list[Any]":
        """`hello`, `ack` or a numbered message that came on the channel, checked.

        Raises ProtocolError with `bad_acknowledgement`, `hello_expected` or `out_of_order`; such a message
        has changed nothing.
        """
        if not self._is_open:
            return []  # of a channel that was given up
        if message["type"] == "hello":
            return self._hello_received(message)
        if not self.is_greeted:
            raise ProtocolError("hello_expected")
        if message["type"] == "ack":
            return self._acknowledge(message["received"])
        n = message["n"]
        if n > self._received + 1:
            raise ProtocolError("out_of_order", "n")
        commands: "list[Any]" = []
        if n > self._received:
            self._received = n
            commands.append(Deliver(message))
        commands.append(Send({"type": "ack", "received": self._received}))
        return commands

    def refused(self, n: int) -> "list[Any]":
        """The numbered message `n` was not understood. Where it was the next it counts as received, for what comes
        behind it would never be its turn: a newer page may say what this one does not know."""
        if not self.is_greeted or n != self._received + 1:
            return []
        self._received = n
        return [Send({"type": "ack", "received": n})]

    def snapshot(self) -> "dict[str, Any]":
        """All there is to keep over a reload, ready for JSON. Save it before the acknowledgement is sent."""
        return {
            "stream": self.stream_id,
            "other_stream": self.other_stream,
            "received": self._received,
            "posted": self._posted,
            "kept": [self._kept[n] for n in range(self._acknowledged + 1, self._posted + 1)],
        }

    # within

    def _restore(self, saved: "dict[str, Any]") -> None:
        self.stream_id = saved["stream"]
        self.other_stream = saved["other_stream"]
        self._received = saved["received"]
        self._posted = saved["posted"]
        self._restored = self._posted
        self._acknowledged = self._posted - len(saved["kept"])
        for message in saved["kept"]:
            self._keep(message["n"], message)

    def _keep(self, n: int, message: "dict[str, Any]") -> None:
        numbered = dict(message)
        numbered["n"] = n
        self._kept[n] = numbered
        self._kept_size += size_of(numbered)

    def _release(self, n: int) -> "dict[str, Any]":
        message = self._kept.pop(n)
        self._kept_size -= size_of(message)
        return message

    def _hello_received(self, hello: "dict[str, Any]") -> "list[Any]":
        arrived = hello["received"] if hello.get("received_stream") == self.stream_id else self._acknowledged
        known = self._restored if self._restored >= 0 else self._posted
        if arrived > known and (self._restored < 0 or arrived > known + MAX_KEPT):
            raise ProtocolError("bad_acknowledgement")
        if hello["stream"] != self.other_stream:
            # The other side is new, or lost what it knew: its numbers mean something else now.
            self.other_stream = hello["stream"]
            self._received = 0
        # What it no longer keeps, it once knew to be here: a state of ours that was lost with a page.
        self._received = max(self._received, hello["first"] - 1)
        self._restored = -1
        self.is_greeted = True
        commands = self._acknowledge(arrived) if arrived <= known else self._move_behind(known, arrived)
        return commands + self._catch_up()

    def _move_behind(self, known: int, arrived: int) -> "list[Any]":
        """The other side has more than our snapshot knew of: number behind it what was posted since."""
        later = [self._release(n) for n in range(known + 1, self._posted + 1)]
        commands = self._acknowledge(known)
        self._acknowledged = arrived
        self._posted = arrived
        for message in later:
            self._posted += 1
            self._keep(self._posted, message)
        return commands

    def _acknowledge(self, n: int) -> "list[Any]":
        if n > self._posted:
            raise ProtocolError("bad_acknowledgement")
        if n <= self._acknowledged:
            return []
        messages = []
        while self._acknowledged < n:
            self._acknowledged += 1
            messages.append(self._release(self._acknowledged))
        return [Acknowledged(n, messages)]

    def _catch_up(self) -> "list[Any]":
        if not self._is_open or not self.is_greeted:
            return []
        commands: "list[Any]" = []
        while max(self._sent, self._acknowledged) < self._posted:
            self._sent = max(self._sent, self._acknowledged) + 1
            commands.append(Send(self._kept[self._sent]))
        return commands
