"""The timeline of a recording: what was said and what happened, placed beside the video of its parts."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deskside.core.chain import spans
from signaling.recordings.keyring import Keyring
from signaling.recordings.placing import Clocks, Entry, Part, place
from signaling.recordings.sealed import SealedReader, SealedWriter
from signaling.recordings.words import Words, words_in

__all__ = ["Entry", "Part", "Timeline", "TimelineWriter", "as_json", "as_webvtt", "read_timeline"]

LARGEST = 8 << 20
"""Bytes of a timeline, some thirty thousand entries: what a page writes beyond is not kept. The whole of it is read
into memory to be shown."""
_PIECE = 1 << 18
_SHOWN = ("kind", "author", "name", "text", "permission", "lease", "surface", "reason", "size")
_UNSEEN = "keys"
"""The kind of record that says nothing to people."""

_SHORTEST, _LONGEST, _LETTER = 3000, 10_000, 60
"""Milliseconds that a caption stands, and that a letter of it takes to be read."""


@dataclass
class Timeline:
    """`start` is when the first part began, by the customer's clock. Offsets are milliseconds from there."""

    start: int = 0
    parts: list[Part] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    is_finished: bool = False
    """Whether it was closed, so that nothing is missing at its end."""
    is_full: bool = False
    """Whether entries came that found no room any more."""
    has_proof: bool = False
    """Whether a representative's page has confirmed any of it: those of before version 4 of the protocol do not."""

    def part(self, number: int) -> Part | None:
        return next((part for part in self.parts if part.number == number), None)

    @property
    def is_unproved(self) -> bool:
        """Whether there are entries, and none that a representative's page has confirmed: then that is said once."""
        return not self.has_proof and any(entry.record["kind"] != _UNSEEN for entry in self.entries)

    @property
    def duration(self) -> int:
        """Milliseconds that were recorded, the pauses left out."""
        return sum(part.duration for part in self.parts)


class TimelineWriter:
    """Appends to the timeline, and has written each line when the method returns. Goes on with a file that is there."""

    def __init__(self, path: Path, keyring: Keyring) -> None:
        """Raises AlreadyClosed for one that was finished, SealBroken, KeyMissing."""
        self.highest = 0
        """The number of the last entry: those up to it need not be sent again."""
        self.is_full = False
        """Whether it takes no entry any more. Notes on parts are always kept: the server limits how many there are."""
        self.unproved: dict[int, dict[str, Any]] = {}
        """By number, the entries of before that no representative's page has vouched for."""
        self._size = 0

        try:
            self._writer = SealedWriter(path, keyring)
        except FileExistsError:
            self._writer = SealedWriter.reopen(path, keyring)
            self._catch_up(path, keyring)

    def entry(self, record: Mapping[str, Any], received: int) -> bool:
        """Add a record of the session, as RECORD checked it, and when it came by the recorder's clock. False for one
        that is there, and for one that finds no room."""
        if record["number"] <= self.highest or self.is_full:
            return False
        line = _line({"record": record, "received": received})
        if self._size + len(line) > LARGEST:
            self._add(_line({"note": "full"}))
            self.is_full = True
            return False
        self._add(line)
        self.highest = record["number"]
        return True

    def part_started(self, part: int, at: int, received: int | None = None, **about: Any) -> None:
        """`at` is the customer's clock at the first picture, or at the connection; said again, the later counts.

        `received` is the recorder's clock at the same moment: so the two can be compared.
        """
        self._add(_line({"note": "part_started", "part": part, "at": at, "received": received} | about))

    def part_ended(self, part: int, at: int, reason: str) -> None:
        """`at` by the customer's clock."""
        self._add(_line({"note": "part_ended", "part": part, "at": at, "reason": reason}))

    def seen(self, numbers: str, name: str) -> None:
        """The page of the representative of this name has seen these entries itself (`core.chain.spans`). Each is noted
        once at most."""
        self._add(_line({"note": "seen", "entries": numbers, "name": name}))

    def sync(self) -> None:
        self._writer.sync()

    def close(self) -> None:
        """Leave it as it is, to be gone on with."""
        self._writer.flush()
        self._writer.abandon()

    def finish(self) -> None:
        """Nothing comes after this."""
        self._writer.close()

    def _catch_up(self, path: Path, keyring: Keyring) -> None:
        try:
            with SealedReader(path, keyring) as reader:
                for line in _lines(reader):
                    if "record" in line:
                        number = line["record"]["number"]
                        self.highest = max(self.highest, number)
                        self.unproved.setdefault(number, line["record"])
                    elif line.get("note") == "seen":
                        for number in _numbers(line["entries"]):
                            self.unproved.pop(number, None)
                    elif line.get("note") == "full":
                        self.is_full = True
                self._size = reader.length
                if reader.length and reader.read(reader.length - 1, 1) != b"\n":
                    self._writer.write(b"\n")
        except BaseException:
            self._writer.abandon()
            raise

    def _add(self, line: bytes) -> None:
        self._writer.write(line)
        self._writer.flush()
        self._size += len(line)


