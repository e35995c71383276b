"""The recordings: the list of those that one may see, or the one that is watched."""

from ..views.parts import button, icon, moment
from ..views.words import duration, size
from .views_recordings_watching import watching

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STATES = {"recording": "circle-dot", "finishing": "loader-circle", "finished": "circle-check", "deleted": "trash-2"}
COLUMNS = ("customer", "representative", "time", "length", "size", "state", "kept")


def recordings(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """What stands in the place of the panes."""
    shown = state["recordings"]
    inside = _list(shown, state, t) if shown["watched"] is None else watching(shown["watched"], state, t)
    return ("main", {"key": "recordings", "class": "recordings"}, inside)


def recordings_button(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Opens them, and leads back."""
    more = {
        "key": "recordings",
        "title": t("recordings.name"),
        "aria-pressed": "true" if state["recordings"] else "false",
    }
    return button(t("recordings.name"), ("toggle_recordings",), "quiet", "film", more)


def to_desk(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Back; with what waits there meanwhile."""
    news = state["waiting"]
    for session in state["sessions"]:
        news += session["unread"]
    return (
        "button",
        {"key": "desk", "type": "button", "class": "quiet small", "on_click": ("close_recordings",)},
        icon("arrow-left"),
        ("span", {"class": "label"}, t("recordings.to_desk")),
        ("span", {"class": "count new"}, str(news), ("span", {"class": "visually-hidden"}, " " + t("recordings.news")))
        if news
        else None,
    )


def _list(shown: "dict[str, Any]", state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return (
        "section",
        {"key": "list", "class": "pane recordings-pane", "aria-labelledby": "recordings-name"},
        (
            "div",
            {"key": "head", "class": "pane-head"},
            to_desk(state, t),
            ("h2", {"id": "recordings-name", "tabindex": "-1", "autofocus": True}, t("recordings.name")),
            (
                "input",
                {
                    "key": "search",
                    "type": "search",
                    "class": "recordings-search",
                    "aria-label": t("recordings.search"),
                    "placeholder": t("recordings.search"),
                    "autocomplete": "off",
                    "dir": "auto",
                    "value": shown["search"],
                    "on_input": ("search_recordings",),
                },
            ),
        ),
        _table(shown["more"], t) if shown["count"] else _nothing(shown, t),
    )


def _table(more: bool, t: "Any") -> "tuple[Any, ...]":
    """Empty: its rows are put in one by one. Its roles are said, as it is not laid out as a table everywhere."""
    heads = [
        ("th", {"key": name, "scope": "col", "role": "columnheader", "class": "of-" + name}, t("recordings.of." + name))
        for name in COLUMNS
    ]
    return (
        "div",
        {"key": "table", "class": "recordings-box"},
        (
            "table",
            {"class": "recordings-table", "role": "table", "aria-labelledby": "recordings-name"},
            ("thead", {"role": "rowgroup"}, ("tr", {"role": "row"}, heads)),
            ("tbody", {"ref": "recordings", "role": "rowgroup"}),
        ),
        (
            "p",
            {"key": "more", "class": "recordings-more"},
            button(t("recordings.more"), ("more_recordings",), "secondary small"),
        )
        if more
        else None,
    )


def recording_row(about: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """One recording. The whole row can be pressed."""
    identifier = about["id"]
    return (
        "tr",
        {"key": identifier, "role": "row", "class": "recording-row"},
        (
            "th",
            {"key": "customer", "scope": "row", "role": "rowheader", "class": "of-customer"},
            (
                "button",
                {
                    "id": "recording-" + identifier,
                    "type": "button",
                    "class": "recording-open",
                    "aria-describedby": "when-" + identifier,
                    "on_click": ("watch_recording", identifier),
                },
                ("bdi", {"translate": "no"}, about["customer"] or t("person.customer")),
            ),
        ),
        _cell("representative", ("bdi", {"translate": "no"}, about["representative"])),
        _cell("time", moment(about["time"], about["iso"]), {"id": "when-" + identifier}),
        _cell("length", duration(about["seconds"], t) if about["seconds"] else None),
        _cell("size", size(about["size"], t) if about["size"] else None),
        _cell("state", state_mark(about["state"], t)),
        _cell(
            "kept",
            [("span", {"class": "cell-name"}, t("recordings.of.kept") + " "), moment(about["kept"], about["kept_iso"])],
        )
        if about["kept"]
        else _cell("kept", None),
    )


def _cell(name: str, inside: "Any", more: "dict[str, Any] | None" = None) -> "tuple[Any, ...]":
    return ("td", {"key": name, "role": "cell", "class": "of-" + name} | (more or {}), inside)


def state_mark(state: str, t: "Any") -> "tuple[Any, ...]":
    """How far a recording is, in words."""
    return (
        "span",
        {"class": "recording-state is-" + state},
        icon(STATES.get(state, "info")),
        ("span", {}, t("recordings.state." + state)),
    )


def _nothing(shown: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    found = shown["found"]
    if found == "loading":
        return ("p", {"key": "loading", "class": "hint recordings-note"}, t("recordings.loading"))
    if found == "failed":
        return (
            "div",
            {"key": "failed", "class": "empty"},
            icon("unplug"),
            ("p", {"class": "empty-title", "role": "alert"}, t("recordings.failed")),
            button(t("recordings.again"), ("fetch_recordings",), "secondary small", "refresh-cw"),
        )
    kind = "none" if not shown["search"] else "not_found"
    return (
        "div",
        {"key": kind, "class": "empty"},
        icon("film"),
        ("p", {"class": "empty-title"}, t("recordings." + kind)),
        ("p", {}, t("recordings." + kind + ".what")),
    )
