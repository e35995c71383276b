"""Waiting: one's place, the wait, what comes next, how to leave; notices and an orphaned queue in the same place."""

from ..text import direction_of
from ..views.parts import button, deliberate, heading, icon, line, problem, submit
from ..views.prose import prose
from ..views.words import duration
from .values import values, wait_text
from .views_way import notice_answers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def waiting_intro(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """What stands above the conversation while one waits. What is written below stays as it is."""
    step = state["step"]
    kind = "queue" if step is None else step["step"]
    body = [_notice(state, t)] if kind == "notice" else _orphaned(state, t) if kind == "orphaned" else _queue(state, t)
    return (
        "section",
        {"key": "waiting:" + kind + ":" + (step["about"] if step is not None else ""), "class": "waiting at-" + kind},
        body,
        line("unplug", t("waiting.disconnected"), "notice") if not state["waiting"]["connected"] else None,
    )


def _queue(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    step = state["step"]
    return [
        _place(state, t),
        # An estimate of before the line broke says nothing about now.
        _wait(state, t) if state["waiting"]["connected"] else None,
        ("div", {"key": "greeting", "class": "prose", "dir": "auto"}, prose(step["text"], values(state, t)))
        if step is not None and step["text"]
        else None,
        (
            "p",
            {"key": "next", "class": "hint"},
            t("way.keep_open" if step is not None and step["text"] else "waiting.next"),
        ),
        _leave(state, t),
    ]


def _place(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    waiting = state["waiting"]
    position = waiting["position"]
    return (
        "div",
        {"key": "place", "class": "place"},
        ("p", {"class": "position", "aria-hidden": "true"}, str(position) if position else icon("hourglass")),
        (
            "div",
            {},
            heading(_position_text(position, t), not waiting["settled"]),
            ("p", {"class": "waited"}, t("waiting.waited", time=duration(waiting["waited"], t))),
        ),
    )


def _position_text(position: int, t: "Any") -> str:
    if not position:
        return str(t("waiting.unknown"))
    return str(t("waiting.first") if position == 1 else t("waiting.position", position=position))


def _wait(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The estimate with how far it can be trusted, or that there is none."""
    wait = state["waiting"]["wait"]
    return (
        "p",
        {"key": "wait", "class": "estimate"},
        icon("clock"),
        (
            "span",
            {},
            t("way.wait.label"),
            " ",
            ("strong", {}, wait_text(wait, t)),
            ("span", {"class": "trust"}, t("way.wait.trust")) if wait is not None else None,
        ),
    )


def _leave(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return deliberate(
        t("waiting.leave"),
        ("leave_queue",),
        "secondary small",
        "log-out",
        {"key": "leave", "aria-disabled": "true" if state["waiting"]["leaving"] else None},
    )


def _notice(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """One that was published while one waits. It takes no focus from what is being written."""
    step = state["step"]
    return (
        "div",
        {"class": "notice-step"},
        ("p", {"class": "over"}, icon("info"), t("notice.over")),
        heading(step["title"], not state["waiting"]["settled"]),
        ("div", {"class": "prose", "dir": "auto"}, prose(step["text"], values(state, t))),
        notice_answers(state, t),
        ("p", {"class": "hint"}, t("notice.kept")),
    )


def _orphaned(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    step = state["step"]
    form = step["message"]
    is_writing = form is not None and form["open"]
    return [
        ("p", {"key": "over", "class": "over"}, icon("hourglass"), t("orphaned.over")),
        heading(step["title"] or t("orphaned.heading"), not state["waiting"]["settled"]),
        ("div", {"key": "text", "class": "prose", "dir": "auto"}, prose(step["text"], values(state, t))),
        _redirect(step["redirect"], t) if step["redirect"] is not None else None,
        _message_form(form, t) if is_writing else None,
        (
            "div",
            {"key": "ways", "class": "actions"},
            button(t("orphaned.message"), ("open_message",), "primary", "mail")
            if form is not None and not is_writing
            else None,
            _leave(state, t),
        ),
    ]


def _redirect(redirect: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return (
        "div",
        {"key": "redirect", "class": "redirect"},
        (
            "p",
            {"role": "timer"},
            t("orphaned.redirect", host=redirect["host"], time=duration(redirect["left"], t)),
        ),
        deliberate(t("orphaned.stay"), ("stay_here",), "secondary"),
    )


def _message_form(form: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    trouble = form["problem"]
    described = "message-problem" if trouble else None
    return (
        "form",
        {"key": "message", "class": "stack left-message", "on_submit": ("send_message",)},
        (
            "p",
            {"class": "field"},
            ("label", {"for": "left-text"}, t("orphaned.text")),
            (
                "textarea",
                {
                    "id": "left-text",
                    "rows": "3",
                    "dir": direction_of(form["text"]),
                    "autofocus": True,
                    "aria-invalid": "true" if trouble in ("empty", "too_long") else None,
                    "aria-describedby": described,
                    "value": form["text"],
                    "on_input": ("write_message", "text"),
                },
            ),
        ),
        (
            "p",
            {"class": "field"},
            ("label", {"for": "left-contact"}, t("orphaned.contact")),
            (
                "input",
                {
                    "id": "left-contact",
                    "type": "text",
                    "dir": "auto",
                    "autocomplete": "email",
                    "placeholder": t("orphaned.contact.hint"),
                    "aria-invalid": "true" if trouble == "contact_too_long" else None,
                    "aria-describedby": described,
                    "value": form["contact"],
                    "on_input": ("write_message", "contact"),
                },
            ),
        ),
        problem(t("orphaned.problem." + trouble), "message-problem") if trouble else None,
        (
            "div",
            {"class": "actions"},
            submit(t("orphaned.send"), form["busy"], "mail"),
            deliberate(t("orphaned.cancel"), ("close_message",), "quiet"),
        ),
    )
