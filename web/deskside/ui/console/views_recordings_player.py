"""The picture of a recording with what belongs to it, and the list of moments beside it."""

from ..views.parts import button, line, moment
from .views_recordings_timeline import position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def player(recording: str, playing: "dict[str, Any]", about: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The browser's own player. Whoever holds the reference gives it what to play: one element for all parts."""
    address = playing["captions_address"]
    return (
        "div",
        {"key": "player", "class": "player"},
        (
            "div",
            {"key": "picture", "class": "player-picture"},
            (
                "video",
                {
                    "key": "video:" + recording,
                    "ref": "recording",
                    "controls": True,
                    "playsinline": True,
                    "preload": "metadata",
                    "aria-label": t("recordings.video"),
                },
                (
                    "track",
                    {
                        "key": address,
                        "kind": "captions",
                        "src": address,
                        "srclang": t.language,
                        "label": t("recordings.captions"),
                        "default": playing["captions"],
                    },
                ),
            ),
        ),
        _trouble(playing["picture"], t),
        (
            "div",
            {"key": "line", "class": "player-line"},
            (
                "p",
                {"key": "at", "class": "player-at"},
                (
                    "span",
                    {"key": "at"},
                    t("recordings.at", at=position(playing["at"]), length=position(playing["length"])),
                ),
                ("span", {"key": "time"}, moment(playing["time"], playing["iso"])),
                ("span", {"key": "part"}, t("recordings.part", number=playing["part"], total=playing["parts"]))
                if playing["parts"] > 1
                else None,
            ),
            (
                "label",
                {"key": "speed", "class": "player-speed"},
                ("span", {}, t("recordings.speed")),
                (
                    "select",
                    {"value": playing["speed"], "on_change": ("set_speed",)},
                    [("option", {"key": speed, "value": speed}, speed + "×") for speed in playing["speeds"]],
                ),
            ),
        ),
        (
            "div",
            {"key": "live", "class": "player-live"},
            line("circle-dot", t("recordings.live")),
            button(t("recordings.load"), ("load_recording",), "secondary small", "refresh-cw"),
        )
        if about["state"] == "recording"
        else None,
    )


def _trouble(picture: str, t: "Any") -> "tuple[Any, ...] | None":
    if picture == "none":
        return ("div", {"key": "none", "class": "player-note"}, line("monitor-off", t("recordings.no_picture")))
    if picture == "failed":
        return (
            "div",
            {"key": "failed", "class": "player-note", "role": "alert"},
            line("triangle-alert", t("recordings.picture_failed")),
            button(t("recordings.again"), ("load_recording",), "secondary small", "refresh-cw"),
        )
    return None


def timeline(playing: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """What happened, found by words. The list is empty here: its rows are put in one by one."""
    searches = bool(playing["search"].strip())
    return (
        "section",
        {"key": "timeline", "class": "timeline", "aria-labelledby": "timeline-name"},
        (
            "div",
            {"key": "head", "class": "timeline-head"},
            ("h3", {"id": "timeline-name"}, t("recordings.timeline")),
            (
                "p",
                {"key": "count", "class": "hint"},
                t("recordings.found", shown=playing["shown"], total=playing["entries"]),
            )
            if searches
            else None,
            (
                "input",
                {
                    "key": "search",
                    "type": "search",
                    "aria-label": t("recordings.find"),
                    "placeholder": t("recordings.find"),
                    "autocomplete": "off",
                    "dir": "auto",
                    "value": playing["search"],
                    "on_input": ("find_moment",),
                },
            ),
        ),
        line("triangle-alert", t("recordings.all_unproved"), "timeline-note") if playing.get("is_unproved") else None,
        (
            "ol",
            {
                "key": "moments",
                "ref": "timeline",
                "class": "moments",
                "aria-labelledby": "timeline-name",
                "on_scroll": ("timeline_scrolled",),
                "on_wheel": ("timeline_taken",),
                "on_touchmove": ("timeline_taken",),
                "on_pointerdown": ("timeline_taken",),
                "on_keydown": ("timeline_taken",),
            },
        ),
        None
        if playing["shown"]
        else (
            "p",
            {"key": "none", "class": "hint recordings-note"},
            t("recordings.not_here" if searches else "recordings.nothing_happened"),
        ),
        ("p", {"key": "full", "class": "hint recordings-note"}, t("recordings.full")) if playing["is_full"] else None,
        (
            "div",
            {"key": "follow", "class": "timeline-follow"},
            button(t("recordings.follow"), ("follow_recording",), "secondary small", "clock"),
        )
        if not playing["following"] and not searches
        else None,
    )
