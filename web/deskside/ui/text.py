"""The catalogue of texts: what a page says, by key."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

RIGHT_TO_LEFT = ("ar",)
# Unicode's signs around a piece of text whose direction shows in its first letters.
_ISOLATE = "\u2068"
_POP = "\u2069"


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
