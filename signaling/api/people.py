"""The administrator's representatives."""

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from signaling import presence
from signaling.accounts import session_token
from signaling.api.answers import Refused, answer, as_administrator, author, body_of, services_of, text_of
from signaling.desk import now
from signaling.secrets import digest, identifier
from signaling.site import people
from signaling.site.people import Form, LastAdministrator, form_of
from signaling.site.problems import Invalid, Problem
from signaling.store import people as rows
from signaling.store.people import Person


async def everybody(request: Request) -> Response:
    """All who may sign in, by name."""
    await as_administrator(request)
    found = await services_of(request).keeper.read(rows.everybody)
    return answer({"representatives": [_shown(person) for person in found]})


async def add(request: Request) -> Response:
    """Somebody new."""
    await as_administrator(request)
    form = form_of(text_of(await body_of(request)))
    if form.password is None:
        raise Invalid([Problem("password", "missing")])
    services = services_of(request)
    job = partial(people.add, author(request), identifier(), form, await _hashed(request, form), now())
    return answer(_shown(await services.database.write(job)))


async def change(request: Request) -> Response:
    """Name, password, teams, session limit, and whether they are an administrator."""
    await as_administrator(request)
    form = form_of(text_of(await body_of(request)))
    services = services_of(request)
    keep = digest(session_token(request))
    job = partial(people.change, author(request), _id(request), form, await _hashed(request, form), keep, now())
    try:
        person = await services.database.write(job)
    except LastAdministrator:
        raise Refused(409, "last_administrator") from None
    if not person:
        raise Refused(404, "unknown_representative")
    changed = person.id, person.name, person.teams, person.session_limit
    services.desk.perform(presence.representative_changed(services.desk.hub, *changed, now()))
    if form.password is not None:
        await services.check_sign_ins()
    return answer(_shown(person))


async def remove(request: Request) -> Response:
    """They may no longer sign in; their consoles close and their sessions end."""
    await as_administrator(request)
    await body_of(request)
    services = services_of(request)
    try:
        person = await services.database.write(partial(people.remove, author(request), _id(request), now()))
    except LastAdministrator:
        raise Refused(409, "last_administrator") from None
    if not person:
        raise Refused(404, "unknown_representative")
    await services.check_sign_ins()
    return answer({})


async def _hashed(request: Request, form: Form) -> str:
    return await services_of(request).accounts.hash(form.password) if form.password is not None else ""


def _id(request: Request) -> str:
    return str(request.path_params["id"])


def _shown(person: Person) -> dict[str, Any]:
    return person._asdict() | {"teams": sorted(person.teams)}


ROUTES = [
    Route("/api/admin/representatives", everybody, methods=["GET"]),
    Route("/api/admin/representatives", add, methods=["POST"]),
    Route("/api/admin/representatives/{id}", change, methods=["PUT"]),
    Route("/api/admin/representatives/{id}", remove, methods=["DELETE"]),
]
