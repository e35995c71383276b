"""The catalogue of texts: what a page says, by key."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Catalogue:
    """Texts of one language; call it with a key and the values of its placeholders.

    A missing key shows the key itself: ugly, but never an empty button. Values are put in once, so a value
    that looks like a placeholder stays what it is.
    """

    def __init__(self, entries: "dict[str, str]", language: str = "en") -> None:
        self.use(entries, language)

    def use(self, entries: "dict[str, str]", language: str) -> None:
        """Speak with these texts from now on: more of them have come, or another language was chosen."""
        self._entries = entries
        self.language = language

    def __call__(self, key: str, **values: "Any") -> str:
        text = self._entries.get(key, key)
        if not values:
            return text
        pieces = text.split("{")
        result = pieces[0]
        for piece in pieces[1:]:
            name, closing, rest = piece.partition("}")
            if closing and name in values:
                result += str(values[name]) + rest
            else:
                result += "{" + piece
        return result
