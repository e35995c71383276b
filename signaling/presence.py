"""Coming and going: which WebSocket speaks for whom, and what a page is told when it comes."""

from itertools import islice

from deskside.core.close_codes import NOT_SIGNED_IN, REPLACED, TAKEN_OVER
from deskside.core.messages import TO_CUSTOMER
from signaling import absence, arrival, left_messages, notices, recording, relays, survey, waiting
from signaling.hub import Hub
from signaling.queue import LISTED, Listed
from signaling.secrets import digest
from signaling.session import Link, Outlet, Representative, Session
from signaling.step import Attach, Close, Detach, Send, Step
from signaling.store import sessions as rows
from signaling.store.accounts import Account
from signaling.store.sessions import Past


def attach(step: Step, link: Link, former: Link | None, same_page: bool) -> None:
    """`link` speaks from now on; `former`, where there is one, is closed."""
    if former:
        former.current = False
        step.effects.append(Detach(former.peer, former.outlet))
        step.effects.append(Close(former.outlet, REPLACED if same_page else TAKEN_OVER))
    step.effects.append(Attach(link.peer, link.outlet))


# --- customers -------------------------------------------------------------------------------------------


def customer_arrived(
    hub: Hub,
    outlet: Outlet,
    page: str,
    session: Session | None,
    past: Past | None,
    token: str,
    now: int,
    version: int = 1,
) -> tuple[Link, Step]:
    """A `hello` with the token of `session`, with that of one which is `past`, or with none that is known."""
    step = Step()
    forgotten = ""
    if not session and not token:
        session, forgotten = _entered_unknowingly(hub, step, page)
    if session:
        return _customer_returned(hub, step, outlet, page, session, forgotten, now, version), step
    link = Link(outlet, "customer", hub.identifier(), page, version)
    attach(step, link, None, False)
    hub.visitors[link.peer] = link
    welcome = {"type": "welcome", "peer": link.peer, "state": "new", "now": now, **link.spoken}
    if past:
        welcome |= {"state": "ended", "session": past.id, "reason": link.reason(past.reason)}
        link.over = past.id
    step.effects.append(Send((link.peer,), TO_CUSTOMER, welcome))
    if past and past.survey_is_open:
        link.survey, link.language = past.id, past.language
        survey.ask(hub, step, link)
    return link, step


def _entered_unknowingly(hub: Hub, step: Step, page: str) -> tuple[Session | None, str]:
    """The session of a page whose WebSocket dropped after `enter` and before `admitted` came, with a new token
    for it. Only that page knows its id; still it gets nothing that another WebSocket of it has."""
    session = hub.by_page.get(page)
    if not session or session.link:
        return None, ""
    token = hub.identifier()
    del hub.by_token[session.token_hash]
    session.token_hash = digest(token)
    hub.by_token[session.token_hash] = session
    step.writes.append(rows.token_replaced(session))
    return session, token


def _customer_returned(
    hub: Hub, step: Step, outlet: Outlet, page: str, session: Session, new_token: str, now: int, version: int
) -> Link:
    former, same_page = session.link, session.page == page
    if not same_page:
        hub.forget_page(session)  # the new page has the token
        session.page, session.peer = page, hub.identifier()
        step.writes.append(rows.customer_moved(session))
    link = Link(outlet, "customer", session.peer, page, version)
    link.session = session
    attach(step, link, former, same_page)
    session.link, session.reaches["customer"] = link, False
    absence.look(hub, session, now)
    about = {"peer": link.peer, "state": session.state, "session": session.id, "now": now, **link.spoken}
    hub.tell_customer(step, session, "welcome", **about)
    if new_token:
        hub.tell_customer(step, session, "admitted", session=session.id, token=new_token)
    if session.state == "active":
        _back_in_session(hub, step, session, not former, now)
        return link
    if session.state == "queued":
        hub.queue.look(session)
        waiting.tell_queued(hub, step, session, now)
        if not former:
            hub.tell_takers(step, session.queue, "queue_changed", session=session.id, connected=True)
    session.told = {}
    arrival.expire(hub, step, session, now)
    arrival.show_if_new(hub, step, session, now)
    return link


def _back_in_session(hub: Hub, step: Step, session: Session, was_away: bool, now: int) -> None:
    person = session.representative
    hub.introduce(step, session, now)
    notices.show_card(hub, step, session, now)
    if person and person.link and session.shown != session.peer:
        if session.shown:
            hub.tell(step, person, "left", session=session.id, peer=session.shown)
        session.shown = session.peer
        granted = relays.grant(hub, session, relays.REPRESENTATIVE, person.peer, now)
        hub.tell(step, person, "joined", session=session.id, peer=session.peer, **granted)
    elif person and person.link and was_away:
        hub.tell(step, person, "queue_changed", session=session.id, connected=True)


# --- representatives --------------------------------------------------------------------------------------


