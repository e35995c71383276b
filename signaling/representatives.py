"""What a representative's console may ask, one function for each message."""

from collections.abc import Callable
from typing import Any

from deskside.core.messages import TO_CUSTOMER
from signaling import absence, arrival, keys, left_messages, notices, recording, waiting
from signaling.hub import Hub
from signaling.queue import takes_from
from signaling.session import Link, Representative, Session
from signaling.step import Refusal, Step
from signaling.store import sessions as rows

Message = dict[str, Any]


def available(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """The switch: whether this representative counts as there."""
    person = _person(link)
    person.available = message["on"]
    step.writes.append(rows.available(link.web_session, person.available))
    hub.tell(step, person, "availability", on=person.available)
    waiting.staff_changed(hub, now, person)


def accept(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """Take one customer out of the queue. Of two who ask, the first one gets it."""
    person = _person(link)
    _take(hub, step, person, _waiting(hub, person, message), now)


def accept_next(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """Take whoever has waited longest in the queues of this representative, of those whose page is open."""
    person = _person(link)
    queues = hub.queues_of(person)
    session = hub.queue.next_present(queues)
    if not queues:
        raise Refusal("queue_empty")
    if not session:
        raise Refusal("nobody_present")
    _take(hub, step, person, session, now)


def remove(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """Take one customer out of the queue whom nobody will serve: who could accept them may do so."""
    person = _person(link)
    session = _waiting(hub, person, message)
    arrival.happens(hub, step, session, "removed", now)
    step.writes.append(rows.removed(session, person))


def signal(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """To the customer of a session of this representative, and to nobody else."""
    session = _own(link, message)
    if message["to"] != session.peer:
        raise Refusal("unknown_peer", session.id)
    if not session.link:
        raise Refusal("peer_away", session.id)
    forward = {"type": "signal", "from": link.peer, "negotiation": message["negotiation"]}
    step.forward(session.peer, TO_CUSTOMER, forward, session.id)


def reach(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """Whether this page reaches the customer's."""
    absence.said(hub, _own(link, message), "representative", message["connected"], now)


def end(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """End one of the representative's own sessions."""
    arrival.happens(hub, step, _own(link, message), "representative_ended", now)


def _take(hub: Hub, step: Step, person: Representative, session: Session, now: int) -> None:
    if len(person.sessions) >= person.session_limit:
        raise Refusal("session_limit", session.id)
    arrival.accepted(hub, step, session, person, now)
    notices.show_card(hub, step, session, now)


def _waiting(hub: Hub, person: Representative, message: Message) -> Session:
    """A customer who waits in a queue of this representative."""
    session = hub.sessions.get(message["session"])
    # One answer for a session that never was and for one that this representative does not see.
    if not session or not takes_from(person, session.queue) or session.state == "arriving":
        raise Refusal("unknown_session", message["session"])
    if session.state != "queued":
        raise Refusal("taken", session.id)
    return session


def _person(link: Link) -> Representative:
    if not link.representative:
        raise Refusal("wrong_state")
    return link.representative


def _own(link: Link, message: Message) -> Session:
    # One answer for a session that never was and for another's: guessing tells nothing.
    session = _person(link).sessions.get(message["session"])
    if not session:
        raise Refusal("unknown_session", message["session"])
    return session


HANDLERS: dict[str, Callable[[Hub, Step, Link, Message, int], None]] = {
    "available": available,
    "create_key": keys.create,
    "send_notice": notices.send,
    "finish_message": left_messages.finish,
    "more_messages": left_messages.more,
    "accept": accept,
    "accept_next": accept_next,
    "remove": remove,
    "signal": signal,
    "reach": reach,
    "end": end,
    "heads": recording.heads,
}
