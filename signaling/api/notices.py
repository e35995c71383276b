"""The administrator's notices."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from signaling.api.answers import Refused, answer, as_administrator, author, body_of, services_of, text_of
from signaling.desk import now
from signaling.secrets import identifier
from signaling.site import notices
from signaling.site.notices import WrongState, draft_of
from signaling.store import notices as rows
from signaling.store.notices import Row
from signaling.store.reports import notice_counts

_LONGEST = 256 * 1024


async def everything(request: Request) -> Response:
    """All notices, newest first, with how often each was shown and what customers did then."""
    await as_administrator(request)
    return answer({"notices": await services_of(request).keeper.read(partial(listed, now()))})


def listed(now: int, connection: Connection) -> list[dict[str, Any]]:
    """All notices as the page has them."""
    counts = notice_counts(connection)
    return [_shown(row, counts, now) for row in rows.everything(connection)]


async def add(request: Request) -> Response:
    """A new draft."""
    await as_administrator(request)
    draft = draft_of(text_of(await body_of(request, _LONGEST)))
    return await _write(request, partial(notices.add, author(request), identifier(), draft, now()))


async def change(request: Request) -> Response:
    """Other words for a notice."""
    await as_administrator(request)
    draft = draft_of(text_of(await body_of(request, _LONGEST)))
    return await _write(request, partial(notices.change, author(request), _id(request), draft, now()))


async def publish(request: Request) -> Response:
    """Tell it to customers."""
    await as_administrator(request)
    await body_of(request)
    return await _write(request, partial(notices.publish, author(request), _id(request), now()))


async def withdraw(request: Request) -> Response:
    """Tell it no longer."""
    await as_administrator(request)
    await body_of(request)
    return await _write(request, partial(notices.withdraw, author(request), _id(request), now()))


async def _write(request: Request, job: Callable[[Connection], Row | None]) -> Response:
    keeper = services_of(request).keeper
    try:
        row = await keeper.write(job, now())
    except WrongState:
        raise Refused(409, "wrong_state") from None
    if not row:
        raise Refused(404, "unknown_notice")
    return answer(_shown(row, await keeper.read(notice_counts), now()))


def _id(request: Request) -> str:
    return str(request.path_params["id"])


def _shown(row: Row, counts: dict[str, dict[str, int]], now: int) -> dict[str, Any]:
    number = counts.get(row.id, {})
    return {
        "id": row.id,
        "name": row.name,
        "scope": row.scope,
        "texts": row.texts,
        "expires_at": row.expires_at,
        "state": notices.state(row, now),
        **{kind: number.get(kind, 0) for kind in ("shown", "left", "continued")},
    }


ROUTES = [
    Route("/api/admin/notices", everything, methods=["GET"]),
    Route("/api/admin/notices", add, methods=["POST"]),
    Route("/api/admin/notices/{id}", change, methods=["PUT"]),
    Route("/api/admin/notices/{id}/publish", publish, methods=["POST"]),
    Route("/api/admin/notices/{id}/withdraw", withdraw, methods=["POST"]),
]
