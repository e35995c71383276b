"""Who is away from a session, and what follows when they do not come back: the customer's end, or back to the queue.

Somebody is away who has no WebSocket, unless the other page has one and says that it reaches them all the same. A
session whose pages are connected needs no server, and does not end for the want of it.
"""

from collections import OrderedDict

from signaling import arrival, recording, waiting
from signaling.hub import Hub
from signaling.session import Session
from signaling.step import Step
from signaling.store import sessions as rows

HANDED_BACK = "handed_back"
"""Why a session is over for a representative whose customer waits for another one."""

TALK_ON = 12 * 3600 * 1000
"""For how long two pages are left alone that both lost the server, but not each other when they were last heard."""
_BEFORE_ALL = 1 << 30
"""More than the places that a server ever gives."""


def look(hub: Hub, session: Session, now: int) -> None:
    """Somebody came, went, or said whom they reach: who is away from this session, and since when."""
    person = session.representative
    is_there = bool(person and person.link)
    _note(hub.away, session, not session.link and not (is_there and session.reaches["representative"]), now)
    if session.state == "active":
        _note(hub.unattended, session, not is_there and not (session.link and session.reaches["customer"]), now)


def said(hub: Hub, session: Session, role: str, reaches: bool, now: int) -> None:
    """A page says whether it reaches the other one, without any server."""
    session.reaches[role] = reaches
    if session.state == "active":
        look(hub, session, now)


def _note(away: OrderedDict[str, tuple[Session, int]], session: Session, is_away: bool, now: int) -> None:
    if not is_away:
        away.pop(session.id, None)
    elif session.id not in away:
        away[session.id] = (session, now)


def tick(hub: Hub, step: Step, now: int) -> None:
    """From time to time: who has been away for too long."""
    patience = hub.site.document.reconnect
    shortest = min(patience.queue, patience.session) * 1000
    late = []
    for session, since in hub.away.values():
        if now - since < shortest:
            break
        limit = patience.session if session.state == "active" else patience.queue
        if now - since >= (TALK_ON if _talks_on(session) else limit * 1000):
            late.append(session)
    for session in late:
        arrival.happens(hub, step, session, "gone", now)
    alone = []
    for session, since in hub.unattended.values():
        if now - since < patience.session * 1000:
            break
        if not _talks_on(session):
            alone.append(session)
    for session in alone:
        hand_back(hub, step, session, "abandoned", now)


def _talks_on(session: Session) -> bool:
    """Whether neither page has a WebSocket, and the last word of one was that it reaches the other."""
    person = session.representative
    return not session.link and bool(person and not person.link) and any(session.reaches.values())


def hand_back(hub: Hub, step: Step, session: Session, event: str, now: int, is_first: bool = True) -> None:
    """The customer waits again, and whoever comes is new to them. `is_first`: before everybody who was not handed
    back, and among those who were in the order of arrival, so that nobody gets past another by it."""
    recording.leave(hub, step, session, "not_allowed")
    _leave_representative(hub, step, session, now)
    if session.queue.startswith("rep:"):
        session.queue = hub.queue_of("")  # the one who had invited them is the one who is gone
    if is_first:
        session.queue_place = session.place - _BEFORE_ALL
    else:
        hub.last_place += 1
        session.queue_place = hub.last_place
    session.state, session.queued_at, session.started_at, session.told = "queued", now, 0, {}
    session.forecast = None
    hub.by_page[session.page] = session
    behind = hub.queue.append(session)
    step.writes.append(rows.handed_back(session))
    waiting.tell_queued(hub, step, session, now)
    hub.tell_entered(step, session)
    for moved in behind:
        hub.tell_position(step, moved, now)
    arrival.happens(hub, step, session, event, now)


def _leave_representative(hub: Hub, step: Step, session: Session, now: int) -> None:
    person = session.representative
    session.representative, session.shown = None, ""
    session.reaches = dict.fromkeys(session.reaches, False)
    hub.unattended.pop(session.id, None)
    if not person:
        return
    hub.tell_customer(step, session, "left", peer=person.peer)
    hub.tell(step, person, "ended", session=session.id, reason=HANDED_BACK)
    if not person.link:
        person.missed[session.id] = HANDED_BACK
    person.sessions.pop(session.id, None)
    hub.estimator.changed(person, now)
