"""What a hostile program may send: each message of the protocol as it should be, and as it should not.

All of it is made from the tables of `deskside.core`, so that a message that is added there is tried here as well. The
same seed makes the same frames; only ids that belong to a session differ from run to run.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from deskside.core import schema
from deskside.core.codec import MAX_FRAME
from deskside.core.messages import TABLES

MARK = "Qz7hostile"
"""Stands in every text that has room for it: in no log of the server may it be found."""
NEXT = '"@next"'
"""In the text of a frame, for the next number of its stream."""
_RAW = "@raw:"
_INJECTION = '<img src=x onerror="document.title=1"><script>1</script>{company} **b** [x](javascript:1)'
_UNICODE = (
    "e\u0301" * 40,
    "\U0001f600\u200d\U0001f9d1" * 30,
    "\u05d0\u0627\u200f\u200e" * 30,
    "\ufeff\u200b\u2060\u00ad",
    "\ufdfa\u1d16e\uffff",
    "Z\u0351\u0352\u0353\u0354" * 30,
)
_GROWING = (
    "http://é",
    "http://x.example/(",
    "www.",
    "**",
    "[a](http://",
    ")",
    "a@",
    "é",
    "\u0301",
    "{",
    "[[",
    "_",
    "`",
    "\\",
    "\\ud",
)
"""Beginnings and pieces that a careless parser reads again and again."""
_WORDS = ("__proto__", "constructor", "toString", "0", "-", "A" * 64)
_FORBIDDEN = ("\x00", "\x1b[2J", "\u202e", "\u2066", "\x85", "\ud800", "\udfff\ud83d")
_NUMBERS = ("1e999", "-1e999", "NaN", "1.5", "1" * 400, "-0", "9007199254740993", "true", '"1"', "0x1", "1e3")
_OTHER = ("null", "[]", "{}", '""', "0", "-1", "true", '"x"', "[[[[]]]]", '{"type":"x"}', "1e999")


@dataclass(frozen=True)
class Frame:
    """One frame on its way: to `table` it belongs, or would; `what` says what is wrong with it, "" for nothing."""

    table: str
    kind: str
    what: str
    data: str | bytes

    @property
    def brief(self) -> str:
        """For people: as much of it as fits a line."""
        text = self.data if isinstance(self.data, str) else f"{len(self.data)} bytes"
        shown = text if len(text) <= 300 else f"{text[:300]}… ({len(text)} characters)"
        return f"{self.table}: {self.kind} ({self.what or 'valid'}) {shown.encode('unicode_escape').decode()}"


class Forge:
    """Makes frames. `ids` are those that a session has shown so far, and may grow between two frames."""

    def __init__(self, seed: str) -> None:
        self._chance = random.Random(seed)
        self.ids: list[str] = []
        self.former: list[str] = []
        """Frames that honest pages have sent, to be sent again."""
        self.given: dict[tuple[str, str], Any] = {}
        """By type and field: what is always this."""
        self.left_out: tuple[str, ...] = ()
        """Types that are not sent."""

    # --- messages ----------------------------------------------------------------------------------

    def valid(self, table: str, kind: str) -> Frame:
        """One that its receiver has to understand."""
        return Frame(table, kind, "", _dumps(self._message(table, kind)))

    def wrong(self, table: str, kind: str) -> Frame:
        """One that is wrong in one way."""
        spoil = self._pick(_SPOILERS)
        return Frame(table, kind, spoil.__name__.strip("_"), spoil(self, table, kind))

    def again(self, table: str) -> Frame:
        """One that was sent before, by an honest page."""
        if not self.former:
            return self.noise(table)
        return Frame(table, "former", "replayed", self._pick(self.former))

    def noise(self, table: str) -> Frame:
        """No message at all."""
        what, data = self._pick(_NOISE)
        return Frame(table, "noise", what, data)

    def batch(self, table: str, wrong: int, others: Sequence[str] = ()) -> list[Frame]:
        """Each message of a table once as it should be and `wrong` times as it should not, a few of `others`, which
        belong elsewhere, noise and repetitions; in any order."""
        own = [kind for kind in TABLES[table] if kind not in self.left_out]
        frames = [self.valid(table, kind) for kind in own]
        frames += [self.wrong(table, kind) for kind in own for _ in range(wrong)]
        for other in others:
            kinds = [kind for kind in TABLES[other] if kind not in TABLES[table]]
            frames += [self.valid(other, kind) for kind in kinds if self._chance.random() < 0.3]
        frames += [self.noise(table) for _ in range(4 * wrong)]
        frames += [self.again(table) for _ in range(4 * wrong)]
        self._chance.shuffle(frames)
        return frames

    def texts(self, length: int) -> list[Frame]:
        """Chat messages of this many characters, of what a careless parser reads again and again."""
        return [self.said((_GROWING[0] + piece * length)[:length]) for piece in _GROWING]

    def refused(self, length: int) -> list[Frame]:
        """Frames of this many characters that nobody can take, of what a careless reader of JSON goes through again and
        again."""
        return [
            Frame("chat", "noise", "growing", '{"type":"x","x":"é' + (piece * length)[:length] + end + '"}')
            for piece in ("\\\\", "\\\\ud", "\\u00e9", "é", "x")
            for end in ("ud800", "\\ud800")
        ]

    def said(self, text: str) -> Frame:
        """A chat message."""
        id = f"{self._chance.getrandbits(96):024x}"
        message = {"type": "message", "n": "@next", "id": id, "text": text, "at": 1_796_072_000_000}
        return Frame("chat", "message", "", _dumps(message))

    def _message(self, table: str, kind: str) -> dict[str, Any]:
        made = {"type": kind} | self._object(TABLES[table][kind])
        return made | {name: value for (of, name), value in self.given.items() if of == kind and name in made}

    def _object(self, record: schema.Record) -> dict[str, Any]:
        made = {}
        for name, field in record.fields.items():
            if field.optional and self._chance.random() < 0.4:
                continue
            made[name] = "@next" if name == "n" else self._value(field)
        return made

    def _value(self, field: schema.Field) -> Any:
        return _MAKERS[type(field)](self, field)

    # --- values ------------------------------------------------------------------------------------

    def _text(self, field: schema.Text) -> str:
        piece = self._pick(_GROWING)
        text = self._pick(
            (
                MARK,
                MARK + _INJECTION,
                MARK + self._pick(_UNICODE),
                MARK + piece * field.most,
                self._pick(_GROWING) + piece * field.most,
                (MARK + "\n") * field.most if field.lines else MARK + " " * field.most,
                self._pick(_UNICODE) * field.most,
                "",
            )
        )
        return str(text or "x" * field.least)[: field.most]

    def _identifier(self, _: schema.Identifier) -> str:
        chosen = self._chance.random()
        if chosen < 0.6 and self.ids:
            return str(self._pick(self.ids))
        return str(self._pick(_WORDS)) if chosen < 0.7 else f"{self._chance.getrandbits(96):024x}"

    def _digest(self, _: schema.Digest) -> str:
        return f"{self._chance.getrandbits(256):064x}"

    def _base64(self, field: schema.Base64) -> str:
        length = next(n for n in range(1, 100) if field.describe().endswith(f" {n} characters"))
        return "".join(self._pick("ABCDEFGHabcdefgh01234-_") for _ in range(length))

    def _integer(self, field: schema.Integer) -> int:
        near = min(field.most, field.least + int(self._chance.random() * 5))
        anywhere = field.least + int(self._chance.random() * (field.most - field.least))
        return int(self._pick((field.least, field.most, near, near, anywhere)))

    def _boolean(self, _: schema.Boolean) -> bool:
        return self._chance.random() < 0.5

    def _choice(self, field: schema.Choice) -> str:
        return str(self._pick(field.values))

    def _list(self, field: schema.List) -> list[Any]:
        length = self._pick((0, 1, 2, field.most))
        return [self._value(field.field) for _ in range(length)]

    def _optional(self, field: schema.Optional) -> Any:
        return self._value(field.field)

    def _pick(self, values: Sequence[Any]) -> Any:
        # One number for each choice, however many there are: what comes after it is the same in each run.
        return values[int(self._chance.random() * len(values))]

    # --- what is wrong -----------------------------------------------------------------------------

    def _field_left_out(self, table: str, kind: str) -> str:
        message = self._message(table, kind)
        message.pop(self._pick(list(message)))
        return _dumps(message)

    def _field_unknown(self, table: str, kind: str) -> str:
        name = self._pick(("__proto__", "from", "peer", "role", "x" * 3000, "", "hasOwnProperty", "N"))
        return _dumps(self._message(table, kind) | {name: self._pick((1, "x", {"a": []}, True))})

    def _field_of_another_type(self, table: str, kind: str) -> str:
        message = self._message(table, kind)
        message[self._pick(list(message))] = _RAW + self._pick(_OTHER)
        return _dumps(message)

    def _field_beyond_its_limits(self, table: str, kind: str) -> str:
        message = self._message(table, kind)
        fields = TABLES[table][kind].fields
        if not fields:
            return self._field_unknown(table, kind)
        name = self._pick(list(fields))
        message[name] = self._beyond(fields[name])
        return _dumps(message)

    def _beyond(self, field: schema.Field) -> Any:
        if isinstance(field, schema.Optional):
            return self._beyond(field.field)
        if isinstance(field, schema.Text):
            return self._pick((MARK + "x" * field.most, MARK[:1] + self._pick(_FORBIDDEN), "é" * (field.most + 1)))
        if isinstance(field, schema.Integer):
            numbers = (*_NUMBERS, str(field.least - 1), str(field.most + 1))
            return _RAW + self._pick(numbers)
        if isinstance(field, schema.List):
            return [self._value(field.field)] * min(field.most + 1, 1000)
        if isinstance(field, schema.Record):
            return self._pick(({}, {"x": 1}, [self._object(field)], self._object(field) | {"x": None}))
        return self._pick(("", "x" * 65, "../x", "\u0130", "constructor ", MARK))

    def _number_of_another(self, table: str, kind: str) -> str:
        message = self._message(table, kind)
        message["n"] = self._pick((0, 1, 1 << 31, 7, (1 << 31) + 1))
        return _dumps(message)

    def _field_twice(self, table: str, kind: str) -> str:
        text = _dumps(self._message(table, kind))
        return text[:-1] + ',"type":' + json.dumps(self._pick(list(TABLES[table]))) + "}"

    def _cut_off(self, table: str, kind: str) -> str:
        text = _dumps(self._message(table, kind))
        return text[: int(self._chance.random() * len(text))]

    def _with_something_behind(self, table: str, kind: str) -> str:
        return _dumps(self._message(table, kind)) + str(self._pick(("}", "\x00", " {}", ",", "//", "\ufeff")))

    def _in_a_list(self, table: str, kind: str) -> str:
        return f"[{_dumps(self._message(table, kind))}]"

    def _too_long(self, table: str, kind: str) -> str:
        return _dumps(self._message(table, kind)).ljust(MAX_FRAME + 1)

    def _as_bytes(self, table: str, kind: str) -> bytes:
        return _dumps(self._message(table, kind)).encode("utf-8", "surrogatepass")

    def _of_another_case(self, table: str, kind: str) -> str:
        return _dumps(self._message(table, kind) | {"type": kind.upper()})


def _dumps(message: Any) -> str:
    text = json.dumps(message)
    while (at := text.find(f'"{_RAW}')) >= 0:
        end = _end_of_text(text, at)
        text = text[:at] + str(json.loads(text[at:end])).removeprefix(_RAW) + text[end:]
    return text


def _end_of_text(text: str, at: int) -> int:
    """Behind the JSON text that begins at `at`."""
    end = at + 1
    while text[end] != '"':
        end += 2 if text[end] == "\\" else 1
    return end + 1


_MAKERS: dict[type[schema.Field], Callable[[Forge, Any], Any]] = {
    schema.Text: Forge._text,
    schema.Identifier: Forge._identifier,
    schema.Digest: Forge._digest,
    schema.Base64: Forge._base64,
    schema.Integer: Forge._integer,
    schema.Boolean: Forge._boolean,
    schema.Choice: Forge._choice,
    schema.List: Forge._list,
    schema.Record: Forge._object,
    schema.Optional: Forge._optional,
}
_SPOILERS: tuple[Callable[[Forge, str, str], str | bytes], ...] = (
    Forge._field_left_out,
    Forge._field_unknown,
    Forge._field_of_another_type,
    Forge._field_beyond_its_limits,
    Forge._field_beyond_its_limits,
    Forge._number_of_another,
    Forge._field_twice,
    Forge._cut_off,
    Forge._with_something_behind,
    Forge._in_a_list,
    Forge._too_long,
    Forge._as_bytes,
    Forge._of_another_case,
)
_NOISE: tuple[tuple[str, str | bytes], ...] = (
    ("empty", ""),
    ("empty bytes", b""),
    ("bytes", bytes(range(256))),
    ("many bytes", bytes(70_000)),
    ("deep list", "[" * 50_000),
    ("deep object", '{"type":' * 10_000),
    ("deep and closed", '{"type":"ping","x":' + "[" * 5000 + "]" * 5000 + "}"),
    ("white space", " " * 60_000),
    ("many fields", "{" + ",".join(f'"{n}":0' for n in range(6000)) + "}"),
    ("a long type", json.dumps({"type": "x" * 60_000})),
    ("one long number", '{"type":"ping","n":' + "9" * 50_000 + "}"),
    ("escapes", '{"type":"ping","x":"' + "\\u0000\\ud800" * 5000 + '"}'),
    ("backslashes", '{"type":"ping","x":"é' + "\\\\" * 45_000 + 'ud800"}'),
    ("null", "null"),
    ("no type", "{}"),
    ("a type that is none", '{"type":[]}'),
    ("an inherited type", '{"type":"__proto__"}'),
    ("NaN", "NaN"),
    ("replacement characters", "\ufffd" * 2000),
)


def messages() -> Iterator[tuple[str, str]]:
    """Every message that this suite knows: its table and its type."""
    for table, kinds in TABLES.items():
        for kind in kinds:
            yield table, kind
