"""What the recorder says, one function for each message; and its coming and going."""

from collections.abc import Callable
from typing import Any

from deskside.core.recorder_messages import TO_RECORDER
from deskside.core.versions import agreed
from signaling import recording
from signaling.hub import Hub
from signaling.presence import attach
from signaling.recorded import FINISHED, FINISHING, Part, Recording
from signaling.session import Link, Outlet
from signaling.step import Detach, Send, Step
from signaling.store import recordings as rows

Message = dict[str, Any]
TRY_AGAIN = 60_000
"""Milliseconds after which a disk that was full is tried again."""


def arrived(hub: Hub, outlet: Outlet, hello: Message, now: int) -> tuple[Link, Step]:
    """The recorder's `hello`. What another process of it was busy with is lost, and the pages are told."""
    step, recorder = Step(), hub.recorder
    link = Link(outlet, "recorder", hub.identifier(), hello["recorder"], agreed(hello))
    attach(step, link, recorder.link, recorder.id == link.page)
    recorder.link, recorder.id, recorder.capacity = link, link.page, hello["capacity"]
    recorder.parts.clear()
    recorder.wanted.clear()  # it asks anew
    recorder.no_room_until = 0
    step.effects.append(Send((link.peer,), TO_RECORDER, {"type": "welcome", **link.spoken}))
    for one in hub.recordings.values():
        if one.connection and one.recorder == recorder.id:
            recorder.parts.add(Part(one.id, one.part))
        elif one.connection:
            recording.close(hub, step, one, "failed")
        elif one.recorder == recorder.id and one.part and one.state != FINISHING:
            # Whether it has heard that this part is over, nobody knows.
            step.effects.append(Send((link.peer,), TO_RECORDER, {"type": "end_part"} | _name(one)))
        if one.state == FINISHING:
            step.effects.append(Send((link.peer,), TO_RECORDER, {"type": "finish", "recording": one.id}))
    recording.tell_all(hub, step, now)
    return link, step


def disconnected(hub: Hub, link: Link, now: int) -> Step:
    """Its WebSocket is gone. The connections to it may well go on."""
    step = Step()
    step.effects.append(Detach(link.peer, link.outlet))
    if link.current:
        hub.recorder.link, link.current = None, False
        recording.tell_all(hub, step, now)
    return step


# --- messages --------------------------------------------------------------------------------------------


def answer(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """It takes a connection: on to the page that asked, if that still wants it."""
    one = _open(hub, message)
    session = hub.sessions.get(one.session) if one else None
    if one and session:
        hub.tell_customer(step, session, "recording_answer", id=one.connection, sdp=message["sdp"])


def refused(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """It does not take a connection."""
    _over(hub, step, message, message["reason"], now)


def part_started(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """A connection stands."""
    one = hub.recordings.get(message["recording"])
    if one and not one.started_at:
        one.started_at = now  # by our clock, as all that is listed
        step.writes.append(rows.started(one))


def part_ended(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """Nothing more comes on a connection. The page is told where it was not the page that closed it."""
    _over(hub, step, message, "no_room" if message["reason"] == "no_room" else "failed", now)


def heads_wanted(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """It wants to know which entries of a session's record the representative's page has seen itself."""
    one = hub.recordings.get(message["recording"])
    if one:
        hub.recorder.wanted[one.id] = {name: message[name] for name in ("first", "known") if name in message}
        recording.want_heads(hub, step, one)


def finished(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """A recording is whole."""
    one = hub.recordings.get(message["recording"])
    if not one or one.state != FINISHING:
        return
    del hub.recordings[one.id]
    hub.recorder.wanted.pop(one.id, None)
    hub.recorder.witnesses.pop(one.id, None)
    one.state = FINISHED
    hub.recorder.parts = {part for part in hub.recorder.parts if part.recording != one.id}
    if one.started_at or message["size"]:
        step.writes.append(rows.finished(one, message["size"], message["duration"]))
    else:
        step.writes += rows.never_was(one)
    recording.tell_all(hub, step, now)


def _over(hub: Hub, step: Step, message: Message, refusal: str, now: int) -> None:
    recorder = hub.recorder
    recorder.parts.discard(Part(message["recording"], message["part"]))
    if refusal == "no_room":
        recorder.no_room_until = now + TRY_AGAIN
    one = _open(hub, message)
    if one:
        recording.close(hub, step, one, refusal)
    recording.tell_all(hub, step, now)


def _open(hub: Hub, message: Message) -> Recording | None:
    """The recording, if it is its present connection that this is about."""
    one = hub.recordings.get(message["recording"])
    return one if one and one.connection and one.part == message["part"] else None


def _name(one: Recording) -> Message:
    return {"recording": one.id, "part": one.part}


HANDLERS: dict[str, Callable[[Hub, Step, Link, Message, int], None]] = {
    "answer": answer,
    "refused": refused,
    "part_started": part_started,
    "part_ended": part_ended,
    "heads_wanted": heads_wanted,
    "finished": finished,
}
