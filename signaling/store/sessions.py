"""Rows of support sessions: the statements the hub writes, and what it reads at start."""

from typing import Any

from sqlalchemy import Connection, Executable, func, select, update

from signaling.session import Representative, Session
from signaling.store.tables import representatives, sessions, web_sessions


def entered(session: Session) -> Executable:
    """A customer entered the queue."""
    return sessions.insert().values(
        place=session.place,
        id=session.id,
        token_hash=session.token_hash,
        state=session.state,
        name=session.name,
        question=session.question,
        issue=session.issue,
        language=session.language,
        page=session.page,
        peer=session.peer,
        entered_at=session.entered_at,
    )


def customer_moved(session: Session) -> Executable:
    """Another page of the customer took the session over."""
    return update(sessions).where(sessions.c.id == session.id).values(page=session.page, peer=session.peer)


def token_replaced(session: Session) -> Executable:
    """The customer has a new token, because the one before never reached the page."""
    return update(sessions).where(sessions.c.id == session.id).values(token_hash=session.token_hash)


def started(session: Session) -> Executable:
    """A representative accepted it."""
    owner = session.representative.id if session.representative else None
    values = {"state": session.state, "started_at": session.started_at, "representative": owner}
    return update(sessions).where(sessions.c.id == session.id).values(values)


def ended(session: Session, reason: str, now: int) -> Executable:
    """It is over. The question is what the customer wrote: it is not kept."""
    values = {"state": "ended", "reason": reason, "ended_at": now, "question": ""}
    return update(sessions).where(sessions.c.id == session.id).values(values)


def representative_moved(representative: Representative) -> Executable:
    """Another page of the representative took over."""
    values = {"page": representative.page, "peer": representative.peer}
    return update(representatives).where(representatives.c.id == representative.id).values(values)


def available(web_session: str, on: bool) -> Executable:
    """The switch of one signed-in browser."""
    return update(web_sessions).where(web_sessions.c.token_hash == web_session).values(available=on)


def living(connection: Connection) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """All representatives, all sessions that are not over in their order, and the last place given."""
    people = select(representatives.c.id, representatives.c.name, representatives.c.page, representatives.c.peer)
    waiting = select(sessions).where(sessions.c.state != "ended").order_by(sessions.c.place)
    last = connection.execute(select(func.max(sessions.c.place))).scalar()
    return (
        [dict(row) for row in connection.execute(people).mappings()],
        [dict(row) for row in connection.execute(waiting).mappings()],
        last or 0,
    )


def past(token_hash: str, connection: Connection) -> tuple[str, str] | None:
    """The id and the reason of a session that is over, by its token. Asked in the writing thread, so that an
    end which is on its way to the disk is seen."""
    query = select(sessions.c.id, sessions.c.reason).where(sessions.c.token_hash == token_hash)
    row = connection.execute(query).first()
    return (row.id, row.reason) if row and row.reason else None
