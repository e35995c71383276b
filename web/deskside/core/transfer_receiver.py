"""The receiving side of one file: says where to start, accepts exactly what was offered, checks every block."""

from .errors import ProtocolError
from .messages import BLOCK_SIZE
from .transfer import (
    LARGEST_CHUNK,
    RETRIES,
    SMALLEST_CHUNK,
    WINDOW,
    Check,
    Close,
    Discard,
    Finish,
    Keep,
    Rewind,
    Send,
    Transfer,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Commands = list[Any]
    Message = dict[str, Any]


class Receiver(Transfer):
    """Receives a file of exactly `size` bytes over one channel after another, into a storage of the shell's.

    It waits for both, the storage and a channel, and then says `start`; the sender repeats that message
    before the first byte it sends from there. What still comes before that echo, after a block was found
    bad, left the sender earlier and is dropped.
    """

    def __init__(self, size: int) -> None:
        Transfer.__init__(self, size)
        self._storage_ready = False
        self._stored_digest = ""
        self._start_sent = False
        self._running = False
        self._stale_left = 0  # bytes that may still come from before a restart,
        self._stale_frames = 0  # and in how many frames, those between two blocks included
        self._next = 0  # the block that comes now
        self._received = 0  # bytes of it
        self._retries = 0
        self._expected_digest = ""
        self._finishing = False

    def storage_ready(self, blocks: int, digest: str, now: float) -> "Commands":
        """The storage is open, or was rewound, and holds the first `blocks` blocks; `digest` is that over theirs."""
        if self.over:
            return []
        self._storage_ready = True
        self._stored_digest = digest
        self.verified = self._next = blocks
        return self._ask_to_start()

    def storage_failed(self, reason: str) -> "Commands":
        """The storage cannot go on."""
        return self.end(reason)

    def channel_opened(self, now: float) -> "Commands":
        """A channel is open."""
        if self.reason:
            return [Close()]
        self._note_channel(True)
        self._stop_running()
        self._stale_left = 0
        return self._ask_to_start()

    def channel_closed(self, now: float) -> "Commands":
        """The channel is gone, with all that was in it."""
        self._note_channel(False)
        was_running = self._running
        self._stop_running()
        if self.over or self._finishing or not was_running:
            return []
        self._storage_ready = False
        return [Rewind()]

    def received(self, message: "Message", now: float) -> "Commands":
        """A message of the `file` table came. Raises ProtocolError."""
        if self.reason or not self.attached:
            return []
        kind = message["type"]
        if kind == "start":
            self._note_start(message["block"])
            return []
        if kind not in ("block", "done"):
            raise ProtocolError("unexpected_message", kind)
        if not self._running:
            self._note_stale(0, kind)
            return []
        if kind == "block":
            return self._end_of_block(message)
        return self._end_of_file(message)

    def received_chunk(self, size: int, now: float) -> "Commands":
        """A binary message of `size` bytes came: without a Keep in answer it is to be dropped. Raises ProtocolError."""
        if self.reason or not self.attached:
            return []
        if size > LARGEST_CHUNK:
            raise ProtocolError("oversized_chunk")
        if not self._running:
            self._note_stale(size, "bytes")
            return []
        if self._next >= self.blocks:
            raise ProtocolError("too_many_bytes")
        missing = self.block_size(self._next) - self._received
        if size > missing:
            raise ProtocolError("too_many_bytes")
        if size < min(SMALLEST_CHUNK, missing) or size == 0:
            raise ProtocolError("undersized_chunk")
        if self._next >= self.verified + WINDOW:
            raise ProtocolError("too_far_ahead")
        self._received += size
        self._note_movement(now)
        return [Keep()]

    def block_stored(self, block: int, now: float) -> "Commands":
        """The storage found the block to be good and wrote it."""
        if self.over:
            return []
        self.verified = block + 1
        self._retries = 0
        if not self._running:
            return []
        return [Send({"type": "verified", "block": block})] + self._finish()

    def block_bad(self, block: int, now: float) -> "Commands":
        """The block is not what its digest says; the storage skips everything until it is rewound."""
        if self.over:
            return []
        self._retries += 1
        if self._retries > RETRIES:
            return self.end("corrupt")
        if self._running:
            self._stop_running()
            self._stale_left = (WINDOW + 1) * BLOCK_SIZE
            self._stale_frames = (WINDOW + 1) * (BLOCK_SIZE // SMALLEST_CHUNK + 2)
            self._storage_ready = False
            return [Rewind()]
        return []

    def file_stored(self, now: float) -> "Commands":
        """The whole is what its digest says, and is on the disk."""
        if self.over:
            return []
        self.finished = True
        self._finishing = False
        if self._running:
            return [Send({"type": "stored", "digest": self._expected_digest})]
        return self._ask_to_start()

    def file_bad(self, now: float) -> "Commands":
        """Every block was good and the whole is not."""
        return self.end("corrupt")

    def pause(self, paused: bool, by_peer: bool = False) -> "Commands":
        # It is the sender who stops, told by its own page.
        self._note_pause(paused, by_peer)
        return []

    def end(self, reason: str) -> "Commands":
        if self.over:
            return []
        self.reason = reason
        return [Close(), Discard()]

    def _ask_to_start(self) -> "Commands":
        if not self.attached or self._start_sent or self._finishing or not (self._storage_ready or self.finished):
            return []
        self._start_sent = True
        start: "Message" = {"type": "start", "block": self.verified}
        if self.verified:
            # What is here must be of the file that the sender goes on with.
            start["digest"] = self._expected_digest if self.finished else self._stored_digest
        return [Send(start)]

    def _note_start(self, block: int) -> None:
        if not self._start_sent or self._running or block != self.verified:
            raise ProtocolError("out_of_order", "start.block")
        self._running = True
        self._next = block
        self._received = 0

    def _note_stale(self, size: int, what: str) -> None:
        if not self._stale_left or size > self._stale_left or not self._stale_frames:
            raise ProtocolError("not_started", what)
        self._stale_left -= size
        self._stale_frames -= 1

    def _stop_running(self) -> None:
        self._running = False
        self._start_sent = False
        self._received = 0
        if not self.finished and not self._finishing:
            self._expected_digest = ""

    def _end_of_block(self, message: "Message") -> "Commands":
        block = message["block"]
        if block != self._next or block >= self.blocks:
            raise ProtocolError("out_of_order", "block.block")
        if message["size"] != self.block_size(block) or self._received != message["size"]:
            raise ProtocolError("wrong_size", "block.size")
        self._next += 1
        self._received = 0
        return [Check(block, message["digest"])]

    def _end_of_file(self, message: "Message") -> "Commands":
        if message["blocks"] != self.blocks or self._next != self.blocks:
            raise ProtocolError("wrong_total", "done.blocks")
        if self._expected_digest:
            if message["digest"] != self._expected_digest:
                raise ProtocolError("wrong_digest", "done.digest")
            if self.finished:
                return [Send({"type": "stored", "digest": self._expected_digest})]
            raise ProtocolError("out_of_order", "done")
        self._expected_digest = message["digest"]
        return self._finish()

    def _finish(self) -> "Commands":
        if self.verified != self.blocks or not self._expected_digest or self._finishing:
            return []
        self._finishing = True
        return [Finish(self._expected_digest)]

    def _done(self) -> int:
        return min(self.size, max(self._next, self.verified) * BLOCK_SIZE + self._received)

    def _all_moved(self) -> bool:
        return self._next == self.blocks
