"""The transcript that a person takes along at the end."""

from ..core.transcript import Transcript
from .views.entry import author_name, event_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


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
