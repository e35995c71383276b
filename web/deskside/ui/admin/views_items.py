"""Lists that an administrator writes: teams, issues, canned messages, the questions of the exit survey."""

from ..views.parts import button, deliberate
from ..views.words import size
from .preview import pick
from .sections import field_id
from .views_fields import block, check, choice_field, line_field, lines_field, number_field, problem_at
from .views_texts import image_field, macro_help, words_field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KINDS = ("rating", "choice", "text")


def survey(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    questions = state["document"]["survey"]["questions"]
    return [
        block(
            "survey",
            t("admin.section.survey"),
            check(state, t, "survey.on", t("admin.hint.survey")),
            problem_at(state, "survey", t),
        ),
        block(
            "questions",
            t("admin.field.survey.questions"),
            problem_at(state, "survey.questions", t),
            _items(state, t, "survey.questions", questions, "question", _question),
        ),
    ]


def _question(state: "dict[str, Any]", t: "Any", path: str, question: "dict[str, Any]") -> "list[Any]":
    fields = [
        words_field(state, t, path + ".text", t("admin.question.text"), 2),
        choice_field(
            state,
            t,
            path + ".kind",
            [(kind, t("admin.question.kind." + kind)) for kind in KINDS],
            t("admin.question.kind"),
        ),
    ]
    if question["kind"] == "choice":
        fields.append(_choices(state, t, path + ".choices", question["choices"]))
    return fields


def _choices(state: "dict[str, Any]", t: "Any", path: str, choices: "list[Any]") -> "tuple[Any, ...]":
    rows = []
    for at, choice in enumerate(choices):
        here = path + "." + choice["id"]
        rows.append(
            (
                "li",
                {"key": choice["id"], "class": "choice"},
                words_field(state, t, here + ".text", t("admin.question.choice", number=at + 1)),
                _tools(t, here, at, len(choices)),
            )
        )
    return (
        "div",
        {"key": "choices", "class": "sub", "role": "group", "aria-label": t("admin.question.choices")},
        ("p", {"class": "label-text"}, t("admin.question.choices")),
        problem_at(state, path, t),
        ("ul", {"key": "list", "class": "choices"}, rows) if rows else None,
        _add_button(t, path, "choice"),
    )


def teams(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    document = state["document"]
    rows = []
    for at, team in enumerate(document["teams"]):
        here = "teams." + team["id"]
        rows.append(
            (
                "li",
                {"key": team["id"], "class": "choice"},
                line_field(state, t, here + ".name", label=t("admin.team.name"), more={"maxlength": "100"}),
                _tools(t, here, at, len(document["teams"])),
            )
        )
    return [
        block(
            "teams",
            t("admin.field.teams"),
            ("p", {"class": "hint"}, t("admin.hint.teams")),
            problem_at(state, "teams", t),
            ("ul", {"key": "list", "class": "choices"}, rows),
            _add_button(t, "teams", "team"),
        ),
        block(
            "issues",
            t("admin.field.issues"),
            ("p", {"class": "hint"}, t("admin.hint.issues")),
            problem_at(state, "issues", t),
            _items(state, t, "issues", document["issues"], "issue", _issue),
        ),
    ]


def _issue(state: "dict[str, Any]", t: "Any", path: str, issue: "dict[str, Any]") -> "list[Any]":
    teams = [(team["id"], team["name"] or t("admin.item.unnamed")) for team in state["document"]["teams"]]
    return [
        words_field(state, t, path + ".name", t("admin.issue.name")),
        choice_field(state, t, path + ".team", teams, t("admin.issue.team")),
    ]


def canned(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    return [
        macro_help(t),
        block(
            "canned",
            t("admin.field.canned"),
            ("p", {"class": "hint"}, t("admin.hint.canned")),
            problem_at(state, "canned", t),
            _items(state, t, "canned", state["document"]["canned"], "canned", _canned),
        ),
    ]


def _canned(state: "dict[str, Any]", t: "Any", path: str, message: "dict[str, Any]") -> "list[Any]":
    return [
        line_field(state, t, path + ".name", t("admin.hint.canned_name"), label=t("admin.canned.name")),
        words_field(state, t, path + ".text", t("admin.canned.text"), 4),
    ]


def files(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    largest = state["document"]["files"]["max_size"]
    said = t("admin.hint.max_size", size=size(largest, t)) if type(largest) is int else t("admin.hint.seconds_none")
    return [
        block(
            "files",
            t("admin.files.files"),
            number_field(state, t, "files.max_size", said, "megabytes"),
            lines_field(state, t, "files.forbidden_types", t("admin.hint.forbidden_types"), ".exe"),
        ),
        block(
            "connection",
            t("admin.files.connection"),
            check(state, t, "connection.relay_only", t("admin.hint.relay_only")),
        ),
        block(
            "watermark",
            t("admin.files.watermark"),
            ("p", {"class": "hint"}, t("admin.hint.watermark")),
            line_field(state, t, "watermark.text", more={"maxlength": "100"}),
            image_field(state, t, "watermark.image", t("admin.hint.watermark_image")),
        ),
    ]


def _items(
    state: "dict[str, Any]", t: "Any", path: str, items: "list[Any]", kind: str, fields: "Any"
) -> "tuple[Any, ...]":
    """The items in their order; the fields of one at a time are open."""
    rows = []
    for at, item in enumerate(items):
        here = path + "." + item["id"]
        name = _name(state, t, item, kind)
        is_open = state["open"] == here
        wrong = any(problem["path"][: len(here) + 1] in (here, here + ".") for problem in state["problems"])
        rows.append(
            (
                "li",
                {"key": item["id"], "class": "item" + (" open" if is_open else "") + (" wrong" if wrong else "")},
                (
                    "div",
                    {"key": "group", "role": "group", "aria-label": name},
                    (
                        "div",
                        {"class": "item-head"},
                        (
                            "button",
                            {
                                "type": "button",
                                "id": field_id(here),
                                "class": "item-name",
                                "aria-expanded": "true" if is_open else "false",
                                "on_click": ("open", here),
                            },
                            ("span", {"class": "number-of", "aria-hidden": "true"}, str(at + 1)),
                            ("span", {"class": "label", "dir": "auto"}, name),
                        ),
                        _tools(t, here, at, len(items)),
                    ),
                    ("div", {"key": "fields", "class": "item-fields"}, fields(state, t, here, item))
                    if is_open
                    else None,
                ),
            )
        )
    return (
        "div",
        {"key": "items", "class": "items"},
        ("ol", {"key": "list"}, rows)
        if rows
        else ("p", {"key": "none", "class": "hint"}, t("admin.item.none." + kind)),
        _add_button(t, path, kind),
    )


def _name(state: "dict[str, Any]", t: "Any", item: "dict[str, Any]", kind: str) -> str:
    language = state["text_language"]
    found = item.get("name")
    if kind == "question":
        found = item["text"]
    text = pick(state["document"], found, language) if type(found) is dict else found
    return text or str(t("admin.item.new." + kind))


def _tools(t: "Any", path: str, at: int, count: int) -> "tuple[Any, ...]":
    first = "true" if at == 0 else None
    last = "true" if at == count - 1 else None
    return (
        "div",
        {"key": "tools", "class": "item-tools"},
        button(
            t("admin.item.up"), ("move", path, -1), "quiet small", "arrow-up", {"key": "up", "aria-disabled": first}
        ),
        button(
            t("admin.item.down"), ("move", path, 1), "quiet small", "arrow-down", {"key": "down", "aria-disabled": last}
        ),
        deliberate(t("admin.item.remove"), ("remove", path), "quiet small", "trash-2", {"key": "remove"}),
    )


def _add_button(t: "Any", path: str, kind: str) -> "tuple[Any, ...]":
    return button(
        t("admin.item.add." + kind), ("add", path), "secondary", "plus", {"key": "add", "id": field_id(path + ".add")}
    )
