"""A transcript's file: the record, and of a page to read also what it shows."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from deskside.core.chain import FORMAT, spans
from deskside.core.errors import ProtocolError
from deskside.core.record_messages import PUBLIC_KEY, RECORD, SEEN, SIGNATURE
from deskside.core.schema import Choice, Digest, Identifier, Integer, List, Optional, Record
from deskside.core.transcript import DATA, DATA_END, PLACE

_MOST = 1 << 20
_ROLE = Choice("customer", "representative")
_NUMBER = Integer(1, 1 << 31)
_SIGNED = {"by": _ROLE, "key": PUBLIC_KEY, "records": _NUMBER, "head": Digest(), "signature": SIGNATURE} | SEEN
_SHOWN = {"by": _ROLE, "key": PUBLIC_KEY, "digest": Digest(), "signature": SIGNATURE}
FILE = Record(
    {
        "format": Choice(FORMAT),
        "session": Identifier(),
        "holder": _ROLE,
        "records": List(RECORD, _MOST),
        "heads": List(Digest(), _MOST),
        "signatures": List(Record(_SIGNED), 1000),
        "refused": Optional(_NUMBER),
        "shown": Optional(Record(_SHOWN)),
    }
)


class Unreadable(Exception):
    """This is no transcript, or nothing that can be checked."""


@dataclass
class Transcript:
    """What a file holds. `shown` is the document without its data, `texts` the paragraphs of each entry in it by id;
    both are empty where the file is JSON."""

    data: dict[str, Any]
    shown: str = ""
    texts: dict[str, list[str]] = field(default_factory=dict)


def read(content: bytes) -> Transcript:
    """Raises Unreadable, with a sentence for people."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise Unreadable("This is no transcript: it is no text in UTF-8.") from None
    if text.lstrip().startswith("{"):
        return Transcript(_data(text))
    if text.count(DATA) != 1:
        raise Unreadable("This file holds no record: it is no transcript, or of a page that could not sign one.")
    before, _, rest = text.partition(DATA)
    data, end, after = rest.partition(DATA_END)
    if not end:
        raise Unreadable("The record in this file is cut off.")
    shown = before + after
    return Transcript(_data(data), shown, _texts(shown))


def _data(text: str) -> dict[str, Any]:
    try:
        data = FILE.check(json.loads(text, object_pairs_hook=_once), "transcript")
        for signature in data["signatures"]:
            spans(signature.get("unseen", ""))
    except (ValueError, RecursionError):
        raise Unreadable("The record in this file is no JSON.") from None
    except ProtocolError as error:
        raise Unreadable(f"The record in this file cannot be read: {error.detail}.") from None
    if not data["heads"]:
        raise Unreadable("This transcript was not chained: the browser of that page could not do it.")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one that says a thing twice could be read in two ways."""
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name that is there twice")
    return dict(pairs)


class _Entries(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {}
        self._entry: list[str] | None = None
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        identifier = dict(attrs).get("id") or ""
        if tag == "li":
            self._entry = self.texts.setdefault(identifier.removeprefix(PLACE), [])
            self._is_open = False
        elif tag == "p" and self._entry is not None:
            self._entry.append("")
            self._is_open = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._entry = None
        self._is_open = False

    def handle_data(self, data: str) -> None:
        if self._entry is not None and self._is_open:
            self._entry[-1] += data


def _texts(document: str) -> dict[str, list[str]]:
    reader = _Entries()
    reader.feed(document)
    reader.close()
    return reader.texts
