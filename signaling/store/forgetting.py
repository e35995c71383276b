"""What nobody needs to know of a person any more: names, words and tokens go, numbers that name nobody stay.

What is changed is changed in parts of at most `PART` rows, so that nobody who writes meanwhile waits for long.
A moment `before` is so long ago that what was over then is forgotten. What is said to have been later than now was
written while the clock was ahead, or the clock is behind now: it is left alone, and kept for longer than it would be.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, case, delete, exists, false, select, update

from signaling.precis import folded
from signaling.recorded import DELETED
from signaling.store.tables import (
    left_messages,
    recording_representatives,
    recording_views,
    recordings,
    session_keys,
    sessions,
    survey_answers,
    web_sessions,
)

PART = 200
_DAY = 24 * 3600 * 1000
_NAMELESS = dict.fromkeys(("name", "question", "issue", "language", "page", "peer"), "")


_WITH_NAME = sessions.c.forgotten == false()


# --- sessions --------------------------------------------------------------------------------------------

_IS_KEPT = exists().where(recordings.c.session == sessions.c.id, recordings.c.state != DELETED)
"""There is a recording of the session: it is known whose it is for as long as that is kept."""


def sessions_due(before: int, connection: Connection) -> list[str]:
    """Those that were over before that moment, longest first, `PART` of them at most."""
    return list(connection.execute(due_sessions(before).limit(PART)).scalars())


def due_sessions(before: int) -> Select[str]:
    """The ids of all of them."""
    table = sessions.c
    # An expression, so that SQLite does not take the index of the states: nearly all of them are the same.
    is_over = table.state.concat("") == "ended"
    query = select(table.id).where(_WITH_NAME, table.ended_at < before, is_over, ~_IS_KEPT)
    return query.order_by(table.ended_at)


def forget_sessions(ids: Sequence[str], connection: Connection) -> None:
    """Nothing says any more whose they were, and what somebody wrote is gone. That they were, when, for how long and
    what was chosen in their surveys is still counted."""
    table = sessions.c
    values = _NAMELESS | {"answers": "{}", "step": "ended", "token_hash": table.id, "forgotten": True}
    connection.execute(update(sessions).where(table.id.in_(ids)).values(values))
    answers = survey_answers.c
    connection.execute(delete(survey_answers).where(answers.session.in_(ids), answers.kind == "text"))
    # The rows of recordings that are gone stay for a while, see below.
    mine = recordings.c.session.in_(ids)
    connection.execute(update(recordings).where(mine).values(customer="", customer_key=""))


class Found(NamedTuple):
    """Something that says who somebody was."""

    kind: str
    """`session`, `message`, or `recorded`: a session whose recording has to be deleted first."""
    id: str
    at: int
    name: str
    contact: str


def found(words: str, connection: Connection) -> list[Found]:
    """Sessions that are over with these words in the customer's name, then messages, done or not, with them in name,
    contact or text; each oldest first."""
    key, there, left = folded(words), sessions.c, left_messages.c
    kind = case((_IS_KEPT, "recorded"), else_="session")
    named = select(kind, there.id, there.ended_at, there.name).where(_WITH_NAME, there.state == "ended")
    written = select(left.id, left.at, left.name, left.contact, left.text).order_by(left.at, left.id)
    return [
        Found(*row, contact="") for row in connection.execute(named.order_by(there.ended_at)) if key in folded(row.name)
    ] + [
        Found("message", row.id, row.at, row.name, row.contact)
        for row in connection.execute(written)
        if any(key in folded(field) for field in (row.name, row.contact, row.text))
    ]


def forget_these(ids: Collection[str], connection: Connection) -> int:
    """Sessions that are over, unless their recordings are kept, and messages, by their ids. Returns how many of them
    were there."""
    there = sessions.c
    query = select(there.id).where(there.id.in_(ids), _WITH_NAME, there.state == "ended", ~_IS_KEPT)
    due = list(connection.execute(query).scalars())
    forget_sessions(due, connection)
    return len(due) + connection.execute(delete(left_messages).where(left_messages.c.id.in_(ids))).rowcount


# --- what is deleted as a whole --------------------------------------------------------------------------


def messages(before: int, connection: Connection) -> int:
    """Messages that were left, whether somebody has dealt with them or not."""
    return _delete(left_messages, left_messages.c.id, left_messages.c.at < before, connection)


def deleted_recordings(before: int, connection: Connection) -> int:
    """That there was a recording, who has watched it and who deleted it."""
    table = recordings.c
    gone = select(table.id).where(table.state == DELETED, table.deleted_at < before).limit(PART)
    ids = list(connection.execute(gone).scalars())
    for others, column in (
        (recording_views, recording_views.c.recording),
        (recording_representatives, recording_representatives.c.recording),
        (recordings, table.id),
    ):
        connection.execute(delete(others).where(column.in_(ids)))
    return len(ids)


def keys(now: int, connection: Connection) -> int:
    """Session keys that have expired."""
    return _delete(session_keys, session_keys.c.key_hash, session_keys.c.expires_at < now - _DAY, connection)


def sign_ins(now: int, connection: Connection) -> int:
    """Browsers whose sign-in has expired."""
    return _delete(web_sessions, web_sessions.c.token_hash, web_sessions.c.expires_at < now - _DAY, connection)


def _delete(table: Table, key: ColumnElement[str], condition: ColumnElement[bool], connection: Connection) -> int:
    some = select(key).where(condition).limit(PART)
    return connection.execute(delete(table).where(key.in_(some))).rowcount
