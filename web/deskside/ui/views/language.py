"""The choice of the page's language, in which each language names itself."""

from .parts import icon, line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAMES = {"en": "English", "de": "Deutsch", "ar": "العربية"}


def language_select(state: "dict[str, Any]", t: "Any") -> "list[Any] | None":
    """`Language`, and that the chosen one did not come; not there where the site speaks only one, or is not known."""
    languages = state["languages"]
    if len(languages) < 2:
        return None
    choice = (
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
    # The page's announcer has said it to those who listen.
    failed = line("triangle-alert", t("language.failed"), "language-failed") if state["language_failed"] else None
    return [choice, failed]
