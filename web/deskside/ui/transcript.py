"""The transcript that a person takes along: a page to read with the record inside, or the record alone."""

from ..core.canonical import canonical
from ..core.file_names import dated_name
from ..core.transcript import Transcript, with_data
from .text import direction
from .views.entry import author_name, event_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def save_transcript(session: "Any", company: str, t: "Any") -> None:
    """Hand one HTML document to the browser's downloads. It comes when the record is signed, at once without one."""
    host = session.host
    record = session.record
    name = file_name(session, company, t, ".html")

    def exported(data: "dict[str, Any]") -> None:
        shown = transcript_html(session, company, t)

        def signed(mark: "dict[str, Any]") -> None:
            if mark:
                data["shown"] = mark
            text = with_data(shown, canonical(data)) if data["heads"] else shown
            host.save_text(name, text, "text/html")

        record.sign_shown(shown, signed)

    record.export(exported)


def save_json(session: "Any", company: str, t: "Any") -> None:
    """Hand the record to the browser's downloads as JSON."""
    name = file_name(session, company, t, ".json")

    def exported(data: "dict[str, Any]") -> None:
        session.host.save_text(name, canonical(data), "application/json")

    session.record.export(exported)


def file_name(session: "Any", company: str, t: "Any", ending: str) -> str:
    """Of whom the conversation was with, and when it began; one for each that a person takes along."""
    return dated_name(session.host.clock(_began(session))[1], t("transcript.title", company=company), ending)


def _began(session: "Any") -> float:
    """When somebody came; where nobody has, when the first line was written."""
    if session.started_at:
        return float(session.started_at)
    conversation = session.conversation
    return float(conversation.entries[conversation.order[0]]["at"] if conversation.order else session.host.now())


def transcript_html(session: "Any", company: str, t: "Any") -> str:
    """One HTML document of what this page's person saw of a session. What only this page stands for says so."""
    conversation, host, own = session.conversation, session.host, session.role
    other = "representative" if own == "customer" else "customer"
    transcript = Transcript(own)
    shown: "dict[str, Any]" = {}
    doubtful = set(session.record.unconfirmed)

    def mark(entry_id: str) -> str:
        return " · " + str(t("transcript.unconfirmed")) if entry_id in doubtful else ""

    for entry_id in conversation.order:
        entry = conversation.entries[entry_id]
        author = own if entry["mine"] else other
        shown[entry_id] = entry
        if entry["kind"] == "message":
            transcript.message(entry_id, entry["at"], author, author_name(entry, t) + mark(entry_id), entry["text"])
        elif entry["kind"] == "file":
            name = author_name(entry, t) + mark(entry_id)
            transcript.file(entry_id, entry["at"], author, name, entry["name"], entry["size"])
            transcript.file_ended(entry_id, entry["reason"] or entry["phase"])
        else:
            transcript.event(entry_id, entry["at"], author, entry["name"], entry["event"])

    def describe(entry: "dict[str, Any]") -> str:
        if entry["kind"] == "file":
            outcome = t("transcript.outcome." + entry["outcome"])
            return str(t("transcript.file_entry", name=entry["text"], outcome=outcome))
        return event_text(shown[entry["id"]], t) + mark(entry["id"])

    # Summer may begin or end meanwhile: each time bears its own.
    zone = t("transcript.zone", zone=host.zone(), offset="UTC" + host.clock(_began(session))[1][-6:])
    title = t("transcript.title", company=company)
    return transcript.export_html(title, zone, describe, host, (t.language, direction(t.language)))
