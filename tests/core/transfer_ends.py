"""A Sender and a Receiver joined by a wire that can be cut, with a source and a storage that hold words for bytes.

Blocks are words: a block's digest is made of its number and its word, so a changed word is a changed file. Four
queues wait to be served, in any order the test wants: `reads`, `to_receiver`, `to_sender` and `storing`.
"""

from deskside.core import transfer as commands
from deskside.core.codec import check
from deskside.core.messages import BLOCK_SIZE, FILE
from deskside.core.transfer_receiver import Receiver
from deskside.core.transfer_sender import Sender

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

QUEUES = ("reads", "to_receiver", "to_sender", "storing")


def digest(*words: "Any") -> str:
    """64 hexadecimal digits that differ when the words differ: no SHA-256, but as good for a test."""
    number = 7
    for letter in repr(words):
        number = (number * 31 + ord(letter)) % (1 << 61)
    text = f"{number:016x}"
    return text + text + text + text


class Ends:
    """Both ends of one transfer of `size` bytes."""

    def __init__(self, size: int, largest_message: int = 0) -> None:
        self.sender = Sender(size)
        self.receiver = Receiver(size)
        self.largest_message = largest_message
        self.now = 1000.0
        self.words = ["word"] * self.sender.blocks
        self.broken_reads: "list[int]" = []
        self.held: "dict[int, str]" = {}
        self.digests: "dict[int, str]" = {}
        self.most_held = 0
        self.most_buffered = 0
        self.stored: "list[str]" = []
        self.kept: "list[tuple[int, int, int, str]]" = []
        self.storage_broken = False
        self.storage_closed = False
        self.discarded = False
        self.connected = False
        self.sent_blocks: "list[int]" = []
        self.reads: "list[Any]" = []
        self.to_receiver: "list[Any]" = []
        self.to_sender: "list[Any]" = []
        self.storing: "list[Any]" = [("ready", None)]

    # what happens between the ends

    def connect(self) -> None:
        self.cut()
        self.connected = True
        self.carry_out(self.sender.channel_opened(self.largest_message, self.now))
        if self.connected:
            self.answer(self.receiver.channel_opened(self.now))

    def cut(self) -> None:
        if not self.connected:
            return
        self.connected = False
        self.to_receiver = []
        self.to_sender = []
        self.carry_out(self.sender.channel_closed(self.now))
        self.answer(self.receiver.channel_closed(self.now))

    def reload_sender(self, word: str = "word") -> None:
        """Another page, and a file picked again: the same, or with another word in all its blocks."""
        self.cut()
        self.sender = Sender(self.sender.size)
        self.words = [word] * self.sender.blocks
        self.reads = []
        self.held = {}
        self.digests = {}

    def reload_receiver(self) -> None:
        """Another page, which has what is on the disk, whole block by whole block."""
        self.cut()
        if self.receiver.over:
            return
        self.receiver = Receiver(self.receiver.size)
        self.storing = [("ready", None)]
        self.kept = []
        self.storage_broken = False
        self.storage_closed = False

    def run(self, steps: int = 100000) -> None:
        """Serve all queues in turn until nothing waits."""
        while steps and any(getattr(self, name) for name in QUEUES):
            for name in QUEUES:
                self.serve(name)
            steps -= 1
        assert steps, "the transfer does not come to rest"

    def serve(self, name: str) -> bool:
        """Serve the first of a queue; False when nothing waits in it."""
        queue = getattr(self, name)
        if not queue:
            return False
        first = queue.pop(0)
        self.now += 10
        if name == "reads":
            self.read(first)
        elif name == "to_receiver":
            self.deliver(first)
        elif name == "to_sender":
            self.carry_out(self.sender.drained(self.buffered(), self.now))
            self.carry_out(self.sender.received(first, self.now))
        else:
            self.store(first[0], first[1])
        return True

    def pause(self, paused: bool, by_peer: bool = False) -> None:
        """Pause or go on at the sender, `by_peer` as the receiver's page tells it."""
        self.carry_out(self.sender.pause(paused, by_peer))
        self.carry_out(self.sender.drained(self.buffered(), self.now))

    def spoil(self, block: int) -> bool:
        """Spoil the first chunk of the block where it is on the wire."""
        for index in range(len(self.to_receiver)):
            item = self.to_receiver[index]
            if type(item) is tuple and item[0] == block and item[1] == 0 and item[3] != "noise":
                self.to_receiver[index] = (block, 0, item[2], "noise")
                return True
        return False

    # the sender's shell

    def carry_out(self, found: "list[Any]") -> None:
        for command in found:
            kind = type(command)
            if kind is commands.Read:
                self.reads.append(command)
            elif kind is commands.Release:
                self.held.pop(command.block, None)
            elif kind is commands.SendChunk:
                self.send_chunk(command)
            elif kind is commands.Send:
                if command.message["type"] == "block":
                    self.sent_blocks.append(command.message["block"])
                self.to_receiver.append(check(command.message, FILE))
            elif kind is commands.HashStart:
                part = digest(*[self.digests[block] for block in range(command.blocks)])
                self.carry_out(self.sender.start_hashed(command.blocks, part, self.now))
            elif kind is commands.Differs:
                self.cut()
            elif kind is commands.HashFile:
                whole = digest(*[self.digests[block] for block in range(self.sender.blocks)])
                self.carry_out(self.sender.file_hashed(whole, self.now))
            elif kind is commands.Close:
                self.cut()
            else:
                raise AssertionError(repr(command))

    def send_chunk(self, command: "Any") -> None:
        word = self.held[command.block]
        self.to_receiver.append((command.block, command.start, command.size, word))
        self.most_buffered = max(self.most_buffered, self.buffered())

    def read(self, command: "Any") -> None:
        block = command.block
        if block in self.broken_reads:
            self.carry_out(self.sender.read_failed(block, self.now))
            return
        self.held[block] = self.words[block]
        self.most_held = max(self.most_held, len(self.held))
        self.digests[block] = digest(block, self.words[block])
        self.carry_out(self.sender.block_read(block, self.digests[block], self.now))

    def buffered(self) -> int:
        """Bytes in the channel; messages take some too, so that its marks fall amid blocks."""
        return sum([item[2] if type(item) is tuple else 150 for item in self.to_receiver])

    # the receiver's shell

    def deliver(self, item: "Any") -> None:
        if type(item) is tuple:
            before = self.buffered() + item[2]
            found = self.receiver.received_chunk(item[2], self.now)
            if found:
                assert type(found[0]) is commands.Keep
                self.kept.append(item)
            if before > self.sender.low_mark >= self.buffered():
                self.carry_out(self.sender.drained(self.buffered(), self.now))
        else:
            self.answer(self.receiver.received(item, self.now))

    def answer(self, found: "list[Any]") -> None:
        for command in found:
            kind = type(command)
            if kind is commands.Send:
                if self.connected:
                    self.to_sender.append(check(command.message, FILE))
            elif kind is commands.Check:
                self.storing.append(("check", (command.block, command.digest, self.kept)))
                self.kept = []
            elif kind is commands.Rewind:
                self.kept = []
                self.storing.append(("ready", None))
            elif kind is commands.Finish:
                self.storing.append(("finish", command.digest))
            elif kind is commands.Discard:
                self.discarded = True
            elif kind is commands.Close:
                self.cut()
            else:
                raise AssertionError(repr(command))

    def store(self, kind: str, value: "Any") -> None:
        assert not self.storage_closed
        if kind == "ready":
            self.storage_broken = False
            self.answer(self.receiver.storage_ready(len(self.stored), digest(*self.stored), self.now))
        elif kind == "finish":
            if value == digest(*self.stored):
                self.storage_closed = True
                self.answer(self.receiver.file_stored(self.now))
            else:
                self.answer(self.receiver.file_bad(self.now))
        elif not self.storage_broken:
            block, expected, chunks = value
            assert block == len(self.stored)
            assert [chunk[0] for chunk in chunks] == [block] * len(chunks)
            assert sum([chunk[2] for chunk in chunks]) == self.receiver.block_size(block)
            if digest(block, chunks[0][3]) == expected:
                self.stored.append(expected)
                self.answer(self.receiver.block_stored(block, self.now))
            else:
                self.storage_broken = True
                self.answer(self.receiver.block_bad(block, self.now))


def receiving(size: int, blocks: int = 0) -> Receiver:
    """A receiver that has been answered: bytes may come from block `blocks` on."""
    receiver = Receiver(size)
    receiver.storage_ready(blocks, digest(blocks), 0)
    receiver.channel_opened(0)
    receiver.received({"type": "start", "block": blocks}, 0)
    return receiver


def sending(size: int, blocks: int = 0) -> Sender:
    sender = Sender(size)
    sender.channel_opened(0, 0)
    sender.received(starting(blocks), 0)
    return sender


def starting(block: int) -> "dict[str, Any]":
    """The receiver's `start`; of a file whose blocks all have the digest of "any" it proves the blocks before."""
    if not block:
        return {"type": "start", "block": 0}
    return {"type": "start", "block": block, "digest": digest("first", block)}


def fill(receiver: Receiver, block: int) -> "list[Any]":
    """Receive one whole block of 1 MiB."""
    for _ in range(4):
        assert receiver.received_chunk(BLOCK_SIZE // 4, 0) == [commands.Keep()]
    return receiver.received({"type": "block", "block": block, "size": BLOCK_SIZE, "digest": digest("any")}, 0)
