"""The administrator's page: its frame, the sections, what is not saved, and the customer's page beside it."""

from ..console.views_sign_in import sign_in
from ..proxy import lines_to_change
from ..views.foot import foot
from ..views.language import language_select
from ..views.parts import button, heading, icon, monogram, status
from .sections import SECTIONS, address, has_texts, screens_of
from .views_company import company
from .views_frame import bar, preview, problems, trouble
from .views_history import conflict, history, transfer
from .views_items import canned, files, survey, teams
from .views_notices import notices
from .views_people import people
from .views_reports import reports
from .views_way import queue, way_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VIEWS = {
    "company": company,
    "way_in": way_in,
    "queue": queue,
    "notices": notices,
    "survey": survey,
    "files": files,
    "teams": teams,
    "people": people,
    "canned": canned,
    "reports": reports,
    "history": history,
    "transfer": transfer,
}


def page(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The whole page."""
    if state["screen"] == "admin" and state["document"] is not None:
        return _admin(state, t)
    return (
        "div",
        {"id": "page", "key": "door", "class": "page screen-" + state["screen"]},
        (
            "header",
            {"key": "header", "class": "brand"},
            monogram(state["company"]),
            ("p", {"class": "company"}, state["company"]),
            language_select(state, t),
        ),
        ("main", {"key": state["screen"], "class": "sheet"}, _door(state, t)),
        foot(state, t),
        status(state["status"]),
    )


def _door(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    if state["screen"] == "sign_in":
        return sign_in(state, t) + [_kept(state, t)]
    if state["screen"] == "not_administrator":
        return [
            ("div", {"class": "picture warn"}, icon("lock")),
            heading(t("admin.not_administrator")),
            ("p", {"class": "lead"}, t("admin.not_administrator.explain", name=state["name"])),
            (
                "div",
                {"class": "stack"},
                ("a", {"class": "tool primary", "href": "console"}, t("admin.to_console")),
                button(t("console.sign_out"), ("sign_out",), "secondary", "log-out"),
            ),
        ]
    if state["trouble"]:
        return [
            ("div", {"class": "picture warn"}, icon("unplug")),
            heading(t("admin.failed")),
            ("p", {"class": "lead"}, t("admin.trouble." + state["trouble"])),
            lines_to_change(state["change"]) if state["trouble"] == "misconfigured" else None,
            ("div", {"class": "stack"}, button(t("admin.retry"), ("retry",), "primary", "refresh-cw")),
        ]
    return [heading(t("admin.loading"))]


def _kept(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """What was not saved when the sign-in was over."""
    if state["document"] is None or not state["changes"]:
        forms = [form for form in (state["notice"], state["person"]) if form is not None]
        is_any = any(form["fields"] != form["saved"] for form in forms)
        return ("p", {"key": "kept", "class": "hint"}, t("sign_in.kept")) if is_any else None
    return (
        "div",
        {"key": "kept", "class": "notice stack"},
        ("p", {}, t("admin.bar.changes", count=state["changes"]), " ", t("admin.bar.kept")),
        button(t("admin.transfer.export_draft"), ("export_draft",), "secondary", "download"),
    )


def _admin(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    section = state["section"]
    screens = screens_of(section)
    return (
        "div",
        {
            "id": "page",
            "key": "admin",
            "class": "admin" + (" with-preview" if screens else ""),
            "on_keydown": ("key",),
        },
        _header(state, t),
        _menu(state, t),
        (
            "main",
            {"key": "main", "class": "admin-main"},
            trouble(state, t),
            conflict(state, t),
            problems(state, t),
            (
                "div",
                {"key": section, "class": "section"},
                ("div", {"class": "section-head"}, heading(t("admin.section." + section)), _languages(state, t)),
                VIEWS[section](state, t),
            ),
        ),
        preview(state, screens, t),
        bar(state, t),
        status(state["status"]),
    )


def _header(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return (
        "header",
        {"key": "header", "class": "admin-header"},
        monogram(state["company"]),
        ("p", {"class": "company"}, state["company"], ("span", {"class": "what"}, t("admin.title"))),
        ("span", {"key": "space", "class": "space"}),
        language_select(state, t),
        (
            "a",
            {"key": "console", "class": "tool quiet", "href": "console"},
            icon("message-circle"),
            ("span", {"class": "label"}, t("admin.console")),
        ),
        button(
            t("console.sign_out"), ("sign_out",), "quiet", "log-out", {"key": "out", "title": t("console.sign_out")}
        ),
    )


def _menu(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    links: "list[Any]" = []
    for name, symbol, _, _ in SECTIONS:
        here = name == state["section"]
        links.append(
            (
                "li",
                {"key": name},
                (
                    "a",
                    {"class": "place", "href": address(name), "aria-current": "page" if here else None},
                    icon(symbol),
                    ("span", {}, t("admin.section." + name)),
                ),
            )
        )
    return (
        "nav",
        {"key": "menu", "class": "menu" + (" open" if state["menu"] else ""), "aria-label": t("admin.menu")},
        button(
            t("admin.section." + state["section"]),
            ("toggle_menu",),
            "secondary menu-button",
            "menu",
            {
                "key": "button",
                "aria-expanded": "true" if state["menu"] else "false",
                "aria-label": t("admin.menu_button", section=t("admin.section." + state["section"])),
            },
        ),
        ("ul", {"key": "list"}, links),
    )


def _languages(state: "dict[str, Any]", t: "Any") -> "Any":
    """Which language the texts of this section are written in."""
    languages = state["document"]["languages"]
    if not has_texts(state["section"]) or len(languages) < 2:
        return None
    return (
        "div",
        {"key": "texts", "class": "field inline text-language"},
        ("label", {"for": "text-language"}, t("admin.text_language")),
        (
            "select",
            {"id": "text-language", "value": state["text_language"], "on_change": ("set_text_language",)},
            [
                ("option", {"key": language, "value": language}, t("admin.language." + language))
                for language in languages
            ],
        ),
    )
