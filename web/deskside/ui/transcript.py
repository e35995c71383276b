"""The transcript that a person takes along: a page to read with the record inside, or the record alone."""

from ..core.canonical import canonical
from ..core.transcript import Transcript, with_data
from .views.entry import author_name, event_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def save_transcript(session: "Any", company: str, t: "Any") -> None:
    """Hand one HTML document to the browser's downloads. It comes when the record is signed, at once without one."""
    host = session.host
    record = session.record
    shown = transcript_html(session.conversation, t("transcript.title", company=company), session.role, host, t)

    def exported(data: "dict[str, Any]") -> None:
        def signed(mark: "dict[str, Any]") -> None:
            if mark:
                data["shown"] = mark
            text = with_data(shown, canonical(data)) if data["heads"] else shown
            host.save_text(t("transcript.file"), text, "text/html")

        record.sign_shown(shown, signed)

    record.export(exported)


def save_json(session: "Any", t: "Any") -> None:
    """Hand the record to the browser's downloads as JSON."""

    def exported(data: "dict[str, Any]") -> None:
        session.host.save_text(t("transcript.file_json"), canonical(data), "application/json")

    session.record.export(exported)


def transcript_html(conversation: "Any", title: str, own: str, host: "Any", t: "Any") -> str:
    """One HTML document of a conversation. `own` is the role of this page's person."""
    other = "representative" if own == "customer" else "customer"
    transcript = Transcript(own)
    shown: "dict[str, Any]" = {}
    for entry_id in conversation.order:
        entry = conversation.entries[entry_id]
        author = own if entry["mine"] else other
        shown[entry_id] = entry
        if entry["kind"] == "message":
            transcript.message(entry_id, entry["at"], author, author_name(entry, t), entry["text"])
        elif entry["kind"] == "file":
            transcript.file(entry_id, entry["at"], author, author_name(entry, t), entry["name"], entry["size"])
            transcript.file_ended(entry_id, entry["reason"] or entry["phase"])
        else:
            transcript.event(entry_id, entry["at"], author, entry["name"], entry["event"])

    def describe(entry: "dict[str, Any]") -> str:
        if entry["kind"] == "file":
            outcome = t("transcript.outcome." + entry["outcome"])
            return str(t("transcript.file_entry", name=entry["text"], outcome=outcome))
        return event_text(shown[entry["id"]], t)

    return transcript.export_html(title, describe, lambda at: str(host.clock(at)[0]), t.language)
