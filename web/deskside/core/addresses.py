"""Finding web addresses in a text: http and https only, whatever punctuation stands around them."""

_ENDS = " \t\n<>\"'`"
_TRAILING = ".,;:!?)]}"
SCHEMES = ("http://", "https://")


def is_address(text: str) -> bool:
    """Whether all of this text is one address that a link may have."""
    found = first_address(text)
    return found == (0, len(text)) and text.partition("://")[2] != ""


def first_address(text: str) -> "tuple[int, int] | None":
    """Where the first address begins and ends that is not the tail of another word. It may have no host."""
    start = _address_start(text)
    if start < 0:
        return None
    end = start
    while end < len(text) and text[end] not in _ENDS:
        end += 1
    while end > start and text[end - 1] in _TRAILING:
        # A closing bracket belongs to the address when it was opened there.
        address = text[start:end]
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        end -= 1
    return start, end


def _address_start(text: str) -> int:
    lower = text.lower()
    best = -1
    for scheme in SCHEMES:
        at = lower.find(scheme)
        while at > 0 and (lower[at - 1].isalpha() or lower[at - 1].isdigit()):
            at = lower.find(scheme, at + 1)
        if at >= 0 and (best < 0 or at < best):
            best = at
    return best
