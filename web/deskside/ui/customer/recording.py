"""The shell of core.recording on the customer's page: carries its commands out, and tells both people how it stands."""

from ...core.recording import Recording
from ...core.recording_commands import (
    CloseRecorder,
    Keep,
    OpenRecorder,
    SayEnd,
    SendEntry,
    SendOffer,
    SetAnswer,
    StateChanged,
)
from ...core.recording_kept import newest
from ..recording_log import note_recording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KEPT = "recording"
"""Under which name the device keeps what the next page of this session has to know. It does so twice: what a page
keeps while it is left is lost in IndexedDB, and what it kept seconds before a kill of its browser in localStorage."""


class CustomerRecording:
    """`session` is the customer's. The guard has closed the connection before `revoked` is called."""

    def __init__(self, host: "Any", session: "Any") -> None:
        self._host = host
        self._session = session
        self._recording = Recording(session.id, host.identifier, host.recall(KEPT) or "")
        self._has_kept = False
        self._connection: "Any" = None
        self._track: "Any" = None
        self.configuration: "dict[str, Any]" = {}
        """The way to the recorder is as the one to the representative."""

    def restored(self, texts: "list[str]") -> None:
        """On a page that was loaded anew: what else the device has kept. What was pressed here meanwhile is newer."""
        if not self._has_kept:
            kept = newest(self._session.id, [self._host.recall(KEPT) or ""] + texts)
            self._recording = Recording(self._session.id, self._host.identifier, kept)

    @property
    def is_held(self) -> bool:
        return self._recording.is_held

    def state(self) -> "dict[str, Any]":
        """What the views show of it."""
        recording = self._recording
        seconds = recording.seconds(self._host.now())
        return {"state": recording.state, "reason": recording.reason, "seconds": seconds}

    # what the server says

    def asked(self) -> None:
        self._carry_out(self._recording.asked())

    def told(self, message: "dict[str, Any]") -> None:
        self._carry_out(self._recording.told(message["available"], message.get("reason", ""), self._host.now()))

    def answered(self, message: "dict[str, Any]") -> None:
        self._carry_out(self._recording.answered(message["id"], message["sdp"]))

    def refused(self, message: "dict[str, Any]") -> None:
        self._carry_out(self._recording.refused(message["id"], message["reason"], self._host.now()))

    # what the person does

    def pause(self) -> None:
        self._carry_out(self._recording.pause(self._host.now()))

    def resume(self) -> None:
        self._carry_out(self._recording.resume(self._host.now()))

    def stop(self) -> None:
        self._carry_out(self._recording.stop(self._host.now()))

    def revoked(self) -> None:
        self._carry_out(self._recording.revoked(self._host.now()))

    # what the session does

    def joined(self, configuration: "dict[str, Any]") -> None:
        self.configuration = configuration
        self._recording.joined()

    def shown(self, track: "Any") -> None:
        """This is shared from now on; None where nothing is."""
        self._track = track
        if self._connection is not None:
            self._connection.show(track)

    def appended(self, number: int, was_held: bool) -> None:
        self._carry_out(self._recording.appended(number, was_held))

    def grown(self, records: "list[dict[str, Any]]") -> None:
        self._carry_out(self._recording.grown(records))

    def tick(self) -> None:
        self._carry_out(self._recording.tick(self._host.now()))

    def suspended(self) -> None:
        self._carry_out(self._recording.suspended(self._host.now()))

    def leaving(self) -> None:
        self._carry_out(self._recording.leaving(self._host.now()))

    def finish(self) -> None:
        self._carry_out(self._recording.finish(self._host.now()))

    # what the connection says

    def recorder_described(self, id: str, sdp: str) -> None:
        self._carry_out(self._recording.described(id, sdp))

    def recorder_changed(self, id: str, connection_state: str) -> None:
        self._carry_out(self._recording.connection_changed(id, connection_state, self._host.now()))

    def recorder_said(self, id: str, message: "dict[str, Any]") -> None:
        if message["type"] == "known":
            records = self._session.record.kept_records
            self._carry_out(self._recording.known(id, message["number"], records, self._host.now()))
        elif message["type"] == "failed":
            self._carry_out(self._recording.failed(id, message["reason"], self._host.now()))

    # within

    def _carry_out(self, commands: "list[Any]") -> None:
        for command in commands:
            kind = type(command)
            if kind is CloseRecorder:
                self._close()
            elif kind is Keep:
                self._keep(command.text)
            elif kind is OpenRecorder:
                self._connection = self._host.make_recorder(command.id, self.configuration, self)
                self._connection.show(self._track)
            elif kind is SendEntry:
                self._connection.send({"type": "entry", "record": command.record})
            elif kind is SendOffer:
                self._say({"type": "recording_offer", "id": command.id, "sdp": command.sdp}, command.id)
            elif kind is SetAnswer:
                self._connection.answer(command.sdp)
            elif kind is SayEnd:
                self._say({"type": "recording_end", "id": command.id, "reason": command.reason})
            elif kind is StateChanged:
                self._changed(command.state, command.reason)

    def _close(self) -> None:
        if self._connection is not None:
            connection = self._connection
            self._connection = None
            connection.close()

    def _say(self, message: "dict[str, Any]", offer: str = "") -> None:
        if not self._session.page.signaling.send(message) and offer:
            self.recorder_changed(offer, "failed")

    def _keep(self, text: str) -> None:
        self._has_kept = True
        self._host.records.put(self._session.id + "/" + KEPT, text)
        # A tab that has begun another session meanwhile keeps its own there.
        if self._host.recall("session") == self._session.id:
            self._host.remember(KEPT, text)

    def _changed(self, state: str, reason: str) -> None:
        self.tell()
        note_recording(self._session.conversation, state, True, reason)
        if state in ("on", "paused", "stopped", "unavailable"):
            page = self._session.page
            page.state["status"] = page.t("recording.state." + state)
        self._session.changed()

    def tell(self) -> None:
        """Say it to the representative's page, where there is one."""
        said = self.state() | {"type": "recording", "at": int(self._host.now())}
        if not said["reason"]:
            del said["reason"]
        self._session.post(said)
