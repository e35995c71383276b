"""The keys that recordings are sealed with: one wraps the keys of new files, all of them unwrap those of old ones."""

import base64
import hashlib
import secrets

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from deskside.core.schema import is_identifier

KEY = 32
"""Bytes of a key, and of the key of a file."""
KEY_ID = 8
WRAPPED = KEY + 8

_CHARACTERS = 43
_SCOPE = b"deskside recording key\0"


class BadKey(ValueError):
    """This text holds no keys. The sentence never quotes it."""


class KeyMissing(Exception):
    """The file was sealed with a key that is not, or no longer, among these."""


class WrapBroken(Exception):
    """The key is there, but what it shall unwrap was altered."""


class Keyring:
    """`keys` of 32 bytes each; the first wraps."""

    def __init__(self, keys: list[bytes]) -> None:
        if not keys or any(len(key) != KEY for key in keys):
            raise BadKey("A recording key is 32 bytes, and there must be at least one.")
        self._keys = {_key_id(key): key for key in keys}
        self._first = _key_id(keys[0])

    @classmethod
    def from_text(cls, text: str) -> "Keyring":
        """Keys as `generate` makes them, separated by commas, the newest first. Raises BadKey."""
        return cls([_decoded(part.strip()) for part in text.split(",")])

    @staticmethod
    def generate() -> str:
        """A new key, as `from_text` takes it."""
        return base64.urlsafe_b64encode(secrets.token_bytes(KEY)).decode().rstrip("=")

    def wrap(self, file_key: bytes) -> tuple[bytes, bytes]:
        """Which key wrapped it, and the wrapped key of the file (RFC 3394)."""
        return self._first, aes_key_wrap(self._keys[self._first], file_key)

    def unwrap(self, key_id: bytes, wrapped: bytes) -> bytes:
        """The key of a file. Raises KeyMissing or WrapBroken."""
        key = self._keys.get(key_id)
        if key is None:
            raise KeyMissing("This recording was sealed with another key than those that are set.")
        try:
            return aes_key_unwrap(key, wrapped)
        except InvalidUnwrap:
            raise WrapBroken("The wrapped key was altered.") from None


def _key_id(key: bytes) -> bytes:
    """Names a key and tells nothing about it: the keys are random."""
    return hashlib.sha256(_SCOPE + key).digest()[:KEY_ID]


def _decoded(text: str) -> bytes:
    text = text.rstrip("=")
    if not is_identifier(text, _CHARACTERS) or len(text) != _CHARACTERS:
        raise BadKey(f"A recording key is {_CHARACTERS} characters of A to Z, a to z, 0 to 9, - and _ (32 bytes).")
    return base64.urlsafe_b64decode(text + "=")
