"""What customers meet on their way in, and while they wait."""

from ..views.parts import line
from ..views.words import duration
from .document import get
from .sections import address, field_id
from .views_fields import block, check, choice_field, field_label, line_field, number_field, problem_at
from .views_texts import macro_help, prose_field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DOWNLOADS = ("administrators", "representatives")
MODES = ("web_chat", "full_client", "customer_chooses")


def way_in(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    document = state["document"]
    return [
        macro_help(t),
        block("portal", t("admin.way.portal"), prose_field(state, t, "greeting", 2), _start_mode(state, t)),
        block(
            "agreement",
            t("admin.way.agreement"),
            check(state, t, "agreement.on", t("admin.hint.agreement")),
            prose_field(state, t, "agreement_title", 1),
            prose_field(state, t, "agreement_text", 8),
            seconds(state, t, "agreement.timeout"),
            _off(document["agreement"]["on"], t),
        ),
        block(
            "recording",
            t("admin.way.recording"),
            check(state, t, "recording.on", t("admin.hint.recording")),
            prose_field(state, t, "recording_text", 4),
            seconds(state, t, "recording.timeout"),
            _off(document["recording"]["on"], t),
            # They also hold for what was recorded before it was switched off.
            number_field(state, t, "recording.retention", t("admin.hint.retention")),
            choice_field(state, t, "recording.download", _downloads(t), hint=t("admin.hint.recording_download")),
        ),
        block(
            "notices",
            t("admin.section.notices"),
            ("p", {}, t("admin.way.notices")),
            ("p", {}, ("a", {"href": address("notices")}, t("admin.way.notices_link"))),
        ),
    ]


def _downloads(t: "Any") -> "list[tuple[str, str]]":
    return [(who, t("admin.download." + who)) for who in DOWNLOADS]


def _off(on: bool, t: "Any") -> "Any":
    return None if on else line("info", t("admin.way.off"), "quiet-note")


def _start_mode(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    chosen = state["document"]["session_start"]
    modes = []
    for mode in MODES:
        reason = state["start_modes"].get(mode, "")
        identifier = field_id("session_start") if mode == chosen else field_id("session_start." + mode)
        modes.append(
            (
                "div",
                {"key": mode, "class": "check"},
                (
                    "input",
                    {
                        "id": identifier,
                        "type": "radio",
                        "name": "session_start",
                        "value": mode,
                        "checked": mode == chosen,
                        "disabled": bool(reason) and mode != chosen,
                        "aria-describedby": "why." + mode,
                        "on_change": ("set", "session_start", "text"),
                    },
                ),
                ("label", {"for": identifier}, t("admin.start." + mode)),
                (
                    "p",
                    {"class": "hint", "id": "why." + mode},
                    t("admin.start.why." + reason) if reason else t("admin.start.explain." + mode),
                ),
            )
        )
    return (
        "fieldset",
        {"key": "modes", "class": "plain"},
        ("legend", {}, field_label("session_start", t)),
        modes,
        problem_at(state, "session_start", t),
    )


def seconds(state: "dict[str, Any]", t: "Any", path: str) -> "tuple[Any, ...]":
    """A length of time: typed in seconds, said in words."""
    value = get(state["document"], path)
    said = t("admin.hint.seconds", time=duration(value, t)) if type(value) is int else t("admin.hint.seconds_none")
    return number_field(state, t, path, said)


def queue(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    document = state["document"]
    orphaned = document["orphaned"]
    return [
        macro_help(t),
        block("greeting", t("admin.queue.greeting"), prose_field(state, t, "queue_greeting", 3)),
        block(
            "hold",
            t("admin.queue.hold"),
            check(state, t, "hold.on", t("admin.hint.hold")),
            prose_field(state, t, "hold_message", 3),
            seconds(state, t, "hold.interval"),
        ),
        block(
            "orphaned",
            t("admin.queue.orphaned"),
            ("p", {"class": "hint"}, t("admin.hint.orphaned")),
            prose_field(state, t, "orphaned_message", 4),
            seconds(state, t, "orphaned.grace"),
            line_field(
                state,
                t,
                "orphaned.url",
                t("admin.hint.orphaned_url"),
                "url",
                more={"dir": "ltr", "placeholder": "https://", "on_focus": ("show_field", "orphaned.url")},
            ),
            seconds(state, t, "orphaned.countdown") if orphaned["url"] else None,
            check(state, t, "orphaned.takes_messages"),
            number_field(state, t, "orphaned.retention", t("admin.hint.message_retention")),
        ),
        block(
            "reconnect",
            t("admin.queue.reconnect"),
            ("p", {"class": "hint"}, t("admin.hint.reconnect")),
            seconds(state, t, "reconnect.queue"),
            seconds(state, t, "reconnect.session"),
        ),
    ]
