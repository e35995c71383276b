"""Which version of the protocol this program speaks, and on what it agrees with a neighbour of another one."""

from .schema import Integer, Optional

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .schema import Field

VERSION = 4
"""Rises with every change that a program of the version before would refuse: a message, a field, a value."""
OLDEST = 1
"""The oldest version that this program still speaks. Version 1 is what was released before `hello` bore a version."""

FIELDS: "dict[str, Field]" = {"version": Optional(Integer(1, 10000)), "oldest": Optional(Integer(1, 10000))}
"""What every `hello` and `welcome` says of whoever sends it."""
SPOKEN = {"version": VERSION, "oldest": OLDEST}
GREETINGS = ("hello", "welcome")


def agreed(hello: "dict[str, Any]") -> int:
    """The highest version that both this program and the sender of `hello` speak; 0 where there is none."""
    both = min(VERSION, hello.get("version", 1))
    return both if both >= max(OLDEST, hello.get("oldest", 1)) else 0


def is_newer(message: "dict[str, Any]") -> bool:
    """Whether a message is the greeting of a program that may know more than this one. It need not be checked yet."""
    version = message.get("version")
    return message["type"] in GREETINGS and type(version) is int and version > VERSION