def representative_arrived(
    hub: Hub, outlet: Outlet, page: str, account: Account, now: int, version: int = 1
) -> tuple[Link, Step]:  # fmt: skip
    """The `hello` of a console whose cookie was checked."""
    step = Step()
    person = hub.representatives.get(account.id)
    if not person:
        person = hub.representatives[account.id] = Representative(id=account.id, name=account.name)
    person.name, person.teams, person.session_limit = account.name, account.teams, account.session_limit
    former, old, same_page = person.link, person.peer, person.page == page
    if not same_page:
        person.page, person.peer = page, hub.identifier()
        step.writes.append(rows.representative_moved(person))
    link = Link(outlet, "representative", person.peer, page, version)
    link.representative, link.web_session = person, account.web_session
    attach(step, link, former, same_page)
    person.link, person.available = link, account.available
    for id, reason in person.missed.items():
        hub.tell(step, person, "ended", session=id, reason=reason)
    person.missed = {}
    hub.tell(
        step, person, "welcome",
        peer=link.peer, name=person.name, available=person.available, waiting=hub.waiting(person),
        sessions=list(person.sessions), now=now, **link.spoken,
    )  # fmt: skip
    for session in person.sessions.values():
        session.reaches["representative"] = False
        absence.look(hub, session, now)
        hub.present(step, session, now)
        if not same_page:
            if old:
                hub.tell_customer(step, session, "left", peer=old)
            hub.introduce(step, session, now)
    recording.want_heads_again(hub, step, person)
    _tell_queues(hub, step, person, now)
    waiting.staff_changed(hub, now, person)
    return link, step


def _tell_queues(hub: Hub, step: Step, person: Representative, now: int) -> None:
    """Everything that concerns the teams of a representative."""
    person.listed = Listed()
    _tell_first(hub, step, person)
    notices.tell_published(hub, step, person, now)
    left_messages.tell_open(hub, step, person, anew=True)


def _tell_first(hub: Hub, step: Step, person: Representative) -> None:
    """Who has waited longest in the queues of this representative, for a console that knows of others, or of nobody."""
    before, count = person.listed.ids, hub.waiting(person)
    first = list(islice(hub.queue.among(hub.queues_of(person)), LISTED))
    person.listed = Listed(first)
    for gone in before - person.listed.ids:
        hub.tell(step, person, "queue_left", session=gone, waiting=count)
    for session in first:
        if session.id not in before:
            hub.tell(step, person, "queue_entered", entry=hub.entry(session), waiting=count)


def representative_changed(
    hub: Hub, id: str, name: str, teams: frozenset[str], session_limit: int, now: int
) -> Step:  # fmt: skip
    """An administrator has changed what a representative is called, sees or may have."""
    step = Step()
    person = hub.representatives.get(id)
    if not person:
        hub.representatives[id] = Representative(id=id, name=name, teams=teams, session_limit=session_limit)
        return step
    renamed = person.name != name
    person.name, person.teams, person.session_limit = name, teams, session_limit
    if person.link:
        _tell_first(hub, step, person)
        notices.tell_published(hub, step, person, now)
        left_messages.tell_open(hub, step, person)
    if renamed:
        for session in person.sessions.values():
            hub.introduce(step, session, now)
    waiting.staff_changed(hub, now, person)
    return step


# --- going ------------------------------------------------------------------------------------------------


def disconnected(hub: Hub, link: Link, now: int) -> Step:
    """A WebSocket is gone. Its peer is not: the peers may well talk on without us."""
    step = Step()
    step.effects.append(Detach(link.peer, link.outlet))
    session, person = link.session, link.representative
    if hub.visitors.get(link.peer) is link:
        del hub.visitors[link.peer]
    if link.current and session and session.id in hub.sessions:
        session.link = None
        session.told = {}
        absence.look(hub, session, now)
        if session.state == "queued":
            hub.queue.look(session)
            hub.tell_takers(step, session.queue, "queue_changed", session=session.id, connected=False)
        elif session.representative and session.representative.link:
            hub.tell(step, session.representative, "queue_changed", session=session.id, connected=False)
    if link.current and person:
        person.link = None
        for own in person.sessions.values():
            absence.look(hub, own, now)
        waiting.staff_changed(hub, now, person)
    link.current = False
    return step


def signed_out(hub: Hub, web_session: str, now: int) -> Step:
    """A browser signed out, or its sign-in ran out: its console is closed."""
    step = Step()
    for person in hub.representatives.values():
        if person.link and person.link.web_session == web_session:
            _send_off(hub, step, person, now)
    return step


def removed(hub: Hub, person: Representative, now: int) -> Step:
    """A representative is no longer one: their customers wait for another, and nobody can come to them any more."""
    step = Step()
    for session in list(person.sessions.values()):
        absence.hand_back(hub, step, session, "abandoned", now)
    _send_off(hub, step, person, now)
    del hub.representatives[person.id]
    hub.keys = {hash: key for hash, key in hub.keys.items() if key.representative != person.id}
    waiting.rehouse(hub, step, now)
    return step


def _send_off(hub: Hub, step: Step, person: Representative, now: int) -> None:
    if person.link:
        step.effects.append(Close(person.link.outlet, NOT_SIGNED_IN))
        person.link.current = False
        person.link = None
        for session in person.sessions.values():
            absence.look(hub, session, now)
        waiting.staff_changed(hub, now, person)


def disown(hub: Hub) -> None:
    """This hub is given up: no WebSocket speaks for anybody in it any more."""
    sessions = [session.link for session in hub.sessions.values()]
    consoles = [person.link for person in hub.representatives.values()]
    for link in [*sessions, *consoles, *hub.visitors.values(), hub.recorder.link]:
        if link:
            link.current = False
