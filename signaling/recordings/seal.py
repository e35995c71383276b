"""Sealed files: encrypted and append-only, readable at any place while they grow, and after a process was killed.

A header of 73 bytes names the file and holds its key, wrapped by one of a Keyring:

    8 "DESKSEAL" | 1 version | 16 random id of the file | 8 id of the wrapping key | 40 wrapped key of the file

Chunks follow, each sealed by AES-256-GCM with the key of the file:

    4 length of the plain text, its highest bit set in the last chunk | 12 nonce | ciphertext | 16 tag

What is authenticated besides: the id of the file, the number of the chunk, whether it is the last one, and the name of
the file with that of its folder, so that neither chunks nor whole files can be exchanged for others. The ending of the
name is left out: a file may get another one. Nonces are random: a counter would come twice where a chunk was torn and
written again, and what was on the disk before may have been kept by somebody.
"""

import os
import secrets
import struct
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from signaling.recordings.keyring import KEY_ID, WRAPPED

CHUNK = 65536
"""Bytes of plain text in a chunk, at most."""

MAGIC = b"DESKSEAL"
VERSION = 1
FILE_ID = 16
HEADER = struct.Struct(f">8sB{FILE_ID}s{KEY_ID}s{WRAPPED}s")
HEAD = struct.Struct(">I")
_NONCE = 12
AROUND = HEAD.size + _NONCE + 16
"""What a chunk takes on the disk besides its text."""

LAST = 1 << 31


class SealBroken(Exception):
    """This is no sealed file of ours at its place, or it was altered."""


class Seal:
    """What seals and opens the chunks of one file."""

    def __init__(self, path: Path, file_id: bytes, key: bytes) -> None:
        self._cipher = AESGCM(key)
        path = path.absolute()
        self._file = file_id + os.fsencode(f"{path.parent.name}/{path.stem}") + b"\0"

    def seal(self, number: int, data: bytes, is_last: bool) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        head = HEAD.pack(len(data) | (LAST if is_last else 0))
        return head + nonce + self._cipher.encrypt(nonce, data, self._about(number, is_last))

    def open(self, number: int, sealed: bytes, is_last: bool) -> bytes:
        """`sealed` is a chunk without its length. Raises SealBroken."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], self._about(number, is_last))
        except InvalidTag:
            raise SealBroken(f"Chunk {number} was altered or does not belong here.") from None

    def _about(self, number: int, is_last: bool) -> bytes:
        return self._file + struct.pack(">QB", number, is_last)
