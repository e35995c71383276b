"""Notices: the list with what each brought about, and the form of the one that is written."""

from ..text import direction
from ..views.parts import button, deliberate, submit
from .sections import field_id
from .views_fields import block, problem_text, said
from .views_texts import macro_help

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def notices(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    if state["notice"] is not None:
        return [macro_help(t), _form(state, state["notice"], t)]
    found = state["notices"]
    if found is None:
        return [("p", {"key": "loading", "class": "hint"}, t("admin.loading"))]
    return [
        ("p", {"key": "lead", "class": "lead"}, t("admin.notice.lead")),
        ("p", {"key": "none", "class": "hint"}, t("admin.notice.none"))
        if not found
        else ("ul", {"key": "list", "class": "cards-list"}, [_entry(state, notice, t) for notice in found]),
        button(
            t("admin.notice.add"),
            ("new_notice",),
            "primary",
            "plus",
            {"key": "add", "id": field_id("notice.add")},
        ),
    ]


def _entry(state: "dict[str, Any]", notice: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    name = notice["name"]
    published = notice["state"] == "published"
    expires = state["moments"].get(notice["expires_at"]) if notice["expires_at"] else None
    return (
        "li",
        {"key": notice["id"], "class": "entry"},
        (
            "div",
            {"class": "entry-about", "role": "group", "aria-label": name},
            (
                "p",
                {"class": "entry-head"},
                ("strong", {"dir": "auto"}, name),
                ("span", {"class": "badge " + notice["state"]}, t("admin.notice.state." + notice["state"])),
            ),
            (
                "p",
                {"class": "hint"},
                _scope(state, notice["scope"], t),
                [t("list.dot"), t("admin.notice.until", time=expires[0])] if expires else None,
            ),
            (
                "p",
                {"class": "hint"},
                t(
                    "admin.notice.counts",
                    shown=notice["shown"],
                    left=notice["left"],
                    continued=notice["continued"],
                ),
            ),
            (
                "div",
                {"class": "row"},
                button(
                    t("admin.edit"),
                    ("edit_notice", notice["id"]),
                    "secondary small",
                    "pencil",
                    {"key": "edit", "id": field_id("notice." + notice["id"])},
                ),
                deliberate(t("admin.notice.withdraw"), ("withdraw_notice", notice["id"]), "secondary small", "eye-off")
                if published
                else deliberate(
                    t("admin.notice.publish"), ("publish_notice", notice["id"]), "secondary small", "megaphone"
                ),
            ),
        ),
    )


def _scope(state: "dict[str, Any]", scope: str, t: "Any") -> str:
    if not scope:
        return str(t("admin.notice.whole_site"))
    for team in state["document"]["teams"]:
        if team["id"] == scope:
            return str(team["name"])
    return scope


def _form(state: "dict[str, Any]", form: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    language = state["text_language"]
    fields = form["fields"]
    words = fields["texts"].get(language, {})
    published = form["state"] == "published"
    teams = [("option", {"key": "", "value": ""}, t("admin.notice.whole_site"))]
    teams += [("option", {"key": team["id"], "value": team["id"]}, team["name"]) for team in state["document"]["teams"]]
    spoken = {"lang": language, "dir": direction(language)}
    return (
        "form",
        {"key": "form", "class": "stack", "on_submit": ("save_notice",) if published else ("publish",)},
        block(
            "notice",
            t("admin.notice.edit" if form["id"] else "admin.notice.new"),
            _problems(form, "", t),
            _field(
                form, t, "name", "input", {"maxlength": "100", "value": fields["name"]}, t("admin.hint.notice_name")
            ),
            _field(
                form, t, "texts.{language}.title", "input", {"value": words.get("title", "")} | spoken, "", language
            ),
            _field(
                form,
                t,
                "texts.{language}.text",
                "textarea",
                {"rows": "6", "value": words.get("text", "")} | spoken,
                "",
                language,
            ),
            _field(form, t, "scope", "select", {"value": fields["scope"]}, t("admin.hint.scope"), children=teams),
            _field(
                form,
                t,
                "expires",
                "input",
                {"type": "datetime-local", "value": fields["expires"]},
                t("admin.hint.expires"),
                also="expires_at",
            ),
        ),
        (
            "div",
            {"key": "row", "class": "row"},
            submit(
                t("admin.notice.save_published" if published else "admin.notice.publish"), form["busy"], "megaphone"
            ),
            None if published else button(t("admin.notice.save"), ("save_notice",), "secondary", "save"),
            button(t("admin.notice.close"), ("close_notice",), "quiet"),
        ),
    )


def _problems(form: "dict[str, Any]", path: str, t: "Any", also: str = "") -> "Any":
    found = [problem for problem in form["problems"] if problem["path"] == path or (also and problem["path"] == also)]
    return said("notice." + path, [problem_text(problem, t) for problem in found])


def _field(
    form: "dict[str, Any]",
    t: "Any",
    path: str,
    tag: str,
    attributes: "dict[str, Any]",
    hint: str,
    language: str = "",
    also: str = "",
    children: "Any" = None,
) -> "tuple[Any, ...]":
    name = path.split(".")[-1]
    identifier = field_id("notice." + name)
    here = path.replace("{language}", language)
    wrong = _problems(form, here, t, also)
    described = ("problem.notice." + here if wrong else "") + (" hint.notice." + name if hint else "")
    known = {
        "id": identifier,
        "autocomplete": "off",
        "aria-invalid": "true" if wrong else None,
        "aria-describedby": described.strip() or None,
        "on_change" if tag == "select" else "on_input": ("set_notice", path),
    }
    if tag == "input":
        known["type"] = "text"
    return (
        "div",
        {"key": here, "class": "field"},
        ("label", {"for": identifier}, t("admin.notice.field." + name)),
        (tag, known | attributes, children),
        wrong,
        ("p", {"key": "hint", "class": "hint", "id": "hint.notice." + name}, hint) if hint else None,
    )
