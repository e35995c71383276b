"""Messages that customers leave when nobody is there, until a representative has dealt with them.

Anybody can leave one, so there is a limit to those that are open, and a console is told of the oldest ones alone: the
next come as these are finished, or when their representative asks for more.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from signaling import arrival
from signaling.hub import Hub
from signaling.queue import takes_from
from signaling.session import Link, ListedMessages, Representative
from signaling.step import Refusal, Step
from signaling.store import way_in as rows

Message = dict[str, Any]
PART = 50
"""So many a console is told at once: less than half a megabyte, whatever is in them."""


def leave(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """A customer to whom nobody can come writes down what it is about, and goes."""
    session = link.session
    if not session or session.step != "orphaned":
        raise Refusal("wrong_state")
    _check_room(hub, link)
    left = rows.LeftMessage(
        hub.identifier(), now, session.queue, session.name, message["contact"], message["text"], session.issue
    )
    if not arrival.happens(hub, step, session, "message", now):
        raise Refusal("wrong_state")
    hub.left_messages[left.id] = left
    hub.left_from[left.id] = link.address
    step.writes.append(rows.message_left(left))
    _tell_readers(hub, step, [left.team])


def _check_room(hub: Hub, link: Link) -> None:
    address_is_full = sum(one == link.address for one in hub.left_from.values()) >= hub.left_messages_per_address
    site_is_full = len(hub.left_messages) >= hub.max_left_messages
    if (address_is_full or site_is_full) and link.version == 1:
        raise Refusal("too_many")  # where it knows no word for what happened, its form would stay busy
    if address_is_full:
        raise Refusal("too_many_messages")
    if site_is_full:
        raise Refusal("messages_full")


def finish(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """A representative has dealt with it."""
    person, left = link.representative, hub.left_messages.get(message["id"])
    if not person or not left or person not in _readers(hub, left.team):
        raise Refusal("unknown_message")
    step.writes.append(rows.message_finished(left.id, person.id, now))
    gone(hub, step, [left.id])


def gone(hub: Hub, step: Step, ids: Iterable[str]) -> None:
    """These are open no more. Ids of others are passed over."""
    found = [left for left in (hub.left_messages.pop(id, None) for id in ids) if left]
    for left in found:
        hub.left_from.pop(left.id, None)
    if found:
        _tell_readers(hub, step, {left.team for left in found})


def more(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """A representative has seen those that the console knows, and asks for the next ones. One part at a time: for
    more than there are nothing is remembered."""
    person = link.representative
    if person and len(person.messages.told) == person.messages.most:
        person.messages.most += PART
        _tell(hub, step, person)


def tell_open(hub: Hub, step: Step, person: Representative, anew: bool = False) -> None:
    """What this representative finds when they come, `anew`, or when their teams have changed."""
    if anew:
        person.messages = ListedMessages(PART)
    _tell(hub, step, person)


def _tell_readers(hub: Hub, step: Step, teams: Iterable[str]) -> None:
    for person in {person.id: person for team in teams for person in _readers(hub, team)}.values():
        if person.link:
            _tell(hub, step, person)


def _tell(hub: Hub, step: Step, person: Representative) -> None:
    """Bring what a console knows up to what is: the oldest messages, up to the end of its present part."""
    listed, visible = person.messages, list(_visible(hub, person))
    now_told = {left.id: left for left in islice(visible, listed.most)}
    for id in listed.told - now_told.keys():
        hub.tell(step, person, "message_finished", id=id)
    for id, left in now_told.items():
        if id not in listed.told:
            hub.tell(step, person, "message_left", message=_told(left))
    listed.told = set(now_told)
    if len(visible) != listed.open and person.link and person.link.version > 1:
        hub.tell(step, person, "messages_open", open=len(visible))
    listed.open = len(visible)


def _visible(hub: Hub, person: Representative) -> Iterator[rows.LeftMessage]:
    """The open messages of this representative, oldest first."""
    reads: dict[str, bool] = {}
    for left in hub.left_messages.values():
        if left.team not in reads:
            reads[left.team] = person in _readers(hub, left.team)
        if reads[left.team]:
            yield left


def _readers(hub: Hub, team: str) -> list[Representative]:
    """Who sees the queue in which the customer waited; when there is nobody left, who sees those without an issue."""
    people = hub.representatives.values()
    readers = [person for person in people if takes_from(person, team)]
    if team.startswith("rep:"):
        return readers or [person for person in people if takes_from(person, hub.queue_of(""))]
    return readers or list(people)


def _told(left: rows.LeftMessage) -> dict[str, Any]:
    told = left._asdict()
    del told["team"]
    return told
