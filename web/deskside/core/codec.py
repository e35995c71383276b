"""The codec: text to checked message and back. It decodes or raises ProtocolError, nothing else."""

from .errors import ProtocolError
from .versions import is_newer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from .schema import Record

    Table = dict[str, Record]
    Message = dict[str, Any]

MAX_FRAME = 96 * 1024
"""Characters in one frame: room for the longest session description and no more."""


def decode(text: "Any", table: "Table", loads: "Callable[[str], Any]", newer: "bool | None" = False) -> "Message":
    """One message of `table` out of a frame.

    `loads` is the platform's JSON parser; whatever it raises is a broken frame. From a `newer` program fields that are
    not known here are left out; with None a greeting says itself whether it comes from one. Raises ProtocolError with
    `too_large`, `not_text`, `not_json`, `not_a_message`, `unknown_type` or `bad_field`.
    """
    if type(text) is not str:
        raise ProtocolError("not_text")
    if len(text) > MAX_FRAME:
        raise ProtocolError("too_large")
    try:
        value = loads(text)
    except Exception as error:
        raise ProtocolError("not_json", type(error).__name__)
    return check(value, table, newer)


def check(value: "Any", table: "Table", newer: "bool | None" = False) -> "Message":
    """The message as its table describes it; raises ProtocolError, which bears the number of a numbered one."""
    if type(value) is not dict or type(value.get("type")) is not str:
        raise ProtocolError("not_a_message")
    kind = value["type"]
    try:
        if kind not in table:
            raise ProtocolError("unknown_type")
        fields = {name: value[name] for name in value if name != "type"}
        if newer or (newer is None and is_newer(value)):
            fields = table[kind].known(fields)
        message = table[kind].check(fields, kind)
    except ProtocolError as error:
        error.n = value["n"] if type(value.get("n")) is int else 0
        raise
    message["type"] = kind
    return message


def encode(message: "Message", table: "Table", dumps: "Callable[[Any], str]") -> str:
    """The frame of a message. A message of ours that breaks its own rules raises too, before it is sent."""
    text = dumps(check(message, table))
    if len(text) > MAX_FRAME:
        raise ProtocolError("too_large")
    return text
