"""The door of the console: signing in, and making the first administrator."""

from ..proxy import lines_to_change
from ..views.parts import heading, problem, submit
from ..views.words import duration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def sign_in(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """Name and password of a representative."""
    form = state["sign_in"]
    trouble = form["problem"]
    text = ""
    if trouble == "too_many_attempts":
        text = t("sign_in.problem.too_many_attempts", time=duration(form["retry_after"], t))
    elif trouble:
        text = t("sign_in.problem." + trouble)
    return [
        heading(t("sign_in.heading"), False),
        ("p", {"class": "lead"}, t("sign_in.lead")),
        _form(state, form, ("sign_in",), t("sign_in.button"), text, "current-password", "", t),
    ]


def setup(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """The first administrator, by the link that the server printed."""
    form = state["setup"]
    trouble = form["problem"]
    text = t("setup.problem." + trouble) if trouble else ""
    return [
        heading(t("setup.heading"), False),
        ("p", {"class": "lead"}, t("setup.lead")),
        _form(state, form, ("create_administrator",), t("setup.button"), text, "new-password", t("setup.rule"), t),
    ]


def watch_caps_lock(is_on: bool, described: str) -> "dict[str, Any]":
    """Attributes of a password field, which is described by the elements with these ids."""
    heard = {"on_" + event: ("set_caps_lock",) for event in ("keydown", "keyup", "mousedown")}
    about = (described + " caps-lock").strip() if is_on else described
    return heard | {"aria-describedby": about or None}


def caps_lock(is_on: bool, t: "Any") -> "tuple[Any, ...]":
    """Beside a password field; what nobody can read as it is typed would be wrong without a sign."""
    text = t("sign_in.caps_lock") if is_on else ""
    return ("span", {"key": "caps-lock", "id": "caps-lock", "class": "hint caps-lock", "aria-live": "polite"}, text)


def _form(
    state: "dict[str, Any]",
    form: "dict[str, Any]",
    action: "Any",
    name: str,
    trouble: str,
    kind: str,
    rule: str,
    t: "Any",
) -> "tuple[Any, ...]":
    about = "problem" if trouble else None
    caps = state["caps_lock"]
    return (
        "form",
        {"key": "form", "class": "stack", "on_submit": action},
        (
            "p",
            {"key": "name", "class": "field"},
            ("label", {"for": "name"}, t("sign_in.name")),
            (
                "input",
                {
                    "id": "name",
                    "name": "name",
                    "type": "text",
                    "autocomplete": "username",
                    "autocapitalize": "none",
                    "spellcheck": "false",
                    "autofocus": True,
                    "aria-describedby": about,
                    "value": form["name"],
                    "on_input": ("set_name",),
                },
            ),
        ),
        (
            "p",
            {"key": "password", "class": "field"},
            ("label", {"for": "password"}, t("sign_in.password")),
            (
                "input",
                {
                    "id": "password",
                    "name": "password",
                    "type": "password",
                    "autocomplete": kind,
                    "value": form["password"],
                    "on_input": ("set_password",),
                }
                | watch_caps_lock(caps, about or ("rule" if rule else "")),
            ),
            caps_lock(caps, t),
        ),
        ("p", {"key": "rule", "class": "hint", "id": "rule"}, rule) if rule else None,
        problem(trouble) if trouble else None,
        lines_to_change(state["change"]) if form["problem"] == "misconfigured" else None,
        submit(name, form["busy"], "", False),
    )
