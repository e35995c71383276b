"""Recording a session: who may begin it, the way of its parts between customer and recorder, and its end.

The customer's page alone begins a part, with the customer's consent; the recorder only answers. A recording lives
from its first part to the recorder's `finished`, whatever server or recorder is started again in between. What the
recorder says is in `recorder_news`.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from deskside.core.errors import ProtocolError
from deskside.core.recorder_messages import HEADS_SINCE, TO_RECORDER
from signaling.frames import frame
from signaling.recorded import FINISHING, RECORDING, Part, Recording
from signaling.session import Link, Representative, Session
from signaling.step import Forward, Refusal, Send, Step
from signaling.store import recordings as rows
from signaling.store import sessions as session_rows

if TYPE_CHECKING:
    from signaling.hub import Hub

Message = dict[str, Any]
MOST_PARTS = 10_000
DAY = 24 * 3600 * 1000


# --- what the customer's page asks -----------------------------------------------------------------------


def offer(hub: "Hub", step: Step, link: Link, message: Message, now: int) -> None:
    """A connection to the recorder: the next part of the session's recording, which it may be the beginning of."""
    session = link.session
    if not session or session.state == "ended":
        raise Refusal("wrong_state")
    leave(hub, step, session)  # of two connections of one page the newer one counts
    reason = _reason_against(hub, session, now)
    person, link_to, recording = session.representative, hub.recorder.link, session.recording
    if not reason and recording and recording.part == MOST_PARTS:
        reason = "failed"
    if reason or not link_to or not person:
        hub.tell_customer(step, session, "recording_refused", id=message["id"], reason=reason or "missing")
        tell(hub, step, session, now)
        return
    is_new = recording is None
    recording = recording or Recording(hub.identifier(), session.id, session.name, now)
    servers = hub.ice_servers(f"{session.id}.{link_to.peer}", now)
    asked = {"type": "offer", "recording": recording.id, "part": recording.part + 1, "sdp": message["sdp"]}
    try:
        text = frame(asked | {"ice_servers": servers}, TO_RECORDER)
    except ProtocolError:  # with what the server adds it is too large
        hub.tell_customer(step, session, "recording_refused", id=message["id"], reason="bad_offer")
        return
    session.recording = hub.recordings[recording.id] = recording
    recording.part += 1
    recording.connection, recording.recorder = message["id"], hub.recorder.id
    step.writes.append(rows.begun(recording) if is_new else rows.connected(recording))
    step.writes.append(rows.served_by(recording, person))
    hub.recorder.parts.add(Part(recording.id, recording.part))
    step.effects.append(Forward(link_to.peer, text))
    tell_all(hub, step, now)


def end(hub: "Hub", step: Step, link: Link, message: Message, now: int) -> None:
    """The page has closed a connection; after `stopped` the session is not recorded again. It may be late: then there
    is nothing left to end."""
    session = link.session
    if not session or session.state == "ended":
        raise Refusal("wrong_state")
    recording = session.recording
    if recording and recording.connection == message["id"]:
        leave(hub, step, session)
    if message["reason"] == "stopped" and session.answers.recording == "allow":
        if not session.answers.recording_stopped:
            session.answers.recording_stopped = True
            step.writes.append(session_rows.moved(session))
        finish(hub, step, session, now)
    tell(hub, step, session, now)  # its own place is still taken until the recorder says that it is free


# --- what sessions go through ----------------------------------------------------------------------------


def leave(hub: "Hub", step: Step, session: Session, refusal: str = "") -> None:
    """The open part ends, where there is one; with a `refusal` the page is told so, because it does not know."""
    recording = session.recording
    if not recording or not recording.connection:
        return
    _to_recorder(hub, step, "end_part", recording=recording.id, part=recording.part)
    close(hub, step, recording, refusal)


def close(hub: "Hub", step: Step, recording: Recording, refusal: str = "") -> None:
    """The open part is over."""
    id, recording.connection = recording.connection, ""
    step.writes.append(rows.connected(recording))
    session = hub.sessions.get(recording.session)
    if refusal and session:
        hub.tell_customer(step, session, "recording_refused", id=id, reason=refusal)


def finish(hub: "Hub", step: Step, session: Session, now: int) -> None:
    """Nothing more is recorded of this session: it has ended, or the customer has stopped the recording."""
    recording = session.recording
    if recording and recording.state == RECORDING:
        if session.representative:
            hub.recorder.witnesses[recording.id] = session.representative
        _finish(hub, step, recording, now)


def _finish(hub: "Hub", step: Step, recording: Recording, now: int) -> None:
    recording.state, recording.connection = FINISHING, ""
    delete_at = now + hub.site.document.recording.retention * DAY
    step.writes.append(rows.ended(recording, now, delete_at))
    _to_recorder(hub, step, "finish", recording=recording.id)


