"""The way in: portal, notifications, waiting."""

from ..views.parts import button, heading, icon, line, problem, submit
from ..views.words import duration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def portal(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """The form. It stands in the static page already, before Python runs."""
    form = state["portal"]
    trouble = form["problem"]
    return [
        heading(t("portal.heading"), form["again"]),
        # Its place is kept until the server has said what stands there, so that the form does not move.
        ("p", {"key": "greeting", "class": "lead greeting"}, state["greeting"])
        if state["greeting"] or not state["company"]
        else None,
        (
            "form",
            {"key": "form", "id": "portal", "class": "stack", "on_submit": ("start_chat",)},
            _name(form, t),
            _question(form, t),
            _issue(form, t) if form["issues"] else None,
            problem(t("portal.problem." + trouble)) if trouble else None,
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
                "dir": "auto",
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


def notifications(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """Why the browser is about to ask; either answer goes on."""
    return [
        ("div", {"class": "picture"}, icon("bell")),
        heading(t("notifications.heading")),
        ("p", {"class": "lead"}, t("notifications.why")),
        ("p", {"class": "hint"}, t("notifications.only")),
        (
            "div",
            {"class": "stack"},
            button(t("notifications.allow"), ("allow_notifications",), "primary", "bell"),
            button(t("notifications.skip"), ("skip_notifications",), "secondary"),
        ),
        ("p", {"class": "hint"}, t("portal.leave")),
    ]


def waiting_intro(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Where one stands, for how long, what comes next and how to leave."""
    waiting = state["waiting"]
    position = waiting["position"]
    return (
        "section",
        {"key": "waiting", "class": "waiting"},
        (
            "div",
            {"class": "place"},
            ("p", {"class": "position", "aria-hidden": "true"}, str(position) if position else icon("hourglass")),
            (
                "div",
                {},
                heading(_position_text(position, t)),
                ("p", {"class": "waited"}, t("waiting.waited", time=duration(waiting["waited"], t))),
            ),
        ),
        ("p", {"key": "greeting"}, state["greeting"]) if state["greeting"] else None,
        ("p", {"key": "next", "class": "hint"}, t("waiting.next")),
        line("unplug", t("waiting.disconnected"), "notice") if not waiting["connected"] else None,
        button(
            t("waiting.leave"),
            ("leave_queue",),
            "secondary small",
            "log-out",
            {"key": "leave", "aria-disabled": "true" if waiting["leaving"] else None},
        ),
    )


def _position_text(position: int, t: "Any") -> str:
    if not position:
        return str(t("waiting.unknown"))
    return str(t("waiting.first") if position == 1 else t("waiting.position", position=position))
