"""What nobody needs to know of a person any more: names, words and tokens go, numbers that name nobody stay.

Each function does at most `PART` rows and returns how many it did, so that nobody who writes meanwhile waits for long.
A moment `before` is so long ago that what was over then is forgotten.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, exists, false, select, update

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

PART = 500
_DAY = 24 * 3600 * 1000
_NAMELESS = dict.fromkeys(("name", "question", "issue", "language", "page", "peer"), "")


def in_time(now: int, connection: Connection) -> None:
    """What is said to end after now was written while the machine's clock was ahead: it ended now, and its other times
    are as long before as they were. It would be kept for as long as the clock was ahead, otherwise."""
    table = sessions.c
    ahead = table.ended_at - now
    times = {name: table[name] - ahead for name in ("entered_at", "queued_at", "started_at", "ended_at")}
    connection.execute(update(sessions).where(_WITH_NAME, table.ended_at > now).values(times))
    # A message that is still open may be a moment ahead, of a server that was started again: they are listed by it.
    left = left_messages.c
    connection.execute(update(left_messages).where(left.at > now + _DAY).values(at=now))


# --- sessions --------------------------------------------------------------------------------------------

_WITH_NAME = sessions.c.forgotten == false()
_IS_KEPT = exists().where(recordings.c.session == sessions.c.id, recordings.c.state != DELETED)
"""There is a recording of the session: it is known whose it is for as long as that is kept."""


def sessions_due(before: int, connection: Connection) -> list[str]:
    """Those that were over before that moment, longest first, `PART` of them at most."""
    return list(connection.execute(due_sessions(before).limit(PART)).scalars())


def due_sessions(before: int) -> Select[str]:
    """The ids of all of them."""
    table = sessions.c
    # Not by the index of the states, of which nearly all are the same: that is kept from an expression.
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