def read_timeline(reader: SealedReader, durations: Mapping[int, int | None] | None = None) -> Timeline:
    """What a timeline holds so far. `durations` are those of finalised videos by part: they are better known than by
    the notes of a recorder that may have been killed. Raises SealBroken."""
    parts: dict[int, Part] = {}
    entries: list[Entry] = []
    clocks = Clocks()
    is_full = False
    seen: dict[int, str] = {}  # by whose page
    for line in _lines(reader):
        if "record" in line:
            record = line["record"]
            if entries and record["number"] <= entries[-1].number:
                # Written again after an error of the disk.
                continue
            entries.append(Entry(record["number"], record, line["received"]))
            if record["kind"] != "file_end":
                clocks.seen(record["author"], record["at"], line["received"])
        elif line.get("note") == "part_started":
            parts[line["part"]] = Part(line["part"], line["at"], received=line.get("received"))
        elif line.get("note") == "part_ended" and line["part"] in parts:
            parts[line["part"]].end = line["at"]
            parts[line["part"]].reason = line["reason"]
        elif line.get("note") == "seen":
            seen.update((number, line["name"]) for number in _numbers(line["entries"]))
        elif line.get("note") == "full":
            is_full = True
    for entry in entries:
        entry.is_marked = bool(seen) and entry.number not in seen
        if entry.number in seen and entry.record["author"] == "representative":
            # Who wrote this the server knows; the customer's page may have another name for them.
            entry.record = {**entry.record, "name": seen[entry.number]}
    for part in parts.values():
        clocks.compare(part)
    durations = durations or {}
    ordered: list[Part] = []
    for number in sorted(parts.keys() | durations.keys()):
        # A video of which no note was kept follows the one before it.
        before = ordered[-1].start + (durations.get(ordered[-1].number) or 0) if ordered else _first(parts, entries)
        ordered.append(parts.get(number) or Part(number, before))
    start = place(ordered, entries, clocks, durations)
    return Timeline(start, ordered, entries, reader.is_complete, is_full, bool(seen))


def _first(parts: Mapping[int, Part], entries: list[Entry]) -> int:
    """The earliest moment that is noted."""
    moments = [part.start for part in parts.values()] or [int(entry.record["at"]) for entry in entries]
    return min(moments, default=0)


def as_json(timeline: Timeline, after: int = 0, most: int = sys.maxsize) -> dict[str, Any]:
    """For a player, which asks for the entries `after` the number of the last one that it has, so many at a time; what
    says nothing to people is left out. `more` says whether others follow."""
    shown = [entry for entry in timeline.entries if entry.number > after and entry.record["kind"] != _UNSEEN]
    return {
        "start": timeline.start,
        "parts": [{"number": part.number, "offset": part.offset, "duration": part.duration} for part in timeline.parts],
        "entries": [
            {"number": entry.number, "part": entry.part, "offset": entry.offset, "at": entry.at}
            | {name: entry.record[name] for name in _SHOWN if name in entry.record}
            | ({"unproved": True} if entry.is_marked else {})
            for entry in shown[:most]
        ],
        "more": len(shown) > most,
        "full": timeline.is_full,
        "unproved": timeline.is_unproved,
    }


def as_webvtt(timeline: Timeline, part: int, words: Words | None = None, notice: str = "") -> str:
    """Captions of one part, timed from its beginning: what was said and what happened while it ran, and in the pauses
    beside it. `words` gives the sentence of an entry; by default it is English. `notice` stands at the beginning of
    what no representative's page has confirmed."""
    words = words or words_in("en")
    about = timeline.part(part)
    blocks = ["WEBVTT"]
    if notice and timeline.is_unproved:
        # What happened with the first picture stays the first cue.
        blocks.append(f"{_moment(1)} --> {_moment(_LONGEST)}\n{_escaped(notice)}")
    for entry in timeline.entries if about is not None else ():
        if entry.part == part and entry.record["kind"] != _UNSEEN and about is not None:
            text = _escaped(words(entry))
            start = min(max(0, entry.offset - about.offset), max(0, about.duration - 1))
            end = start + min(max(_SHORTEST, _LETTER * len(text)), _LONGEST)
            blocks.append(f"{entry.number}\n{_moment(start)} --> {_moment(end)}\n{text}")
    return "\n\n".join(blocks) + "\n"


def _line(about: Mapping[str, Any]) -> bytes:
    return json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _lines(reader: SealedReader) -> Iterator[dict[str, Any]]:
    """Every whole line; one that a killed writer left is passed over."""
    rest = b""
    for offset in range(0, reader.length, _PIECE):
        *lines, rest = (rest + reader.read(offset, _PIECE)).split(b"\n")
        for line in lines:
            try:
                yield json.loads(line)
            except ValueError:
                continue


def _numbers(text: str) -> Iterator[int]:
    for first, last in spans(text):
        yield from range(first, last + 1)


def _escaped(text: str) -> str:
    """As the text of a cue: an empty line would end it, and a tag would be markup."""
    text = re.sub(r"\s*[\r\n]\s*", "\n", text).strip()
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _moment(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
