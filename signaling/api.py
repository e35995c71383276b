"""The HTTP API of the pages: the site, signing in and out. JSON in, JSON out, never cached."""

import json
from typing import TYPE_CHECKING, Any

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskside.core.schema import has_control_characters
from signaling import origins
from signaling.accounts import (
    LONGEST_PASSWORD,
    OLDEST,
    SHORTEST_PASSWORD,
    SignedIn,
    cookie_name,
    is_secure,
    session_token,
)
from signaling.desk import now
from signaling.headers import NOT_A_PAGE
from signaling.secrets import digest
from signaling.store.accounts import name_key
from signaling.turn import ice_servers

if TYPE_CHECKING:
    from signaling.app import Services

log = structlog.get_logger()
_LONGEST_BODY = 16 * 1024
_HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": NOT_A_PAGE}


class Refused(Exception):
    """A request that is answered with a code and no more."""

    def __init__(self, http_status: int, code: str, **more: Any) -> None:
        super().__init__(code)
        self.http_status = http_status
        self.body = {"code": code} | more


async def refused(request: Request, error: Exception) -> Response:
    """The answer to a Refused."""
    assert isinstance(error, Refused)
    headers = {"Retry-After": str(error.body["retry_after"])} if "retry_after" in error.body else {}
    return _answer(error.body, error.http_status, headers)


async def site(request: Request) -> Response:
    """What the portal shows. The customer's page may live on another, allowed origin."""
    services = _services(request)
    settings = services.settings
    body = {
        "company": settings.company,
        "greeting": settings.greeting,
        "issues": [{"id": issue.id, "name": issue.name} for issue in settings.issues],
        # TURN credentials are for one peer of one session: they come with `joined`.
        "ice_servers": [server for server in ice_servers(settings, "", 0) if "username" not in server],
        "max_file_size": settings.max_file_size,
        "available": services.desk.hub.anybody_available(),
    }
    headers = {"Vary": "Origin"}
    if request.headers.get("origin", "") in settings.allowed_origins:
        headers["Access-Control-Allow-Origin"] = request.headers["origin"]
    return _answer(body, headers=headers)


async def me(request: Request) -> Response:
    """Who is signed in with this browser."""
    account = await _services(request).accounts.of_token(session_token(request), now())
    if not account:
        raise Refused(401, "not_signed_in")
    return _answer({"name": account.name, "administrator": account.administrator})


async def sign_in(request: Request) -> Response:
    """Name and password for a cookie. Counted by address and by name before anything is compared: a name is counted
    for each address, so that a stranger does not lock its owner out, and far more generously for all together."""
    services = _services(request)
    name, password = await _fields(request, "name", "password")
    address, key = origins.address(request), digest(name_key(name))
    counts = (
        (services.attempts_by_address, address),
        (services.attempts_by_name, f"{key} {address}"),
        (services.attempts_by_name_anywhere, key),
    )
    for throttle, counted in counts:
        if retry_after := await throttle.hit(counted):
            log.warning("sign_in_throttled")
            raise Refused(429, "too_many_attempts", retry_after=retry_after)
    signed_in = await services.accounts.sign_in(name, password, session_token(request), now())
    if not signed_in:
        log.info("sign_in_refused")
        raise Refused(401, "wrong_credentials")
    for throttle, counted in counts[1:]:
        await throttle.forgive(counted)
    log.info("signed_in")
    return _welcome(request, signed_in)


async def setup(request: Request) -> Response:
    """The one-time link of the first start: creates the administrator and signs them in."""
    services = _services(request)
    token, name, password = await _fields(request, "token", "name", "password")
    retry_after = await services.attempts_by_address.hit(origins.address(request))
    if retry_after:
        raise Refused(429, "too_many_attempts", retry_after=retry_after)
    if not name.strip() or len(name) > 100 or has_control_characters(name):
        raise Refused(400, "bad_name")
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(400, "password_too_short", least=SHORTEST_PASSWORD)
    signed_in = await services.accounts.setup(token, name, password, session_token(request), now())
    if not signed_in:
        raise Refused(403, "link_used")
    log.info("administrator_created")
    return _welcome(request, signed_in)


async def sign_out(request: Request) -> Response:
    """Forget this browser, and close its console."""
    services = _services(request)
    await _fields(request)
    token = session_token(request)
    if token:
        await services.accounts.sign_out(token)
        services.desk.perform(services.desk.hub.signed_out(digest(token)))
    response = _answer({})
    secure = is_secure(request)
    response.delete_cookie(cookie_name(secure), secure=secure, httponly=True, samesite="strict")
    return response


async def healthz(request: Request) -> Response:
    """For the load balancer."""
    ready = _services(request).desk.ready
    return _answer({"ready": ready}, 200 if ready else 503)


async def no_such(request: Request) -> Response:
    """Anything else under /api."""
    raise Refused(404, "no_such_address")


ROUTES = [
    Route("/api/site", site),
    Route("/api/me", me),
    Route("/api/sign-in", sign_in, methods=["POST"]),
    Route("/api/sign-out", sign_out, methods=["POST"]),
    Route("/api/setup", setup, methods=["POST"]),
    Route("/api/{rest:path}", no_such),
    Route("/healthz", healthz),
]


def _services(request: Request) -> "Services":
    services: Services = request.app.state.services
    return services


def _answer(body: dict[str, Any], http_status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(body, http_status, _HEADERS | (headers or {}))


def _welcome(request: Request, signed_in: SignedIn) -> Response:
    response = _answer({"name": signed_in.name, "administrator": signed_in.administrator})
    secure = is_secure(request)
    response.set_cookie(
        cookie_name(secure), signed_in.token, max_age=OLDEST // 1000, secure=secure, httponly=True, samesite="strict"
    )
    return response


async def _fields(request: Request, *names: str) -> list[str]:
    """The body of a POST from our own page: exactly these texts."""
    if not origins.is_own(request):
        raise Refused(403, "wrong_origin")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "not_json")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_BODY:
            raise Refused(413, "too_large")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "not_json") from None
    if type(value) is not dict or set(value) != set(names):
        raise Refused(400, "bad_fields")
    texts = [value[name] for name in names]
    if not all(type(text) is str and len(text) <= LONGEST_PASSWORD and text.isprintable() for text in texts):
        raise Refused(400, "bad_fields")
    return texts
