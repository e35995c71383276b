"""Messages of `control` by which two pages agree on three words and on one record of the session."""

from .objects import COUNT, MOMENT, NAME
from .schema import Base64, Choice, Digest, Identifier, Integer, Optional, Record, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .schema import Field

KINDS = ("message", "event", "file", "file_end", "keys")
_N = Integer(1, 1 << 31)
NONCE = Base64(43)
PUBLIC_KEY = Base64(87)
SIGNATURE = Base64(86)
_FIELDS: "dict[str, Field]" = {
    "number": _N,
    "kind": Choice(*KINDS),
    "id": Identifier(),
    "at": MOMENT,
    "author": Choice("customer", "representative"),
    "name": NAME,
    "text": Text(8000, lines=True),
    "permission": Optional(Text(40)),
    "lease": Optional(Integer(0, 86400)),
    "surface": Optional(Text(40)),
    "reason": Optional(Text(40)),
    "size": Optional(Integer(0, 1 << 40)),
    "customer_key": Optional(PUBLIC_KEY),
    "representative_key": Optional(PUBLIC_KEY),
}
RECORD = Record(_FIELDS)

SEEN: "dict[str, Field]" = {"unseen": Optional(Text(1400)), "missing": Optional(COUNT)}

RECORDING = {
    "words_commitment": Record({"n": _N, "commitment": Digest()}),
    "words_nonce": Record({"n": _N, "nonce": NONCE, "key": PUBLIC_KEY}),
    "words_reveal": Record({"n": _N, "nonce": NONCE, "key": PUBLIC_KEY}),
    "record_known": Record({"n": _N, "records": COUNT, "head": Optional(Digest())}),
    "record": Record({"n": _N, "record": RECORD, "head": Digest()}),
    "record_signature": Record({"n": _N, "records": _N, "head": Digest(), "signature": SIGNATURE} | SEEN),
}