def restore(hub: "Hub", step: Step, recordings: Iterable[Recording], now: int) -> None:
    """Take over what an earlier server left. Where a connection stood it is taken to stand still, until the recorder
    or the page says something else."""
    for recording in recordings:
        hub.recordings[recording.id] = recording
        session = hub.sessions.get(recording.session)
        if session:
            session.recording = recording
        elif recording.state == RECORDING:
            _finish(hub, step, recording, now)


# --- what the representative's page has seen itself --------------------------------------------------------


def want_heads(hub: "Hub", step: Step, recording: Recording) -> None:
    """Ask the representative's page for what the recorder wants to know of it, if it is one that can answer."""
    person, wanted = _witness(hub, recording), hub.recorder.wanted.get(recording.id)
    if wanted and person and person.link and person.link.version >= HEADS_SINCE:
        hub.tell(step, person, "heads_wanted", session=recording.session, **wanted)


def want_heads_again(hub: "Hub", step: Step, person: Representative) -> None:
    """The same for every session of somebody whose page may be a new one."""
    for recording in hub.recordings.values():
        if _witness(hub, recording) is person:
            want_heads(hub, step, recording)


def heads(hub: "Hub", step: Step, link: Link, message: Message, now: int) -> None:
    """The representative's page answers, once for each time that it was asked; its key is vouched for by this: it comes
    on the WebSocket of whoever is in the session. What nobody has asked for (any more) goes nowhere."""
    recorder = hub.recorder
    for id in list(recorder.wanted):
        recording = hub.recordings[id]
        person = _witness(hub, recording)
        if recording.session == message["session"] and person and person is link.representative:
            del recorder.wanted[id]
            if recorder.link:
                step.forward(recorder.link.peer, TO_RECORDER, message | {"recording": id, "name": person.name})


def _witness(hub: "Hub", recording: Recording) -> Representative | None:
    """Whose page has seen what is recorded: also for a moment after the session has ended."""
    session = hub.sessions.get(recording.session)
    return session.representative if session else hub.recorder.witnesses.get(recording.id)


# --- whether it can be recorded --------------------------------------------------------------------------


def _may_be(hub: "Hub", session: Session) -> bool:
    answers = session.answers
    allowed = answers.recording == "allow" and not answers.recording_stopped
    return allowed and session.state == "active" and hub.site.document.recording.on


def _reason_against(hub: "Hub", session: Session, now: int) -> str:
    """Why the session cannot be recorded now; empty when it can."""
    recorder, recording = hub.recorder, session.recording
    if not _may_be(hub, session):
        return "not_allowed"
    if recording and recording.connection:
        return ""  # it stands, whatever has become of the way on which the recorder talks to us
    if not recorder.link:
        return "missing"
    if not recorder.capacity:
        return "failed"
    if now < recorder.no_room_until:
        return "no_room"
    return "full" if len(recorder.parts) >= min(recorder.capacity, recorder.most) else ""


def tell(hub: "Hub", step: Step, session: Session, now: int) -> None:
    """Whether it can be recorded, unless the page knows that already. To those who allowed it, and to nobody else:
    to a page it is the sign that its customer did."""
    if session.answers.recording != "allow" or session.state != "active" or not session.link:
        return
    reason = _reason_against(hub, session, now)
    if session.recorder_told == reason:
        return
    session.recorder_told = reason
    fields = {"reason": reason} if reason else {}
    hub.tell_customer(step, session, "recorder", available=not reason, **fields)


def tell_all(hub: "Hub", step: Step, now: int) -> None:
    """The same to everybody: the recorder has come or gone, or there is room again, or no more."""
    for session in active(hub):
        tell(hub, step, session, now)


def active(hub: "Hub") -> Iterator[Session]:
    """All sessions with a representative."""
    for person in hub.representatives.values():
        yield from person.sessions.values()


def site_changed(hub: "Hub", step: Step, now: int) -> None:
    """Administrators may have decided that nothing is recorded any more, or that it is again."""
    for session in active(hub):
        if not _may_be(hub, session):
            leave(hub, step, session, "not_allowed")
        tell(hub, step, session, now)


def tick(hub: "Hub", step: Step, now: int) -> None:
    """From time to time: whether the recorder's disk may have room again."""
    if hub.recorder.no_room_until and now >= hub.recorder.no_room_until:
        hub.recorder.no_room_until = 0
        tell_all(hub, step, now)


def _to_recorder(hub: "Hub", step: Step, kind: str, **fields: Any) -> None:
    if hub.recorder.link:
        step.effects.append(Send((hub.recorder.link.peer,), TO_RECORDER, {"type": kind} | fields))
