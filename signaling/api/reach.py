"""What a page asks that was refused, or gets no WebSocket: whether a proxy in between is the reason."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from signaling.api.answers import answer, services_of
from signaling.headers import NOT_A_PAGE
from signaling.reach import ALLOWED, UPGRADE


async def reach(request: Request) -> Response:
    """Lines to change in the settings of a proxy, or of this server, whose origin the page says as it knows it; and
    those that let WebSockets through, for a page of which none has arrived.

    A page on another host may ask, too: what it reads here says nothing about anybody.
    """
    services = services_of(request)
    found = services.reach
    known_as = request.query_params.get("origin", "")
    page = request.headers.get("origin", known_as)
    if page == known_as:
        changes = found.to_change(request, known_as)
    else:
        changes = [] if page in services.site.document.allowed_origins else list(ALLOWED)
    headers = {"Access-Control-Allow-Origin": "*"}
    body = {"change": changes + found.for_web_socket(request), "upgrade": UPGRADE}
    return answer(body, headers=headers)


async def not_upgraded(request: Request) -> Response:
    """The address of the WebSocket, asked for like a page."""
    services_of(request).reach.lost_upgrade(request)
    headers = {"Upgrade": "websocket", "Cache-Control": "no-store", "Content-Security-Policy": NOT_A_PAGE}
    return PlainTextResponse("This is the address of a WebSocket.\n", 426, headers)


ROUTES = [Route("/api/reach", reach), Route("/signaling", not_upgraded)]
