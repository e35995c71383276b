"""The conversation: its log, who is typing, the composer and the tools of the text."""

from ...core.messages import MAX_MESSAGE_TEXT
from ..node import LONGEST_TYPED
from ..text import direction_of
from .parts import button, icon, problem
from .words import around

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGEST_TEXT = 4


def log(talk: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The log, empty: its entries are appended by the log view, never rendered again as a whole.

    Its key holds the session, so that one session's entries can never stand in another's log.
    """
    return (
        "div",
        {
            "key": "log:" + talk["session"],
            "ref": "log",
            "class": "log text-size-{}".format(talk["text_size"]),
            "role": "log",
            "aria-label": t("log.name"),
            "tabindex": "0",
            "on_scroll": ("log_scrolled",),
        },
    )


def conversation(
    talk: "dict[str, Any]", cards: "list[Any]", tools: "Any", t: "Any", empty: str = "", over: bool = False
) -> "tuple[Any, ...]":
    """Log, cards, composer and tools, in this order from top to bottom. What is over can be read, not answered."""
    return (
        "section",
        {
            "key": "conversation",
            "class": "conversation" + (" dropping" if talk["dropping"] else ""),
            "aria-label": t("conversation.name"),
            "on_dragover": ("drag_over",),
            "on_dragleave": ("drag_leave",),
            "on_drop": ("drop_files",),
        },
        log(talk, t),
        ("p", {"key": "empty", "class": "log-empty"}, empty) if empty else None,
        (
            "div",
            {"key": "latest", "class": "latest"},
            button(t("log.latest"), ("show_latest",), "secondary small", "arrow-down"),
        )
        if talk["unseen"]
        else None,
        ("div", {"key": "cards", "class": "cards"}, cards),
        (
            "p",
            {"key": "typing", "class": "typing"},
            (
                "span",
                {},
                around(t("log.typing", name=talk["other"] or t("person.customer")), talk["other"]),
                ("span", {"class": "dots", "aria-hidden": "true"}, ("i", {}), ("i", {}), ("i", {})),
            )
            if talk["typing"]
            else None,
        ),
        None if over else composer(talk, t),
        ("div", {"key": "tools", "class": "tools", "role": "group", "aria-label": t("tools.name")}, tools),
        ("div", {"key": "drop", "class": "drop-hint", "aria-hidden": "true"}, icon("paperclip"), t("tools.drop"))
        if talk["dropping"]
        else None,
    )


def _length(draft: str) -> str:
    return str(len(draft)) + ("+" if len(draft) >= LONGEST_TYPED else "")


def composer(talk: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Where one writes. What was typed stays when it could not be sent.

    Its key holds the session: the browser's own undo brings back what was typed in this box before.
    """
    trouble = talk["problem"]
    return (
        "form",
        {"key": "composer:" + talk["session"], "class": "composer", "on_submit": ("send",)},
        problem(
            t("talk.problem." + trouble, length=_length(talk["draft"]), limit=MAX_MESSAGE_TEXT)
            if trouble == "too_long"
            else t("talk.problem." + trouble),
            "talk-problem",
        )
        if trouble
        else None,
        (
            "div",
            {"key": "field", "class": "composer-field"},
            (
                "textarea",
                {
                    "id": "message",
                    "ref": "message",
                    "rows": "1",
                    "aria-label": t("composer.message"),
                    "placeholder": t("composer.hint"),
                    "enterkeyhint": "send",
                    "autocomplete": "off",
                    "dir": direction_of(talk["draft"]),
                    "aria-describedby": "talk-problem" if trouble else None,
                    "value": talk["draft"],
                    "on_input": ("write",),
                    "on_keydown": ("compose_key",),
                    "on_paste": ("paste_files",),
                },
            ),
            (
                "button",
                {"type": "submit", "class": "primary send"},
                icon("send-horizontal"),
                ("span", {"class": "label"}, t("composer.send")),
            ),
        ),
    )


def tool(text: str, action: "Any", symbol: str, more: "dict[str, Any] | None" = None) -> "tuple[Any, ...]":
    """A tool: an icon, with its name beside it where there is room, as a tooltip everywhere."""
    return button(text, action, "tool", symbol, {"title": text} | (more or {}))


def file_tool(t: "Any") -> "tuple[Any, ...]":
    """`Send a file`: the browser's own file input, which lies invisible over the tool that shows it."""
    text = t("tools.file")
    return (
        "label",
        {"key": "file", "class": "tool file-tool slim", "title": text},
        ("input", {"type": "file", "multiple": True, "aria-label": text, "on_change": ("pick_files",)}),
        icon("paperclip"),
        ("span", {"class": "label", "aria-hidden": "true"}, text),
    )


def text_tools(talk: "dict[str, Any]", t: "Any") -> "list[Any]":
    """Smaller and larger text. At an end the button stays and says so, so that the focus is not lost."""
    size = talk["text_size"]
    return [
        tool(
            t("tools.smaller"),
            ("smaller_text",),
            "a-arrow-down",
            {"key": "smaller", "class": "tool text-tool", "aria-disabled": "true" if size == 0 else None},
        ),
        tool(
            t("tools.larger"),
            ("larger_text",),
            "a-arrow-up",
            {"key": "larger", "class": "tool text-tool", "aria-disabled": "true" if size == LARGEST_TEXT else None},
        ),
    ]


def sound_tool(talk: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """`Mute sounds`, pressed or not."""
    return tool(
        t("tools.mute"),
        ("toggle_sounds",),
        "volume-x" if talk["muted"] else "volume-2",
        {"key": "mute", "class": "tool slim", "aria-pressed": "true" if talk["muted"] else "false"},
    )


def end_tool(cards: "list[Any]", t: "Any", session: str = "") -> "tuple[Any, ...] | None":
    """`End session`; not there while a card asks about the end, so that there is one control of that name."""
    for card in cards:
        if card["kind"] in ("end", "revoked", "alone"):
            return None
    more = {"key": "end", "class": "tool end-tool", "data-deliberate": session}
    return tool(t("tools.end"), ("end_session",), "log-out", more)
