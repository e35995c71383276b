"""A stream of VP8 packets as a page sends it, and ways for it to be lost on."""

from collections.abc import Iterable
from typing import NamedTuple

PACKET = 1200


class Packet(NamedTuple):
    """One RTP packet."""

    sequence: int
    timestamp: int
    marker: bool
    payload: bytes


def keyframe(filling: bytes, width: int = 1280, height: int = 800) -> bytes:
    """What begins as a keyframe of that size does."""
    return b"\x10\x00\x00\x9d\x01\x2a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + filling


def delta(filling: bytes) -> bytes:
    """What begins as a frame does that needs the one before."""
    return b"\x11\x00\x00" + filling


def packets(frames: Iterable[bytes], sequence: int = 100, timestamp: int = 5000, step: int = 9000) -> list[Packet]:
    """Frames cut into packets, each with a descriptor of two bytes' picture number, as Chromium has it."""
    made: list[Packet] = []
    for number, frame in enumerate(frames):
        pieces = [frame[at : at + PACKET] for at in range(0, len(frame), PACKET)]
        for place, piece in enumerate(pieces):
            head = bytes([0x90 if place == 0 else 0x80, 0x80, 0x80 | number >> 8 & 0x7F, number & 0xFF])
            moment = (timestamp + number * step) & 0xFFFFFFFF
            made.append(Packet((sequence + len(made)) & 0xFFFF, moment, place == len(pieces) - 1, head + piece))
    return made
