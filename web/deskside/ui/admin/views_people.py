"""Representatives: the list, and the form of one of them."""

from ..console.views_sign_in import caps_lock, watch_caps_lock
from ..views.parts import button, deliberate, submit
from .sections import field_id
from .views_fields import block, problem_text, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def people(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    if state["person"] is not None:
        return [_form(state, state["person"], t)]
    found = state["people"]
    if found is None:
        return [("p", {"key": "loading", "class": "hint"}, t("admin.loading"))]
    return [
        ("p", {"key": "lead", "class": "lead"}, t("admin.person.lead")),
        ("ul", {"key": "list", "class": "cards-list"}, [_entry(state, person, t) for person in found]),
        button(
            t("admin.person.add"), ("new_person",), "primary", "user-plus", {"key": "add", "id": field_id("person.add")}
        ),
    ]


def _entry(state: "dict[str, Any]", person: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    teams = [team["name"] for team in state["document"]["teams"] if team["id"] in person["teams"]]
    about = t("list.separator").join(teams) if teams else t("admin.person.every_team")
    return (
        "li",
        {"key": person["id"], "class": "entry"},
        (
            "div",
            {"class": "entry-about", "role": "group", "aria-label": person["name"]},
            (
                "p",
                {"class": "entry-head"},
                ("strong", {"dir": "auto"}, person["name"]),
                ("span", {"class": "badge"}, t("admin.person.administrator")) if person["administrator"] else None,
            ),
            ("p", {"class": "hint"}, about, t("list.dot"), t("admin.person.limit", count=person["session_limit"])),
            (
                "div",
                {"class": "row"},
                button(
                    t("admin.edit"),
                    ("edit_person", person["id"]),
                    "secondary small",
                    "pencil",
                    {"id": field_id("person." + person["id"])},
                ),
            ),
        ),
    )


def _form(state: "dict[str, Any]", form: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    fields = form["fields"]
    rule = t("admin.hint.password_keep" if form["id"] else "admin.hint.password")
    return (
        "form",
        {"key": "form", "class": "stack", "on_submit": ("save_person",)},
        block(
            "person",
            t("admin.person.edit" if form["id"] else "admin.person.new"),
            _problems(form, "", t),
            _field(form, t, "name", {"maxlength": "100", "autocomplete": "off"}, ""),
            _field(form, t, "password", {"type": "password", "autocomplete": "new-password"}, rule, state["caps_lock"]),
            _check(
                "administrator",
                t("admin.person.may_administer"),
                fields["administrator"],
                ("set_person", "administrator"),
                _problems(form, "administrator", t),
            ),
            _field(
                form,
                t,
                "session_limit",
                {"inputmode": "numeric", "class": "number", "on_input": ("set_limit",)},
                t("admin.hint.session_limit"),
            ),
        ),
        block(
            "teams",
            t("admin.field.teams"),
            ("p", {"class": "hint"}, t("admin.hint.person_teams")),
            (
                "div",
                {"class": "checks"},
                [
                    _check("team." + team["id"], team["name"], team["id"] in fields["teams"], ("set_team", team["id"]))
                    for team in state["document"]["teams"]
                ],
            ),
            _problems(form, "teams", t),
        ),
        (
            "div",
            {"key": "row", "class": "row"},
            submit(t("admin.person.save"), form["busy"]),
            button(t("admin.notice.close"), ("close_person",), "quiet"),
        ),
        _removal(form, t) if form["id"] else None,
    )


def _removal(form: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """In two steps, the second of which says what happens."""
    if not form["removing"]:
        return deliberate(
            t("admin.person.remove"),
            ("ask_to_remove_person", True),
            "quiet",
            "trash-2",
            {"key": "remove", "id": field_id("person.remove")},
        )
    return (
        "div",
        {"key": "removing", "class": "notice stack", "role": "group", "aria-label": t("admin.person.remove")},
        ("p", {}, t("admin.person.remove_explain", name=form["name"])),
        (
            "div",
            {"class": "row"},
            deliberate(
                t("admin.person.remove_confirm"), ("remove_person",), "danger", "", {"id": field_id("person.confirm")}
            ),
            deliberate(t("admin.person.remove_keep"), ("ask_to_remove_person", False), "secondary"),
        ),
    )


def _problems(form: "dict[str, Any]", field: str, t: "Any") -> "Any":
    found = [problem for problem in form["problems"] if problem["path"] == field]
    return said("person." + field, [problem_text(problem, t) for problem in found])


def _check(name: str, label: str, on: bool, action: "Any", wrong: "Any" = None) -> "tuple[Any, ...]":
    identifier = field_id("person." + name)
    return (
        "div",
        {"key": name, "class": "check"},
        ("input", {"id": identifier, "type": "checkbox", "checked": on, "on_change": action}),
        ("label", {"for": identifier}, label),
        wrong,
    )


def _field(
    form: "dict[str, Any]", t: "Any", name: str, attributes: "dict[str, Any]", hint: str, caps: "bool | None" = None
) -> "tuple[Any, ...]":
    """`caps` is of a password field: whether Caps Lock is on."""
    identifier = field_id("person." + name)
    wrong = _problems(form, name, t)
    described = ("problem.person." + name if wrong else "") + (" hint.person." + name if hint else "")
    known = {
        "id": identifier,
        "type": "text",
        "value": str(form["fields"][name]),
        "aria-invalid": "true" if wrong else None,
        "aria-describedby": described.strip() or None,
        "on_input": ("set_person", name),
    }
    if caps is not None:
        known = known | watch_caps_lock(caps, described.strip())
    return (
        "div",
        {"key": name, "class": "field"},
        ("label", {"for": identifier}, t("admin.person.field." + name)),
        ("input", known | attributes),
        None if caps is None else caps_lock(caps, t),
        wrong,
        ("p", {"key": "hint", "class": "hint", "id": "hint.person." + name}, hint) if hint else None,
    )
