"""What a customer's page may ask, one function for each message."""

from collections.abc import Callable
from typing import Any

from deskside.core.messages import TO_REPRESENTATIVE
from signaling.hub import Hub
from signaling.secrets import digest
from signaling.session import Link, Session
from signaling.step import Refusal, Step
from signaling.store import sessions as rows

Message = dict[str, Any]


def enter(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """Into the queue. The token the customer gets is the only way back into this session."""
    if link.session:
        raise Refusal("wrong_state")
    if len(hub.queue) >= hub.max_waiting:
        raise Refusal("queue_full")
    issue = message.get("issue", "")
    if issue and issue not in hub.issues:
        raise Refusal("unknown_issue")
    token = hub.identifier()
    hub.last_place += 1
    session = Session(
        place=hub.last_place,
        id=hub.identifier(),
        token_hash=digest(token),
        name=message["name"],
        question=message["question"],
        issue=hub.issues.get(issue, ""),
        language=message["language"],
        page=link.page,
        peer=link.peer,
        entered_at=now,
    )
    session.link, link.session = link, session
    hub.sessions[session.id] = hub.by_token[session.token_hash] = session
    hub.queue.append(session)
    step.writes.append(rows.entered(session))
    hub.tell_customer(
        step, session, "queued", session=session.id, token=token, position=session.position, entered_at=now
    )
    hub.tell_all(step, "queue_entered", entry=session.entry(), waiting=len(hub.queue))


def signal(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """To the representative of the customer's own session, and to nobody else."""
    session = _living(link)
    person = session.representative
    if session.state != "active" or not person or message["to"] != person.peer:
        raise Refusal("unknown_peer")
    if not person.link:
        raise Refusal("peer_away")
    forward = {"type": "signal", "session": session.id, "from": link.peer, "negotiation": message["negotiation"]}
    step.forward(person.peer, TO_REPRESENTATIVE, forward)


def end(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """Leave the queue, or end the session."""
    session = _living(link)
    hub.end(step, session, "left_queue" if session.state == "queued" else "customer", now)


def _living(link: Link) -> Session:
    if not link.session or link.session.state == "ended":
        raise Refusal("wrong_state")
    return link.session


HANDLERS: dict[str, Callable[[Hub, Step, Link, Message, int], None]] = {"enter": enter, "signal": signal, "end": end}
