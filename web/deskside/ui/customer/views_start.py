"""The portal: the form where everything begins. It stands in the static page already, before Python runs."""

from ..text import direction_of
from ..views.parts import button, heading, icon, problem, submit
from ..views.prose import prose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def portal(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """Greeting, form, and what one may rely on."""
    form = state["portal"]
    trouble = form["problem"]
    return [
        heading(t("portal.heading"), form["again"]),
        # Its place is kept until the server has said what stands there, so that the form does not move.
        ("div", {"key": "greeting", "class": "lead greeting prose", "dir": "auto"}, _greeting(state))
        if state["greeting"] or not state["company"]
        else None,
        (
            "form",
            # Sent while nobody listens, it goes nowhere: what was typed stays.
            {"key": "form", "id": "portal", "class": "stack", "method": "dialog", "on_submit": ("start_chat",)},
            _name(form, t),
            _question(form, t),
            _issue(form, t) if form["issues"] else None,
            _key(form, t),
            problem(t("portal.problem." + trouble)) if trouble else None,
            button(t("start.again"), ("start_again",), "secondary", "", {"key": "again"})
            if trouble == "blocked"
            else None,
            _to_change(state, t) if trouble in ("misconfigured", "held") else None,
            submit(t("portal.start"), form["busy"], "message-circle"),
            (
                "p",
                {"key": "hint", "class": "hint", "id": "portal-hint"},
                t("portal.starting") if form["busy"] else t("portal.leave"),
            ),
        ),
        (
            "ul",
            {"key": "promises", "class": "promises"},
            ("li", {}, icon("circle-check"), t("portal.promise.install")),
            ("li", {}, icon("shield-check"), t("portal.promise.decide")),
            ("li", {}, icon("lock"), t("portal.promise.private")),
        ),
    ]


def _to_change(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    from .views_end import to_change

    return to_change(state, t)


def _greeting(state: "dict[str, Any]") -> "list[Any]":
    """Of what a text can name, little is known here."""
    return prose(state["greeting"], {"company": state["company"], "customer": state["portal"]["name"].strip()})


def _name(form: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    wrong = form["problem"] == "name_too_long"
    return (
        "p",
        {"key": "name", "class": "field"},
        ("label", {"for": "name"}, t("portal.name")),
        (
            "input",
            {
                "id": "name",
                "name": "name",
                "type": "text",
                "autocomplete": "name",
                "placeholder": t("portal.optional"),
                "aria-invalid": "true" if wrong else None,
                "aria-describedby": "problem" if wrong else None,
                "value": form["name"],
                "on_input": ("set_name",),
            },
        ),
    )


def _question(form: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    wrong = form["problem"] == "question_too_long"
    return (
        "p",
        {"key": "question", "class": "field"},
        ("label", {"for": "question"}, t("portal.question")),
        (
            "textarea",
            {
                "id": "question",
                "name": "question",
                "rows": "3",
                "dir": direction_of(form["question"]),
                "placeholder": t("portal.optional"),
                "aria-invalid": "true" if wrong else None,
                "aria-describedby": "problem" if wrong else None,
                "value": form["question"],
                "on_input": ("set_question",),
            },
        ),
    )


def _issue(form: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return (
        "p",
        {"key": "issue", "class": "field"},
        ("label", {"for": "issue"}, t("portal.issue")),
        (
            "select",
            {"id": "issue", "name": "issue", "on_change": ("set_issue",), "value": form["issue"]},
            ("option", {"value": ""}, t("portal.any_issue")),
            [
                ("option", {"value": issue["id"], "selected": issue["id"] == form["issue"]}, issue["name"])
                for issue in form["issues"]
            ],
        ),
    )


def _key(form: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """For whom a representative has invited; everybody else passes it by."""
    wrong = form["problem"] in ("unknown_key", "incomplete_key")
    return (
        "p",
        {"key": "key", "class": "field"},
        ("label", {"for": "key"}, t("portal.key")),
        (
            "input",
            {
                "id": "key",
                "name": "key",
                "type": "text",
                "dir": "ltr",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "placeholder": t("portal.key.hint"),
                "aria-invalid": "true" if wrong else None,
                "aria-describedby": "problem" if wrong else None,
                "value": form["key"],
                "on_input": ("set_key",),
            },
        ),
    )
