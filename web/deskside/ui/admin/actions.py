"""What each control of the administrator's page does: one small function an action, in a table."""

from .document import copy, get, move, put, remove
from .fields import lines, megabytes, number
from .notices import NOTICE_ACTIONS
from .people import PEOPLE_ACTIONS
from .sections import place_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_READ: "dict[str, Any]" = {"text": str, "number": number, "megabytes": megabytes, "flag": bool, "lines": lines}


def _set(admin: "Any", words: "Any", value: "Any") -> None:
    path, kind = words
    put(admin.draft.document, path, _READ[kind](value))
    admin.settings.edited(path)


def _set_text(admin: "Any", words: "Any", value: "Any") -> None:
    """A text of the language that is chosen; an empty one is the default again."""
    path = words[0].replace("{language}", admin.state["text_language"])
    if value:
        put(admin.draft.document, path, value)
    else:
        remove(admin.draft.document, path)
    admin.settings.edited(path)


def _reset(admin: "Any", words: "Any", value: "Any") -> None:
    path = words[0].replace("{language}", admin.state["text_language"])
    if path == "colour":
        put(admin.draft.document, path, "")
    else:
        remove(admin.draft.document, path)
    admin.settings.edited(path)
    admin.focus(path)


def _start_from_default(admin: "Any", words: "Any", value: "Any") -> None:
    language = admin.state["text_language"]
    path = words[0].replace("{language}", language)
    key = path.split(".")[-1]
    put(admin.draft.document, path, str(get(admin.state["defaults"], language + "." + key, "")))
    admin.settings.edited(path)
    admin.focus(path)


def _toggle_language(admin: "Any", words: "Any", value: "Any") -> None:
    chosen = [language for language in admin.draft.document["languages"] if language != words[0]]
    if value:
        chosen.append(words[0])
    admin.draft.document["languages"] = chosen
    admin.settings.edited("languages")


def _first_language(admin: "Any", words: "Any", value: "Any") -> None:
    """The one that a customer gets whose own the site does not speak."""
    others = [language for language in admin.draft.document["languages"] if language != value]
    admin.draft.document["languages"] = [value] + others
    admin.settings.edited("languages")


def _set_text_language(admin: "Any", words: "Any", value: "Any") -> None:
    admin.state["text_language"] = value


_NEW: "dict[str, dict[str, Any]]" = {
    "issues": {"name": {}, "team": ""},
    "teams": {"name": ""},
    "canned": {"name": "", "text": {}},
    "questions": {"kind": "rating", "text": {}, "choices": []},
    "choices": {"text": {}},
}
_FIRST_FIELD = {"issues": ".name", "teams": ".name", "canned": ".name", "questions": ".text", "choices": ".text"}


def _add(admin: "Any", words: "Any", value: "Any") -> None:
    path = words[0]
    kind = path.split(".")[-1]
    made = copy(_NEW[kind])
    made["id"] = "n" + admin.host.identifier()[:11]
    if kind == "issues":
        made["team"] = admin.draft.document["teams"][0]["id"] if admin.draft.document["teams"] else ""
    items = get(admin.draft.document, path)
    items.append(made)
    place = path + "." + made["id"]
    if kind not in ("choices", "teams"):
        admin.state["open"] = place
    admin.settings.edited(path)
    admin.focus(place + _FIRST_FIELD[kind])


def _remove(admin: "Any", words: "Any", value: "Any") -> None:
    path = words[0]
    remove(admin.draft.document, path)
    above = path.rpartition(".")[0]
    admin.settings.edited(above)
    # What had the focus is gone: on to where another one can be added.
    admin.focus(above + ".add")


def _move(admin: "Any", words: "Any", value: "Any") -> None:
    path, step = words
    if move(admin.draft.document, path, step):
        admin.settings.edited(path)
        items = get(admin.draft.document, path.rpartition(".")[0])
        place = [item["id"] for item in items].index(path.split(".")[-1]) + 1
        admin.say(admin.t("admin.moved", position=place, count=len(items)))


