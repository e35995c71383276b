"""The hub owns all sessions, the queues and who is there. It does no I/O: an event in, a Step out.

Events are handled one after the other on the event loop, so nothing here is locked. What a step
writes and sends is carried out, in order, by `desk`. The hub itself knows what there is and how to tell it;
what happens is in `presence`, `arrival`, `waiting` and in a module for each thing that pages ask for.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from typing import Any

from deskside.core.messages import TO_CUSTOMER, TO_REPRESENTATIVE
from deskside.core.way_in import OVER, QUEUED, SESSION
from signaling import recording, relays, survey
from signaling.estimate import Estimator
from signaling.queue import Queues, own_queue, takes_from
from signaling.recorded import Recorder, Recording
from signaling.session import Link, Representative, Session
from signaling.site.live import LiveSite
from signaling.step import Send, Step
from signaling.store import sessions as rows
from signaling.store.way_in import LeftMessage, SessionKey

IceServers = Callable[[str, int], list[dict[str, Any]]]


class Hub:
    """Every session that is not over. Times are milliseconds since the epoch."""

    def __init__(
        self, identifier: Callable[[], str], ice_servers: IceServers, site: LiveSite, max_waiting: int,
        credentials_last: int = 0, max_recordings: int = 40, max_left_messages: int = 1000,
        left_messages_per_address: int = 20,
    ) -> None:  # fmt: skip
        self.identifier = identifier
        self.ice_servers = ice_servers
        self.site = site
        self.max_waiting = max_waiting
        self.credentials_last = credentials_last  # of TURN servers; 0: there are none
        self.grants: OrderedDict[tuple[str, str], int] = OrderedDict()  # session and role -> since when, see `relays`
        self.relay_only = site.document.connection.relay_only  # as pages were told
        self.queue: Queues[Session] = Queues()
        self.sessions: dict[str, Session] = {}
        self.representatives: dict[str, Representative] = {}
        self.estimator = Estimator(self.queue, self.representatives.values)
        self.by_token: dict[str, Session] = {}
        self.by_page: dict[str, Session] = {}  # sessions that are not yet with a representative
        self.visitors: dict[str, Link] = {}  # customers' pages without a session, by peer
        self.away: OrderedDict[str, tuple[Session, int]] = OrderedDict()  # customers gone, longest first
        self.unattended: OrderedDict[str, tuple[Session, int]] = OrderedDict()  # whose representative is, the same
        self.recorder = Recorder(max_recordings)
        self.recordings: dict[str, Recording] = {}  # those that are not finished, also of sessions that are over
        self.keys: dict[str, SessionKey] = {}
        self.left_messages: dict[str, LeftMessage] = {}  # the open ones, oldest first
        self.max_left_messages = max_left_messages
        self.left_messages_per_address = left_messages_per_address
        self.left_from: dict[str, str] = {}  # left message -> address; of those that came since the server started
        self.unserved: dict[str, int] = {}  # queue -> since when nobody is there for it; 0: somebody is
        self.again: OrderedDict[str, Session] = OrderedDict()  # whose step may have changed: see `waiting.catch_up`
        self.news: deque[str] = deque()  # peers of customers who are to hear that the site has changed
        self.last_place = 0
        self._deadlines: list[tuple[int, str]] = []

    # --- what is there ---------------------------------------------------------------------------

    def restore(
        self, living: rows.Living, keys: Iterable[SessionKey], messages: Iterable[LeftMessage], now: int,
        recordings: Iterable[Recording] = (),
    ) -> Step:  # fmt: skip
        """Take over what an earlier server left. Every page has yet to come back."""
        step = Step()
        self.last_place = living.last_place
        self.representatives.update((person.id, person) for person in living.people)
        self.keys = {key.key_hash: key for key in keys}
        self.left_messages = {message.id: message for message in messages}
        for session, _ in living.sessions:
            self.sessions[session.id] = self.by_token[session.token_hash] = session
        recording.restore(self, step, recordings, now)
        for session, owner in living.sessions:
            self.away[session.id] = (session, now)
            if session.state == "active":
                session.representative = self.representatives.get(owner)
                if session.representative:
                    session.representative.sessions[session.id] = session
                    self.unattended[session.id] = (session, now)
                else:
                    self.end(step, session, "ended", "representative_gone", now)
                continue
            self.by_page[session.page] = self.again[session.id] = session
            self.watch(session)
            if session.state == "queued":
                self.queue.append(session)
        return step

    def admit(self, session: Session, link: Link) -> None:
        """A new session, that `link` speaks for."""
        session.link, link.session = link, session
        self.sessions[session.id] = self.by_token[session.token_hash] = session
        self.by_page[session.page] = session
        self.visitors.pop(link.peer, None)

    def arriving_and_waiting(self) -> int:
        """How many are on the way in, up to the end of the queue."""
        return len(self.sessions) - sum(len(person.sessions) for person in self.representatives.values())

    def forget_page(self, session: Session) -> None:
        """The session is no longer to be found by its page."""
        if self.by_page.get(session.page) is session:
            del self.by_page[session.page]

    def takers(self, queue: str) -> list[Representative]:
        """The representatives who are there and see this queue."""
        return [person for person in self.representatives.values() if person.link and takes_from(person, queue)]

    def anybody_available(self, queue: str = "") -> bool:
        """Whether a representative is there and takes customers: of this queue, or of any team. Whoever has invited
        somebody waits for them, whatever their switch says."""
        if not queue:
            return any(person.link and person.available for person in self.representatives.values())
        return any(person.available or queue == own_queue(person.id) for person in self.takers(queue))

    def queue_of(self, issue: str) -> str:
        """The queue for an issue, or for whoever chose none."""
        chosen = self.site.issue(issue)
        teams = [team.id for team in self.site.document.teams]
        return chosen.team if chosen and chosen.team in teams else teams[0]

    def queues_of(self, person: Representative) -> list[str]:
        """The queues of this representative in which somebody waits."""
        return [queue for queue in self.queue.names() if takes_from(person, queue)]

    def watch(self, session: Session) -> None:
        """The present step has a deadline, where it has one."""
        if session.answers.ends_at:
            heappush(self._deadlines, (session.answers.ends_at, session.id))

    def overdue(self, now: int) -> list[Session]:
        """The sessions whose step was not answered in time. Each is named once."""
        found = []
        while self._deadlines and self._deadlines[0][0] <= now:
            ends_at, id = heappop(self._deadlines)
            session = self.sessions.get(id)
            if session and session.answers.ends_at == ends_at:
                found.append(session)
        return found

    # --- messages --------------------------------------------------------------------------------

    def tell_customer(self, step: Step, session: Session, kind: str, /, **fields: Any) -> None:
        """Send a message to the session's customer."""
        step.effects.append(Send((session.peer,), TO_CUSTOMER, {"type": kind} | fields))

    def tell(self, step: Step, representative: Representative, kind: str, /, **fields: Any) -> None:
        """Send a message to one representative."""
        step.effects.append(Send((representative.peer,), TO_REPRESENTATIVE, {"type": kind} | fields))

    def tell_takers(self, step: Step, queue: str, kind: str, /, **fields: Any) -> None:
        """Send a message to every console that sees this queue."""
        peers = tuple(person.peer for person in self.takers(queue))
        step.effects.append(Send(peers, TO_REPRESENTATIVE, {"type": kind} | fields))

    def tell_entered(self, step: Step, session: Session) -> None:
        """Tell the consoles that see this queue of somebody who waits, and how many do in the queues of each. For a
        console that knows of enough people already only the number is new."""
        told: dict[tuple[bool, int], list[str]] = {}
        making_room = []
        for person in self.takers(session.queue):
            waiting = self.waiting(person)
            is_told, out = person.listed.entered(session)
            told.setdefault((is_told, waiting), []).append(person.peer)
            if out:
                making_room.append((person, out, waiting))
        for (is_told, waiting), peers in told.items():
            message = {"type": "queue_entered", "entry": self.entry(session)} if is_told else _queue_left(session.id)
            step.effects.append(Send(tuple(peers), TO_REPRESENTATIVE, message | {"waiting": waiting}))
        for person, out, waiting in making_room:
            self.tell(step, person, "queue_left", session=out, waiting=waiting)

    def tell_left(self, step: Step, session: Session) -> None:
        """The same when somebody waits no more. Who waits behind those that a console knows moves up."""
        told: dict[int, list[str]] = {}
        moving_up = []
        for person in self.takers(session.queue):
            waiting = self.waiting(person)
            told.setdefault(waiting, []).append(person.peer)
            if person.listed.left(session) and (found := person.listed.refill(self.queue, self.queues_of(person))):
                moving_up.append((person, found, waiting))
        for waiting, peers in told.items():
            message = _queue_left(session.id) | {"waiting": waiting}
            step.effects.append(Send(tuple(peers), TO_REPRESENTATIVE, message))
        for person, found, waiting in moving_up:
            self.tell(step, person, "queue_entered", entry=self.entry(found), waiting=waiting)

    def waiting(self, person: Representative) -> int:
        """How many wait for this representative, among others."""
        return sum(self.queue.count(queue) for queue in self.queues_of(person))

    def line(self, session: Session) -> dict[str, Any]:
        """What a representative sees of a customer."""
        return {
            "session": session.id,
            "name": session.name,
            "question": session.question,
            "issue": session.issue,
            "team": self.site.team_name(session.queue),
            "language": session.language,
        }

    def entry(self, session: Session) -> dict[str, Any]:
        """The session as a line of the queue."""
        return self.line(session) | {"entered_at": session.queued_at, "connected": session.is_there}

    def introduce(self, step: Step, session: Session, now: int) -> None:
        """Tell the customer who is on the other side."""
        person = session.representative
        if person and person.peer:
            granted = relays.grant(self, session, "customer", session.peer, now)
            self.tell_customer(
                step, session, "joined", peer=person.peer, name=person.name, started_at=session.started_at, **granted
            )
            session.recorder_told = None
            recording.tell(self, step, session, now)

    def present(self, step: Step, session: Session, now: int) -> None:
        """Hand a representative the session they accepted, whole."""
        person = session.representative
        if not person:
            return
        whole = self.line(session)
        whole |= {"started_at": session.started_at}
        whole |= relays.grant(self, session, "representative", person.peer, now)
        session.shown = session.peer if session.link else ""
        if session.shown:
            whole["peer"] = session.peer
        self.tell(step, person, "accepted", session=whole)

    # --- the end -----------------------------------------------------------------------------------

    def leave_queue(self, step: Step, session: Session) -> list[Session]:
        """Take a session out of its queue and tell those who see it. Returns who is to hear of a new position."""
        moved = self.queue.remove(session)
        self.tell_left(step, session)
        return moved

    def end(self, step: Step, session: Session, last_step: str, reason: str, now: int) -> None:
        """The session is over, for both sides, and `last_step` says whether there is a survey."""
        assert last_step in OVER
        if session.step in QUEUED:
            for moved in self.leave_queue(step, session):
                self.tell_position(step, moved, now)
            self.estimator.left(session.queue, session.queued_at, now)
        was_active, link = session.step == SESSION, session.link
        session.state, session.step = "ended", last_step
        step.writes.append(rows.ended(session, reason, now))
        recording.finish(self, step, session, now)
        if link:
            self.tell_customer(step, session, "ended", reason=link.reason(reason))
        if last_step == "survey" and link:
            link.survey, link.language = session.id, session.language
            survey.ask(self, step, link)
        if session.representative:
            self.tell(step, session.representative, "ended", session=session.id, reason=reason)
            session.representative.sessions.pop(session.id, None)
            if not session.representative.link:
                session.representative.missed[session.id] = reason
            if was_active:
                self.estimator.ended(session.queue, (now - session.started_at) / 1000)
            self.estimator.changed(session.representative, now)
        self.forget_page(session)
        del self.sessions[session.id], self.by_token[session.token_hash]
        self.away.pop(session.id, None)
        self.unattended.pop(session.id, None)
        self.again.pop(session.id, None)

    def tell_position(self, step: Step, session: Session, now: int) -> None:
        """Where a customer stands, and for how long that will be."""
        session.wait = self.estimator.forecast(session.queue, session.position - 1, now)
        self.tell_customer(step, session, "position", **place_of(session))


def _queue_left(id: str) -> dict[str, Any]:
    return {"type": "queue_left", "session": id}


def place_of(session: Session) -> dict[str, Any]:
    """A place in the queue as messages say it."""
    place: dict[str, Any] = {"position": session.position}
    if session.wait:
        place["wait"] = {"low": session.wait[0], "high": session.wait[1]}
    return place
