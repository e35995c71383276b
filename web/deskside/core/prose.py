"""The prose of site settings: paragraphs, bold, links and macros, and never HTML.

A blank line divides paragraphs. `**words**` are bold, an http or https address is a link, `[words](https://...)` is
a link with words of its own, and `{name}` is a macro. Everything else is the text that it is.
"""

from .addresses import first_address, is_address

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MACROS = ("company", "customer", "representative", "position", "wait", "issue")
"""What a page can put into a text."""

_LONGEST_NAME = 40
_LONGEST_WORDS = 300
_LONGEST_ADDRESS = 2000


def parse(text: str) -> "list[list[tuple[Any, ...]]]":
    """The paragraphs, each a list of pieces.

    A piece is ("text", words), ("bold", words), ("link", words, address) or ("macro", name). The words of bold and of
    a link may hold macros too: whoever shows them splits them with `split_macros`.
    """
    return [_pieces(paragraph) for paragraph in _paragraphs(text)]


def macros(text: str) -> "list[str]":
    """The names between braces, each once, in the order in which they come first; known or not."""
    names: "list[str]" = []
    for is_macro, name in _braces(text):
        if is_macro and name not in names:
            names.append(name)
    return names


def unknown_macros(text: str) -> "list[str]":
    """The names between braces that no page could fill in."""
    return [name for name in macros(text) if name not in MACROS]


def split_macros(text: str) -> "list[tuple[str, str]]":
    """The text as ("text", words) and ("macro", name). An unknown macro stays the text that it is."""
    pieces: "list[tuple[str, str]]" = []
    words = ""
    for is_macro, part in _braces(text):
        if is_macro and part in MACROS:
            if words:
                pieces.append(("text", words))
            pieces.append(("macro", part))
            words = ""
        else:
            words += "{" + part + "}" if is_macro else part
    if words:
        pieces.append(("text", words))
    return pieces


def filled(text: str, values: "dict[str, str]") -> str:
    """The text with its macros put in, once: a value that looks like a macro stays what it is."""
    return "".join([values.get(part, "") if kind == "macro" else part for kind, part in split_macros(text)])


def plain(text: str, values: "dict[str, str]") -> str:
    """The text without marks, macros put in: for where only text can stand."""
    paragraphs = []
    for pieces in parse(text):
        words = [values.get(piece[1], "") if piece[0] == "macro" else filled(piece[1], values) for piece in pieces]
        paragraphs.append("".join(words))
    return "\n\n".join(paragraphs)


def _paragraphs(text: str) -> "list[str]":
    paragraphs: "list[str]" = []
    lines: "list[str]" = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") + [""]:
        if line.strip():
            lines.append(line.strip())
        elif lines:
            paragraphs.append("\n".join(lines))
            lines = []
    return paragraphs


def _pieces(paragraph: str) -> "list[tuple[Any, ...]]":
    pieces: "list[tuple[Any, ...]]" = []
    rest = paragraph
    while rest:
        start, end, piece = _first_mark(rest)
        if start:
            pieces += split_macros(rest[:start])
        if piece is not None:
            pieces.append(piece)
        rest = rest[end:]
    return pieces


def _first_mark(text: str) -> "tuple[int, int, tuple[Any, ...] | None]":
    """Where the first mark begins and ends, and its piece; the end of the text and None where there is no more."""
    marks = [mark for mark in (_first_bold(text), _first_named_link(text), _first_link(text)) if mark is not None]
    best: "tuple[int, int, tuple[Any, ...] | None]" = (len(text), len(text), None)
    for mark in marks:
        if mark[0] < best[0]:
            best = mark
    return best


def _first_bold(text: str) -> "tuple[int, int, tuple[Any, ...]] | None":
    start = text.find("**")
    while start >= 0:
        end = text.find("**", start + 2)
        if end < 0:
            return None
        words = text[start + 2 : end]
        if words and words == words.strip():
            return start, end + 2, ("bold", words)
        start = end
    return None


def _first_named_link(text: str) -> "tuple[int, int, tuple[Any, ...]] | None":
    middle = text.find("](")
    while middle >= 0:
        start = text.rfind("[", max(0, middle - _LONGEST_WORDS), middle)
        end = text.find(")", middle, middle + _LONGEST_ADDRESS)
        while end >= 0 and text.count("(", middle + 2, end) > text.count(")", middle + 2, end):
            # A bracket that the address itself opened.
            end = text.find(")", end + 1, middle + _LONGEST_ADDRESS)
        if start >= 0 and end >= 0:
            words, address = text[start + 1 : middle].strip(), text[middle + 2 : end]
            if words and is_address(address):
                return start, end + 1, ("link", words, address)
        middle = text.find("](", middle + 2)
    return None


def _first_link(text: str) -> "tuple[int, int, tuple[Any, ...]] | None":
    found = first_address(text)
    if found is None:
        return None
    start, end = found
    # A macro that a person writes right behind an address is none of its own braces.
    macro = text.find("{", start, end)
    end = macro if macro >= 0 else end
    address = text[start:end]
    return start, end, ("link", address, address)


def _braces(text: str) -> "list[tuple[bool, str]]":
    """The text in parts: (True, what stands between two braces) and (False, words)."""
    parts: "list[tuple[bool, str]]" = []
    pieces = text.split("{")
    if pieces[0]:
        parts.append((False, pieces[0]))
    for piece in pieces[1:]:
        name, closing, rest = piece.partition("}")
        if closing and 0 < len(name) <= _LONGEST_NAME and "\n" not in name:
            parts.append((True, name))
            if rest:
                parts.append((False, rest))
        else:
            parts.append((False, "{" + piece))
    return parts
