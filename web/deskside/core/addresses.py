"""Finding web addresses in a text that people write: http and https only, whatever stands around them.

A word without a scheme (`www.example.com`) and an e-mail address stay text. An address ends at white space, at what
does not show, at quotes, at brackets that it did not open, at emoji and at the punctuation of any script; a sentence's
own punctuation behind it is not part of it. The other side writes these texts, so the cost is linear in their length,
also where indexing a string is not: letters are taken from a list.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterator

SCHEMES = ("http://", "https://")

MOST = 50
"""Addresses that are looked for in one text: the other side writes it, and each costs the page an element."""
_INSIDE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%&=+$@:!"
"""Letters that an address goes on with, whatever stands around them."""
_ENDS = '<>"`\\'
_OPENING = "([{"
_CLOSING = ")]}"
_SENTENCE = ".,;:!?'*|([{\u00b7\u200c\u200d\u2010\u2011\u2013\u30fb"
"""Inside of an address these are part of it, at its end they are not."""
_EMPHASIS = "_~"
"""These may end an address, unless one stands before it as well."""
_BETWEEN = ",;|"
"""What may stand between two addresses without a space."""
# First and last code point of what ends an address beyond ASCII: spaces, marks that do not show, quotes, brackets,
# punctuation, symbols and emoji.
_FOREIGN_ENDS = (
    (0x80, 0xA1),
    (0xAB, 0xAB),
    (0xAD, 0xAD),
    (0xBB, 0xBB),
    (0xBF, 0xBF),
    (0x34F, 0x34F),
    (0x37E, 0x37E),
    (0x387, 0x387),
    (0x589, 0x589),
    (0x5C3, 0x5C3),
    (0x60C, 0x60D),
    (0x61B, 0x61F),
    (0x66A, 0x66D),
    (0x6D4, 0x6D4),
    (0x964, 0x965),
    (0x104A, 0x104B),
    (0x115F, 0x1160),
    (0x1361, 0x1368),
    (0x1680, 0x1680),
    (0x17D4, 0x17DA),
    (0x1800, 0x180F),
    (0x2000, 0x200B),
    (0x200E, 0x200F),
    (0x2012, 0x2012),
    (0x2014, 0x206F),
    (0x2190, 0x2BFF),
    (0x2E00, 0x2E7F),
    (0x3000, 0x3004),
    (0x3008, 0x3020),
    (0x3030, 0x3030),
    (0x3164, 0x3164),
    (0xD800, 0xF8FF),
    (0xFD3E, 0xFD3F),
    (0xFE00, 0xFE6F),
    (0xFEFF, 0xFF0F),
    (0xFF1A, 0xFF20),
    (0xFF3B, 0xFF40),
    (0xFF5B, 0xFF65),
    (0xFFA0, 0xFFA0),
    (0xFFE0, 0xFFFF),
    (0x1F000, 0x1FAFF),
    (0xE0000, 0x10FFFF),
)


def is_address(text: str) -> bool:
    """Whether all of this text is one address that a link may have."""
    return first_address(text) == (0, len(text))


def first_address(text: str) -> "tuple[int, int] | None":
    """Where the first address begins and ends."""
    for found in addresses(text):
        return found
    return None


def split_addresses(text: str) -> "list[tuple[bool, str]]":
    """The text in parts, none of them empty: (True, an address) and (False, words)."""
    parts = []
    letters: "list[str]" = []
    done = 0
    for start, end in addresses(text):
        letters = letters or list(text)
        if start > done:
            parts.append((False, "".join(letters[done:start])))
        parts.append((True, "".join(letters[start:end])))
        done = end
    if not done:
        return [(False, text)] if text else []
    if done < len(letters):
        parts.append((False, "".join(letters[done:])))
    return parts


def addresses(text: str) -> "Iterator[tuple[int, int]]":
    """Where each address begins and ends, in order, of the first so many."""
    if "://" not in text:
        return
    left = MOST
    letters = list(text)
    foreign: "dict[str, bool]" = {}
    done = 0
    for colon, letter in enumerate(letters):
        if letter != ":" or letters[colon + 1 : colon + 3] != ["/", "/"]:
            continue
        start = _scheme_start(letters, colon, done)
        if start >= 0 and _may_begin_host(letters, colon + 3, foreign):
            done = _end(letters, start, colon + 3, foreign)
            yield start, done
            left -= 1
            if not left:
                return


def _scheme_start(letters: "list[str]", colon: int, done: int) -> int:
    """Where the scheme before this colon begins; -1 when it is no such scheme, or the tail of another word."""
    for length in (4, 5):
        start = colon - length
        if start >= done and "".join(letters[start:colon]).lower() == "https"[:length]:
            return -1 if start > 0 and _is_plain(letters[start - 1]) else start
    return -1


def _is_plain(letter: str) -> bool:
    """Whether this is one of the letters and digits that hosts and schemes are made of. Many languages put no space
    between a word and an address, but their letters are others."""
    return letter < "\x80" and (letter.isalpha() or letter.isdigit())


def _may_begin_host(letters: "list[str]", at: int, foreign: "dict[str, bool]") -> bool:
    if at >= len(letters):
        return False
    letter = letters[at]
    if letter == "[":
        while at + 1 < len(letters) and letters[at + 1] in "0123456789abcdefABCDEF:.":
            at += 1
        return at + 1 < len(letters) and letters[at + 1] == "]" and letters[at] != "["
    return _is_plain(letter) or (letter >= "\x80" and letter not in _SENTENCE and not _ends_here(letter, foreign))


def _ends_here(letter: str, foreign: "dict[str, bool]") -> bool:
    """Whether no address goes on with this letter. `foreign` remembers what was found out about others."""
    if letter < "\x80":
        return letter <= " " or letter == "\x7f" or letter in _ENDS
    if letter not in foreign:
        code = ord(letter)
        ends = False
        for first, last in _FOREIGN_ENDS:
            if code <= last:
                ends = code >= first
                break
        foreign[letter] = ends
    return foreign[letter]


def _end(letters: "list[str]", start: int, host: int, foreign: "dict[str, bool]") -> int:
    """Where the address ends that begins at `start`, with its host at `host`."""
    before = letters[start - 1] if start else ""
    open_ones = [0, 0, 0]
    at = host
    in_host = True
    while at < len(letters):
        letter = letters[at]
        if letter in _INSIDE:
            at += 1
            continue
        if _ends_here(letter, foreign) or (letter == "'" and before == "'"):
            break
        if in_host and letter in "/?#":
            in_host = False
            end = _foreign_tail(letters, host, at)
            if end < at:
                at = end
                break
        if letter in _OPENING:
            if in_host and at > host:
                break
            open_ones[_OPENING.find(letter)] += 1
        elif letter in _CLOSING:
            if not open_ones[_CLOSING.find(letter)]:
                break
            open_ones[_CLOSING.find(letter)] -= 1
        elif letter == "*":
            if letters[at + 1 : at + 2] == ["*"]:
                break
        elif letter in _BETWEEN and "".join(letters[at + 1 : at + 9]).lower().startswith(SCHEMES):
            break
        at += 1
    if in_host:
        at = _foreign_tail(letters, host, at)
    # A mark of emphasis closes what it opened.
    sentence = _SENTENCE + before if before and before in _EMPHASIS else _SENTENCE
    while at > host + 1 and letters[at - 1] in sentence:
        at -= 1
    return at


def _foreign_tail(letters: "list[str]", host: int, end: int) -> int:
    """Where the host ends when words of another script are glued to it: no top-level domain mixes scripts."""
    label = end
    while label > host and letters[label - 1] != ".":
        label -= 1
    if label > host and label < end and _is_plain(letters[label]):
        for at in range(label, end):
            if letters[at] >= "\x80":
                return at
    return end
