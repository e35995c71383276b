"""What a page asks that was refused, or gets no WebSocket: whether a proxy in between is the reason."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from signaling.api.answers import answer, services_of
from signaling.headers import NOT_A_PAGE


async def reach(request: Request) -> Response:
    """Lines to change in the settings of a proxy, or of this server; `origin` is the page's own."""
    found = services_of(request).reach
    changes = found.to_change(request, request.query_params.get("origin", ""))
    return answer({"change": changes + found.for_web_socket()})


async def not_upgraded(request: Request) -> Response:
    """The address of the WebSocket, asked for like a page."""
    services_of(request).reach.lost_upgrade(request)
    headers = {"Upgrade": "websocket", "Cache-Control": "no-store", "Content-Security-Policy": NOT_A_PAGE}
    return PlainTextResponse("This is the address of a WebSocket.\n", 426, headers)


ROUTES = [Route("/api/reach", reach), Route("/signaling", not_upgraded)]
