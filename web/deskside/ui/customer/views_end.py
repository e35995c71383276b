"""Where the way ends: the session over, another tab, a browser that cannot, something broken."""

from ..proxy import lines_to_change
from ..views.parts import button, deliberate, heading, icon, line
from .orphaned import host_of
from .views_survey import end_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

EXPLAINED = ("left_early", "declined", "agreement_timeout", "orphaned", "message_left", "notice", "removed")


def ended(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """What happened, that nothing is left behind, and what one may take along."""
    end = state["ended"]
    talked = end["transcript"]
    return [
        ("div", {"class": "picture"}, icon("circle-check")),
        ("p", {"class": "over"}, end_text(end, t)) if end["thanked"] else None,
        heading(t("survey.kept") if end["thanked"] else end_text(end, t)),
        ("p", {"class": "lead"}, _what_now(end, state["company"], t)),
        (
            "p",
            {"class": "line"},
            ("a", {"href": end["goes_to"]}, t("ended.goes_to", host=host_of(end["goes_to"]))),
        )
        if end["goes_to"]
        else None,
        (
            "ul",
            {"class": "promises"},
            ("li", {}, icon("circle-check"), t("ended.installed")),
            ("li", {}, icon("circle-check"), t("ended.running")),
            ("li", {}, icon("circle-check"), t("ended.seen")) if talked else None,
        ),
        (
            "div",
            {"class": "stack"},
            button(t("ended.transcript"), ("download_transcript",), "primary", "download") if talked else None,
            button(t("ended.json"), ("download_json",), "secondary", "download") if talked else None,
            deliberate(t("ended.again"), ("new_chat",), "secondary", "message-circle"),
        ),
        ("p", {"class": "hint"}, t("ended.close")),
    ]


def _what_now(end: "dict[str, Any]", company: str, t: "Any") -> str:
    """What the end means for the person, where it was not a conversation that was over."""
    if end["reason"] in EXPLAINED:
        return str(t("ended.explain." + end["reason"], company=company))
    if end["representative"]:
        return str(t("ended.thanks", company=company))
    return str(t("ended.thanks.queue"))


def unsupported(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """A browser that cannot do it: why, and what to do."""
    why = state["unsupported"]
    return [
        ("div", {"class": "picture warn"}, icon("smartphone")),
        heading(t("unsupported.heading." + why)),
        ("p", {"class": "lead"}, t("unsupported.why." + why)),
        ("h2", {}, t("unsupported.what")),
        (
            "ol",
            {"class": "steps"},
            ("li", {}, t("unsupported.first." + why)),
            ("li", {}, t("unsupported.second." + why)),
        ),
        ("div", {"class": "stack"}, button(t("failed.reload"), ("reload",), "primary", "refresh-cw")),
    ]


def taken_over(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """Another tab of the same browser has the session now."""
    return [
        ("div", {"class": "picture"}, icon("copy")),
        heading(t("taken_over.heading")),
        ("p", {"class": "lead"}, t("taken_over.explain")),
        ("div", {"class": "stack"}, deliberate(t("taken_over.here"), ("use_this_tab",), "primary")),
        ("p", {"class": "hint"}, t("taken_over.close")),
    ]


def failed(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """Something broke that the page cannot mend by itself."""
    why = state["failed"]
    return [
        ("div", {"class": "picture warn"}, icon("triangle-alert")),
        heading(t("failed." + why)),
        ("p", {"class": "lead"}, t("failed." + why + ".explain")),
        to_change(state, t) if why in ("misconfigured", "held") else None,
        line("shield-check", t("failed.safe")),
        ("div", {"class": "stack"}, button(t("failed.reload"), ("reload",), "primary", "refresh-cw")),
    ]


def to_change(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """Nothing that the customer could do: often it is the person who sets the site up, and tries it as a customer."""
    return [
        ("p", {"key": "for-whom", "class": "hint"}, t("failed.to_change")),
        lines_to_change(state["change"]),
    ]


SCREENS = {"ended": ended, "unsupported": unsupported, "taken_over": taken_over, "failed": failed}
