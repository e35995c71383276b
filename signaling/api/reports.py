"""The administrator's reports."""

from functools import partial
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from signaling.api.answers import Refused, answer, as_administrator, number, services_of
from signaling.api.notices import listed
from signaling.desk import now
from signaling.store import reports as rows
from signaling.store.archive import totals

_DAY = 24 * 3600 * 1000
_LONGEST = 3660


async def reports(request: Request) -> Response:
    """What happened within the last `days`, and which recordings there are."""
    await as_administrator(request)
    days = number(request, "days", 30)
    if not 1 <= days <= _LONGEST:
        raise Refused(400, "bad_number", name="days")
    services = services_of(request)
    report = await services.keeper.read(partial(_report, now(), days))
    order = [question.id for question in services.site.document.survey.questions]
    # As customers are asked; questions that are asked no more come last.
    report["surveys"].sort(
        key=lambda asked: order.index(asked["question"]) if asked["question"] in order else len(order)
    )
    return answer(report)


def _report(now: int, days: int, connection: Connection) -> dict[str, Any]:
    since = now - days * _DAY
    return {
        "sessions": rows.session_counts(since, connection),
        "waits": rows.waits(since, connection),
        "estimate": rows.estimate(since, connection),
        "notices": [notice for notice in listed(now, connection) if notice["state"] != "draft"],
        "surveys": rows.surveys(since, connection),
        "consents": rows.consent_counts(since, connection),
        "recordings": totals(connection),
    }


ROUTES = [Route("/api/admin/reports", reports)]
