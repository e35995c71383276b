"""One entry of the conversation: a message, a quiet line about an event, a file on its way."""

from ...core.addresses import split_addresses
from .parts import button, deliberate, icon, link, moment
from .words import around, duration, size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MESSAGE_STATES = {"sending": "clock", "delivered": "check", "read": "check-check"}
EVENT_ICONS = {
    "waiting": "hourglass",
    "hold": "hourglass",
    "joined": "user-plus",
    "left": "unplug",
    "returned": "user-plus",
    "nudge": "bell-ring",
    "nudge_receipt": "bell-ring",
    "permission_asked": "shield",
    "permission_granted": "shield-check",
    "permission_denied": "ban",
    "permission_expired": "ban",
    "permission_failed": "triangle-alert",
    "permission_withdrawn": "shield",
    "permission_ended": "monitor",
    "revoked": "ban",
    "sharing_started": "monitor-up",
    "sharing_stopped": "monitor",
    "file_offered": "file",
    "file_declined": "file",
    "file_sent": "circle-check",
    "file_received": "circle-check",
    "file_failed": "triangle-alert",
    "reconnecting": "unplug",
    "reconnected": "circle-check",
    "handed_back": "hourglass",
    "words": "lock",
    "words_failed": "triangle-alert",
    "record_refused": "triangle-alert",
    "recording_started": "circle-dot",
    "recording_paused": "pause",
    "recording_resumed": "circle-dot",
    "recording_stopped": "ban",
    "recording_unavailable": "triangle-alert",
    "ended": "log-out",
}
# These are said differently to the one who did it.
TWO_SIDED = (
    "joined",
    "returned",
    "nudge",
    "permission_asked",
    "permission_granted",
    "permission_denied",
    "permission_withdrawn",
    "permission_expired",
    "permission_failed",
    "revoked",
    "sharing_started",
    "sharing_stopped",
    "file_offered",
    "file_declined",
    "recording_paused",
    "recording_stopped",
)
TWO_SIDED_ENDS = ("stopped", "left", "withdrawn")
FILE_ICONS = {"finished": "circle-check", "ended": "file-x"}


