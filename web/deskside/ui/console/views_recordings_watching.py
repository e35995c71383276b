"""One recording: what it is, what may be done with it, and the picture beside its timeline."""

from ..views.parts import button, deliberate, icon, line, moment, problem
from ..views.words import duration, size
from .views_recordings_player import player, timeline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KINDS = ("viewed", "downloaded", "deleted", "retention")


def watching(watched: "dict[str, Any]", state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The whole of it."""
    playing = watched["player"]
    return (
        "section",
        {"key": "watching:" + watched["recording"], "class": "pane watching", "aria-labelledby": "watching-name"},
        _head(watched, state, t),
        _cards(watched, t) if watched["about"] else None,
        (
            "div",
            {"key": "body", "class": "watching-body"},
            player(watched["recording"], playing, watched["about"], t),
            timeline(playing, t),
        )
        if playing
        else _nothing(watched["found"], t),
    )


def _head(watched: "dict[str, Any]", state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    about = watched["about"]
    name = about["customer"] or t("person.customer") if about else t("recordings.one")
    return (
        "div",
        {"key": "head", "class": "pane-head watching-head"},
        button(t("recordings.all"), ("list_recordings",), "quiet small", "arrow-left", {"key": "all"}),
        (
            "div",
            {"key": "who", "class": "who"},
            ("h2", {"id": "watching-name", "tabindex": "-1", "autofocus": True}, ("bdi", {"translate": "no"}, name)),
            ("p", {"key": "facts", "class": "watching-facts"}, _facts(about, t)) if about else None,
        ),
        ("div", {"key": "tools", "class": "watching-tools"}, _tools(watched, state, t)) if about else None,
    )


def _facts(about: "dict[str, Any]", t: "Any") -> "list[Any]":
    """With whom, when, how long, how large, until when."""
    facts: "list[Any]" = [
        ("span", {"key": "time"}, moment(about["time"], about["iso"])),
    ]
    if about["representative"]:
        facts.insert(0, ("span", {"key": "with"}, t("recordings.with", name=about["representative"])))
    if about["seconds"]:
        facts.append(("span", {"key": "length"}, duration(about["seconds"], t)))
    if about["size"]:
        facts.append(("span", {"key": "size"}, size(about["size"], t)))
    if about["state"] != "finished":
        facts.append(("span", {"key": "state"}, t("recordings.state." + about["state"])))
    if about["kept"]:
        facts.append(("span", {"key": "kept"}, t("recordings.kept", date=about["kept"])))
    return facts


def _tools(watched: "dict[str, Any]", state: "dict[str, Any]", t: "Any") -> "list[Any]":
    tools: "list[Any]" = []
    if watched["may_download"] and watched["parts"]:
        tools.append(_download(watched["parts"], t))
    if state["administrator"]:
        more = {"key": "views", "aria-expanded": "false" if watched["views"] is None else "true"}
        tools.append(button(t("recordings.views"), ("toggle_views",), "secondary small", "users", more))
    if watched["may_delete"]:
        more = {"key": "delete", "aria-expanded": "true" if watched["asks"] else "false"}
        tools.append(deliberate(t("recordings.delete"), ("delete_recording",), "secondary small", "trash-2", more))
    return tools


def _download(parts: "list[dict[str, Any]]", t: "Any") -> "tuple[Any, ...]":
    """One link, or one for each part behind a line. `download` keeps the page where it is, whatever comes back."""
    if len(parts) == 1:
        attributes = {"key": "download", "class": "secondary small as-button", "download": True}
        return (
            "a",
            attributes | {"href": parts[0]["address"]},
            icon("download"),
            ("span", {"class": "label"}, t("recordings.download")),
        )
    links = [
        (
            "li",
            {"key": str(part["number"])},
            (
                "a",
                {"href": part["address"], "download": True},
                t("recordings.download_part", number=part["number"], size=size(part["size"], t)),
            ),
        )
        for part in parts
    ]
    return (
        "details",
        {"key": "downloads", "class": "downloads"},
        (
            "summary",
            {"class": "secondary small as-button"},
            icon("download"),
            ("span", {"class": "label"}, t("recordings.download")),
        ),
        ("ul", {}, links),
    )


def _cards(watched: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """What the tools have opened."""
    deleting = _deleting(watched, t) if watched["asks"] else None
    views = _views(watched["views"], t) if watched["views"] is not None else None
    return ("div", {"key": "cards", "class": "watching-cards"}, deleting, views) if deleting or views else None


def _deleting(watched: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Not done by one press."""
    trouble = watched["problem"]
    busy = "true" if watched["busy"] else None
    return (
        "section",
        {
            "key": "deleting",
            "class": "card watching-card",
            "role": "group",
            "aria-labelledby": "deleting-name",
            "tabindex": "-1",
            "autofocus": True,
        },
        ("h3", {"id": "deleting-name"}, t("recordings.delete.heading")),
        ("p", {}, t("recordings.delete.explain")),
        problem(t("recordings.problem." + trouble), "deleting-problem") if trouble else None,
        (
            "div",
            {"class": "actions"},
            deliberate(
                t("recordings.delete.confirm"), ("confirm_delete",), "danger small", "", {"aria-disabled": busy}
            ),
            deliberate(t("recordings.delete.keep"), ("keep_recording",), "secondary small"),
        ),
    )


def _views(views: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Who has watched it, and what else was done with it."""
    return (
        "section",
        {"key": "views", "class": "card watching-card", "aria-labelledby": "views-name"},
        (
            "div",
            {"class": "panel-head"},
            ("h3", {"id": "views-name"}, t("recordings.views")),
            button(t("panel.close"), ("toggle_views",), "quiet small bare", "x"),
        ),
        ("ul", {"key": "list", "class": "views-list"}, [_view(at, view, t) for at, view in enumerate(views["list"])])
        if views["list"]
        else ("p", {"key": "none", "class": "hint"}, t("recordings.views." + views["found"])),
    )


def _view(at: int, view: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    kind = view["kind"] if view["kind"] in KINDS else "viewed"
    return (
        "li",
        {"key": str(at)},
        ("bdi", {"key": "name", "class": "view-name", "translate": "no"}, view["name"]) if view["name"] else None,
        ("span", {"key": "kind"}, t("recordings.view." + kind)),
        ("span", {"key": "time", "class": "when"}, moment(view["time"], view["iso"])),
    )


def _nothing(found: str, t: "Any") -> "tuple[Any, ...]":
    """What stands there when there is nothing to play."""
    if found == "loading":
        return ("p", {"key": "loading", "class": "hint recordings-note"}, t("recordings.loading_one"))
    if found == "failed":
        return (
            "div",
            {"key": "failed", "class": "empty"},
            icon("unplug"),
            ("p", {"class": "empty-title", "role": "alert"}, t("recordings.failed")),
            button(t("recordings.again"), ("load_recording",), "secondary small", "refresh-cw"),
        )
    kind = "empty" if found == "ready" else found
    return (
        "div",
        {"key": kind, "class": "empty"},
        icon("film"),
        line("info", t("recordings." + kind), "empty-title"),
    )
