"""Who the company is: name, logo, colour, languages, where the customer's page may be opened from, and for how long it
is known who the customers were."""

from ..views.language import NAMES
from ..views.parts import deliberate
from .sections import field_id
from .views_fields import block, field_label, line_field, lines_field, number_field, problem_at
from .views_texts import image_field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OURS = "#0d6e8c"


def company(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    return [
        block(
            "brand",
            t("admin.company.brand"),
            line_field(state, t, "company", more={"maxlength": "100"}),
            image_field(state, t, "logo", t("admin.hint.logo")),
            _colour(state, t),
        ),
        _languages(state, t),
        block(
            "origins",
            t("admin.company.origins"),
            lines_field(state, t, "allowed_origins", t("admin.hint.allowed_origins"), "https://www.example.com"),
        ),
        block(
            "kept",
            t("admin.company.kept"),
            number_field(state, t, "sessions.retention", t("admin.hint.session_retention")),
        ),
    ]


def _colour(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """As a word, and by the browser's own picker."""
    value = state["document"]["colour"]
    wrong = problem_at(state, "colour", t)
    return (
        "div",
        {"key": "colour", "class": "field"},
        ("label", {"for": field_id("colour"), "id": "label.colour"}, field_label("colour", t)),
        (
            "div",
            {"key": "row", "class": "colour-row"},
            (
                "input",
                {
                    "type": "color",
                    "aria-label": t("admin.colour.pick"),
                    "value": value if _is_colour(value) else OURS,
                    "on_input": ("set", "colour", "text"),
                },
            ),
            (
                "input",
                {
                    "id": field_id("colour"),
                    "type": "text",
                    "class": "number",
                    "dir": "ltr",
                    "spellcheck": "false",
                    "autocomplete": "off",
                    "placeholder": OURS,
                    "value": value,
                    "aria-invalid": "true" if wrong else None,
                    "aria-describedby": "problem.colour hint.colour" if wrong else "hint.colour",
                    "on_input": ("set", "colour", "text"),
                },
            ),
            deliberate(
                t("admin.text.reset"),
                ("reset", "colour"),
                "quiet small",
                "rotate-ccw",
                {"aria-describedby": "label.colour", "aria-disabled": None if value else "true"},
            ),
        ),
        wrong,
        ("p", {"key": "hint", "class": "hint", "id": "hint.colour"}, t("admin.hint.colour")),
    )


def _is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and all(letter in "0123456789abcdefABCDEF" for letter in text[1:])


def _languages(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    chosen = state["document"]["languages"]
    boxes = []
    for language in state["known_languages"]:
        identifier = field_id("languages." + language)
        boxes.append(
            (
                "div",
                {"key": language, "class": "check"},
                (
                    "input",
                    {
                        "id": identifier,
                        "type": "checkbox",
                        "checked": language in chosen,
                        "on_change": ("toggle_language", language),
                    },
                ),
                ("label", {"for": identifier, "lang": language}, NAMES.get(language, language)),
            )
        )
    first = (
        "div",
        {"key": "first", "class": "field"},
        ("label", {"for": field_id("languages")}, t("admin.languages.first")),
        (
            "select",
            {
                "id": field_id("languages"),
                "value": chosen[0] if chosen else "",
                "aria-describedby": "hint.languages",
                "on_change": ("first_language",),
            },
            [
                ("option", {"key": language, "value": language}, NAMES.get(language, language))
                for language in state["known_languages"]
                if language in chosen
            ],
        ),
        ("p", {"class": "hint", "id": "hint.languages"}, t("admin.hint.languages")),
    )
    return block(
        "languages",
        field_label("languages", t),
        ("div", {"class": "checks"}, boxes),
        problem_at(state, "languages", t),
        first,
    )
