"""What stands around a section: what went wrong, what is not saved, and the customer's page beside it."""

from ..proxy import lines_to_change
from ..views.parts import button, deliberate, icon, line
from .sections import address, field_id, place_of
from .views_fields import field_label, problem_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LOST = ("not_administrator",)
SAVED_BY_THEMSELVES = ("notices", "people", "reports", "history")


def trouble(state: "dict[str, Any]", t: "Any") -> "Any":
    """Why the server did not do it, and what can be done."""
    code = state["trouble"]
    if not code:
        return None
    return (
        "div",
        {"key": "trouble", "class": "problem stack", "role": "alert"},
        line("triangle-alert", t("admin.trouble." + code)),
        lines_to_change(state["change"]) if code == "misconfigured" else None,
        button(t("admin.transfer.export_draft"), ("export_draft",), "secondary small", "download")
        if code in LOST and state["changes"]
        else None,
    )


def problems(state: "dict[str, Any]", t: "Any") -> "Any":
    """Everything that stands in the way of saving, each a link to its field."""
    found = state["problems"]
    if not found:
        return None
    return (
        "section",
        {
            "key": "problems",
            "class": "problem stack",
            "id": field_id("problems"),
            "tabindex": "-1",
            "aria-labelledby": "problems.title",
        },
        ("h2", {"id": "problems.title"}, t("admin.problems", count=len(found))),
        (
            "ul",
            {"class": "problem-list"},
            [
                (
                    "li",
                    {"key": str(at)},
                    ("a", {"href": _problem_link(problem)}, field_label(problem["path"], t)),
                    ": ",
                    problem_text(problem, t),
                )
                for at, problem in enumerate(found)
            ],
        ),
    )


def _problem_link(problem: "dict[str, Any]") -> str:
    return address(place_of(problem["path"])[0], problem["path"])


def preview(state: "dict[str, Any]", screens: "tuple[str, ...]", t: "Any") -> "tuple[Any, ...]":
    """The customer's own page in a frame. The frame stays while sections change: it would have to load again."""
    chosen = state["preview"]
    return (
        "aside",
        {
            "key": "preview",
            "class": "preview" + (" open" if chosen["open"] else ""),
            "aria-label": t("admin.preview"),
            "hidden": not screens,
        },
        (
            "div",
            {"class": "preview-head"},
            button(
                t("admin.preview"),
                ("toggle_preview",),
                "secondary preview-button",
                "eye",
                {"key": "button", "aria-expanded": "true" if chosen["open"] else "false"},
            ),
            (
                "select",
                {
                    "key": "screen",
                    "aria-label": t("admin.preview.screen"),
                    "value": chosen["screen"],
                    "on_change": ("preview_screen",),
                },
                [("option", {"key": name, "value": name}, t("admin.preview.screen." + name)) for name in screens],
            ),
        ),
        (
            "div",
            {"class": "frame"},
            ("iframe", {"ref": "preview", "src": "preview", "title": t("admin.preview.frame")}),
        ),
        ("p", {"class": "hint"}, t("admin.preview.explain")),
    )


def bar(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """What is not saved, always at the same place."""
    count = state["changes"]
    note = state["note"]
    if not count and state["section"] in SAVED_BY_THEMSELVES:
        return None
    text = t("admin.bar.none")
    if count:
        text = t("admin.bar.changes", count=count)
    elif note in ("saved", "discarded", "restored"):
        text = t("admin.bar." + note)
    return (
        "section",
        {"key": "bar", "class": "bar" + (" unsaved" if count else ""), "aria-label": t("admin.bar")},
        (
            "p",
            {"class": "bar-text"},
            icon("check") if not count else None,
            ("span", {}, text),
            ("span", {"class": "hint"}, t("admin.bar." + note)) if count and note in ("kept", "imported") else None,
        ),
        button(t("admin.bar.undo"), ("undo",), "secondary", "undo-2", {"key": "undo", "id": field_id("undo")})
        if note == "discarded" and not count
        else None,
        deliberate(
            t("admin.bar.discard"),
            ("discard",),
            "secondary",
            "",
            {"key": "discard", "aria-disabled": None if count and not state["saving"] else "true"},
        ),
        deliberate(
            t("admin.bar.save"),
            ("save",),
            "primary",
            "",
            {
                "key": "save",
                "id": field_id("save"),
                "aria-disabled": None if count and not state["saving"] else "true",
            },
        ),
    )
