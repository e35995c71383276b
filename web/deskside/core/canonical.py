"""One text for one value: JSON as RFC 8785 has it, for what a record is made of. What is hashed must not vary."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def canonical(value: "Any") -> str:
    """The canonical JSON of dicts, lists, texts, whole numbers and booleans; ValueError for anything else."""
    kind = type(value)
    if kind is str:
        return _text(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is dict:
        return "{" + ",".join([_text(name) + ":" + canonical(value[name]) for name in sorted(value)]) + "}"
    if kind is list:
        return "[" + ",".join([canonical(item) for item in value]) + "]"
    raise ValueError("no canonical form")


def _text(value: str) -> str:
    special = [letter for letter in set(value) if letter < " " or letter in '"\\']
    if "\\" in special:
        value = value.replace("\\", _SHORT["\\"])  # before the others put in their own
        special.remove("\\")
    for letter in special:
        value = value.replace(letter, _SHORT.get(letter) or f"\\u{ord(letter):04x}")
    return '"' + value + '"'
