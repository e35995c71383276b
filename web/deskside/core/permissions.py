"""Permissions: what the customer has allowed, to whom, and until when. Everything revocable asks here.

`Permissions` is the customer's side and the only one that decides anything; `Requests` is what a
representative's page believes of it, good for buttons and no more.

Silence never means yes: a card that nobody answers is refused, a lease lapses, a grant names one
representative and is gone with them. Each change comes out as one Send, so whoever keeps the log writes it
from these messages.
"""

from collections import namedtuple

from .grants import Card, Clock, Grant, answer_message, end_message, seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Send = namedtuple("Send", ("peer", "message"))
"""Post this numbered message on the control stream of that peer."""
StartCapture = namedtuple("StartCapture", ("id", "peer"))
"""Open the browser's picker for that peer, then report `started` or `failed`. A capture that runs may be reused."""
StopCapture = namedtuple("StopCapture", ("peer", "reason"))
"""Stop showing the capture to that peer, and the capture itself when nobody is left. None: to all, at once."""
DiscardCapture = namedtuple("DiscardCapture", ("id",))
"""What the picker has brought comes too late: stop its tracks and show them to nobody."""

CARD_TIMEOUT = 60000.0
"""Milliseconds after which a card is refused by itself."""
MAX_CARDS = 6
"""Cards that wait for the customer at once, from all representatives together."""
MAX_REQUESTS = 1000
"""Requests in one session; who asks more often is refused unseen."""


