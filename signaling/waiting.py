"""Waiting: into the queue, what is read there, who is there for it, and how time goes on."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from signaling import recording
from signaling.hub import Hub, place_of
from signaling.queue import HEAD
from signaling.session import Representative, Session
from signaling.step import Step
from signaling.store import sessions as rows

SWEEP = 100
"""So many positions are told in one go."""
TOLD_AGAIN = 0.1
"""A wait that differs by less than this part from what was told is not told again."""


def enter(hub: Hub, step: Step, session: Session, now: int) -> None:
    """Take a place at the end of the queue."""
    hub.last_place += 1
    session.state, session.queue_place, session.queued_at = "queued", hub.last_place, now
    hub.queue.append(session)
    tell_queued(hub, step, session, now)
    session.forecast = session.wait
    hub.tell_entered(step, session)


def tell_queued(hub: Hub, step: Step, session: Session, now: int) -> None:
    """The customer has a place."""
    session.wait = hub.estimator.forecast(session.queue, session.position - 1, now)
    hub.tell_customer(step, session, "queued", entered_at=session.queued_at, **place_of(session))


def start(hub: Hub, step: Step, session: Session, person: Representative, now: int) -> None:
    """A representative accepts the customer: out of the queue, into the session."""
    moved = hub.leave_queue(step, session)
    hub.forget_page(session)
    hub.again.pop(session.id, None)
    session.state, session.started_at, session.representative = "active", now, person
    person.sessions[session.id] = session
    hub.estimator.accepted(session.queue, session.queued_at, person, now)
    step.writes.append(rows.started(session))
    hub.present(step, session, now)
    if session.recording:
        recording.want_heads(hub, step, session.recording)
    hub.introduce(step, session, now)
    for behind in moved:
        hub.tell_position(step, behind, now)


def greeting(hub: Hub, language: str) -> dict[str, Any]:
    """What the step `queue` says."""
    hold = hub.site.document.hold
    shown: dict[str, Any] = {"text": hub.site.text("queue_greeting", language)}
    if hold.on:
        shown["hold"] = {"text": hub.site.text("hold_message", language), "every": hold.interval}
    return shown


def apology(hub: Hub, session: Session, language: str) -> dict[str, Any]:
    """What the step `orphaned` says."""
    orphaned = hub.site.document.orphaned
    shown: dict[str, Any] = {"text": hub.site.text("orphaned_message", language)}
    shown["takes_message"] = orphaned.takes_messages
    if orphaned.url and not session.answers.stays:
        shown["redirect"] = {"url": orphaned.url, "after": orphaned.countdown}
    return shown


# --- who is there ----------------------------------------------------------------------------------------


def nobody(hub: Hub, session: Session, now: int) -> bool:
    """Whether no representative takes customers of this queue: at once for who arrives then and until somebody comes
    for who was told so, after the grace time for everybody else."""
    since = _unserved_since(hub, session.queue, now)
    if not since:
        return False
    told = session.step == "orphaned" or session.queued_at >= since
    return session.state == "arriving" or told or now - since >= _grace(hub)


def _grace(hub: Hub) -> int:
    return hub.site.document.orphaned.grace * 1000


def _unserved_since(hub: Hub, queue: str, now: int) -> int:
    if queue not in hub.unserved:
        hub.unserved[queue] = 0 if hub.anybody_available(queue) else now
    return hub.unserved[queue]


def staff_changed(hub: Hub, now: int, *people: Representative) -> None:
    """Somebody came, went, or takes customers now or no more. To be called after each such event."""
    for person in people:
        hub.estimator.changed(person, now)
    for queue, since in list(hub.unserved.items()):
        served = hub.anybody_available(queue)
        if served and since:
            hub.unserved[queue] = 0
            look_again_at(hub, hub.queue.among([queue]))
        elif not served and not since:
            hub.unserved[queue] = now
        elif not hub.queue.count(queue):
            del hub.unserved[queue]  # asked anew when somebody comes


def look_again_at(hub: Hub, sessions: Iterable[Session]) -> None:
    """Something has changed for these: `arrival.catch_up` will see what."""
    for session in sessions:
        hub.again[session.id] = session


# --- as time goes on ---------------------------------------------------------------------------------------


def grace_over(hub: Hub, before: int, now: int) -> None:
    """Between these two moments the grace time of some queues may have ended."""
    for queue, since in hub.unserved.items():
        if since and before < since + _grace(hub) <= now:
            look_again_at(hub, hub.queue.among([queue]))


def tell_waits(hub: Hub, step: Step, now: int) -> None:
    """How the wait has changed at the heads of the queues, though nobody has moved."""
    for queue in hub.queue.names():
        for session in islice(hub.queue.among([queue]), HEAD):
            wait = hub.estimator.forecast(queue, session.position - 1, now)
            if _differs(session.wait, wait):
                hub.tell_position(step, session, now)


def tell_places(hub: Hub, step: Step, now: int) -> bool:
    """Positions that were not told yet, the next ones. False: there may be more."""
    moved = hub.queue.sweep(SWEEP)
    for session in moved:
        hub.tell_position(step, session, now)
    return len(moved) < SWEEP


def _differs(told: tuple[int, int] | None, now: tuple[int, int] | None) -> bool:
    if not told or not now:
        return told != now
    return any(abs(new - old) > max(5.0, TOLD_AGAIN * old) for old, new in zip(told, now, strict=True))


def rehouse(hub: Hub, step: Step, now: int) -> None:
    """A team that is there no more, or a representative, has no queue: who waited there waits where new ones do."""
    known = {team.id for team in hub.site.document.teams}
    home = hub.queue_of("")
    moved: dict[str, Session] = {}  # told once, when everybody has moved
    for queue in hub.queue.names():
        if queue in known or (queue.startswith("rep:") and queue.removeprefix("rep:") in hub.representatives):
            continue
        for session in list(hub.queue.among([queue])):
            hub.leave_queue(step, session)
            session.queue = home
            moved |= {one.id: one for one in [session, *hub.queue.append(session)]}
            hub.tell_entered(step, session)
            step.writes.append(rows.moved(session))
            look_again_at(hub, [session])
    for session in moved.values():
        hub.tell_position(step, session, now)