def _open(admin: "Any", words: "Any", value: "Any") -> None:
    admin.state["open"] = "" if admin.state["open"] == words[0] else words[0]


def _pick_image(admin: "Any", words: "Any", files: "Any") -> None:
    path = words[0]
    if not files:
        return

    def read(picture: str) -> None:
        put(admin.draft.document, path, picture)
        admin.settings.edited(path)
        admin.changed()

    def failed(code: str) -> None:
        admin.state["problems"] = [{"path": path, "code": code, "detail": ""}]
        admin.changed()

    admin.host.read_picture(files[0], read, failed)


def _clear(admin: "Any", words: "Any", value: "Any") -> None:
    put(admin.draft.document, words[0], "")
    admin.settings.edited(words[0])
    admin.focus(words[0])


def _preview_screen(admin: "Any", words: "Any", value: "Any") -> None:
    admin.state["preview"]["screen"] = value


def _show_field(admin: "Any", words: "Any", value: "Any") -> None:
    """The preview follows what is looked at."""
    screen = place_of(words[0])[1]
    if screen:
        admin.state["preview"]["screen"] = screen


def _toggle_preview(admin: "Any", words: "Any", value: "Any") -> None:
    admin.state["preview"]["open"] = not admin.state["preview"]["open"]


def _toggle_menu(admin: "Any", words: "Any", value: "Any") -> None:
    admin.state["menu"] = not admin.state["menu"]


def _key(admin: "Any", words: "Any", key: "Any") -> bool:
    """Ctrl+S, or Cmd+S, saves."""
    if key["key"] in ("s", "S") and (key["ctrl"] or key["meta"]) and not key["alt"] and not key["shift"]:
        admin.settings.save()
        return True
    return False


def _import(admin: "Any", words: "Any", files: "Any") -> None:
    if files:
        admin.settings.import_file(files[0])


def _typed(field: str) -> "Any":
    return lambda admin, words, value: admin.door.typed(field, value)


ACTIONS = {
    "set_name": _typed("name"),
    "set_password": _typed("password"),
    "set_caps_lock": lambda admin, words, value: admin.door.told_of_keys(value),
    "sign_in": lambda admin, words, value: admin.door.sign_in(),
    "sign_out": lambda admin, words, value: admin.sign_out(),
    "set_language": lambda admin, words, value: admin.language.choose(value),
    "set": _set,
    "set_text": _set_text,
    "reset": _reset,
    "start_from_default": _start_from_default,
    "toggle_language": _toggle_language,
    "first_language": _first_language,
    "set_text_language": _set_text_language,
    "add": _add,
    "remove": _remove,
    "move": _move,
    "open": _open,
    "pick_image": _pick_image,
    "clear": _clear,
    "preview_screen": _preview_screen,
    "show_field": _show_field,
    "toggle_preview": _toggle_preview,
    "toggle_menu": _toggle_menu,
    "key": _key,
    "save": lambda admin, words, value: admin.settings.save(),
    "discard": lambda admin, words, value: admin.settings.discard(),
    "undo": lambda admin, words, value: admin.settings.undo(),
    "choose": lambda admin, words, value: admin.draft.choose(words[0], words[1]),
    "close_conflict": lambda admin, words, value: admin.settings.close_conflict(),
    "export": lambda admin, words, value: admin.settings.export(False),
    "export_draft": lambda admin, words, value: admin.settings.export(True),
    "import": _import,
    "retry": lambda admin, words, value: admin.settings.load(),
    "set_days": lambda admin, words, value: admin.records.set_days(value),
    "more_history": lambda admin, words, value: admin.records.more(),
    "restore": lambda admin, words, value: admin.records.restore(words[0]),
    "reload": lambda admin, words, value: admin.host.reload(),
}
ACTIONS.update(NOTICE_ACTIONS)
ACTIONS.update(PEOPLE_ACTIONS)
