"""Who changed what and when, what others changed meanwhile, and the settings as a file."""

from ..views.parts import button, deliberate, icon, problem
from .document import ORDER
from .preview import pick
from .sections import field_id
from .views_fields import block, field_label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LONGEST = 160
_SHOWN = 12
_FIELDS = ("name", "scope", "texts", "expires_at", "state", "administrator", "teams", "session_limit", "password")


def history(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    known = state["history"]
    if known is None:
        return [("p", {"key": "loading", "class": "hint"}, t("admin.loading"))]
    versions = known["versions"]
    if not versions:
        return [("p", {"key": "none", "class": "hint"}, t("admin.history.none")), _audit(state, t)]
    newest = versions[0]["version"]
    return [
        ("p", {"key": "lead", "class": "lead"}, t("admin.history.lead")),
        ("ol", {"key": "list", "class": "versions"}, [_version(state, one, newest, t) for one in versions]),
        None
        if known["all"]
        else button(t("admin.history.more"), ("more_history",), "secondary", "arrow-down", {"key": "more"}),
        _audit(state, t),
    ]


def _version(state: "dict[str, Any]", version: "dict[str, Any]", newest: int, t: "Any") -> "tuple[Any, ...]":
    time, iso = state["moments"].get(version["at"], ("", ""))
    title = t("admin.history.version", number=version["version"])
    changes = version["changes"]
    restore = ("restore", version["version"])
    return (
        "li",
        {"key": str(version["version"]), "class": "entry"},
        (
            "div",
            {"class": "entry-about", "role": "group", "aria-label": title},
            (
                "p",
                {"class": "entry-head"},
                ("strong", {}, title),
                (
                    "span",
                    {"class": "hint"},
                    ("bdi", {"translate": "no"}, version["by"]),
                    t("list.dot"),
                    ("time", {"datetime": iso}, time),
                ),
            ),
            _changes(state, changes, title, t),
            ("p", {"class": "hint"}, t("admin.history.others", count=len(changes) - _SHOWN))
            if len(changes) > _SHOWN
            else None,
            ("p", {"class": "hint"}, t("admin.history.in_force"))
            if version["version"] == newest
            else deliberate(t("admin.history.restore"), restore, "secondary small", "rotate-ccw"),
        ),
    )


def _audit(state: "dict[str, Any]", t: "Any") -> "Any":
    """What was done to notices and representatives, which are no part of the settings."""
    if not state["audit"]:
        return None
    rows: "list[Any]" = []
    for entry in state["audit"]:
        time, iso = state["moments"].get(entry["at"], ("", ""))
        title = t("admin.history.done_by", name=entry["by"], time=time)
        rows.append(
            (
                "li",
                {"key": str(entry["id"]), "class": "entry"},
                (
                    "div",
                    {"class": "entry-about"},
                    (
                        "p",
                        {"class": "hint"},
                        ("bdi", {"translate": "no"}, entry["by"]),
                        t("list.dot"),
                        ("time", {"datetime": iso}, time),
                    ),
                    _changes(state, entry["changes"], title, t),
                ),
            )
        )
    return (
        "section",
        {"key": "audit", "class": "stack"},
        ("h2", {}, t("admin.history.audit")),
        ("ol", {"class": "versions"}, rows),
    )


def _changes(state: "dict[str, Any]", changes: "list[Any]", title: str, t: "Any") -> "Any":
    if not changes:
        return None
    columns = ("setting", "before", "after")
    return (
        "table",
        {"class": "changes", "aria-label": title},
        (
            "thead",
            {},
            ("tr", {}, [("th", {"key": name, "scope": "col"}, t("admin.history." + name)) for name in columns]),
        ),
        ("tbody", {}, [_change(state, change, at, t) for at, change in enumerate(changes[:_SHOWN])]),
    )


def _change(state: "dict[str, Any]", change: "dict[str, Any]", at: int, t: "Any") -> "tuple[Any, ...]":
    return (
        "tr",
        {"key": str(at)},
        ("th", {"scope": "row"}, change_label(change["path"], state, t)),
        ("td", {"class": "old", "dir": "auto"}, value_text(state, change["before"], t)),
        ("td", {"dir": "auto"}, value_text(state, change["after"], t)),
    )


def change_label(path: str, state: "dict[str, Any]", t: "Any") -> str:
    """What was changed: the setting, and the language where it is a text."""
    words = path.split(".")
    if words[0] in ("notices", "representatives"):
        return _audited(words, t)
    label = field_label(path, t)
    for word in words[1:]:
        if word in state["known_languages"]:
            label += t("list.dot") + t("admin.language." + word)
    if words[-1] == ORDER:
        label += t("list.dot") + t("admin.history.order")
    return label


def _audited(words: "list[str]", t: "Any") -> str:
    """A notice or a representative by name, which may hold dots of its own, and which of its fields."""
    for at in range(2, len(words)):
        if words[at] in _FIELDS:
            name = ".".join(words[1:at])
            field = t("admin.history.field." + words[at])
            return str(t("admin.history." + words[0], name=name) + t("list.dot") + field)
    return str(t("admin.history." + words[0], name=".".join(words[1:])))


def value_text(state: "dict[str, Any]", value: "Any", t: "Any") -> str:
    """A value in few words."""
    if value is None or value == "" or value == [] or value == {}:
        return str(t("admin.value.none"))
    if value is True or value is False:
        return str(t("admin.value.on" if value else "admin.value.off"))
    if type(value) is list:
        return str(t("list.separator").join([value_text(state, item, t) for item in value]))
    if type(value) is dict:
        found = value.get("name", value.get("text", value))
        if type(found) is dict:
            found = pick(state["document"], {key: found[key] for key in found if type(found[key]) is str}, "")
        return str(found or t("admin.value.none"))[:_LONGEST]
    text = str(value)
    if text[:5] == "data:":
        return str(t("admin.value.image"))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def conflict(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """What somebody else saved while we were writing, field by field."""
    found = state["conflict"]
    if found is None:
        return None
    by = found["by"]
    contested = any(field["contested"] for field in found["fields"])
    title = t("admin.conflict.by", name=by) if by else t("admin.conflict.title")
    return (
        "section",
        {
            "key": "conflict",
            "class": "conflict",
            "id": field_id("conflict"),
            "tabindex": "-1",
            "aria-labelledby": "conflict.title",
        },
        ("h2", {"id": "conflict.title"}, icon("git-merge"), ("span", {}, title)),
        ("p", {}, t("admin.conflict.contested" if contested else "admin.conflict.taken")),
        (
            "ul",
            {"key": "fields", "class": "cards-list"},
            [_contested(state, field, t) for field in found["fields"]],
        ),
        button(t("admin.conflict.close"), ("close_conflict",), "secondary small", "", {"key": "close"}),
    )


def _contested(state: "dict[str, Any]", field: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    label = change_label(field["path"], state, t)
    facts = [("theirs", "admin.conflict.theirs"), ("before", "admin.conflict.before")]
    if field["contested"]:
        facts = [("mine", "admin.conflict.mine")] + facts
    return (
        "li",
        {"key": field["path"], "class": "entry"},
        (
            "div",
            {"class": "entry-about"},
            ("p", {"class": "entry-head"}, ("strong", {"id": "conflict." + field["path"]}, label)),
            (
                "dl",
                {"class": "facts"},
                [
                    (
                        "div",
                        {"key": name},
                        ("dt", {}, t(key)),
                        ("dd", {"dir": "auto"}, value_text(state, field[name], t)),
                    )
                    for name, key in facts
                ],
            ),
            (
                "div",
                {"key": "row", "class": "row"},
                _side(field, "theirs", t("admin.conflict.take_theirs")),
                _side(field, "mine", t("admin.conflict.keep_mine")),
            )
            if field["contested"]
            else None,
        ),
    )


def _side(field: "dict[str, Any]", side: str, text: str) -> "tuple[Any, ...]":
    chosen = field["choice"] == side
    return button(
        text,
        ("choose", field["path"], side),
        "secondary small choice-button",
        "check" if chosen else "",
        {
            "key": side,
            "aria-pressed": "true" if chosen else "false",
            "aria-describedby": "conflict." + field["path"],
        },
    )


def transfer(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    unsaved = state["changes"] > 0
    return [
        block(
            "export",
            t("admin.transfer.export"),
            ("p", {}, t("admin.transfer.export_explain")),
            (
                "div",
                {"class": "row"},
                button(t("admin.transfer.export_button"), ("export",), "secondary", "download"),
                button(t("admin.transfer.export_draft"), ("export_draft",), "secondary", "download")
                if unsaved
                else None,
            ),
            (
                "p",
                {"class": "hint"},
                t("admin.transfer.command"),
                " ",
                ("code", {"dir": "ltr"}, "deskside settings export"),
            ),
        ),
        block(
            "import",
            t("admin.transfer.import"),
            ("p", {}, t("admin.transfer.import_explain")),
            (
                "label",
                {"key": "pick", "class": "tool secondary", "for": "import"},
                icon("upload"),
                ("span", {"class": "label"}, t("admin.transfer.import_button")),
                (
                    "input",
                    {
                        "id": "import",
                        "class": "visually-hidden",
                        "type": "file",
                        "accept": "application/json,.json",
                        "on_change": ("import",),
                    },
                ),
            ),
            problem(t("admin.transfer." + state["import_problem"]), "import.problem")
            if state["import_problem"]
            else None,
        ),
    ]
