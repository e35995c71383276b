"""The exit survey: every question can be left open, and the whole of it skipped."""

from ..text import direction_of
from ..views.parts import deliberate, heading, icon, line, problem, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

RATINGS = ("1", "2", "3", "4", "5")


def survey(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """What has ended, then the questions."""
    form = state["survey"]
    end = state["ended"]
    trouble = form["problem"]
    return [
        ("p", {"class": "over"}, icon("circle-check"), end_text(end, t)),
        heading(t("survey.heading")),
        ("p", {"class": "lead"}, t("survey.explain", company=state["company"])),
        (
            "form",
            {"key": "survey", "class": "stack survey", "on_submit": ("send_survey",)},
            [_question(question, form["answers"].get(question["question"], ""), t) for question in form["questions"]],
            problem(t("survey.problem." + trouble), "survey-problem") if trouble else None,
            (
                "div",
                {"key": "answers", "class": "stack answers"},
                submit(t("survey.send"), form["busy"]),
                deliberate(t("survey.skip"), ("skip_survey",), "secondary"),
            ),
        ),
        line("shield-check", t("ended.running"), "hint"),
    ]


def end_text(end: "dict[str, Any]", t: "Any") -> str:
    """One sentence that says what has ended."""
    return str(t("ended." + end["reason"], name=end["representative"] or t("person.representative")))


def _question(question: "dict[str, Any]", value: str, t: "Any") -> "tuple[Any, ...]":
    name = "survey-" + question["question"]
    if question["kind"] == "text":
        return (
            "p",
            {"key": name, "class": "field"},
            ("label", {"for": name, "dir": "auto"}, question["text"]),
            (
                "textarea",
                {
                    "id": name,
                    "rows": "3",
                    "dir": direction_of(value),
                    "value": value,
                    "on_input": ("answer_survey", question["question"]),
                },
            ),
        )
    if question["kind"] == "rating":
        choices = [(rating, rating) for rating in RATINGS]
    else:
        choices = [(choice["choice"], choice["text"]) for choice in question["choices"]]
    scale = question["kind"] == "rating"
    return (
        "fieldset",
        {"key": name, "class": "choices rating" if scale else "choices"},
        ("legend", {"dir": "auto"}, question["text"]),
        (
            "div",
            {"class": "options"},
            [_option(name, question["question"], choice, text, value) for choice, text in choices],
        ),
        ("p", {"class": "scale"}, ("span", {}, t("survey.worst")), ("span", {}, t("survey.best"))) if scale else None,
    )


def _option(name: str, question: str, choice: str, text: str, value: str) -> "tuple[Any, ...]":
    identifier = name + "-" + choice
    return (
        "label",
        {"key": identifier, "class": "option", "dir": "auto", "for": identifier},
        (
            "input",
            {
                "id": identifier,
                "type": "radio",
                "name": name,
                "value": choice,
                "checked": choice == value,
                "on_change": ("answer_survey", question, choice),
            },
        ),
        ("span", {}, text),
    )
