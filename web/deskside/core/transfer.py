"""What the sender and the receiver of a file share: limits, commands, states and the measure of progress.

Sender (transfer_sender) and Receiver (transfer_receiver) never see a byte: they count sizes and decide; the
shell holds the bytes. Each event returns a list of the commands below, to be carried out in order.
"""

from collections import namedtuple

from .messages import BLOCK_SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGEST_CHUNK = 256 * 1024
SMALLEST_CHUNK = 16 * 1024
WINDOW = 16
"""Blocks that may be under way: sent, and not yet verified and on the receiver's disk."""
READ_AHEAD = 4
"""Blocks that the sender holds in memory: read and hashed while the ones before them leave."""
HIGH_MARK = 8 * 1024 * 1024
"""Bytes that may wait in the channels of one connection: never more; the senders share them."""
LEAST_MARK = 1024 * 1024
"""What each of them may always have waiting, however many there are."""
RETRIES = 3
"""How often one block may be asked for again before the transfer ends as corrupt."""

_SMOOTHING = 3000.0
_SHORTEST_SAMPLE = 250
_STALL = 2000.0

Send = namedtuple("Send", ("message",))
"""Send this message of the `file` table on the channel."""
Close = namedtuple("Close", ())
"""Close the channel."""

Read = namedtuple("Read", ("block", "offset", "size"))
"""Read these bytes of the source and hash them; answer `block_read` or `read_failed`."""
SendChunk = namedtuple("SendChunk", ("block", "start", "size"))
"""Send these bytes of a block that was read, as one binary message."""
Release = namedtuple("Release", ("block",))
"""The bytes of this block are not needed any more."""
HashStart = namedtuple("HashStart", ("blocks",))
"""Hash the digests of so many blocks from the first, in their order; answer `start_hashed`."""
Differs = namedtuple("Differs", ())
"""The receiver holds blocks of another file than this one. Nothing of it was sent; leave the channel."""
HashFile = namedtuple("HashFile", ())
"""Hash the digests of all blocks, in their order; answer `file_hashed`."""

Keep = namedtuple("Keep", ())
"""Hand the chunk that just came to the storage, behind the ones before it."""
Check = namedtuple("Check", ("block", "digest"))
"""The chunks kept since the last one are this block: answer `block_stored` or `block_bad`."""
Rewind = namedtuple("Rewind", ())
"""Forget chunks that are no whole block, after all that was asked before; answer `storage_ready`."""
Finish = namedtuple("Finish", ("digest",))
"""Compare with the digest of all blocks' digests and close the storage; answer `file_stored` or `file_bad`."""
Discard = namedtuple("Discard", ())
"""Delete what the storage holds."""

Progress = namedtuple("Progress", ("done", "size", "speed", "seconds_left"))
"""Bytes done and in all; bytes a second, smoothed, and whole seconds left: None as long as nobody can tell."""


def chunk_size(max_message_size: float) -> int:
    """The size of a binary message on a connection with this `sctp.maxMessageSize` (0: no limit)."""
    for size in (LARGEST_CHUNK, 64 * 1024):
        if max_message_size == 0 or max_message_size >= size:
            return size
    return SMALLEST_CHUNK


class Meter:
    """Speed, smoothed over a few seconds of movement; a rest (pause, dropped connection) starts it anew."""

    def __init__(self) -> None:
        self._at: "float | None" = None
        self._done = 0
        self._speed: "float | None" = None

    def moved(self, done: int, now: float) -> None:
        """`done` bytes are there by `now`."""
        if self._at is None or done < self._done or now < self._at:
            self._at = now
            self._done = done
            return
        elapsed = now - self._at
        if elapsed < _SHORTEST_SAMPLE:
            return
        speed = (done - self._done) * 1000.0 / elapsed
        if self._speed is None:
            self._speed = speed
        else:
            self._speed += (speed - self._speed) * elapsed / (elapsed + _SMOOTHING)
        self._at = now
        self._done = done

    def rest(self) -> None:
        self._at = None
        self._speed = None

    def progress(self, done: int, size: int, now: float) -> Progress:
        speed = self._speed
        if speed is None or self._at is None:
            return Progress(done, size, None, None)
        quiet = now - self._at
        if quiet > _STALL:
            speed = speed * _STALL / quiet
        if speed < 1:
            return Progress(done, size, 0, None)
        return Progress(done, size, int(speed), int((size - done) / speed + 0.999))


class Transfer:
    """One file on its way. `state` is a word:

    `waiting` (no channel yet), `moving`, `paused`, `suspended` (the channel closed; another resumes), `checking`
    (every byte has left or come), `differs` (this sender's file is not the one that the receiver has the beginning
    of: another sender may go on), `finished` (the receiver holds the file) and `ended`, for a `reason` of the
    `file_end` message. Sender and receiver raise ProtocolError for what the other side must not do: the shell
    then calls `end("corrupt")`.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.blocks = (size + BLOCK_SIZE - 1) // BLOCK_SIZE
        self.verified = 0
        self.reason = ""
        self.finished = False
        self.differs = False
        self.attached = False
        self._was_attached = False
        self._paused_here = False
        self._paused_there = False
        self._meter = Meter()

    @property
    def over(self) -> bool:
        return self.finished or self.reason != ""

    @property
    def paused(self) -> bool:
        return self._paused_here or self._paused_there

    @property
    def paused_here(self) -> bool:
        """Whether this side paused it: only it can go on."""
        return self._paused_here

    @property
    def state(self) -> str:
        if self.finished:
            return "finished"
        if self.reason:
            return "ended"
        if self.differs:
            return "differs"
        if self.paused:
            return "paused"
        if not self.attached:
            return "suspended" if self._was_attached else "waiting"
        return "checking" if self.blocks and self._all_moved() else "moving"

    def progress(self, now: float) -> Progress:
        if self.finished:
            return Progress(self.size, self.size, None, 0)
        return self._meter.progress(self._done(), self.size, now)

    def block_size(self, block: int) -> int:
        """The size of a block: all are full but the last."""
        return min(BLOCK_SIZE, self.size - block * BLOCK_SIZE)

    def pause(self, paused: bool, by_peer: bool = False) -> "list[Any]":
        """Stop or go on, for this side or for the other: it moves while neither has paused it."""
        raise NotImplementedError

    def end(self, reason: str) -> "list[Any]":
        """It is over for good, for a reason of the `file_end` message. What is finished already stays so."""
        raise NotImplementedError

    def _note_pause(self, paused: bool, by_peer: bool) -> None:
        if by_peer:
            self._paused_there = paused
        else:
            self._paused_here = paused
        if paused:
            self._meter.rest()

    def _note_channel(self, attached: bool) -> None:
        self.attached = attached
        self._was_attached = self._was_attached or attached
        self._meter.rest()

    def _note_movement(self, now: float) -> None:
        if self.attached and not self.paused:
            self._meter.moved(self._done(), now)

    def _done(self) -> int:
        raise NotImplementedError

    def _all_moved(self) -> bool:
        raise NotImplementedError