class Permissions:
    """One for the customer's page, for all representatives of the session.

    `epoch` rises with every `revoke_all`. Every method with `now` first lets lapse what is over.
    """

    def __init__(self) -> None:
        self.epoch = 0
        self._clock = Clock()
        self._cards: "list[Card]" = []
        self._grants: "list[Grant]" = []
        self._seen: "set[str]" = set()

    # what a representative asks

    def request_received(self, peer: str, message: "dict[str, Any]", now: float) -> "list[Any]":
        """`permission_request` or `permission_withdrawal` of that peer, checked."""
        commands = self.tick(now)
        if message["type"] == "permission_withdrawal":
            return commands + self._withdraw(peer, message["id"], now)
        id, permission = message["id"], message["permission"]
        if id in self._seen:
            return commands
        card = Card(id, peer, permission, self._clock.at(now) + CARD_TIMEOUT)
        waits = [one for one in self._cards if one.peer == peer and one.permission == permission]
        if waits or len(self._cards) >= MAX_CARDS or len(self._seen) >= MAX_REQUESTS:
            commands.append(Send(peer, answer_message(card, "denied", now)))
            return commands
        self._seen.add(id)
        self._cards.append(card)
        return commands

    def _withdraw(self, peer: str, id: str, now: float) -> "list[Any]":
        self._cards = [card for card in self._cards if card.id != id or card.peer != peer]
        return self._end([grant for grant in self._grants if grant.id == id and grant.peer == peer], "stopped", now)

    # what the customer answers

    def allow(self, id: str, lease: "float | None", now: float) -> "list[Any]":
        """`Allow` on a card. `lease` in milliseconds from the moment it is in force; None or 0: the whole session.

        To see the screen, the browser asks too: the grant begins with `started`.
        """
        commands = self.tick(now)
        card = self._card(id, False)
        if card is None:
            return commands
        card.lease = lease or None
        if card.permission != "view_screen":
            return commands + self._grant(card, now)
        card.is_starting = True
        commands.append(StartCapture(id, card.peer))
        return commands

    def deny(self, id: str, now: float) -> "list[Any]":
        """`Deny` on a card."""
        commands = self.tick(now)
        card = self._card(id, False)
        return commands if card is None else commands + self._refuse(card, "denied", now)

    def offer(self, id: str, peer: str, lease: "float | None", now: float) -> "list[Any]":
        """The customer shares the screen of their own accord: as if that peer had asked and been allowed."""
        commands = self.tick(now)
        for card in self._cards:
            if card.peer == peer and card.permission == "view_screen":
                return commands if card.is_starting else commands + self.allow(card.id, lease, now)
        if id not in self._seen:
            self._seen.add(id)
            self._cards.append(Card(id, peer, "view_screen", self._clock.at(now) + CARD_TIMEOUT))
            commands += self.allow(id, lease, now)
        return commands

    def started(self, id: str, now: float) -> "list[Any]":
        """The capture for this card runs. One that was begun before a revocation is discarded."""
        commands = self.tick(now)
        card = self._card(id, True)
        if card is None:
            if not [grant for grant in self._grants if grant.id == id]:
                commands.append(DiscardCapture(id))
            return commands
        return commands + self._grant(card, now)

    def failed(self, id: str, now: float) -> "list[Any]":
        """The picker was closed, or the browser refused."""
        commands = self.tick(now)
        card = self._card(id, True)
        return commands if card is None else commands + self._refuse(card, "failed", now)

    # how it ends

    def tick(self, now: float) -> "list[Any]":
        """Call once a second, so that cards and leases end without any other event."""
        passed = self._clock.at(now)
        commands: "list[Any]" = []
        for card in [card for card in self._cards if not card.is_starting and card.until <= passed]:
            commands += self._refuse(card, "expired", now)
        lapsed = [grant for grant in self._grants if not grant.holds(passed)]
        return commands + self._end(lapsed, "lapsed", now)

    def revoke_all(self, now: float) -> "list[Any]":
        """The red X. All is cleared before anyone is told; what is still being answered is void."""
        self.epoch += 1
        cards, grants = self._cards, self._grants
        self._cards, self._grants = [], []
        commands: "list[Any]" = [StopCapture(None, "revoked")]
        commands += [Send(card.peer, answer_message(card, "denied", now)) for card in cards]
        commands += [Send(grant.peer, end_message(grant, "revoked", now)) for grant in grants]
        return commands

    def ended(self, permission: str, reason: str, now: float) -> "list[Any]":
        """The customer took one permission back ("revoked"), or what it was for is over ("stopped")."""
        commands = self.tick(now)
        return commands + self._end([grant for grant in self._grants if grant.permission == permission], reason, now)

    def peer_left(self, peer: str, now: float) -> "list[Any]":
        """That representative is gone, or was replaced by another page: nobody is told, for nobody is there."""
        commands = self.tick(now)
        self._cards = [card for card in self._cards if card.peer != peer]
        gone = [grant for grant in self._grants if grant.peer == peer]
        return commands + [command for command in self._end(gone, "stopped", now) if type(command) is not Send]

    # what holds

    def is_granted(self, permission: str, peer: str, now: float) -> bool:
        """Whether that peer may do this at this moment. Ask before each thing that is done."""
        passed = self._clock.at(now)
        for grant in self._grants:
            if grant.permission == permission and grant.peer == peer:
                return grant.holds(passed)
        return False

    def in_force(self, now: float) -> "list[dict[str, Any]]":
        """What is allowed now, oldest first; `left` in seconds, None for the whole session."""
        passed = self._clock.at(now)
        return [
            {
                "id": grant.id,
                "peer": grant.peer,
                "permission": grant.permission,
                "since": grant.since,
                "left": grant.left(passed),
            }
            for grant in self._grants
            if grant.holds(passed)
        ]

    def pending(self, now: float) -> "list[dict[str, Any]]":
        """The cards to show, oldest first; `left` in seconds."""
        passed = self._clock.at(now)
        return [
            {"id": card.id, "peer": card.peer, "permission": card.permission, "left": seconds(card.until - passed)}
            for card in self._cards
            if not card.is_starting and passed < card.until
        ]

    # within

    def _card(self, id: str, is_starting: bool) -> "Card | None":
        for card in self._cards:
            if card.id == id and card.is_starting == is_starting:
                return card
        return None

    def _refuse(self, card: Card, answer: str, now: float) -> "list[Any]":
        self._cards.remove(card)
        return [Send(card.peer, answer_message(card, answer, now))]

    def _grant(self, card: Card, now: float) -> "list[Any]":
        """In force from now on; an older grant of the same is replaced, whatever was left of it."""
        self._cards.remove(card)
        self._grants = [
            grant for grant in self._grants if grant.peer != card.peer or grant.permission != card.permission
        ]
        until = None if card.lease is None else self._clock.at(now) + card.lease
        self._grants.append(Grant(card.id, card.peer, card.permission, now, until))
        return [Send(card.peer, answer_message(card, "granted", now))]

    def _end(self, ending: "list[Grant]", reason: str, now: float) -> "list[Any]":
        self._grants = [grant for grant in self._grants if grant not in ending]
        stops = [StopCapture(grant.peer, reason) for grant in ending if grant.permission == "view_screen"]
        return stops + [Send(grant.peer, end_message(grant, reason, now)) for grant in ending]


