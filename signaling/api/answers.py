"""What every request to the API has in common: who asks, what came along, and how it is answered."""

import json
import math
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from signaling import origins
from signaling.accounts import session_token
from signaling.desk import now
from signaling.headers import NOT_A_PAGE
from signaling.secrets import digest
from signaling.site.problems import Invalid, Problem
from signaling.site.saving import Author, ChangedMeanwhile, NotAllowed, administrator
from signaling.store.accounts import Account

if TYPE_CHECKING:
    from signaling.app import Services

HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": NOT_A_PAGE}
LONGEST_BODY = 16 * 1024
_LARGEST_WHOLE = (1 << 53) - 1


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
    return answer(error.body, error.http_status, headers)


async def invalid(request: Request, error: Exception) -> Response:
    """The answer to an Invalid: everything that is wrong, each with its place."""
    assert isinstance(error, Invalid)
    return answer({"code": "invalid", "problems": [problem._asdict() for problem in error.problems]}, 422)


async def not_allowed(request: Request, error: Exception) -> Response:
    """The answer to a NotAllowed."""
    assert isinstance(error, NotAllowed)
    return answer({"code": error.code}, 401 if error.code == "not_signed_in" else 403)


async def changed_meanwhile(request: Request, error: Exception) -> Response:
    """The answer to a ChangedMeanwhile: what is there now, and what the other one changed."""
    assert isinstance(error, ChangedMeanwhile)
    newest = error.newest
    body = {"code": "changed_meanwhile", "version": newest.version, "settings": json.loads(newest.settings)}
    return answer(body | {"by": newest.by, "at": newest.at, "changes": error.changes}, 409)


HANDLERS = {Refused: refused, Invalid: invalid, NotAllowed: not_allowed, ChangedMeanwhile: changed_meanwhile}


def services_of(request: Request) -> "Services":
    """The parts of the server."""
    services: Services = request.app.state.services
    return services


def answer(body: dict[str, Any], http_status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON that nobody keeps."""
    return JSONResponse(body, http_status, HEADERS | (headers or {}))


async def signed_in(request: Request) -> Account:
    """Who asks. Raises Refused when nobody is signed in."""
    account = await services_of(request).accounts.of_token(session_token(request), now())
    if not account:
        raise Refused(401, "not_signed_in")
    return account


async def as_administrator(request: Request) -> Account:
    """Who asks, as the database has them at this moment. Raises Refused when they are no administrator."""
    account = await signed_in(request)
    if not account.administrator:
        raise Refused(403, "not_administrator")
    return account


def author(request: Request) -> Author:
    """Whoever asks, asked once more when their change is written."""
    return administrator(digest(session_token(request)), now())


async def body_of(request: Request, longest: int = LONGEST_BODY) -> dict[str, Any]:
    """The JSON object that our own page sent."""
    services_of(request).reach.counted(request)
    if not origins.is_own(request):
        services_of(request).reach.wrong_origin(request)
        raise Refused(403, "wrong_origin")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "not_json")
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > longest:
                raise Refused(413, "too_large")
    except ClientDisconnect:
        # Nobody hears this. It is no fault of ours, which the log would tell at length.
        raise Refused(400, "gone") from None
    try:
        value = json.loads(bytes(body), parse_int=_whole, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError):
        raise Refused(400, "not_json") from None
    if type(value) is not dict:
        raise Refused(400, "bad_fields")
    return value


def _whole(text: str) -> int:
    """What every JSON parser reads alike (RFC 7493, 2.2), and every database can store."""
    value = int(text)
    if abs(value) > _LARGEST_WHOLE:
        raise Refused(400, "bad_number")
    return value


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise Refused(400, "bad_number")
    return value


def text_of(value: Any) -> str:
    """A part of a body as the JSON text that a model checks. Raises Invalid for what is no Unicode."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Invalid([Problem("", "control_character")]) from None
    return text


def number(request: Request, name: str, default: int) -> int:
    """A whole number of the query. Raises Refused."""
    text = request.query_params.get(name, str(default))
    if not text.isascii() or not text.isdigit() or len(text) > 16:
        raise Refused(400, "bad_number", name=name)
    return int(text)
