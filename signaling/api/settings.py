"""The administrator's settings and their history."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from signaling.api.answers import Refused, answer, as_administrator, author, body_of, number, services_of, text_of
from signaling.desk import now
from signaling.site.checks import start_modes
from signaling.site.fields import LANGUAGES
from signaling.site.live import DEFAULTS
from signaling.store import site as rows

LONGEST_SETTINGS = 4 << 20
_ENTRIES = 50
_NEWEST = 1 << 53


async def read(request: Request) -> Response:
    """Everything that an administrator can change, as it is stored."""
    await as_administrator(request)
    services = services_of(request)
    # The live site lags behind by what another process saved within the last second; here that would be a conflict.
    await services.keep_up()
    live = services.site
    return answer(
        {
            "version": live.version,
            "settings": live.document.model_dump(mode="json"),
            "defaults": DEFAULTS,
            "languages": list(LANGUAGES),
            "start_modes": start_modes(services.keeper.client),
        }
    )


async def write(request: Request) -> Response:
    """Save all of it; in force at once."""
    await as_administrator(request)
    body = await body_of(request, LONGEST_SETTINGS)
    if set(body) != {"base", "settings"} or type(body["base"]) is not int:
        raise Refused(400, "bad_fields")
    keeper = services_of(request).keeper
    return answer({"version": await keeper.save(author(request), body["base"], text_of(body["settings"]), now())})


async def restore(request: Request) -> Response:
    """Save what an earlier version was."""
    await as_administrator(request)
    body = await body_of(request)
    if set(body) != {"base", "version"} or type(body["base"]) is not int or type(body["version"]) is not int:
        raise Refused(400, "bad_fields")
    version = await services_of(request).keeper.restore(author(request), body["base"], body["version"], now())
    if version is None:
        raise Refused(404, "unknown_version")
    return answer({"version": version})


async def history(request: Request) -> Response:
    """Who changed what in the settings, newest first."""
    await as_administrator(request)
    job = partial(rows.history, number(request, "before", _NEWEST), _ENTRIES)
    entries = await services_of(request).keeper.read(job)
    versions = [{"version": entry.id, "at": entry.at, "by": entry.by, "changes": entry.changes} for entry in entries]
    return answer({"versions": versions})


async def audit(request: Request) -> Response:
    """Who did what to notices and to representatives, newest first."""
    await as_administrator(request)
    job = partial(rows.noted, number(request, "before", _NEWEST), _ENTRIES)
    entries = await services_of(request).keeper.read(job)
    return answer({"entries": [entry._asdict() for entry in entries]})


ROUTES = [
    Route("/api/admin/settings", read, methods=["GET"]),
    Route("/api/admin/settings", write, methods=["PUT"]),
    Route("/api/admin/restore", restore, methods=["POST"]),
    Route("/api/admin/history", history),
    Route("/api/admin/audit", audit),
]
