"""Rows of support sessions: the statements the hub writes, and what it reads at start."""

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection, Executable, func, select, update

from signaling.answers import Answers
from signaling.session import Representative, Session
from signaling.store.tables import representatives, sessions, web_sessions


def entered(session: Session) -> Executable:
    """A customer pressed `Start chat`."""
    return sessions.insert().values(
        place=session.place,
        id=session.id,
        token_hash=session.token_hash,
        name=session.name,
        question=session.question,
        issue=session.issue,
        page=session.page,
        peer=session.peer,
        entered_at=session.entered_at,
        **_way(session),
    )


def moved(session: Session) -> Executable:
    """The customer is at another step, has answered, waits in another queue or reads another language."""
    return _of(session, _way(session))


def _way(session: Session) -> dict[str, Any]:
    low, high = session.forecast or (None, None)
    recording = session.answers.recording
    return {
        "state": session.state,
        "step": session.step,
        "answers": session.answers.text(),
        "team": session.queue,
        "language": session.language,
        "queued_at": session.queued_at or None,
        "queue_place": session.queue_place or None,
        "forecast_low": low,
        "forecast_high": high,
        "recording": recording == "allow" if recording else None,
    }


def customer_moved(session: Session) -> Executable:
    """Another page of the customer took the session over."""
    return _of(session, {"page": session.page, "peer": session.peer})


def token_replaced(session: Session) -> Executable:
    """The customer has a new token, because the one before never reached the page."""
    return _of(session, {"token_hash": session.token_hash})


def started(session: Session) -> Executable:
    """A representative accepted it."""
    owner = session.representative.id if session.representative else None
    return _of(session, _way(session) | {"started_at": session.started_at, "representative": owner})


def handed_back(session: Session) -> Executable:
    """It waits for another representative."""
    return _of(session, _way(session) | {"started_at": None, "representative": None})


def ended(session: Session, reason: str, now: int) -> Executable:
    """It is over. The question is what the customer wrote: it is not kept."""
    values = {"state": "ended", "step": session.step, "reason": reason, "ended_at": now, "question": ""}
    return _of(session, values)


def removed(session: Session, person: Representative) -> Executable:
    """Who took the customer out of the queue."""
    return _of(session, {"representative": person.id})


def _of(session: Session, values: dict[str, Any]) -> Executable:
    return update(sessions).where(sessions.c.id == session.id).values(values)


def representative_moved(representative: Representative) -> Executable:
    """Another page of the representative took over."""
    values = {"page": representative.page, "peer": representative.peer}
    return update(representatives).where(representatives.c.id == representative.id).values(values)


def available(web_session: str, on: bool) -> Executable:
    """The switch of one signed-in browser."""
    return update(web_sessions).where(web_sessions.c.token_hash == web_session).values(available=on)


class Living(NamedTuple):
    """What a server that starts takes over."""

    people: list[Representative]
    sessions: list[tuple[Session, str]]
    """Those that are not over in their order, each with the id of its representative."""
    last_place: int


def living(connection: Connection) -> Living:
    """All representatives, all sessions that are not over, and the last place given."""
    table = representatives.c
    people = select(table.id, table.name, table.teams, table.session_limit, table.page, table.peer)
    waiting = select(sessions).where(sessions.c.state != "ended").order_by(sessions.c.place)
    last = connection.execute(select(func.max(sessions.c.place), func.max(sessions.c.queue_place))).one()
    return Living(
        [
            Representative(
                id=row.id, name=row.name, teams=frozenset(json.loads(row.teams)), session_limit=row.session_limit,
                page=row.page or "", peer=row.peer or "",
            )
            for row in connection.execute(people)
        ],
        [(_session(row), row.representative or "") for row in connection.execute(waiting)],
        max(last[0] or 0, last[1] or 0),
    )  # fmt: skip


def _session(row: Any) -> Session:
    session = Session(
        place=row.place, id=row.id, token_hash=row.token_hash, name=row.name, question=row.question, issue=row.issue,
        queue=row.team, language=row.language, page=row.page, peer=row.peer, entered_at=row.entered_at,
    )  # fmt: skip
    session.state, session.step, session.answers = row.state, row.step, Answers.of(row.answers)
    session.queued_at, session.queue_place = row.queued_at or 0, row.queue_place or 0
    session.started_at = row.started_at or 0
    if row.forecast_low is not None and row.forecast_high is not None:
        session.forecast = row.forecast_low, row.forecast_high
    return session


class Past(NamedTuple):
    """A session that is over."""

    id: str
    reason: str
    survey_is_open: bool
    language: str


def past(token_hash: str, connection: Connection) -> Past | None:
    """A session that is over, by its token. Asked in the writing thread, so that an end which is on its way to the
    disk is seen."""
    table = sessions.c
    query = select(table.id, table.reason, table.step, table.language).where(table.token_hash == token_hash)
    row = connection.execute(query).first()
    return Past(row.id, row.reason, row.step == "survey", row.language) if row and row.reason else None


def last_durations(most: int, connection: Connection) -> list[tuple[str, float]]:
    """Queue and seconds of the last sessions, oldest first."""
    table = sessions.c
    query = select(table.team, table.started_at, table.ended_at).where(
        table.started_at.is_not(None), table.ended_at.is_not(None)
    )
    rows = connection.execute(query.order_by(table.ended_at.desc()).limit(most)).all()
    return [(row.team, (row.ended_at - row.started_at) / 1000) for row in reversed(rows)]
