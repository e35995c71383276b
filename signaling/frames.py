"""Frames: the text of messages, both ways."""

import json
from functools import partial
from typing import Any

from deskside.core.codec import encode
from deskside.core.schema import Record

dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Any:
    """JSON of a frame. Half a surrogate pair, which only an escape can bring, is no text that could be sent on."""
    value = json.loads(text)
    if "\\u" in text:
        dumps(value).encode()
    return value


def frame(message: dict[str, Any], table: dict[str, Record]) -> str:
    """The text of a message of ours. Raises ProtocolError when it breaks its own rules or is too large."""
    return encode(message, table, dumps)
