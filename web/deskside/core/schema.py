"""Fields of messages: each knows its type and its limits, and refuses everything else."""

from .errors import ProtocolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_WORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BREAKS = "\n\t"


def is_identifier(value: "Any", longest: int = 64) -> bool:
    """Whether `value` is 1 to `longest` characters of the URL-safe base64 alphabet."""
    return type(value) is str and 0 < len(value) <= longest and all(letter in _WORD for letter in value)


def has_control_characters(value: str, allowed: str = "") -> bool:
    """Whether `value` holds a C0 or C1 control, a bidirectional override or a lone surrogate.

    Overrides (U+202A to U+202E, U+2066 to U+2069) are refused because they make a name or a file's
    ending read differently from what it is (Unicode TR 36, section 3.1).
    """
    return any(letter not in allowed for letter in _control_characters(value))


def _control_characters(value: str) -> "list[str]":
    """Each of them once. A long text has few different letters, and finding those is not Python's work."""
    found = []
    for letter in set(value):
        code = ord(letter)
        if (
            code < 32
            or 127 <= code < 160
            or 0xD800 <= code < 0xE000
            or 0x202A <= code <= 0x202E
            or 0x2066 <= code <= 0x2069
        ):
            found.append(letter)
    return found


def cleaned(value: str, most: int, lines: bool = False) -> str:
    """What a person wrote or pasted, or a file is called, as a Text field of these limits takes it."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if not lines:
        value = value.replace("\n", " ").replace("\t", " ")
    refused = {letter for letter in _control_characters(value) if letter not in _BREAKS}
    if refused:
        value = "".join([letter for letter in value if letter not in refused])
    return value[:most]


class Field:
    """A value of a message; `check` returns it or raises ProtocolError("bad_field")."""

    kind = "anything"
    optional = False

    def check(self, value: "Any", path: str) -> "Any":
        raise NotImplementedError

    def known(self, value: "Any") -> "Any":
        """The value without the fields of objects that nobody here knows. It is not checked."""
        return value

    def refuse(self, path: str, rule: str) -> ProtocolError:
        return ProtocolError("bad_field", path + " " + rule)

    def describe(self) -> str:
        """The rule in words, for PROTOCOL.md."""
        return self.kind


class Text(Field):
    """Text of `least` to `most` characters; `lines` allows line breaks and tabs, `free` every character."""

    kind = "text"

    def __init__(self, most: int, least: int = 0, lines: bool = False, free: bool = False) -> None:
        self.most = most
        self.least = least
        self.lines = lines
        self.free = free

    def check(self, value: "Any", path: str) -> str:
        if type(value) is not str:
            raise self.refuse(path, "must be text")
        if len(value) > self.most or len(value) < self.least:
            raise self.refuse(path, "has the wrong length")
        if not self.free and has_control_characters(value, _BREAKS if self.lines else ""):
            raise self.refuse(path, "holds a control character")
        return value

    def describe(self) -> str:
        return "text, {} to {} characters{}".format(
            self.least, self.most, ", line breaks allowed" if self.lines else ""
        )


class Identifier(Field):
    """1 to 64 characters of the URL-safe base64 alphabet."""

    kind = "identifier"

    def check(self, value: "Any", path: str) -> str:
        if not is_identifier(value):
            raise self.refuse(path, "must be an identifier")
        return str(value)


class Digest(Field):
    """A SHA-256 as 64 lower-case hexadecimal digits."""

    kind = "SHA-256, hexadecimal"

    def check(self, value: "Any", path: str) -> str:
        if type(value) is not str or len(value) != 64 or not all(digit in "0123456789abcdef" for digit in value):
            raise self.refuse(path, "must be a SHA-256 in hexadecimal")
        return value


class Base64(Field):
    """Exactly `characters` characters of the URL-safe base64 alphabet, without padding."""

    kind = "base64url"

    def __init__(self, characters: int) -> None:
        self.characters = characters

    def check(self, value: "Any", path: str) -> str:
        if not is_identifier(value, self.characters) or len(value) != self.characters:
            raise self.refuse(path, "must be base64url of its length")
        return str(value)

    def describe(self) -> str:
        return f"base64url, {self.characters} characters"


class Integer(Field):
    """A whole number from `least` to `most`. A boolean is no number."""

    kind = "integer"

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def check(self, value: "Any", path: str) -> int:
        if type(value) is not int or value < self.least or value > self.most:
            raise self.refuse(path, "must be a whole number in its range")
        return value

    def describe(self) -> str:
        return f"integer, {self.least} to {self.most}"


class Boolean(Field):
    """true or false."""

    kind = "boolean"

    def check(self, value: "Any", path: str) -> bool:
        if type(value) is not bool:
            raise self.refuse(path, "must be true or false")
        return value


class Choice(Field):
    """One of a closed set of words."""

    kind = "choice"

    def __init__(self, *values: str) -> None:
        self.values = values

    def check(self, value: "Any", path: str) -> str:
        if type(value) is not str or value not in self.values:
            raise self.refuse(path, "is not one of the choices")
        return value

    def describe(self) -> str:
        return "one of " + ", ".join("`" + value + "`" for value in self.values)


class Record(Field):
    """An object with exactly these fields; one wrapped in `Optional` may be absent."""

    kind = "object"

    def __init__(self, fields: "dict[str, Field]") -> None:
        self.fields = fields

    def check(self, value: "Any", path: str) -> "dict[str, Any]":
        if type(value) is not dict:
            raise self.refuse(path, "must be an object")
        for name in value:
            if name not in self.fields:
                raise self.refuse(path, "has an unknown field")
        checked = {}
        for name in self.fields:
            field = self.fields[name]
            if name in value:
                checked[name] = field.check(value[name], path + "." + name)
            elif not field.optional:
                raise self.refuse(path + "." + name, "is missing")
        return checked

    def known(self, value: "Any") -> "Any":
        if type(value) is not dict:
            return value
        return {name: self.fields[name].known(value[name]) for name in value if name in self.fields}

    def describe(self) -> str:
        return "object: " + "; ".join(f"`{name}` {self.fields[name].describe()}" for name in self.fields)


class List(Field):
    """At most `most` values of one field."""

    kind = "list"

    def __init__(self, field: Field, most: int) -> None:
        self.field = field
        self.most = most

    def check(self, value: "Any", path: str) -> "list[Any]":
        if type(value) is not list or len(value) > self.most:
            raise self.refuse(path, "must be a list within its length")
        return [self.field.check(item, path + "[]") for item in value]

    def known(self, value: "Any") -> "Any":
        return [self.field.known(item) for item in value] if type(value) is list else value

    def describe(self) -> str:
        return f"list of at most {self.most}: {self.field.describe()}"


class Optional(Field):
    """A field that may be absent. null is never a value."""

    optional = True

    def __init__(self, field: Field) -> None:
        self.field = field

    def check(self, value: "Any", path: str) -> "Any":
        return self.field.check(value, path)

    def known(self, value: "Any") -> "Any":
        return self.field.known(value)

    def describe(self) -> str:
        return self.field.describe() + "; may be absent"
