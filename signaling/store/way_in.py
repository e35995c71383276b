"""Rows of what the way in leaves behind: receipts of consent, notices, surveys, left messages, session keys."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Update,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from signaling.store.tables import (
    consent_texts,
    consents,
    left_messages,
    notice_events,
    session_keys,
    sessions,
    survey_answers,
)


class Receipt(NamedTuple):
    """What somebody was asked, and what they said."""

    session: str
    kind: str
    answer: str
    text_hash: str
    language: str
    at: int


class LeftMessage(NamedTuple):
    """What a customer wrote when nobody was there."""

    id: str
    at: int
    team: str
    name: str
    contact: str
    text: str
    issue: str


class SurveyAnswer(NamedTuple):
    """One answer, with the words that were in force."""

    question: str
    kind: str
    text: str
    value: str
    value_text: str


class SessionKey(NamedTuple):
    """An invitation."""

    key_hash: str
    representative: str
    created_at: int
    expires_at: int


def consented(receipt: Receipt, title: str, text: str) -> list[Executable]:
    """Somebody said yes or no, or nothing. The words are kept once for all whom they were shown."""
    words = sqlite_insert(consent_texts).values(hash=receipt.text_hash, title=title, text=text)
    kept = sqlite_insert(consents).values(receipt._asdict())
    return [words.on_conflict_do_nothing(), kept.on_conflict_do_nothing()]


def notice_event(notice: str, session: str, kind: str, at: int) -> Executable:
    """A notice was shown to somebody, who left or continued."""
    return insert(notice_events).values(notice=notice, session=session, kind=kind, at=at)


def surveyed(session: str, answers: list[SurveyAnswer], at: int) -> list[Executable]:
    """The survey of a session is answered. Only the first answers to it count, from whichever page they come."""
    is_open = exists().where(sessions.c.id == session, sessions.c.step == "survey")
    columns = ["session", *SurveyAnswer._fields, "at"]
    return [
        *(
            sqlite_insert(survey_answers)
            .from_select(columns, select(*(literal(value) for value in (session, *answer, at))).where(is_open))
            .on_conflict_do_nothing()
            for answer in answers
        ),
        update(sessions).where(sessions.c.id == session, sessions.c.step == "survey").values(step="ended"),
    ]


def message_left(message: LeftMessage) -> Executable:
    """For whoever is there next."""
    return insert(left_messages).values(message._asdict())


def message_finished(id: str, by: str, at: int) -> Update:
    """Somebody has dealt with it."""
    return update(left_messages).where(left_messages.c.id == id).values(done_at=at, done_by=by)


def key_created(key: SessionKey) -> Executable:
    """A representative invites somebody."""
    return insert(session_keys).values(key._asdict())


def key_used(key_hash: str, at: int) -> Executable:
    """It opens nothing more."""
    return update(session_keys).where(session_keys.c.key_hash == key_hash).values(used_at=at)


def open_keys(now: int, connection: Connection) -> list[SessionKey]:
    """Those that can still be used."""
    table = session_keys.c
    query = select(*(table[name] for name in SessionKey._fields))
    return [
        SessionKey(*row) for row in connection.execute(query.where(table.used_at.is_(None), table.expires_at > now))
    ]


def open_messages(connection: Connection, containing: str = "") -> list[LeftMessage]:
    """Those that nobody has dealt with, oldest first; with these words in them, where there are any."""
    table = left_messages.c
    query = select(*(table[name] for name in LeftMessage._fields)).where(_is_open(containing))
    return [LeftMessage(*row) for row in connection.execute(query.order_by(table.at, table.id))]


def finish_messages(ids: Collection[str], by: str, at: int, connection: Connection) -> int:
    """Somebody has dealt with these. Returns how many of them were open."""
    return sum(
        connection.execute(message_finished(id, by, at).where(left_messages.c.done_at.is_(None))).rowcount
        for id in set(ids)
    )


def delete_messages(ids: Collection[str], connection: Connection) -> int:
    """For good. Returns how many there were."""
    return sum(connection.execute(delete(left_messages).where(left_messages.c.id == id)).rowcount for id in set(ids))


def delete_open_messages(containing: str, connection: Connection) -> int:
    """The same with those that nobody has dealt with, all of them or those with these words in them."""
    return connection.execute(delete(left_messages).where(_is_open(containing))).rowcount


def _is_open(containing: str = "") -> ColumnElement[bool]:
    table = left_messages.c
    words = [func.instr(func.lower(table[name]), containing.lower()) > 0 for name in ("text", "name", "contact")]
    return and_(table.done_at.is_(None), or_(*words)) if containing else table.done_at.is_(None)


def open_message_ids(connection: Connection) -> set[str]:
    """The same, their ids alone."""
    return set(connection.execute(select(left_messages.c.id).where(_is_open())).scalars())
