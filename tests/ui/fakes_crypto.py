"""WebCrypto without a browser: real hashes, keys and signatures, with the surface of `runtime.crypto`.

It answers later, as a browser does, and in the order that the test wants: what is asked waits in the host's timers.
"""

import base64
import hashlib
import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

if TYPE_CHECKING:
    from tests.ui.fakes import FakeHost

WORDS = [f"word{number}" for number in range(2048)]
_SHA256 = ec.ECDSA(hashes.SHA256())
_numbers = itertools.count(1)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class FakeKey:
    def __init__(self, host: "FakeHost") -> None:
        self._host = host
        self._private = ec.generate_private_key(ec.SECP256R1())
        self.public = _encoded(self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def sign(self, text: str, done: Callable[[str], Any]) -> None:
        r, s = decode_dss_signature(self._private.sign(text.encode(), _SHA256))
        self._host.later(0, lambda: done(_encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))))


class FakeCrypto:
    def __init__(self, host: "FakeHost") -> None:
        self._host = host
        self.words_known = True
        self.asked_for_words = 0

    def nonce(self) -> str:
        return _encoded(hashlib.sha256(f"nonce {next(_numbers)}".encode()).digest())

    def digest(self, text: str, done: Callable[[str], Any], failed: Callable[[str], Any]) -> None:
        self._host.later(0, lambda: done(hashlib.sha256(text.encode()).hexdigest()))

    def make_key(self, done: Callable[[FakeKey], Any], failed: Callable[[str], Any]) -> None:
        self._host.later(0, lambda: done(FakeKey(self._host)))

    def verify(self, key: str, text: str, signature: str, done: Callable[[bool], Any]) -> None:
        self._host.later(0, lambda: done(is_signed(key, text, signature)))

    def words(self, done: Callable[[list[str]], Any]) -> None:
        self.asked_for_words += 1
        self._host.later(0, lambda: done(WORDS if self.words_known else []))


def is_signed(key: str, text: str, signature: str) -> bool:
    raw = _decoded(signature)
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(key))
        both = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        public.verify(both, text.encode(), _SHA256)
    except (InvalidSignature, ValueError):
        return False
    return True
