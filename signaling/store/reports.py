"""What happened on a site, counted from the rows of its sessions. Times are in seconds."""

import math
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from signaling.store.tables import consents, notice_events, sessions, survey_answers

MOST_TEXTS = 100
_WAIT = sessions.c.started_at - sessions.c.queued_at


def notice_counts(connection: Connection) -> dict[str, dict[str, int]]:
    """How often each notice was shown, and how many customers left or stayed then; by its id."""
    table = notice_events.c
    query = select(table.notice, table.kind, func.count()).group_by(table.notice, table.kind)
    counts: dict[str, dict[str, int]] = {}
    for notice, kind, count in connection.execute(query):
        counts.setdefault(notice, {})[kind] = count
    return counts


def session_counts(since: int, connection: Connection) -> dict[str, Any]:
    """How many sessions began, and how those ended that customers came for since then."""
    table = sessions.c
    started = connection.execute(select(func.count()).where(table.started_at >= since)).scalar()
    query = select(table.reason, func.count()).where(table.entered_at >= since, table.reason.is_not(None))
    ended = connection.execute(query.group_by(table.reason).order_by(func.count().desc(), table.reason))
    return {"started": started, "ended_by": {row[0]: row[1] for row in ended}}


def waits(since: int, connection: Connection) -> dict[str, Any]:
    """From entering the queue to being accepted; and how many left before."""
    table = sessions.c
    query = select(_WAIT).where(table.queued_at >= since, table.started_at.is_not(None))
    seconds = [wait / 1000 for wait in connection.execute(query).scalars()]
    gone = select(func.count()).where(table.queued_at >= since, table.started_at.is_(None), table.state == "ended")
    return {
        "count": len(seconds),
        "median": percentile(seconds, 0.5),
        "p90": percentile(seconds, 0.9),
        "left_before": connection.execute(gone).scalar(),
    }


def estimate(since: int, connection: Connection) -> dict[str, Any]:
    """How often the wait was within what the customer was told; `below` is sooner."""
    table = sessions.c
    query = select(_WAIT, table.forecast_low, table.forecast_high).where(
        table.queued_at >= since, table.started_at.is_not(None), table.forecast_low.is_not(None)
    )
    rows = [(wait / 1000, low, high) for wait, low, high in connection.execute(query)]
    below = sum(wait < low for wait, low, _ in rows)
    above = sum(wait > high for wait, _, high in rows)
    return {
        "count": len(rows),
        "inside": len(rows) - below - above,
        "below": below,
        "above": above,
        "median_error": percentile([abs(wait - (low + high) / 2) for wait, low, high in rows], 0.5),
    }


def consent_counts(since: int, connection: Connection) -> dict[str, dict[str, int]]:
    """What customers answered when they were asked to agree, and to be recorded."""
    table = consents.c
    query = select(table.kind, table.answer, func.count()).where(table.at >= since).group_by(table.kind, table.answer)
    counts: dict[str, dict[str, int]] = {"agreement": {}, "recording": {}}
    for kind, answer, count in connection.execute(query):
        counts.setdefault(kind, {})[answer] = count
    return counts


def surveys(since: int, connection: Connection) -> list[dict[str, Any]]:
    """The answers to each question of the exit survey, in the words that it had last."""
    table = survey_answers.c
    # SQLite takes the columns beside a max(), as long as it is the only one, from the row that has the maximum.
    query = (
        select(table.question, table.kind, table.text, func.max(table.at), func.count())
        .where(table.at >= since)
        .group_by(table.question, table.kind)
        .order_by(table.question)
    )
    found = []
    for question, kind, text, _, count in connection.execute(query).all():
        asked = {"question": question, "text": text, "kind": kind, "count": count, "answers": []}
        if kind == "text":
            asked["texts"] = _texts(question, since, connection)
        else:
            asked["answers"] = _values(question, kind, since, connection)
        if kind == "rating":
            asked["answers"] = _every_rating(asked["answers"])
            total = sum(int(answer["value"]) * answer["count"] for answer in asked["answers"])
            asked["average"] = round(total / count, 2)
        found.append(asked)
    return found


def _values(question: str, kind: str, since: int, connection: Connection) -> list[dict[str, Any]]:
    table = survey_answers.c
    query = (
        select(table.value, table.value_text, func.max(table.at), func.count())
        .where(table.question == question, table.kind == kind, table.at >= since)
        .group_by(table.value)
        .order_by(func.count().desc(), table.value)
    )
    return [{"value": value, "text": text, "count": count} for value, text, _, count in connection.execute(query)]


def _every_rating(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    counts = {answer["value"]: answer["count"] for answer in answers}
    return [{"value": value, "text": value, "count": counts.get(value, 0)} for value in "12345"]


def _texts(question: str, since: int, connection: Connection) -> list[str]:
    table = survey_answers.c
    query = select(table.value).where(table.question == question, table.kind == "text", table.at >= since)
    return list(connection.execute(query.order_by(table.at.desc()).limit(MOST_TEXTS)).scalars())


def percentile(values: Sequence[float], share: float) -> float | None:
    """The least value that this share of all is not above (nearest rank); None of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None
