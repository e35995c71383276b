"""WebCrypto for texts: hashes in hexadecimal, keys and signatures in base64url. All of it answers later."""

from . import modules
from .deadline import within
from .js import get, identifier, new, to_js, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_WITHIN = 5000.0  # milliseconds: nobody waits for it but the three words and the record
_FETCHED_WITHIN = 15_000.0
_CURVE = {"name": "ECDSA", "namedCurve": "P-256"}
_SIGNING = {"name": "ECDSA", "hash": "SHA-256"}
_DIGITS = "0123456789abcdef"
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


class Key:
    """A pair of keys of this page; the private one cannot leave it. `public` is its point, uncompressed."""

    def __init__(self, private: "Any", public: str) -> None:
        self._private = private
        self.public = public

    def sign(self, text: str, done: "Callable[[str], Any]") -> None:
        """`done` gets the signature, or "" where the browser refused."""
        signature = window.crypto.subtle.sign(to_js(_SIGNING), self._private, _bytes(text))
        within(_WITHIN, signature, lambda made: done(_base64(made)), lambda _: done(""))


class Crypto:
    """What a page needs to agree on three words and to keep the record. `failed` gets the name of an error."""

    def nonce(self) -> str:
        """43 random characters: 256 bits and a bit."""
        return identifier(43)

    def digest(self, text: str, done: "Callable[[str], Any]", failed: "Callable[[str], Any]") -> None:
        """SHA-256 of a text in UTF-8."""
        hashing = window.crypto.subtle.digest("SHA-256", _bytes(text))
        within(_WITHIN, hashing, lambda made: done(_hexadecimal(made)), failed)

    def make_key(self, done: "Callable[[Key], Any]", failed: "Callable[[str], Any]") -> None:
        def exported(pair: "Any") -> "Callable[[Any], Any]":
            return lambda made: done(Key(pair.privateKey, _base64(made)))

        def made(pair: "Any") -> None:
            within(_WITHIN, window.crypto.subtle.exportKey("raw", pair.publicKey), exported(pair), failed)

        usages = window.Array.of("sign", "verify")
        within(_WITHIN, window.crypto.subtle.generateKey(to_js(_CURVE), False, usages), made, failed)

    def verify(self, key: str, text: str, signature: str, done: "Callable[[bool], Any]") -> None:
        """Whether `signature` is one of this text by the private half of `key`."""
        subtle = window.crypto.subtle

        def refused(_: "Any") -> None:
            done(False)

        def imported(public: "Any") -> None:
            checked = subtle.verify(to_js(_SIGNING), public, _from_base64(signature), _bytes(text))
            within(_WITHIN, checked, lambda fine: done(bool(fine)), refused)

        usages = window.Array.of("verify")
        importing = subtle.importKey("raw", _from_base64(key), to_js(_CURVE), True, usages)
        within(_WITHIN, importing, imported, refused)

    def words(self, done: "Callable[[list[str]], Any]") -> None:
        """The list that three words are taken from; [] where it could not be fetched."""
        url = modules.asset("words")

        def refused(_: "Any") -> None:
            done([])

        def arrived(response: "Any") -> None:
            if response.ok:
                text = response.text()
                within(_FETCHED_WITHIN, text, lambda text: done(str(text).split("\n")), refused)
            else:
                done([])

        if url is None:
            done([])
        else:
            within(_FETCHED_WITHIN, window.fetch(url), arrived, refused)


def crypto() -> "Crypto | None":
    """None where the browser gives a page none, as over plain HTTP."""
    return Crypto() if get(get(window, "crypto"), "subtle") is not None else None


def _bytes(text: str) -> "Any":
    return new(window.TextEncoder).encode(text)


def _values(buffer: "Any") -> "list[int]":
    seen = window.Uint8Array.new(buffer)
    return [int(seen[index]) for index in range(int(seen.length))]


def _hexadecimal(buffer: "Any") -> str:
    return "".join([_DIGITS[value >> 4] + _DIGITS[value & 15] for value in _values(buffer)])


def _base64(buffer: "Any") -> str:
    values = _values(buffer)
    pieces = []
    for at in range(0, len(values), 3):
        three = values[at : at + 3]
        bits = (three + [0, 0])[0] << 16 | (three + [0, 0])[1] << 8 | (three + [0, 0])[2]
        letters = [_ALPHABET[bits >> shift & 63] for shift in (18, 12, 6, 0)]
        pieces.append("".join(letters[: len(three) + 1]))
    return "".join(pieces)


def _from_base64(text: str) -> "Any":
    values = []
    for at in range(0, len(text), 4):
        four = text[at : at + 4]
        bits = 0
        for letter in four + "A" * (4 - len(four)):
            bits = bits << 6 | _ALPHABET.find(letter)
        values += [bits >> 16 & 255, bits >> 8 & 255, bits & 255][: len(four) - 1]
    return window.Uint8Array.new(to_js(values))
