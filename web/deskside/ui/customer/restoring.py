"""A page that was loaded anew, on a device that knows of a session."""

from .recording import KEPT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def restore(page: "Any", session_id: str) -> None:
    """What this device kept of the session, then the server's word on how it stands."""
    page.make_session(session_id)
    page.state["portal"]["name"] = page.host.recall("name") or ""
    page.state["portal"]["issue"] = page.host.recall("issue") or ""
    page.state["representative"] = page.host.recall("representative") or ""
    page.waiting_since = float(page.host.recall("entered_at") or "0")
    kept = page.session.conversation

    def entries_loaded(entries: "list[Any]") -> None:
        page.host.records.load(session_id + "/stream", lambda streams: streams_loaded(entries, streams))

    def streams_loaded(entries: "list[Any]", streams: "list[Any]") -> None:
        kept.restore(entries, streams[0] if streams else None)
        page.host.records.load(session_id + "/" + KEPT, recording_loaded)

    def recording_loaded(texts: "list[str]") -> None:
        page.session.recording.restored(texts)
        page.session.restored()
        page.signaling.open()

    page.host.records.load(session_id + "/entry/", entries_loaded)
