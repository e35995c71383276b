"""The HTTP API of the pages. JSON in, JSON out, never cached."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from signaling.api import notices, people, reach, recordings, reports, settings, signing_in, site
from signaling.api.answers import HANDLERS, Refused, answer, services_of

__all__ = ["HANDLERS", "ROUTES"]


async def healthz(request: Request) -> Response:
    """For the load balancer."""
    ready = services_of(request).desk.ready
    return answer({"ready": ready}, 200 if ready else 503)


async def no_such(request: Request) -> Response:
    """Anything else under /api."""
    raise Refused(404, "no_such_address")


ROUTES = [
    *site.ROUTES,
    *signing_in.ROUTES,
    *settings.ROUTES,
    *notices.ROUTES,
    *people.ROUTES,
    *reports.ROUTES,
    *recordings.ROUTES,
    *reach.ROUTES,
    Route("/api/{rest:path}", no_such),
    Route("/healthz", healthz),
]
