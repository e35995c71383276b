"""What a page expects of WebCrypto. The same functions run on the fake one and in real pages.

Each calls `done` with "" or what was wrong, later.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TEXT = "signed elsewhere \U0001f525\n"
KEY = "BOLP1C82pwIuEghcmQXmKFX7UzNAKKfqFH4xogGNW3TGFUeELp2buJMtEtaFiiMfSMh0_K9tGvdSevqjlyj5ZiY"
SIGNATURE = "7JqJciZ3fVPBLLQNIYDZ6pwfqAq__6mBfTsq7gwvVjMesJ5MWRI5t1ub-0OTg2BNe0fkeCNOxvFWGnioZ5f6iw"
"""Of TEXT, by the private half of KEY, which Python's `cryptography` has made."""
DIGESTS = (
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("n\u00e9\U0001f525\n\u2028", "315e3de184b1d0da4f78181f7091ef261b4069d09c563f5029c7889ac7fd8d9e"),
)


def _same(found: "Any", wanted: "Any", done: "Any") -> None:
    done("" if found == wanted else repr(found) + " instead of " + repr(wanted))


def contract_a_digest_is_that_of_the_text_in_utf_8(crypto: "Any", done: "Any") -> None:
    def second(first: str) -> None:
        crypto.digest(DIGESTS[1][0], lambda found: _same([first, found], [one[1] for one in DIGESTS], done), done)

    crypto.digest(DIGESTS[0][0], second, done)


def contract_a_nonce_is_another_each_time(crypto: "Any", done: "Any") -> None:
    one, other = crypto.nonce(), crypto.nonce()
    done("" if len(one) == len(other) == 43 and one != other else one + " " + other)


def contract_what_a_key_signs_is_signed_by_it_alone(crypto: "Any", done: "Any") -> None:
    def made(key: "Any") -> None:
        key.sign(TEXT, lambda signature: _try(crypto, key.public, signature, done))

    crypto.make_key(made, done)


def contract_a_signature_that_was_made_elsewhere_is_understood(crypto: "Any", done: "Any") -> None:
    _try(crypto, KEY, SIGNATURE, done)


def _try(crypto: "Any", key: str, signature: str, done: "Any") -> None:
    """The signature holds for this text and key, and for nothing else."""
    other = ("B" if signature[0] == "A" else "A") + signature[1:]
    cases = [
        (key, TEXT, signature),
        (key, TEXT + " ", signature),
        (key, TEXT, other),
        (key[:-2] + "AA", TEXT, signature),
        ("A" * 87, TEXT, signature),
        (key, TEXT, ""),
    ]
    found: list[bool] = []

    def go_on(fine: "Any" = None) -> None:
        if fine is not None:
            found.append(fine)
        if len(found) < len(cases):
            crypto.verify(cases[len(found)][0], cases[len(found)][1], cases[len(found)][2], go_on)
        else:
            sizes = [len(key), len(signature)]
            _same([found, sizes], [[True] + [False] * 5, [87, 86]], done)

    go_on()


CONTRACT = {
    "a digest is that of the text in UTF-8": contract_a_digest_is_that_of_the_text_in_utf_8,
    "a nonce is another each time": contract_a_nonce_is_another_each_time,
    "what a key signs is signed by it alone": contract_what_a_key_signs_is_signed_by_it_alone,
    "a signature that was made elsewhere is understood": contract_a_signature_that_was_made_elsewhere_is_understood,
}
