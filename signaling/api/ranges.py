"""One range of bytes of something long (RFC 9110, section 14): what is asked for, and how it is answered."""

import re
from typing import NamedTuple

_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE | re.ASCII)


class Unsatisfiable(Exception):
    """Nothing of what is asked for is there."""


class Range(NamedTuple):
    """From `first` on, `size` bytes."""

    first: int
    size: int


def range_of(header: str, length: int) -> Range | None:
    """What a `Range` header asks of so many bytes. None: all of it, also where the header is none that we answer; a
    server may ignore it, and several ranges at once are not worth the trouble. Raises Unsatisfiable."""
    match = _RANGE.fullmatch(header)
    if not match or not (match[1] or match[2]):
        return None
    if not match[1]:
        size = min(int(match[2]), length)
        if not size:
            raise Unsatisfiable
        return Range(length - size, size)
    first = int(match[1])
    last = int(match[2]) if match[2] else length - 1
    if match[2] and last < first:
        return None  # no range at all
    if first >= length:
        raise Unsatisfiable
    return Range(first, min(last, length - 1) - first + 1)
