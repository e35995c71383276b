"""Whether a transcript is what the two pages recorded and signed, and if not, where it was altered."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from deskside.core.chain import last_signature, link_text, shown_text, signature_text, spans, unconfirmed

from .reading import Transcript, Unreadable


@dataclass
class Findings:
    """`problems` are sentences: none means that nothing was altered. The numbers are of records, from the first."""

    problems: list[str] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)
    """Sentences on what only one of the two pages stands for."""

    records: int = 0
    signed_by_customer: int = 0
    signed_by_representative: int = 0
    """The numbers up to which a page confirms everything. The representative's says what it has not seen itself."""

    is_older: bool = False
    """Whether the representative's page does not say what it has seen, as those up to version 2."""

    refused: int = 0

    is_whole: bool = False
    """Whether the record goes to the end of the session."""


def check(transcript: Transcript, other: Transcript | None = None) -> Findings:
    """Everything that can be found out about a transcript, and whether `other` is one of the same session.

    Raises Unreadable for a record that names no keys: nobody has signed it, so nobody can tell.
    """
    data = transcript.data
    if not keys(data):
        raise Unreadable("Nobody has signed this record: the two pages were never connected.")
    last = data["records"][-1:]
    is_whole = [(record["kind"], record["text"]) for record in last] == [("event", "ended")]
    found = Findings(records=len(data["records"]), refused=data.get("refused", 0), is_whole=is_whole)
    _check_chain(data, found)
    _check_signatures(data, found)
    _check_proof(data, other, found)
    if transcript.shown:
        _check_shown(transcript, found)
    if other is not None:
        _compare(data, other.data, found)
    return found


def _check_chain(data: dict[str, Any], found: Findings) -> None:
    """Each head follows from the one before; the first that does not says where."""
    if len(data["records"]) != len(data["heads"]):
        found.problems.append(f"There are {len(data['records'])} entries and {len(data['heads'])} heads.")
    previous = ""
    for place, (record, head) in enumerate(zip(data["records"], data["heads"], strict=False), 1):
        if record["number"] != place:
            found.problems.append(f"Entry {place} is missing or out of its place: number {record['number']} is there.")
            return
        text = link_text(data["session"], previous, record)
        if hashlib.sha256(text.encode()).hexdigest() != head:
            found.problems.append(f"Entry {place} was altered: {described(record)}.")
            return
        previous = head


def _check_signatures(data: dict[str, Any], found: Findings) -> None:
    """Each signature is one of a key that the record itself named before, and of a head that is there."""
    named = keys(data)
    for signature in data["signatures"]:
        number, head, role = signature["records"], signature["head"], signature["by"]
        since = named.get((role, signature["key"]))
        unseen = signature.get("unseen")
        text = signature_text(data["session"], role, number, head, unseen, signature.get("missing", 0))
        if since is None or number < since:
            found.problems.append(f"A signature of the {role} is by a key that the record does not name.")
        elif number > len(data["heads"]) or data["heads"][number - 1] != head:
            found.problems.append(f"The {role}'s signature over entries 1 to {number} is one of another record.")
        elif not is_signed(signature["key"], text, signature["signature"]):
            found.problems.append(f"The {role}'s signature over entries 1 to {number} is false.")
        elif role == "customer":
            found.signed_by_customer = max(found.signed_by_customer, number)
        else:
            found.signed_by_representative = max(found.signed_by_representative, number)
    own = found.signed_by_customer if data["holder"] == "customer" else found.signed_by_representative
    if own < found.records:
        found.problems.append(f"Entries {own + 1} to {found.records} are not signed by the {data['holder']}'s page.")


