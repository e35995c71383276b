"""The fields of the settings: every one with its label, a hint where it helps, and what is wrong with it beside it."""

from ..views.parts import icon
from .document import get
from .sections import field_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CODES = (
    "bad_colour",
    "bad_file_type",
    "bad_image",
    "bad_name",
    "bad_origin",
    "bad_password",
    "bad_url",
    "choice_without_choices",
    "control_character",
    "duplicate_language",
    "expired",
    "expired_before_publishing",
    "image_failed",
    "image_too_large",
    "last_administrator",
    "low_contrast",
    "missing",
    "missing_text",
    "moment",
    "name_taken",
    "no_client_file",
    "no_relay",
    "notice_without_team",
    "number",
    "password_too_short",
    "representative_without_team",
    "survey_without_questions",
    "too_few",
    "too_large",
    "too_long",
    "too_many",
    "too_short",
    "too_small",
    "unknown_macro",
    "unknown_team",
    "wrong_state",
)


def field_label(path: str, t: "Any") -> str:
    """What a setting is called: the same words beside its field, in the list of problems and in the history."""
    words = path.split(".")
    if words[0] == "texts" and len(words) > 2:
        return str(t("admin.field.texts." + words[2]))
    if words[0] == "survey" and len(words) > 2:
        return str(t("admin.field.survey.questions"))
    if words[0] in ("issues", "teams", "canned"):
        return str(t("admin.field." + words[0]))
    return str(t("admin.field." + ".".join(words[:2])))


def problem_text(problem: "dict[str, Any]", t: "Any") -> str:
    """What is wrong and what to do."""
    code = problem["code"]
    if code in CODES:
        return str(t("admin.problem." + code, detail=problem["detail"]))
    return str(t("admin.problem.invalid", detail=problem["detail"] or code))


def problem_at(state: "dict[str, Any]", path: str, t: "Any") -> "tuple[Any, ...] | None":
    """The problems of one field, beside it."""
    found = [problem for problem in state["problems"] if problem["path"] == path]
    return said(path, [problem_text(problem, t) for problem in found])


def said(path: str, texts: "list[str]") -> "tuple[Any, ...] | None":
    """Sentences about a field that cannot stay as it is."""
    if not texts:
        return None
    return (
        "p",
        {"key": "problem", "class": "line problem", "id": "problem." + path},
        icon("triangle-alert"),
        ("span", {}, " ".join(texts)),
    )


def frame(
    state: "dict[str, Any]", t: "Any", path: str, label: str, control: "Any", hint: "Any" = None
) -> "tuple[Any, ...]":
    """A control with its label above it, and below it what is wrong and what helps."""
    return (
        "div",
        {"key": path, "class": "field"},
        ("label", {"for": field_id(path)}, label),
        control,
        problem_at(state, path, t),
        ("p", {"key": "hint", "class": "hint", "id": "hint." + path}, hint) if hint else None,
    )


def about(state: "dict[str, Any]", path: str, hint: "Any") -> "dict[str, Any]":
    """The attributes that tie a control to what is said of it."""
    wrong = any(problem["path"] == path for problem in state["problems"])
    described = ("problem." + path if wrong else "") + (" hint." + path if hint else "")
    return {"aria-invalid": "true" if wrong else None, "aria-describedby": described.strip() or None}


def line_field(
    state: "dict[str, Any]",
    t: "Any",
    path: str,
    hint: str = "",
    kind: str = "text",
    label: str = "",
    more: "dict[str, Any] | None" = None,
) -> "tuple[Any, ...]":
    """One line."""
    attributes = {
        "id": field_id(path),
        "type": kind,
        "autocomplete": "off",
        "value": get(state["document"], path, ""),
        "on_input": ("set", path, "text"),
    }
    attributes = attributes | about(state, path, hint) | (more or {})
    return frame(state, t, path, label or field_label(path, t), ("input", attributes), hint)


def number_field(
    state: "dict[str, Any]", t: "Any", path: str, hint: str = "", kind: str = "number"
) -> "tuple[Any, ...]":
    """A whole number; what is no number yet stays as it was typed."""
    value = get(state["document"], path, "")
    if kind == "megabytes" and type(value) is int:
        value = (value + 500_000) // 1_000_000
    attributes = {
        "id": field_id(path),
        "type": "text",
        "class": "number",
        "inputmode": "numeric",
        "autocomplete": "off",
        "value": str(value),
        "on_input": ("set", path, kind),
    }
    control = ("input", attributes | about(state, path, hint))
    return frame(state, t, path, field_label(path, t), control, hint)


def lines_field(state: "dict[str, Any]", t: "Any", path: str, hint: str, example: str) -> "tuple[Any, ...]":
    """One entry a line."""
    attributes = {
        "id": field_id(path),
        "rows": "3",
        "spellcheck": "false",
        "dir": "ltr",
        "placeholder": example,
        "value": "\n".join(get(state["document"], path, [])),
        "on_input": ("set", path, "lines"),
    }
    return frame(state, t, path, field_label(path, t), ("textarea", attributes | about(state, path, hint)), hint)


def check(
    state: "dict[str, Any]", t: "Any", path: str, hint: str = "", more: "dict[str, Any] | None" = None
) -> "tuple[Any, ...]":
    """On or off."""
    attributes = {
        "id": field_id(path),
        "type": "checkbox",
        "checked": bool(get(state["document"], path)),
        "on_change": ("set", path, "flag"),
    }
    return (
        "div",
        {"key": path, "class": "check"},
        ("input", attributes | about(state, path, hint) | (more or {})),
        ("label", {"for": field_id(path)}, field_label(path, t)),
        problem_at(state, path, t),
        ("p", {"key": "hint", "class": "hint", "id": "hint." + path}, hint) if hint else None,
    )


def choice_field(
    state: "dict[str, Any]",
    t: "Any",
    path: str,
    options: "list[tuple[str, str]]",
    label: str = "",
    hint: str = "",
) -> "tuple[Any, ...]":
    """One of several, in a list that opens."""
    value = get(state["document"], path, "")
    attributes = {"id": field_id(path), "value": value, "on_change": ("set", path, "text")}
    known = [("option", {"key": name, "value": name}, text) for name, text in options]
    select = ("select", attributes | about(state, path, hint), known)
    return frame(state, t, path, label or field_label(path, t), select, hint)


def block(name: str, title: str, *children: "Any") -> "tuple[Any, ...]":
    """Fields that belong together."""
    return ("fieldset", {"key": name, "class": "block"}, ("legend", {}, title), list(children))
