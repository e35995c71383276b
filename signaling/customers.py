"""What a customer's page may ask, one function for each message."""

from collections.abc import Callable
from typing import Any

from deskside.core.messages import TO_REPRESENTATIVE
from signaling import absence, arrival, keys, left_messages, notices, recording, survey
from signaling.hub import Hub
from signaling.queue import own_queue
from signaling.secrets import digest
from signaling.session import Link, Session
from signaling.step import Refusal, Step
from signaling.store import sessions as rows

Message = dict[str, Any]
HEAD_KEPT = 2
"""So often a customer goes to the head of the queue from a representative who is there, and then to its end."""


def enter(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """Onto the way in. The token the customer gets is the only way back into this session."""
    if link.session or link.over:
        raise Refusal("wrong_state")
    if hub.arriving_and_waiting() >= hub.max_waiting:
        raise Refusal("queue_full")
    issue = message.get("issue", "")
    if issue and not hub.site.issue(issue):
        raise Refusal("unknown_issue")
    key = keys.find(hub, message["key"], now) if "key" in message else None
    if "key" in message and not key:
        raise Refusal("unknown_key")
    token = hub.identifier()
    hub.last_place += 1
    session = Session(
        place=hub.last_place,
        id=hub.identifier(),
        token_hash=digest(token),
        name=message["name"],
        question=message["question"],
        issue=hub.site.issue_name(issue, hub.site.document.languages[0])[:100],
        queue=own_queue(key.representative) if key else hub.queue_of(issue),
        language=message["language"],
        page=link.page,
        peer=link.peer,
        entered_at=now,
    )
    session.answers.ask_notifications = message["notifications"] == "default"
    hub.admit(session, link)
    step.writes.append(rows.entered(session))
    if key:
        keys.use(hub, step, key, now)
    hub.tell_customer(step, session, "admitted", session=session.id, token=token)
    arrival.happens(hub, step, session, "enter", now)


def answer(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """To the present step, or to a notice in a session."""
    session = _living(link)
    if session.state == "active":
        notices.answered(hub, step, session, message, now)
        return
    arrival.expire(hub, step, session, now)
    if session.state == "ended":
        raise Refusal("wrong_state")
    about = message.get("about", "")
    meant = message["step"] == arrival.shown_as(session) and about == session.told.get("about", "")
    if meant and arrival.happens(hub, step, session, message["answer"], now):
        return
    if session.answers.given(message["step"], about, message["answer"]):
        return
    if not step.effects:
        arrival.show(hub, step, session, now)
    raise Refusal("wrong_state")


def language(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """Another language of the page: what it shows comes again."""
    session = link.session
    if session and session.id in hub.sessions:
        if session.language == message["language"]:
            return
        session.language = message["language"]
        step.writes.append(rows.moved(session))
        if session.state == "active":
            notices.show_card(hub, step, session, now)
        else:
            arrival.show(hub, step, session, now)
        return
    link.language = message["language"]
    survey.ask(hub, step, link)


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
    """Leave on the way in or in the queue, or end the session."""
    arrival.happens(hub, step, _living(link), "end", now)


def reach(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """Whether this page reaches the representative's. Outside of a session it means nothing: it may be late."""
    absence.said(hub, _living(link), "customer", message["connected"], now)


def wait_again(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """Back to the queue, because this page cannot reach the representative's. Whether that is so only the customer
    knows while the representative is there, so that this keeps the head of the queue a few times only."""
    session = _living(link)
    person = session.representative
    if session.state != "active" or session.reaches["customer"]:
        raise Refusal("wrong_state")
    is_first = True
    if person and person.link:
        session.answers.sent_back += 1
        is_first = session.answers.sent_back <= HEAD_KEPT
    absence.hand_back(hub, step, session, "wait_again", now, is_first)


def _living(link: Link) -> Session:
    if not link.session or link.session.state == "ended":
        raise Refusal("wrong_state")
    return link.session


HANDLERS: dict[str, Callable[[Hub, Step, Link, Message, int], None]] = {
    "enter": enter,
    "answer": answer,
    "language": language,
    "leave_message": left_messages.leave,
    "survey": survey.answer,
    "signal": signal,
    "recording_offer": recording.offer,
    "recording_end": recording.end,
    "reach": reach,
    "wait_again": wait_again,
    "end": end,
}