def _check_proof(data: dict[str, Any], other: Transcript | None, found: Findings) -> None:
    """Which entries only one of the two pages stands for; those that the other's own copy confirms are proved."""
    proved = set() if other is None else _proved_by(data, other)
    for record in unconfirmed(data["records"], data["signatures"], data["holder"]):
        if record["number"] not in proved:
            found.unproved.append(f"Entry {record['number']} is not proved: {described(record)}.")
    signed = last_signature(data["signatures"], "representative")
    if signed is None:
        return
    found.is_older = "unseen" not in signed
    unseen = spans(signed.get("unseen", ""))
    if unseen:
        found.signed_by_representative = min(found.signed_by_representative, unseen[0][0] - 1)
    for first, last in unseen:
        found.unproved.append(f"The representative's page has not seen entries {first} to {last} itself.")
    if signed.get("missing", 0):
        missing = "1 message or file" if signed["missing"] == 1 else f"{signed['missing']} messages or files"
        found.unproved.append(f"The representative's page knows of {missing} that this record lacks.")


def _proved_by(data: dict[str, Any], other: Transcript) -> set[int]:
    """The numbers of what the other side's copy has as well, which that side's page has signed as its own."""
    theirs = other.data
    if theirs["holder"] == data["holder"] or theirs["session"] != data["session"] or check(other).problems:
        return set()
    doubtful = {record["number"] for record in unconfirmed(theirs["records"], theirs["signatures"], data["holder"])}
    pairs = zip(data["heads"], theirs["heads"], strict=False)
    return {number for number, (one, two) in enumerate(pairs, 1) if one == two and number not in doubtful}


def keys(data: dict[str, Any]) -> dict[tuple[str, str], int]:
    """The keys that the record names, by role and key, with the number of the entry that names them first."""
    named: dict[tuple[str, str], int] = {}
    for record in data["records"]:
        for role in ("customer", "representative"):
            if record["kind"] == "keys" and f"{role}_key" in record:
                named.setdefault((role, record[f"{role}_key"]), record["number"])
    return named


def _check_shown(transcript: Transcript, found: Findings) -> None:
    """What people read is what the page wrote, and the messages in it are those of the record."""
    data = transcript.data
    signed = last_signature(data["signatures"], "representative")
    unseen = spans(signed.get("unseen", "")) if signed is not None and data["holder"] == "representative" else []
    for record in data["records"]:
        is_unseen = any(first <= record["number"] <= last for first, last in unseen)
        if record["kind"] == "message" and not is_unseen:  # a page shows what it has seen
            texts = transcript.texts.get(record["id"])
            if texts is None:
                found.problems.append(f"Entry {record['number']} is not shown: {described(record)}.")
            elif texts[-1:] != [record["text"]]:
                found.problems.append(f"Entry {record['number']} is shown with another text: {described(record)}.")
    mark = data.get("shown")
    if mark is None:
        found.problems.append("What this file shows is not signed.")
        return
    text = shown_text(data["session"], mark["by"], mark["digest"])
    if mark["by"] != data["holder"] or (mark["by"], mark["key"]) not in keys(data):
        found.problems.append("What this file shows is signed by a key that the record does not name.")
    elif not is_signed(mark["key"], text, mark["signature"]):
        found.problems.append("The signature over what this file shows is false.")
    elif hashlib.sha256(transcript.shown.encode()).hexdigest() != mark["digest"]:
        found.problems.append("What this file shows was altered after the page had written it.")


def _compare(data: dict[str, Any], other: dict[str, Any], found: Findings) -> None:
    """Two copies of one session are the same as far as both go."""
    if data["session"] != other["session"]:
        found.problems.append("The other file is of another session.")
        return
    for number, (one, two) in enumerate(zip(data["heads"], other["heads"], strict=False), 1):
        if one != two:
            found.problems.append(f"The two files differ from entry {number} on.")
            return


def described(record: dict[str, Any]) -> str:
    """An entry in a few words, for whoever has to find it."""
    text = record["text"] if len(record["text"]) <= 60 else record["text"][:59] + "…"
    kind = {"message": "message", "file": "file", "file_end": "end of the file", "event": "event"}.get(record["kind"])
    return f"{kind} of the {record['author']}, {text!r}" if kind else "keys of the two pages"


def is_signed(key: str, text: str, signature: str) -> bool:
    """Whether this is a signature of the text by the private half of a P-256 key."""
    raw = _decoded(signature)
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(key))
        both = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        public.verify(both, text.encode(), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