class Requests:
    """The representative's page: what it has asked of one customer's page, and what was answered."""

    def __init__(self, peer: str) -> None:
        self.peer = peer
        self._clock = Clock()
        self._asked: "dict[str, dict[str, Any]]" = {}
        self._grants: "dict[str, Grant]" = {}
        self._withdrawn: "set[str]" = set()  # what may be granted while the withdrawal is on its way

    def request(self, id: str, permission: str, now: float) -> "list[Any]":
        """Ask; nothing comes out while the same is asked already."""
        if [one for one in self._asked.values() if one["permission"] == permission]:
            return []
        self._asked[id] = {"permission": permission, "until": self._clock.at(now) + CARD_TIMEOUT}
        message = {"type": "permission_request", "id": id, "permission": permission, "at": int(now)}
        return [Send(self.peer, message)]

    def withdraw(self, id: str, now: float) -> "list[Any]":
        """Take the request back. Also ends what was granted upon it."""
        self._clock.at(now)
        asked = self._asked.pop(id, None)
        granted = [permission for permission in self._grants if self._grants[permission].id == id]
        for permission in granted:
            del self._grants[permission]
        if asked is None and not granted:
            return []
        self._withdrawn.add(id)
        return [Send(self.peer, {"type": "permission_withdrawal", "id": id})]

    def answer_received(self, message: "dict[str, Any]", now: float) -> None:
        """`permission_answer`; a grant that nobody asked for is the customer's own offer."""
        passed = self._clock.at(now)
        self._asked.pop(message["id"], None)
        if message["answer"] != "granted":
            return
        permission = message["permission"]
        lease = message.get("lease")
        until = None if lease is None else passed + lease * 1000.0
        self._grants[permission] = Grant(message["id"], self.peer, permission, now, until)

    def end_received(self, message: "dict[str, Any]", now: float) -> str:
        """`permission_end`: why it ended, with `withdrawn` for what this page had taken back; "" where nothing did."""
        self._clock.at(now)
        grant = self._grants.pop(message["permission"], None)
        if grant is None:
            return ""
        return "withdrawn" if grant.id in self._withdrawn else str(message["reason"])

    def revoked_received(self, message: "dict[str, Any]", now: float) -> None:
        """`revoked`: the customer pressed the red X."""
        self.over("revoked", now)

    def over(self, reason: str, now: float) -> "list[dict[str, Any]]":
        """Nothing is asked or in force any more, as when the customer's page is another one: what was, and why it
        ended, which is `reason` unless its time was over before."""
        passed = self._clock.at(now)
        found = []
        for permission in sorted(self._grants):
            holds = self._grants[permission].holds(passed)
            found.append({"permission": permission, "reason": reason if holds else "lapsed"})
        self._asked = {}
        self._grants = {}
        return found

    def is_granted(self, permission: str, now: float) -> bool:
        passed = self._clock.at(now)
        grant = self._grants.get(permission)
        return grant is not None and grant.holds(passed)

    def in_force(self, now: float) -> "list[dict[str, Any]]":
        """As Permissions.in_force gives it, for this representative alone."""
        passed = self._clock.at(now)
        found = [self._grants[permission] for permission in sorted(self._grants) if self.is_granted(permission, now)]
        return [{"id": grant.id, "permission": grant.permission, "left": grant.left(passed)} for grant in found]

    def pending(self, now: float) -> "list[dict[str, Any]]":
        """What is asked and not answered; `left` reaches 0 when the answer is still on its way."""
        passed = self._clock.at(now)
        return [
            {"id": id, "permission": self._asked[id]["permission"], "left": seconds(self._asked[id]["until"] - passed)}
            for id in sorted(self._asked)
        ]
