"""The choice of the page's language, in which each language names itself."""

from .parts import icon

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAMES = {"en": "English", "de": "Deutsch", "ar": "العربية"}


def language_select(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """`Language`; not there where the site speaks only one, nor before the site is known."""
    languages = state["languages"]
    if len(languages) < 2:
        return None
    return (
        "label",
        {"key": "language", "class": "language"},
        icon("languages"),
        (
            "select",
            {"aria-label": t("language.name"), "value": state["language"], "on_change": ("set_language",)},
            [
                (
                    "option",
                    {"value": language, "lang": language, "selected": language == state["language"]},
                    NAMES[language],
                )
                for language in languages
            ],
        ),
    )
