"""The customer's screen, as large as wanted."""

from ..views.conversation import tool
from ..views.parts import icon, moment
from ..views.words import duration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SMALLEST_ZOOM = 50
LARGEST_ZOOM = 300


def screen_pane(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """What is shared with who and since when, the picture and its zoom; or what to do to see something."""
    view = state["view"]
    attributes = {"key": "screen-pane", "class": "pane screen-pane", "aria-labelledby": "screen-name"}
    if view is None or view["state"] in ("none", "asked", "stopped"):
        return (
            "section",
            attributes,
            ("h2", {"key": "none", "id": "screen-name", "class": "visually-hidden"}, t("screen.name")),
            _empty(view["state"] if view else "none", view is not None and view["ended"], t),
        )
    return (
        "section",
        attributes,
        _head(view, t),
        _frame(view, t),
    )


def _head(view: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    zoom = view["zoom"]
    name = view["name"] or t("person.customer")
    return (
        "div",
        {"key": "head", "class": "pane-head"},
        (
            "div",
            {"class": "who"},
            ("h2", {"id": "screen-name"}, t("screen.of." + view["surface"], name=name)),
            (
                "p",
                {"class": "connection"},
                (
                    "span",
                    {},
                    t("sharing.since"),
                    " ",
                    moment(view["since"], view["iso"]),
                    t("list.dot") + duration(view["seconds"], t),
                    t("list.dot") + t("screen.pixels", width=view["width"], height=view["height"])
                    if view["width"]
                    else None,
                ),
            ),
        ),
        (
            "div",
            {"key": "zoom", "class": "zoom", "role": "group", "aria-label": t("screen.zoom")},
            tool(
                t("screen.zoom_out"),
                ("zoom_out",),
                "zoom-out",
                {"key": "out", "aria-disabled": "true" if zoom == SMALLEST_ZOOM else None},
            ),
            tool(
                t("screen.fit"),
                ("zoom_fit",),
                "maximize",
                {"key": "fit", "aria-pressed": "true" if zoom == "fit" else "false"},
            ),
            tool(
                t("screen.zoom_in"),
                ("zoom_in",),
                "zoom-in",
                {"key": "in", "aria-disabled": "true" if zoom == LARGEST_ZOOM else None},
            ),
            (
                "span",
                {"key": "at", "class": "zoom-at", "aria-hidden": "true"},
                t("screen.fit") if zoom == "fit" else t("screen.percent", percent=zoom),
            ),
            tool(
                t("screen.pop_out"),
                ("pop_out",),
                "picture-in-picture-2",
                {"key": "pop", "aria-pressed": "true" if view["popped"] else "false"},
            )
            if view["can_pop"]
            else None,
        ),
    )


def _frame(view: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The picture in a frame that scrolls. The width is an attribute: inline styles are not allowed."""
    zoom = view["zoom"]
    width = None if zoom == "fit" or not view["width"] else view["width"] * zoom // 100
    note = []
    if view["popped"]:
        note.append(t("screen.popped"))
    if view["state"] in ("starting", "frozen", "still"):
        note.append(t("screen." + view["state"]))
    if view["age"]:
        note.append(t("screen.age", time=duration(view["age"], t)))
    return (
        "div",
        {
            "key": "frame",
            "class": "frame zoom-{}{}".format(zoom, " popped" if view["popped"] else " old" if view["age"] else ""),
            "tabindex": "0",
            "role": "group",
            "aria-labelledby": "screen-name",
        },
        (
            "video",
            {
                "key": "screen",
                "ref": "screen",
                "autoplay": True,
                "muted": True,
                "playsinline": True,
                "width": width,
                "aria-labelledby": "screen-name",
            },
        ),
        (
            "p",
            {"key": "note", "class": "frame-note"},
            icon("loader-circle" if view["state"] == "starting" else "info"),
            ("span", {}, " ".join(note)),
        )
        if note
        else None,
    )


def _empty(state: str, ended: bool, t: "Any") -> "tuple[Any, ...]":
    return (
        "div",
        {"key": "empty", "class": "empty"},
        icon("hourglass" if state == "asked" else "monitor"),
        ("p", {"class": "empty-title"}, t("screen.empty." + state)),
        ("p", {}, t("screen.empty.ended" if ended else "screen.empty." + state + ".what")),
    )
