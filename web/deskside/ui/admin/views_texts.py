"""Fields for words by language, and for pictures."""

from ..text import direction
from ..views.parts import button, deliberate, icon
from .document import get
from .preview import macro_list
from .sections import field_id
from .views_fields import about, field_label, problem_at, problem_text, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def prose_field(state: "dict[str, Any]", t: "Any", key: str, rows: int = 4) -> "tuple[Any, ...]":
    """One of the company's texts, in the language that is chosen; where it is empty our default is shown."""
    language = state["text_language"]
    path = "texts." + language + "." + key
    default = str(get(state["defaults"], language + "." + key, ""))
    own = get(state["document"], path)
    attributes = {
        "id": field_id(path),
        "lang": language,
        "dir": direction(language),
        "placeholder": default,
        "value": own or "",
        "on_input": ("set_text", "texts.{language}." + key),
        "on_focus": ("show_field", path),
    }
    if rows == 1:
        control = ("input", attributes | {"type": "text", "autocomplete": "off"} | about(state, path, True))
    else:
        control = ("textarea", attributes | {"rows": str(rows)} | about(state, path, True))
    target = "texts.{language}." + key
    return (
        "div",
        {"key": path, "class": "field worded"},
        ("label", {"for": field_id(path), "id": "label." + path}, field_label(path, t)),
        control,
        problem_at(state, path, t),
        (
            "div",
            {"key": "below", "class": "below"},
            ("p", {"class": "hint", "id": "hint." + path}, t("admin.text.own" if own else "admin.text.default")),
            None
            if own
            else button(
                t("admin.text.start"),
                ("start_from_default", target),
                "quiet small",
                "",
                {"key": "start", "aria-describedby": "label." + path},
            ),
            deliberate(
                t("admin.text.reset"),
                ("reset", target),
                "quiet small",
                "rotate-ccw",
                {
                    "key": "reset",
                    "aria-describedby": "label." + path,
                    "aria-disabled": None if own else "true",
                },
            ),
        ),
    )


def words_field(state: "dict[str, Any]", t: "Any", path: str, label: str, rows: int = 1) -> "tuple[Any, ...]":
    """A text by language that has no default: the name of an issue, a question."""
    language = state["text_language"]
    here = path + "." + language
    texts = get(state["document"], path, {})
    others = [texts[name] for name in state["document"]["languages"] if name != language and texts.get(name)]
    # A link to the field means the language that is shown.
    attributes = {
        "id": field_id(path),
        "lang": language,
        "dir": direction(language),
        "autocomplete": "off",
        "placeholder": others[0] if others else None,
        "value": texts.get(language, ""),
        "on_input": ("set_text", path + ".{language}"),
    }
    problems = [problem for problem in state["problems"] if problem["path"] in (path, here)]
    if problems:
        attributes["aria-invalid"] = "true"
        attributes["aria-describedby"] = "problem." + path
    control = ("input", attributes | {"type": "text"}) if rows == 1 else ("textarea", attributes | {"rows": str(rows)})
    return (
        "div",
        {"key": path, "class": "field"},
        ("label", {"for": field_id(path)}, label),
        control,
        said(path, [problem_text(problem, t) for problem in problems]),
    )


def image_field(state: "dict[str, Any]", t: "Any", path: str, hint: str) -> "tuple[Any, ...]":
    """A picture: chosen from a file, made small enough in the browser."""
    picture = get(state["document"], path, "")
    label = field_label(path, t)
    return (
        "div",
        {"key": path, "class": "field"},
        ("label", {"for": field_id(path), "id": "label." + path}, label),
        (
            "div",
            {"key": "row", "class": "image-row"},
            ("img", {"key": "shown", "class": "thumb-image", "src": picture, "alt": t("admin.image.now")})
            if picture
            else ("span", {"key": "none", "class": "thumb-image empty", "aria-hidden": "true"}, icon("image")),
            (
                "label",
                {"key": "pick", "class": "tool secondary", "for": field_id(path)},
                icon("image"),
                ("span", {"class": "label"}, t("admin.image." + path.split(".")[0])),
                (
                    "input",
                    {
                        "id": field_id(path),
                        "class": "visually-hidden",
                        "type": "file",
                        "accept": "image/png,image/jpeg,image/webp,image/gif,image/svg+xml",
                        "on_change": ("pick_image", path),
                    }
                    | about(state, path, hint),
                ),
            ),
            deliberate(
                t("admin.image.remove"),
                ("clear", path),
                "quiet",
                "x",
                {"key": "clear", "aria-describedby": "label." + path},
            )
            if picture
            else None,
        ),
        problem_at(state, path, t),
        ("p", {"key": "hint", "class": "hint", "id": "hint." + path}, hint),
    )


def macro_help(t: "Any") -> "tuple[Any, ...]":
    """What can be put into texts."""
    return (
        "details",
        {"key": "macros", "class": "macros"},
        ("summary", {}, t("admin.macros")),
        ("p", {"class": "hint"}, t("admin.macros.explain")),
        ("p", {"dir": "ltr"}, ("code", {}, macro_list())),
        ("p", {"class": "hint"}, t("admin.macros.markup")),
    )