def entry_view(entry: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The node of one entry. The log only grows, so each entry is rendered by itself."""
    kind = entry["kind"]
    if kind == "message":
        return _message(entry, t)
    if kind == "file":
        return _file(entry, t)
    return _event(entry, t)


def day_view(words: str, date: str) -> "tuple[Any, ...]":
    """The line between two entries of different days."""
    return ("p", {"class": "day"}, moment(words, date))


def event_text(entry: "dict[str, Any]", t: "Any") -> str:
    """The sentence of an event; the transcript says the same."""
    event = entry["event"]
    if event == "nudge_receipt":
        return receipt_text(entry, t)
    if event == "hold":
        return str(entry["text"])
    if event == "ended":
        return str(t("reason." + entry["reason"] + (".mine" if entry["mine"] else ".other")))
    key = "event." + event
    if event == "permission_ended":
        key += "." + entry["reason"]
    if event in TWO_SIDED or (event == "permission_ended" and entry["reason"] in TWO_SIDED_ENDS):
        key += ".mine" if entry["mine"] else ".other"
    values = {"name": entry["name"] or t("person.customer")}
    if "permission" in entry:
        values["permission"] = t("permission." + entry["permission"])
    if "file" in entry:
        values["file"] = entry["file"]
    if "notice" in entry:
        values["notice"] = entry["notice"]
    if "words" in entry:
        values["words"] = entry["words"]
    if "surface" in entry:
        values["surface"] = t("surface." + entry["surface"])
    text = str(t(key, **values))
    if event == "permission_granted" and "lease" in entry:
        length = entry["lease"]
        text += " " + (t("event.lease", time=duration(length, t)) if length else t("event.lease.session"))
    if event == "permission_ended" and entry["permission"] == "view_screen":
        text += " " + t("event.sharing_over")
    return text


def author_name(entry: "dict[str, Any]", t: "Any") -> str:
    """Who wrote it, or sent the file. Representatives have names; a customer may have given none."""
    return str(entry["author"] or t("person.you" if entry["mine"] else "person.customer"))


def receipt_text(receipt: "dict[str, Any]", t: "Any") -> str:
    """What a nudge really did on the customer's page."""
    happened = [t("happened." + name) for name in receipt["happened"]]
    text = str(t("nudge.happened", list=t("list.separator").join(happened)) if happened else t("nudge.nothing"))
    if receipt["muted"]:
        text += " " + t("nudge.muted")
    return text


def _event(entry: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return (
        "div",
        {"key": entry["id"], "class": "entry event event-" + entry["event"]},
        (
            "p",
            {},
            icon(EVENT_ICONS.get(entry["event"], "info")),
            ("span", {}, around(event_text(entry, t), entry["name"])),
            " ",
            moment(entry["time"], entry["iso"]),
        ),
    )


def _message(entry: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    state = entry["state"]
    return (
        "div",
        {"key": entry["id"], "class": "entry message" + (" mine" if entry["mine"] else "")},
        (
            "p",
            {"class": "author", "dir": "auto", "translate": "no" if entry["author"] else None},
            author_name(entry, t),
        ),
        ("div", {"class": "bubble"}, ("p", {"class": "text", "dir": "auto"}, linked(entry["text"]))),
        (
            "p",
            {"class": "meta"},
            moment(entry["time"], entry["iso"]),
            ("span", {"class": "state state-" + state}, icon(MESSAGE_STATES[state]), t("message." + state))
            if state
            else None,
        ),
    )


def linked(text: str) -> "list[Any]":
    """The text with its http and https addresses as links; nothing else is markup."""
    return [link(part, part) if is_link else part for is_link, part in split_addresses(text)]


def _file(entry: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    phase = entry["phase"]
    moving = phase in ("moving", "paused", "interrupted", "again", "checking")
    percent = 100 if not entry["size"] else min(100, entry["done"] * 100 // entry["size"])
    return (
        "div",
        {"key": entry["id"], "class": "entry message file" + (" mine" if entry["mine"] else "")},
        (
            "p",
            {"class": "author", "dir": "auto", "translate": "no" if entry["author"] else None},
            author_name(entry, t),
        ),
        (
            "div",
            {"class": "bubble phase-" + phase},
            (
                "div",
                {"class": "file-head"},
                icon(FILE_ICONS.get(phase, "file")),
                (
                    "p",
                    {},
                    ("bdi", {"class": "file-name", "translate": "no"}, entry["name"]),
                    ("span", {"class": "file-detail"}, _detail(entry, t)),
                ),
            ),
            (
                "progress",
                {"max": "100", "value": percent, "aria-label": t("file.progress", file=entry["name"])},
            )
            if moving
            else None,
            ("div", {"class": "actions"}, _file_buttons(entry, t)),
        ),
        ("p", {"class": "meta"}, moment(entry["time"], entry["iso"])),
    )


def _detail(entry: "dict[str, Any]", t: "Any") -> str:
    """Where the file stands, in one line."""
    phase = entry["phase"]
    whole = size(entry["size"], t)
    if phase == "offered":
        return str(t("file.offered.mine" if entry["mine"] else "file.offered.other", size=whole))
    if phase == "finished":
        return str(t("file.finished.mine" if entry["mine"] else "file.finished.other", size=whole))
    if phase == "ended":
        return str(t("file.reason." + (entry["reason"] or "cancelled")))
    text = str(t("file.of", done=size(entry["done"], t), size=whole))
    if phase == "paused" and not entry["held"]:
        return text + str(t("list.dot") + t("file.paused_there"))
    if phase != "moving":
        return text + str(t("list.dot") + t("file." + phase))
    if entry["speed"]:
        text += t("list.dot") + t("file.speed", size=size(int(entry["speed"]), t))
    if entry["left"] is not None:
        text += t("list.dot") + t("file.left", time=duration(entry["left"], t))
    return text


def _file_buttons(entry: "dict[str, Any]", t: "Any") -> "list[Any]":
    phase = entry["phase"]
    about = {"aria-description": entry["name"]}
    buttons: "list[Any]" = []
    if phase == "moving":
        buttons.append(button(t("file.pause"), ("pause_file", entry["id"]), "quiet", "pause", about))
    if phase == "paused" and entry["held"]:
        buttons.append(button(t("file.resume"), ("resume_file", entry["id"]), "quiet", "play", about))
    if phase in ("moving", "paused", "interrupted", "again", "checking") or (phase == "offered" and entry["mine"]):
        buttons.append(deliberate(t("file.cancel"), ("cancel_file", entry["id"]), "quiet", "x", about))
    if entry["saveable"]:
        buttons.append(button(t("file.save"), ("save_file", entry["id"]), "quiet", "download", about))
    return buttons
