"""What is typed into fields, as the values that the settings have."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_MEGABYTE = 1_000_000


def number(text: str) -> "int | str":
    """A whole number in the digits of any of our languages; what is none stays what was typed."""
    plain = ""
    for letter in text.strip():
        plain += str(_DIGITS.index(letter)) if letter in _DIGITS else letter
    if plain and all(letter in "0123456789" for letter in plain) and len(plain) < 16:
        return int(plain)
    return text


def lines(text: str) -> "list[str]":
    """One entry a line. The last line may be empty while it is being written."""
    return text.split("\n") if text else []


def megabytes(text: str) -> "int | str":
    """A number of bytes, written as millions of them."""
    value = number(text)
    return value * _MEGABYTE if type(value) is int else value


def cleaned(document: "dict[str, Any]") -> None:
    """Take the empty lines out of what has one entry a line."""
    for above, key in ((document, "allowed_origins"), (document["files"], "forbidden_types")):
        above[key] = [line.strip() for line in above[key] if line.strip()]


NUMBERS = (
    "agreement.timeout",
    "recording.timeout",
    "recording.retention",
    "sessions.retention",
    "hold.interval",
    "orphaned.grace",
    "orphaned.countdown",
    "orphaned.retention",
    "files.max_size",
    "reconnect.queue",
    "reconnect.session",
)
"""Where a whole number is expected."""
