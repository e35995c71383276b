"""Names of files, made safe: a name of the other side's becomes one that no system reads as anything but a name."""

LONGEST_NAME = 180
"""Bytes of UTF-8: file systems take 255, and browsers put a number or an ending of their own behind it."""
_LONGEST_ENDING = 20
_FORBIDDEN = '<>:"|?*'
_DEVICES = ("con", "prn", "aux", "nul", "conin$", "conout$", "clock$")
_NUMBERED_DEVICES = ("com", "lpt")
_DIGITS = "0123456789\u00b9\u00b2\u00b3"
_NAMELESS = "file"
_JOINERS = "\u200c\u200d"


def safe_name(name: str) -> str:
    """The last part of `name`, without anything that hides what it is or where it would be written.

    What is left out: folders before it, control characters and lone surrogates, characters that do not show or
    that change the reading direction (an ending could read as another), and what Windows forbids. Dots and
    spaces at both ends go too: a leading dot hides the file, a trailing one is dropped by Windows. Too long a
    name is cut in its middle, so that the ending stays. Nothing left is `file`.
    """
    for separator in ("/", "\\"):
        name = name[name.rfind(separator) + 1 :]
    name = "".join(["_" if letter in _FORBIDDEN else letter for letter in _without_hidden(name)])
    name = _shorten(_trim(name))
    if not name:
        return _NAMELESS
    if _is_device(name):
        return "_" + name
    return name


def dated_name(iso: str, title: str, ending: str) -> str:
    """A safe name that says of when it is: `2026-11-30 1105+0100 Title.html`.

    `iso` is ISO 8601 with what that is ahead of UTC. It comes first: so names stand in their order, and a title that
    is too long loses its own end.
    """
    for separator in ("/", "\\"):
        title = title.replace(separator, "_")
    day, time = iso[:10], iso[11:16] + iso[-6:]
    return safe_name(day + " " + time.replace(":", "") + " " + safe_name(title) + ending)


def split_ending(name: str) -> "tuple[str, str]":
    """The name and its ending, dot included: the part by which a system chooses what opens it."""
    dot = name.rfind(".")
    if dot < 1 or len(name) - dot > _LONGEST_ENDING:
        return name, ""
    return name[:dot], name[dot:]


def _without_hidden(name: str) -> "list[str]":
    """The letters that show, and the joiners between two of them that emoji, Persian and Hindi are written with."""
    kept: "list[str]" = []
    joiner = ""
    for letter in name:
        if letter in _JOINERS:
            joiner = letter if kept and not joiner else joiner
        elif not _is_hidden(ord(letter)):
            if joiner and letter >= "\u0300" and kept[-1] >= "\u0300":
                kept.append(joiner)
            joiner = ""
            kept.append(letter)
    return kept


def _is_hidden(code: int) -> bool:
    return (
        code < 32
        or 127 <= code < 160
        or code in (0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x180E, 0x3164, 0xFEFF, 0xFFA0)
        or 0x200B <= code <= 0x200F
        or 0x2028 <= code <= 0x202E
        or 0x2060 <= code <= 0x206F
        or 0xD800 <= code < 0xE000
        or 0xFFF0 <= code <= 0xFFFF
        or 0xE0000 <= code <= 0xE0FFF
    )


def _is_space(letter: str) -> bool:
    code = ord(letter)
    return code in (32, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000) or 0x2000 <= code <= 0x200A


def _trim(name: str) -> str:
    start = 0
    end = len(name)
    while start < end and (name[start] == "." or _is_space(name[start])):
        start += 1
    while end > start and (name[end - 1] == "." or _is_space(name[end - 1])):
        end -= 1
    return name[start:end]


def _shorten(name: str) -> str:
    if _bytes(name) <= LONGEST_NAME:
        return name
    stem, ending = split_ending(name)
    room = LONGEST_NAME - _bytes(ending)
    kept = 0
    for letter in stem:
        room -= _bytes(letter)
        if room < 0:
            break
        kept += 1
    # The cut may have bared a space or a dot before the ending.
    return _trim(stem[:kept]) + ending


def _bytes(text: str) -> int:
    size = 0
    for letter in text:
        code = ord(letter)
        size += 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
    return size


def _is_device(name: str) -> bool:
    """Whether Windows takes the name, whatever its ending, for a device."""
    stem = _trim(name.split(".")[0]).lower()
    return stem in _DEVICES or (len(stem) == 4 and stem[:3] in _NUMBERED_DEVICES and stem[3] in _DIGITS)
