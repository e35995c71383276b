"""The catalogue of texts: what a page says, by key."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

RIGHT_TO_LEFT = ("ar",)
# Unicode's signs around a piece of text whose direction shows in its first letters.
_ISOLATE = "\u2068"
_POP = "\u2069"
_LOOKED_AT = 200
_RIGHT_TO_LEFT = (
    (0x5D0, 0x8FF),
    (0x200F, 0x200F),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFE),
    (0x10800, 0x10FFF),
    (0x1E800, 0x1EFFF),
)
_WITHOUT_DIRECTION = (
    (0xAB, 0xBF),
    (0xD7, 0xD7),
    (0xF7, 0xF7),
    (0x2B9, 0x36F),
    (0x591, 0x5CF),
    (0x600, 0x61A),
    (0x64B, 0x670),
    (0x6D6, 0x6F9),
    (0x2000, 0x200D),
    (0x2010, 0x2BFF),
    (0x2E00, 0x3020),
    (0x3030, 0x3030),
    (0xFE00, 0xFE6F),
    (0xFEFF, 0xFF20),
    (0x1F000, 0x1FAFF),
)
"""Marks, digits, punctuation, symbols, pictures: what is likely to stand before the first letter."""


class Catalogue:
    """Texts of one language; call it with a key and the values of its placeholders.

    A text that depends on a number has one entry for each form of its language, `files.one` and `files.other`
    say, and is asked for as `t("files", count=3)`. A missing key shows the key itself: ugly, but never an empty
    button. Values are put in once, so a value that looks like a placeholder stays what it is.
    """

    def __init__(self, entries: "dict[str, str]", language: str = "en") -> None:
        self.use(entries, language)

    def use(self, entries: "dict[str, str]", language: str) -> None:
        """Speak with these texts from now on: more of them have come, or another language was chosen."""
        self._entries = entries
        self.language = language

    def __call__(self, key: str, **values: "Any") -> str:
        text = self._entries.get(key)
        if text is None and "count" in values:
            form = plural_form(self.language, values["count"])
            # Where there is no form for nothing, the common one says it.
            text = self._entries.get(key + "." + form, self._entries.get(key + ".other"))
        if text is None:
            text = key
        if not values:
            return text
        pieces = text.split("{")
        result = pieces[0]
        for piece in pieces[1:]:
            name, closing, rest = piece.partition("}")
            if closing and name in values:
                result += self._put_in(values[name]) + rest
            else:
                result += "{" + piece
        return result

    def _put_in(self, value: "Any") -> str:
        """A value as it stands in a text: what comes from elsewhere is written in a direction of its own."""
        if type(value) is str and self.language in RIGHT_TO_LEFT:
            return _ISOLATE + value + _POP
        return str(value)


def direction(language: str) -> str:
    """In which direction a language is written, as the attribute `dir` has it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def direction_of(text: str) -> "str | None":
    """The attribute `dir` of a field that holds this: by the first letter, as UAX #9 has it (P2 and P3).

    None where there is no letter: the direction of the page holds. A textarea must not have `dir=auto`, which makes
    Chromium look through all of it for each line that comes in: a pasted log would stop the page for minutes.
    """
    for character in text[:_LOOKED_AT]:
        code = ord(character)
        if code < 0xAA:
            if "a" <= character <= "z" or "A" <= character <= "Z":
                return "ltr"
        elif not _is_among(code, _WITHOUT_DIRECTION):
            return "rtl" if _is_among(code, _RIGHT_TO_LEFT) else "ltr"
    return None


def _is_among(code: int, ranges: "tuple[tuple[int, int], ...]") -> bool:
    return any(first <= code <= last for first, last in ranges)


def plural_form(language: str, count: "Any") -> str:
    """The form of a text that a number asks for, as Unicode's CLDR has it for whole numbers."""
    if type(count) is not int:
        return "other"
    if language != "ar":
        return "one" if count == 1 else "other"
    if count < 3:
        return ("zero", "one", "two")[count]
    last = count % 100
    if 3 <= last <= 10:
        return "few"
    return "many" if last >= 11 else "other"
