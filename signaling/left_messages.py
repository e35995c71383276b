"""Messages that customers leave when nobody is there, until a representative has dealt with them."""

from typing import Any

from signaling import arrival
from signaling.hub import Hub
from signaling.queue import takes_from
from signaling.session import Link, Representative
from signaling.step import Refusal, Step
from signaling.store import way_in as rows

Message = dict[str, Any]


def leave(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """A customer to whom nobody can come writes down what it is about, and goes."""
    session = link.session
    if not session or session.step != "orphaned":
        raise Refusal("wrong_state")
    left = rows.LeftMessage(
        hub.identifier(), now, session.queue, session.name, message["contact"], message["text"], session.issue
    )
    if not arrival.happens(hub, step, session, "message", now):
        raise Refusal("wrong_state")
    hub.left_messages[left.id] = left
    step.writes.append(rows.message_left(left))
    for person in _readers(hub, left):
        if person.link:
            hub.tell(step, person, "message_left", message=_told(left))


def finish(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """A representative has dealt with it."""
    person, left = link.representative, hub.left_messages.get(message["id"])
    if not person or not left or person not in _readers(hub, left):
        raise Refusal("unknown_message")
    del hub.left_messages[left.id]
    step.writes.append(rows.message_finished(left.id, person.id, now))
    for reader in _readers(hub, left):
        if reader.link:
            hub.tell(step, reader, "message_finished", id=left.id)


def tell_open(hub: Hub, step: Step, person: Representative) -> None:
    """What this representative finds when they come."""
    for left in hub.left_messages.values():
        if person in _readers(hub, left):
            hub.tell(step, person, "message_left", message=_told(left))


def _readers(hub: Hub, left: rows.LeftMessage) -> list[Representative]:
    """Who sees the queue in which the customer waited; when there is nobody left, who sees those without an issue."""
    people = hub.representatives.values()
    readers = [person for person in people if takes_from(person, left.team)]
    if left.team.startswith("rep:"):
        return readers or [person for person in people if takes_from(person, hub.queue_of(""))]
    return readers or list(people)


def _told(left: rows.LeftMessage) -> dict[str, Any]:
    told = left._asdict()
    del told["team"]
    return told
