"""Three words that two pages show when nobody is between them: agreed by commitment, without any I/O.

The customer's page commits to a nonce and a key, the representative's page then sends its own, and only then the
customer's reveals. So whoever is between has one guess, and cannot look for nonces that give both sides the same
words. Both public keys, with which the record of the session is signed, and the certificates of the connection go
into the words. Hashes are asked for and come back by `digested`: a browser computes them in its own time.
"""

from collections import namedtuple

from .errors import ProtocolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Digest = namedtuple("Digest", ("purpose", "text"))
"""Compute the SHA-256 of this text in UTF-8 and hand it to `digested` with the same purpose."""
Say = namedtuple("Say", ("message",))
"""Send this numbered message over `control`."""
Agreed = namedtuple("Agreed", ("digest", "key"))
"""The words are those of this digest; `key` is the other page's public key."""

WORDS = 3
COMMITMENT = "deskside words commitment 1"
AGREEMENT = "deskside three words 1"


def words_of(digest: str, words: "list[str]") -> "list[str]":
    """Three words of a list whose length is a power of two, by the first bits of a SHA-256 in hexadecimal."""
    bits = 0
    while (1 << bits) < len(words):
        bits += 1
    if len(words) != 1 << bits or bits == 0:
        raise ValueError("the length of a list of words is a power of two")
    value = int(digest, 16)
    return [words[(value >> (256 - bits * (place + 1))) & (len(words) - 1)] for place in range(WORDS)]


def commitment_text(nonce: str, key: str) -> str:
    """What is hashed to commit to a nonce and a public key. Neither holds a line break."""
    return "\n".join([COMMITMENT, nonce, key])


class Exchange:
    """One page's side, for one pair of pages. `nonce` is random and new; `local` and `remote` are the fingerprints of
    the certificates as this page sees them."""

    def __init__(self, role: str, nonce: str, key: str, local: str, remote: str) -> None:
        self.role = role
        self._own = {"nonce": nonce, "key": key, "fingerprint": local}
        self._other = {"nonce": "", "key": "", "fingerprint": remote}
        self._state = "new"
        self._commitment = ""

    def start(self) -> "list[Any]":
        """The pages are connected. The customer's begins."""
        if self.role != "customer" or self._state != "new":
            return []
        self._state = "committing"
        return [Digest("commitment", commitment_text(self._own["nonce"], self._own["key"]))]

    def received(self, message: "dict[str, Any]") -> "list[Any]":
        """`words_commitment`, `words_nonce` or `words_reveal`; each has one moment, and comes once."""
        kind = message["type"]
        if kind == "words_commitment" and self.role == "representative" and self._state == "new":
            self._commitment = message["commitment"]
            self._state = "answered"
            return [Say({"type": "words_nonce", "nonce": self._own["nonce"], "key": self._own["key"]})]
        if kind == "words_nonce" and self.role == "customer" and self._state == "committed":
            self._take(message)
            reveal = {"type": "words_reveal", "nonce": self._own["nonce"], "key": self._own["key"]}
            return [Say(reveal)] + self._agree()
        if kind == "words_reveal" and self.role == "representative" and self._state == "answered":
            self._take(message)
            self._state = "checking"
            return [Digest("check", commitment_text(message["nonce"], message["key"]))]
        raise ProtocolError("words_out_of_order")

    def digested(self, purpose: str, digest: str) -> "list[Any]":
        """A hash is there. Raises ProtocolError("words_changed") when the other page reveals what it had not committed
        to: somebody looked for better words."""
        if purpose == "commitment" and self._state == "committing":
            self._state = "committed"
            return [Say({"type": "words_commitment", "commitment": digest})]
        if purpose == "check" and self._state == "checking":
            if digest != self._commitment:
                self._state = "failed"
                raise ProtocolError("words_changed")
            return self._agree()
        if purpose == "words" and self._state == "agreeing":
            self._state = "agreed"
            return [Agreed(digest, self._other["key"])]
        return []

    def _take(self, message: "dict[str, Any]") -> None:
        self._other["nonce"] = message["nonce"]
        self._other["key"] = message["key"]
        if self._other["key"] == self._own["key"] or self._other["nonce"] == self._own["nonce"]:
            self._state = "failed"
            raise ProtocolError("words_changed")

    def _agree(self) -> "list[Any]":
        self._state = "agreeing"
        customer, representative = (self._own, self._other) if self.role == "customer" else (self._other, self._own)
        said = [AGREEMENT]
        for name in ("nonce", "fingerprint", "key"):
            said += [customer[name], representative[name]]
        return [Digest("words", "\n".join(said))]
