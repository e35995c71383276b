"""Signing in and out, and the one-time link of the first start."""

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deskside.core.schema import has_control_characters
from signaling import origins, presence
from signaling.accounts import (
    KNOWN,
    LONGEST_PASSWORD,
    OLDEST,
    SHORTEST_PASSWORD,
    SignedIn,
    cookie_name,
    is_secure,
    known_cookie_name,
    known_token,
    session_token,
)
from signaling.api.answers import Refused, answer, body_of, services_of, signed_in
from signaling.desk import now
from signaling.precis import Unusable, name_key, new_password, written_name
from signaling.secrets import digest
from signaling.throttle import Throttle
from signaling.turns import Crowded

log = structlog.get_logger()
_CROWDED = 3
"""Seconds after which it is tried again where too many wait to have their password compared."""


async def me(request: Request) -> Response:
    """Who is signed in with this browser. It is told to remember that, for when they sign in the next time."""
    account, services, shown = await signed_in(request), services_of(request), known_token(request)
    response = answer({"name": account.name, "administrator": account.administrator})
    if not await services.accounts.knows(account.name, shown):
        mark, secure, path = await services.accounts.mark(account.name), is_secure(request), services.settings.path
        lasts = KNOWN // 1000
        response.set_cookie(
            known_cookie_name(secure, path), mark, lasts, path=path, secure=secure, httponly=True, samesite="strict"
        )
    return response


async def sign_in(request: Request) -> Response:
    """Name and password for a cookie. Counted by address and by name before anything is compared: a name is counted
    for each address, so that a stranger does not lock its owner out, and far more generously for all together. A
    browser with which its owner has signed in before is counted by itself: what strangers do anywhere is not its."""
    services = services_of(request)
    name, password = await _fields(request, "name", "password")
    if not name_key(name) or not password:
        raise Refused(400, "missing")
    address, key = origins.address(request), digest(name_key(name))
    shown = known_token(request)
    is_known = await services.accounts.knows(name, shown)
    counts: list[tuple[Throttle, str]] = [
        (services.attempts_by_address, address),
        (services.attempts_by_name, f"{key} {address}"),
        (services.attempts_by_name_anywhere, key),
    ]
    if is_known:
        counts = [(services.attempts_by_name, f"{key} known {digest(shown)}")]
    for throttle, counted in counts:
        if retry_after := await throttle.hit(counted):
            log.warning("sign_in_throttled")
            raise Refused(429, "too_many_attempts", retry_after=retry_after)
    try:
        admitted = await services.accounts.sign_in(name, password, session_token(request), now(), address, is_known)
    except Crowded:
        log.warning("sign_in_crowded")
        raise Refused(429, "too_many_attempts", retry_after=_CROWDED) from None
    if not admitted:
        log.info("sign_in_refused")
        raise Refused(401, "wrong_credentials")
    for throttle, counted in counts:
        if throttle is not services.attempts_by_address:
            await throttle.forgive(counted)
    log.info("signed_in")
    return _welcome(request, admitted)


async def setup(request: Request) -> Response:
    """The one-time link of the first start: creates the administrator and signs them in."""
    services = services_of(request)
    token, name, password = await _fields(request, "token", "name", "password")
    retry_after = await services.attempts_by_address.hit(origins.address(request))
    if retry_after:
        raise Refused(429, "too_many_attempts", retry_after=retry_after)
    try:
        name = written_name(name)
    except Unusable:
        raise Refused(400, "bad_name") from None
    try:
        password = new_password(password)
    except Unusable:
        raise Refused(400, "bad_password") from None
    if not name or not password:
        raise Refused(400, "missing")
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(400, "password_too_short", least=SHORTEST_PASSWORD)
    admitted = await services.accounts.setup(token, name, password, session_token(request), now())
    if not admitted:
        raise Refused(403, "link_used")
    log.info("administrator_created")
    return _welcome(request, admitted)


async def sign_out(request: Request) -> Response:
    """Forget this browser, and close its console."""
    services = services_of(request)
    await _fields(request)
    token = session_token(request)
    if token:
        await services.accounts.sign_out(token)
        services.desk.perform(presence.signed_out(services.desk.hub, digest(token), now()))
    response = answer({})
    secure, path = is_secure(request), services.settings.path
    response.delete_cookie(cookie_name(secure, path), path=path, secure=secure, httponly=True, samesite="strict")
    return response


ROUTES = [
    Route("/api/me", me),
    Route("/api/sign-in", sign_in, methods=["POST"]),
    Route("/api/sign-out", sign_out, methods=["POST"]),
    Route("/api/setup", setup, methods=["POST"]),
]


def _welcome(request: Request, admitted: SignedIn) -> Response:
    services = services_of(request)
    if former := session_token(request):
        # A page that this browser still shows is another person's now, or this person's former one.
        services.desk.perform(presence.signed_out(services.desk.hub, digest(former), now()))
    response = answer({"name": admitted.name, "administrator": admitted.administrator})
    secure, path = is_secure(request), services.settings.path
    response.set_cookie(
        cookie_name(secure, path),
        admitted.token,
        max_age=OLDEST // 1000,
        path=path,
        secure=secure,
        httponly=True,
        samesite="strict",
    )
    return response


async def _fields(request: Request, *names: str) -> list[str]:
    """The body of a POST from our own page: exactly these texts."""
    value = await body_of(request)
    if set(value) != set(names):
        raise Refused(400, "bad_fields")
    texts = [value[name] for name in names]
    for text in texts:
        # A tab comes along with what is copied from a table.
        if type(text) is not str or len(text) > LONGEST_PASSWORD or has_control_characters(text, "\t"):
            raise Refused(400, "bad_fields")
    return texts
