"""The sending side of one file: reads ahead, keeps the channel full but not flooded, obeys the receiver."""

from .errors import ProtocolError
from .messages import BLOCK_SIZE
from .transfer import (
    HIGH_MARK,
    LARGEST_CHUNK,
    LEAST_MARK,
    READ_AHEAD,
    RETRIES,
    WINDOW,
    Close,
    Differs,
    HashFile,
    HashStart,
    Read,
    Release,
    Send,
    SendChunk,
    Transfer,
    chunk_size,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Commands = list[Any]
    Message = dict[str, Any]


class Sender(Transfer):
    """Sends a file of `size` bytes over one channel after another, until it was `stored`.

    Where the receiver begins behind blocks that it has already, it proves them by the digest over theirs: a sender
    whose file has others (a person has picked the wrong one after a reload) sends nothing, and its state is `differs`.
    """

    def __init__(self, size: int) -> None:
        Transfer.__init__(self, size)
        self._chunk = LARGEST_CHUNK
        self._mark = HIGH_MARK
        self._started = False
        self._start = 0
        self._proof = ""  # the receiver's digest over what it has before `_start`, until it was compared
        self._proving = False
        self._restarts = 0
        self._position = 0  # the block that leaves now
        self._sent = 0  # bytes of it that have left
        self._hashed = 0  # blocks from the first whose digests the shell holds
        self._buffered = 0
        self._reading: "set[int]" = set()
        self._ready: "dict[int, str]" = {}
        self._digest = ""
        self._hashing = False
        self._done_sent = False

    @property
    def low_mark(self) -> int:
        """Go on when so many bytes wait in the channel: the shell tells it by `drained`."""
        return self._mark // 2

    def share(self, senders: int) -> None:
        """So many files leave over this connection: a small one must not stand behind all that a large one queued."""
        self._mark = max(LEAST_MARK, HIGH_MARK // max(1, senders))

    def channel_opened(self, max_message_size: float, now: float) -> "Commands":
        """A channel is open. The receiver speaks first."""
        if self.over or self.differs:
            return [Close()]
        self._note_channel(True)
        self._chunk = chunk_size(max_message_size)
        self._started = False
        self._restarts = 0
        self._buffered = 0
        return []

    def channel_closed(self, now: float) -> "Commands":
        """The channel is gone, with all that was in it."""
        self._note_channel(False)
        self._started = False
        return self._release_all()

    def received(self, message: "Message", now: float) -> "Commands":
        """A message of the `file` table came. Raises ProtocolError."""
        if self.over or not self.attached:
            return []
        kind = message["type"]
        if kind == "start":
            commands = self._begin(message["block"], message.get("digest", ""))
        elif kind == "verified":
            self._count_verified(message["block"])
            commands = self._pump()
        elif kind == "stored":
            commands = self._conclude(message["digest"])
        else:
            raise ProtocolError("unexpected_message", kind)
        self._note_movement(now)
        return commands

    def received_bytes(self) -> "Commands":
        """Bytes came: a receiver sends none. Raises ProtocolError."""
        raise ProtocolError("unexpected_bytes")

    def drained(self, buffered: int, now: float) -> "Commands":
        """The channel still holds `buffered` bytes: to be told when it falls to the low mark, and whenever else the
        shell comes by, for a count that is too high makes the sender wait for a fall that never comes.
        """
        self._buffered = buffered
        self._note_movement(now)
        return self._pump()

    def block_read(self, block: int, digest: str, now: float) -> "Commands":
        """A block was read and hashed."""
        self._reading.discard(block)
        if self.over or not self._started or not self._position <= block < self._position + READ_AHEAD:
            return [Release(block)]
        self._ready[block] = digest
        return self._pump()

    def read_failed(self, block: int, now: float) -> "Commands":
        """The source cannot be read, or is not as long as it was."""
        self._reading.discard(block)
        return self.end("vanished")

    def start_hashed(self, blocks: int, digest: str, now: float) -> "Commands":
        """The digest over the digests of the first `blocks` blocks is known."""
        if self.over or not self._started or blocks != self._start or not self._proof:
            return []
        if digest == self._proof:
            self._proof = ""
            return self._pump()
        self.differs = True
        self._started = False
        return self._release_all() + [Differs()]

    def file_hashed(self, digest: str, now: float) -> "Commands":
        """The digest over all digests is known."""
        self._hashing = False
        self._digest = digest
        return self._pump()

    def pause(self, paused: bool, by_peer: bool = False) -> "Commands":
        self._note_pause(paused, by_peer)
        return self._pump()

    def end(self, reason: str) -> "Commands":
        if self.over:
            return []
        self.reason = reason
        return self._release_all() + [Close()]

    def _begin(self, block: int, proof: str) -> "Commands":
        if block > self.blocks:
            raise ProtocolError("out_of_range", "start.block")
        if block and not proof:
            raise ProtocolError("missing_digest", "start.digest")
        if self._started:
            if block != self.verified:
                raise ProtocolError("out_of_order", "start.block")
            self._restarts += 1
            if self._restarts > RETRIES:
                raise ProtocolError("too_many_restarts")
        self._started = True
        self._start = self.verified = block
        self._proof = proof if block else ""
        self._proving = False
        # Blocks whose digests are not known yet are read for the digest of the whole, though not sent.
        self._position = min(block, self._hashed)
        self._sent = 0
        self._done_sent = False
        commands: "Commands" = []
        for ready in list(self._ready):
            if not self._position <= ready < self._position + READ_AHEAD:
                del self._ready[ready]
                commands.append(Release(ready))
        commands.append(Send({"type": "start", "block": block}))
        return commands + self._pump()

    def _count_verified(self, block: int) -> None:
        if not self._started or block != self.verified or block >= self._position:
            raise ProtocolError("out_of_order", "verified.block")
        self.verified += 1
        self._restarts = 0

    def _conclude(self, digest: str) -> "Commands":
        if not self._done_sent or self.verified != self.blocks:
            raise ProtocolError("out_of_order", "stored")
        if digest != self._digest:
            raise ProtocolError("wrong_digest", "stored.digest")
        self.finished = True
        return [Close()]

    def _pump(self) -> "Commands":
        commands: "Commands" = []
        while self._started and not self.over and not self.paused:
            self._read_ahead(commands)
            block = self._position
            if block == self._start and self._proof:
                if not self._proving:
                    self._proving = True
                    commands.append(HashStart(block))
                break
            if block == self.blocks:
                self._tell_done(commands)
                break
            if block not in self._ready:
                break
            if block >= self._start:
                if block >= self.verified + WINDOW or not self._send_chunks(block, commands):
                    break
                size = self.block_size(block)
                commands.append(Send({"type": "block", "block": block, "size": size, "digest": self._ready[block]}))
            del self._ready[block]
            commands.append(Release(block))
            self._sent = 0
            self._position += 1
            self._hashed = max(self._hashed, self._position)
        return commands

    def _read_ahead(self, commands: "Commands") -> None:
        for block in range(self._position, min(self._position + READ_AHEAD, self.blocks)):
            if block not in self._ready and block not in self._reading:
                self._reading.add(block)
                commands.append(Read(block, block * BLOCK_SIZE, self.block_size(block)))

    def _send_chunks(self, block: int, commands: "Commands") -> bool:
        """Send what the channel has room for; True when the whole block has left."""
        whole = self.block_size(block)
        while self._sent < whole:
            size = min(self._chunk, whole - self._sent)
            if self._buffered + size > self._mark:
                return False
            commands.append(SendChunk(block, self._sent, size))
            self._sent += size
            self._buffered += size
        return True

    def _tell_done(self, commands: "Commands") -> None:
        if self._digest:
            if not self._done_sent:
                self._done_sent = True
                commands.append(Send({"type": "done", "blocks": self.blocks, "digest": self._digest}))
        elif not self._hashing:
            self._hashing = True
            commands.append(HashFile())

    def _release_all(self) -> "Commands":
        commands: "Commands" = [Release(block) for block in self._ready]
        self._ready = {}
        return commands

    def _done(self) -> int:
        left = min(self.size, self._position * BLOCK_SIZE + self._sent) - self._buffered
        return max(min(self.size, self.verified * BLOCK_SIZE), left)

    def _all_moved(self) -> bool:
        return self._started and self._position == self.blocks and self._buffered == 0
