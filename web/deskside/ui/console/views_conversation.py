"""The selected session: who it is, the conversation, and what the representative can do."""

from ..views.cards import card_views
from ..views.conversation import conversation, end_tool, file_tool, text_tools, tool
from ..views.entry import receipt_text
from ..views.parts import icon, monogram
from ..views.recording import recording_line, recording_reason
from ..views.three_words import connection_with_words
from ..views.words import duration
from .views_panels import panel, panel_tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OWN_ENDS = ("representative", "representative_gone")
"""Why a session ended where that was this page's doing."""


def conversation_pane(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The conversation, or what to do to get one."""
    session = state["conversation"]
    attributes = {"key": "conversation-pane", "class": "pane conversation-pane", "aria-labelledby": "conversation-name"}
    if session is None:
        return (
            "section",
            attributes,
            ("h2", {"key": "none", "id": "conversation-name", "class": "visually-hidden"}, t("conversation.name")),
            (
                "div",
                {"key": "empty", "class": "empty"},
                icon("message-circle"),
                ("p", {"class": "empty-title"}, t("conversation.empty")),
                ("p", {}, t("conversation.empty.what")),
            ),
        )
    return (
        "section",
        attributes,
        _head(session, t),
        _question(session, t),
        _in_force(session, t),
        conversation(
            session["talk"],
            [card_views(session["cards"], "none", t, session["session"]), panel(session, t)],
            _tools(session, t),
            t,
            over=bool(session["ended"]),
        ),
    )


def _head(session: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    name = session["name"] or t("person.customer")
    line = t("sessions.ended") if session["ended"] else t("console.connection." + session["connection"])
    look = "connection connection-" + ("ended" if session["ended"] else session["connection"])
    words = [] if session["ended"] or session["connection"] != "connected" else session["words"]
    recording = session["recording"]
    return (
        "div",
        {"key": "head", "class": "pane-head"},
        monogram(name),
        (
            "div",
            {"class": "who"},
            ("h2", {"id": "conversation-name", "translate": "no" if session["name"] else None}, name),
            connection_with_words(look, [("span", {}, line)], words, t),
        ),
        recording_line(recording, t) if recording else None,
        recording_reason(recording, t) if recording and recording["state"] == "unavailable" else None,
        ("p", {"key": "issue", "class": "issue"}, session["issue"]) if session["issue"] else None,
    )


def _question(session: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    if not session["question"]:
        return None
    return (
        "details",
        {"key": "question", "class": "asked", "open": True},
        ("summary", {}, t("conversation.question")),
        # A long one scrolls, also for who has only a keyboard.
        ("p", {"dir": "auto", "tabindex": "0"}, session["question"]),
    )


def _in_force(session: "dict[str, Any]", t: "Any") -> "tuple[Any, ...] | None":
    """What the customer has allowed, and what was asked and not answered yet."""
    request = session["request"]
    items: "list[Any]" = []
    for item in session["permissions"]:
        left = t("bars.left", time=duration(item["left"], t)) if item["left"] is not None else t("bars.session")
        items.append(
            (
                "li",
                {"key": item["permission"]},
                icon("shield-check"),
                ("span", {}, t("console.permission." + item["permission"])),
                ("span", {"class": "left"}, left),
            )
        )
    if request:
        text = t("request.waiting." + request["permission"])
        items.append(
            (
                "li",
                {"key": "request", "class": "asked-for"},
                icon("hourglass"),
                ("span", {}, text),
                ("span", {"class": "left"}, duration(request["left"], t)),
            )
        )
    if not items:
        return None
    return ("ul", {"key": "force", "class": "permissions", "aria-label": t("console.permissions")}, items)


def _tools(session: "dict[str, Any]", t: "Any") -> "list[Any]":
    if session["ended"]:
        return [
            (
                "p",
                {"key": "over", "class": "tool-note"},
                icon("log-out"),
                ("span", {}, t("reason." + session["ended"] + (".mine" if session["ended"] in OWN_ENDS else ".other"))),
            ),
            ("span", {"key": "space", "class": "space"}),
            tool(t("ended.transcript"), ("download_transcript",), "download", {"key": "transcript"}),
            tool(t("ended.json"), ("download_json",), "download", {"key": "json"}),
        ]
    talk = session["talk"]
    return [
        _nudge(session["nudge"], t),
        _request(session, t),
        file_tool(t),
        panel_tool("canned", "message-square-text", session, t),
        panel_tool("notices", "megaphone", session, t),
        text_tools(talk, t),
        ("span", {"key": "space", "class": "space"}),
        end_tool(session["cards"], t, session["session"]),
    ]


def _nudge(nudge: "dict[str, Any]", t: "Any") -> "list[Any]":
    """`Nudge`, its rest, and what the last one really did on the other side."""
    rest = nudge["rest"]
    receipt = nudge["receipt"]
    told = ""
    if receipt is not None:
        told = receipt_text(receipt, t)
    elif nudge["sent"]:
        told = t("nudge.sent")
    waits = t("nudge.rest", time=duration(rest, t)) if rest else ""
    return [
        (
            "p",
            {"key": "told", "id": "nudge-told", "class": "tool-note told", "hidden": not told and not waits},
            told + (" " if told and waits else "") + waits,
        ),
        tool(
            t("nudge.button"),
            ("nudge",),
            "bell-ring",
            {
                "key": "nudge",
                "aria-disabled": "true" if rest or not nudge["reached"] else None,
                "aria-describedby": "nudge-told",
            },
        ),
    ]


def _request(session: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    request = session["request"]
    if request and request["permission"] == "view_screen":
        more = {"key": "request", "data-deliberate": session["session"], "class": "tool request-tool"}
        return tool(t("request.withdraw"), ("withdraw_request",), "x", more)
    impossible = not session["can_share"]
    return tool(
        t("request.screen"),
        ("request_screen",),
        "monitor-up",
        {
            "key": "request",
            "data-deliberate": session["session"],
            "class": "tool request-tool",
            "aria-description": t("request.impossible") if impossible else None,
        },
    )
