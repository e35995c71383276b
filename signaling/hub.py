"""The hub owns all sessions, the queue and who is there. It does no I/O: an event in, a Step out.

Events are handled one after the other on the event loop, so nothing here is locked. What a step
writes and sends is carried out, in order, by `desk`.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from deskside.core.close_codes import NOT_SIGNED_IN, REPLACED, TAKEN_OVER
from deskside.core.messages import TO_CUSTOMER, TO_REPRESENTATIVE
from signaling.queue import Queues
from signaling.secrets import digest
from signaling.session import Link, Outlet, Representative, Session
from signaling.step import Attach, Close, Detach, Send, Step
from signaling.store import sessions as rows

IceServers = Callable[[str, int], list[dict[str, Any]]]


class Hub:
    """Every session that is not over. Times are milliseconds since the epoch."""

    def __init__(
        self, identifier: Callable[[], str], ice_servers: IceServers, issues: dict[str, str], max_waiting: int
    ) -> None:
        self.identifier = identifier
        self.ice_servers = ice_servers
        self.issues = issues
        self.max_waiting = max_waiting
        self.queue: Queues[Session] = Queues()
        self.sessions: dict[str, Session] = {}
        self.representatives: dict[str, Representative] = {}
        self.by_token: dict[str, Session] = {}
        self.away: OrderedDict[str, tuple[Session, int]] = OrderedDict()  # customers gone, longest first
        self.last_place = 0

    # --- what is there ---------------------------------------------------------------------------

    def restore(self, people: list[dict[str, Any]], living: list[dict[str, Any]], last_place: int, now: int) -> Step:
        """Take over what an earlier server left. Every page has yet to come back."""
        step = Step()
        self.last_place = last_place
        for person in people:
            self.representatives[person["id"]] = Representative(
                id=person["id"], name=person["name"], page=person["page"] or "", peer=person["peer"] or ""
            )
        for row in living:
            state, started_at, owner = row["state"], row["started_at"], row["representative"]
            for column in ("state", "started_at", "ended_at", "reason", "representative"):
                del row[column]
            session = Session(**row)
            self.sessions[session.id] = self.by_token[session.token_hash] = session
            self.away[session.id] = (session, now)
            if state == "queued":
                self.queue.append(session)
            else:
                session.state, session.started_at = "active", started_at
                session.representative = self.representatives.get(owner)
                if session.representative:
                    session.representative.sessions[session.id] = session
                else:
                    self.end(step, session, "representative_gone", now)
        return step

    def anybody_available(self, queue: str = "") -> bool:
        """Whether a representative is there and takes customers, of this queue when one is named."""
        return any(person.link and person.available for person in self.representatives.values())

    def consoles(self) -> tuple[str, ...]:
        """The peers of all representatives who are there."""
        return tuple(person.peer for person in self.representatives.values() if person.link)

    # --- messages --------------------------------------------------------------------------------

    def tell_customer(self, step: Step, session: Session, kind: str, /, **fields: Any) -> None:
        """Send a message to the session's customer."""
        step.effects.append(Send((session.peer,), TO_CUSTOMER, {"type": kind} | fields))

    def tell(self, step: Step, representative: Representative, kind: str, /, **fields: Any) -> None:
        """Send a message to one representative."""
        step.effects.append(Send((representative.peer,), TO_REPRESENTATIVE, {"type": kind} | fields))

    def tell_all(self, step: Step, kind: str, /, **fields: Any) -> None:
        """Send a message to every console."""
        step.effects.append(Send(self.consoles(), TO_REPRESENTATIVE, {"type": kind} | fields))

    def introduce(self, step: Step, session: Session, now: int) -> None:
        """Tell the customer who is on the other side."""
        person = session.representative
        if person and person.peer:
            servers = self.ice_servers(session.peer, now)
            self.tell_customer(
                step, session, "joined",
                peer=person.peer, name=person.name, ice_servers=servers, started_at=session.started_at,
            )  # fmt: skip

    def present(self, step: Step, session: Session, now: int) -> None:
        """Hand a representative the session they accepted, whole."""
        person = session.representative
        if not person:
            return
        whole = {key: value for key, value in session.entry().items() if key not in ("entered_at", "connected")}
        whole |= {"started_at": session.started_at, "ice_servers": self.ice_servers(person.peer, now)}
        session.shown = session.peer if session.link else ""
        if session.shown:
            whole["peer"] = session.peer
        self.tell(step, person, "accepted", session=whole)

    # --- coming and going --------------------------------------------------------------------------

    def attach(self, step: Step, link: Link, former: Link | None, same_page: bool) -> None:
        """`link` speaks from now on; `former`, where there is one, is closed."""
        if former:
            former.current = False
            step.effects.append(Detach(former.peer, former.outlet))
            step.effects.append(Close(former.outlet, REPLACED if same_page else TAKEN_OVER))
        step.effects.append(Attach(link.peer, link.outlet))

    def customer_arrived(
        self, outlet: Outlet, page: str, session: Session | None, past: tuple[str, str] | None, token: str, now: int
    ) -> tuple[Link, Step]:
        """A `hello` with the token of `session`, with that of one which is `past`, or with none that is known."""
        step = Step()
        if not session and not token:
            session, token = self._entered_unknowingly(step, page)
        if session:
            return self._customer_returned(step, outlet, page, session, token, now), step
        link = Link(outlet, "customer", self.identifier(), page)
        self.attach(step, link, None, False)
        welcome = {"type": "welcome", "peer": link.peer, "state": "new", "now": now}
        if past:
            welcome |= {"state": "ended", "session": past[0], "reason": past[1]}
            link.current = False
        step.effects.append(Send((link.peer,), TO_CUSTOMER, welcome))
        return link, step

    def _entered_unknowingly(self, step: Step, page: str) -> tuple[Session | None, str]:
        """The session of a page whose WebSocket dropped after `enter` and before `queued` came, with a new token
        for it. Only that page knows its id; still it gets nothing that another WebSocket of it has."""
        session = self.queue.of_page(page)
        if not session or session.state != "queued" or session.link:
            return None, ""
        token = self.identifier()
        del self.by_token[session.token_hash]
        session.token_hash = digest(token)
        self.by_token[session.token_hash] = session
        step.writes.append(rows.token_replaced(session))
        return session, token

    def _customer_returned(self, step: Step, outlet: Outlet, page: str, session: Session, token: str, now: int) -> Link:
        person = session.representative
        former, same_page = session.link, session.page == page
        if not same_page:
            self.queue.forget_page(session)  # the new page has the token
            session.page, session.peer = page, self.identifier()
            step.writes.append(rows.customer_moved(session))
        link = Link(outlet, "customer", session.peer, page)
        link.session = session
        self.attach(step, link, former, same_page)
        session.link = link
        self.away.pop(session.id, None)
        self.tell_customer(step, session, "welcome", peer=link.peer, state=session.state, session=session.id, now=now)
        if session.state == "queued":
            self.tell_customer(
                step, session, "queued",
                session=session.id, token=token, position=session.position, entered_at=session.entered_at,
            )  # fmt: skip
            if not former:
                self.tell_all(step, "queue_changed", session=session.id, connected=True)
            return link
        self.introduce(step, session, now)
        if person and person.link and session.shown != session.peer:
            if session.shown:
                self.tell(step, person, "left", session=session.id, peer=session.shown)
            session.shown = session.peer
            servers = self.ice_servers(person.peer, now)
            self.tell(step, person, "joined", session=session.id, peer=session.peer, ice_servers=servers)
        return link

    def representative_arrived(
        self, outlet: Outlet, page: str, id: str, name: str, web_session: str, available: bool, now: int
    ) -> tuple[Link, Step]:
        """The `hello` of a console whose cookie was checked."""
        step = Step()
        person = self.representatives.setdefault(id, Representative(id=id, name=name))
        former, old, same_page = person.link, person.peer, person.page == page
        if not same_page:
            person.page, person.peer = page, self.identifier()
            step.writes.append(rows.representative_moved(person))
        link = Link(outlet, "representative", person.peer, page)
        link.representative, link.web_session = person, web_session
        self.attach(step, link, former, same_page)
        person.link, person.available = link, available
        self.tell(
            step, person, "welcome",
            peer=link.peer, name=person.name, available=available, waiting=len(self.queue),
            sessions=list(person.sessions), now=now,
        )  # fmt: skip
        for session in person.sessions.values():
            self.present(step, session, now)
            if not same_page:
                if old:
                    self.tell_customer(step, session, "left", peer=old)
                self.introduce(step, session, now)
        for session in self.queue:
            self.tell(step, person, "queue_entered", entry=session.entry(), waiting=len(self.queue))
        return link, step

    def disconnected(self, link: Link, now: int) -> Step:
        """A WebSocket is gone. Its peer is not: the peers may well talk on without us."""
        step = Step()
        step.effects.append(Detach(link.peer, link.outlet))
        session, person = link.session, link.representative
        if link.current and session:
            session.link = None
            self.away[session.id] = (session, now)
            if session.state == "queued":
                self.tell_all(step, "queue_changed", session=session.id, connected=False)
        if link.current and person:
            person.link = None
        link.current = False
        return step

    def signed_out(self, web_session: str) -> Step:
        """A browser signed out, or its sign-in ran out: its console is closed."""
        step = Step()
        for person in self.representatives.values():
            if person.link and person.link.web_session == web_session:
                self._send_off(step, person)
        return step

    def removed(self, representative: Representative, now: int) -> Step:
        """A representative is no longer one: their sessions end."""
        step = Step()
        for session in list(representative.sessions.values()):
            self.end(step, session, "representative_gone", now)
        self._send_off(step, representative)
        del self.representatives[representative.id]
        return step

    def _send_off(self, step: Step, representative: Representative) -> None:
        if representative.link:
            step.effects.append(Close(representative.link.outlet, NOT_SIGNED_IN))
            representative.link.current = False
            representative.link = None

    def disown(self) -> None:
        """This hub is given up: no WebSocket speaks for anybody in it any more."""
        sessions = [session.link for session in self.sessions.values()]
        consoles = [person.link for person in self.representatives.values()]
        for link in sessions + consoles:
            if link:
                link.current = False

    # --- the end -----------------------------------------------------------------------------------

    def leave_queue(self, step: Step, session: Session) -> None:
        """Take a session out of the queue and tell everybody whom it concerns."""
        for moved in self.queue.remove(session):
            self.tell_customer(step, moved, "position", position=moved.position)
        self.tell_all(step, "queue_left", session=session.id, waiting=len(self.queue))

    def end(self, step: Step, session: Session, reason: str, now: int) -> None:
        """The session is over, for both sides."""
        if session.state == "queued":
            self.leave_queue(step, session)
        session.state = "ended"
        step.writes.append(rows.ended(session, reason, now))
        self.tell_customer(step, session, "ended", reason=reason)
        if session.representative:
            self.tell(step, session.representative, "ended", session=session.id, reason=reason)
            session.representative.sessions.pop(session.id, None)
        del self.sessions[session.id], self.by_token[session.token_hash]
        self.away.pop(session.id, None)

    def tick(self, now: int, queue_patience: int, session_patience: int) -> Step:
        """From time to time: who has been gone for too long, and positions not told yet."""
        step = Step()
        shortest = min(queue_patience, session_patience)
        late = []
        for session, since in self.away.values():
            if now - since < shortest:
                break
            if now - since >= (queue_patience if session.state == "queued" else session_patience):
                late.append(session)
        for session in late:
            self.end(step, session, "customer_gone", now)
        for session in self.queue.sweep():
            self.tell_customer(step, session, "position", position=session.position)
        return step
