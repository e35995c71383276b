"""How the connection is, and behind it the three words by which two people can know that nobody is between them."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def connection_with_words(look: str, line: "list[Any]", words: "list[str]", t: "Any") -> "tuple[Any, ...]":
    """One quiet line; with words it opens, and says what they are good for."""
    if not words:
        return ("p", {"key": "connection", "class": look}, line)
    return (
        "details",
        {"key": "connection-words", "class": "three-words"},
        ("summary", {"class": look}, line),
        # The same on both pages, whatever their languages.
        (
            "p",
            {"class": "words", "lang": "en", "dir": "ltr", "translate": "no"},
            [[("span", {}, word), " "] for word in words],
        ),
        ("p", {"class": "hint"}, t("words.explain")),
    )
