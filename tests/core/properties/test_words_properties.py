"""Whatever the nonces, keys and certificates are, and whatever somebody between does to them."""

import hashlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from deskside.core import words as steps
from deskside.core.canonical import canonical
from deskside.core.errors import ProtocolError
from deskside.core.words import Exchange, words_of

LIST = [str(number) for number in range(2048)]
PART = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", min_size=1, max_size=12)
PRINT = st.text("ABCDEF0123456789: ", min_size=1, max_size=20)


class Side:
    def __init__(self, *arguments: str) -> None:
        self.exchange = Exchange(*arguments)
        self.said: list[dict[str, Any]] = []
        self.digest = ""

    def run(self, commands: list[Any]) -> None:
        for command in commands:
            if isinstance(command, steps.Digest):
                digest = hashlib.sha256(command.text.encode()).hexdigest()
                self.run(self.exchange.digested(command.purpose, digest))
            elif isinstance(command, steps.Say):
                self.said.append(command.message)
            else:
                self.digest = command.digest


def exchange(customer: Side, representative: Side, change: Any = None) -> None:
    """Three messages; `change` may do anything to each. A page that refuses one goes no further."""
    customer.run(customer.exchange.start())
    for source, target in ((customer, representative), (representative, customer), (customer, representative)):
        message = dict(source.said.pop(0))
        try:
            target.run(target.exchange.received(message if change is None else change(message)))
        except ProtocolError:
            return
        if not target.said and target is not representative:
            return


@given(PART, PART, PART, PART, PRINT, PRINT)
def test_two_pages_always_agree(nonce: str, other: str, key: str, other_key: str, print_: str, far: str) -> None:
    if nonce == other or key == other_key:
        return
    customer = Side("customer", nonce, key, print_, far)
    representative = Side("representative", other, other_key, far, print_)
    exchange(customer, representative)
    assert customer.digest == representative.digest != ""
    assert words_of(customer.digest, LIST) == words_of(representative.digest, LIST)


@given(st.sampled_from(["commitment", "nonce", "key"]), PART, st.sampled_from(["words_nonce", "words_reveal", ""]))
def test_a_message_that_is_changed_on_the_way_never_gives_both_the_same_words(
    field: str, value: str, kind: str
) -> None:
    changed: list[bool] = []

    def change(message: dict[str, Any]) -> dict[str, Any]:
        if field in message and (not kind or message["type"] == kind) and message[field] != value:
            changed.append(True)
            return message | {field: value}
        return message

    customer = Side("customer", "nonce-c", "key-c", "cert-c", "cert-r")
    representative = Side("representative", "nonce-r", "key-r", "cert-r", "cert-c")
    exchange(customer, representative, change)
    if changed:
        assert not customer.digest or not representative.digest or customer.digest != representative.digest
    else:
        assert customer.digest == representative.digest != ""


@given(PART, PART)
def test_a_middlemans_certificate_on_either_side_changes_the_words(near: str, far: str) -> None:
    customer = Side("customer", "nonce-c", "key-c", "cert-c", near)
    representative = Side("representative", "nonce-r", "key-r", "cert-r", far)
    exchange(customer, representative)
    is_direct = (near, far) == ("cert-r", "cert-c")
    assert (customer.digest == representative.digest) == is_direct


@given(st.binary(min_size=32, max_size=32))
def test_three_words_are_the_first_thirty_three_bits(digest: bytes) -> None:
    found = words_of(digest.hex(), LIST)
    value = 0
    for word in found:
        value = value << 11 | int(word)
    assert value == int.from_bytes(digest, "big") >> (256 - 33)


VALUES = st.recursive(
    st.booleans() | st.integers(-(1 << 53), 1 << 53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, VALUES)
def test_canonical_json_is_json_and_tells_values_apart(one: Any, other: Any) -> None:
    assert json.loads(canonical(one)) == one
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (canonical(one) == canonical(other)) == same
