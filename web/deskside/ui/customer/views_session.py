"""The session as the customer sees it: who is there, what they may do, the red X, the conversation."""

from ..views.cards import PERMISSION_ICONS, card_frame, card_views
from ..views.conversation import conversation, end_tool, file_tool, sound_tool, text_tools, tool
from ..views.language import language_select
from ..views.parts import button, deliberate, icon, moment, monogram
from ..views.prose import prose
from ..views.three_words import connection_with_words
from ..views.words import around, duration
from .values import values
from .views_recording import recording_bar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WATERMARK_TILES = 24
CONNECTION_ICONS = {
    "connecting": "loader-circle",
    "connected": "lock",
    "reconnecting": "refresh-cw",
    "unreachable": "unplug",
}


def revoke_button(t: "Any") -> "tuple[Any, ...]":
    """The red X. The guard finds it by `data-guard` and acts before Python hears of it."""
    return (
        "button",
        {
            "key": "revoke",
            "id": "revoke",
            "type": "button",
            "class": "revoke",
            "data-guard": "revoke",
            "aria-label": t("revoke.name"),
            "title": t("revoke.name"),
            "on_click": ("revoke",),
        },
        icon("x"),
        ("span", {"aria-hidden": "true"}, t("revoke.short")),
    )


def session_header(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Who is there, and how the connection to them is.

    The heading takes no focus: who comes must not interrupt somebody who is writing.
    """
    name = state["representative"]
    return (
        "header",
        {"key": "session-header", "class": "session-header"},
        monogram(name or state["company"]),
        (
            "div",
            {"class": "who"},
            ("h1", {"translate": "no" if name else None}, name or t("session.somebody")),
            connection_line(state, t),
        ),
    )


def connection_line(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """One quiet line; when only the server is away it says that one can go on."""
    connection = state["connection"]
    away = connection == "connected" and not state["server"]
    text = t("connection.server_away") if away else t("connection." + connection)
    look = "connection connection-" + ("away" if away else connection)
    line = [icon("info" if away else CONNECTION_ICONS[connection]), ("span", {}, text)]
    return connection_with_words(look, line, state["words"] if connection == "connected" else [], t)


def session_bars(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """What is in force, always in sight: the shared picture and every permission."""
    return (
        "section",
        {"key": "bars", "class": "bars", "aria-label": t("bars.name")},
        _sharing_bar(state, t) if state["sharing"] else None,
        permission_list(state["permissions"], t),
        recording_bar(state["recording"], t),
    )


def permission_list(permissions: "list[Any]", t: "Any") -> "tuple[Any, ...]":
    """Every permission in force with what is left of it, or that there is none."""
    if not permissions:
        return ("p", {"key": "none", "class": "permissions-none"}, icon("shield"), t("bars.none"))
    return (
        "ul",
        {"key": "permissions", "class": "permissions", "aria-label": t("bars.permissions")},
        [
            (
                "li",
                {"key": item["permission"]},
                icon(PERMISSION_ICONS[item["permission"]]),
                ("span", {}, t("bars.permission." + item["permission"])),
                ("span", {"class": "left"}, t("bars.left", time=duration(item["left"], t)))
                if item["left"] is not None
                else ("span", {"class": "left"}, t("bars.session")),
            )
            for item in permissions
        ],
    )


def _sharing_bar(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    sharing = state["sharing"]
    name = state["representative"] or t("person.representative")
    return (
        "div",
        {"key": "sharing", "class": "sharing"},
        ("span", {"class": "live", "aria-hidden": "true"}),
        (
            "p",
            {},
            ("strong", {}, around(t("sharing." + sharing["surface"], name=name), state["representative"])),
            " ",
            (
                "span",
                {"class": "since"},
                t("sharing.since"),
                " ",
                moment(sharing["since"], sharing["iso"]),
                t("list.dot"),
                duration(sharing["seconds"], t),
            ),
        ),
        button(t("sharing.keep_on_top"), ("keep_on_top",), "secondary small", "picture-in-picture-2")
        if sharing["window"] == "closed"
        else None,
    )


def session_conversation(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The conversation, while waiting and in the session alike."""
    talk = state["talk"]
    cards = state["cards"]
    in_session = state["screen"] == "session"
    tools = [
        file_tool(t),
        _share_tool(state, t) if in_session else None,
        text_tools(talk, t),
        sound_tool(talk, t),
        ("span", {"key": "space", "class": "space"}),
        language_select(state, t) if in_session else None,
        end_tool(cards, t) if in_session else None,
    ]
    return conversation(talk, _cards(state, t), tools, t, "" if in_session else t("waiting.write"))


def _cards(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    notices = [card for card in state["cards"] if card["kind"] == "notice"]
    others = [card for card in state["cards"] if card["kind"] != "notice"]
    return [notice_card(card, state, t) for card in notices] + card_views(others, state["capture"], t)


def notice_card(card: "dict[str, Any]", state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Known trouble: is this what the person came for?"""
    return card_frame(
        card,
        "info",
        card["title"],
        [("div", {"class": "prose", "dir": "auto"}, prose(card["text"], values(state, t)))],
        [
            deliberate(t("notice.leave"), ("leave_by_notice", card["id"]), "secondary"),
            deliberate(t("notice.stay"), ("continue_after_notice", card["id"]), "primary"),
        ],
    )


def _share_tool(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """Share the screen; on a phone that cannot, the camera; where neither can be, a sentence in its place."""
    if state["sharing"]:
        return None
    if state["capture"] == "screen":
        return tool(t("tools.screen"), ("share_screen",), "monitor-up", {"key": "share"})
    if state["capture"] == "camera":
        return tool(
            t("tools.camera"),
            ("share_camera",),
            "camera",
            {"key": "share", "aria-description": t("tools.camera.why"), "title": t("tools.camera.why")},
        )
    why = t("tools.share.insecure" if state["insecure"] else "tools.share.none")
    return ("p", {"key": "share", "class": "tool-note share-note"}, icon("monitor-off"), ("span", {}, why))


def watermark(mark: "dict[str, str]") -> "tuple[Any, ...] | None":
    """The company's mark over the page while a session runs: for the eye only, and in nobody's way."""
    if not mark["text"] and not mark["image"]:
        return None
    # Drawn, not written: it is a picture, and nobody has to read it.
    words: "tuple[Any, ...]" = ("svg", {}, ("text", {"x": "50%", "y": "50%"}, mark["text"]))
    tile = ("img", {"src": mark["image"], "alt": ""}) if mark["image"] else words
    return (
        "div",
        {"key": "watermark", "class": "watermark", "aria-hidden": "true"},
        [("span", {"key": str(number)}, tile) for number in range(WATERMARK_TILES)],
    )
