"""What the pages of customers and representatives ask about the site."""

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from signaling.api.answers import HEADERS, Refused, answer, services_of, signed_in
from signaling.pages import ASK_FIRST, FOR_EVER
from signaling.secrets import digest
from signaling.site.document import Site
from signaling.site.fields import image_of
from signaling.site.live import LiveSite
from signaling.turn import ice_servers

if TYPE_CHECKING:
    from signaling.app import Services


async def site(request: Request) -> Response:
    """What the customer's page shows. It may live on another, allowed origin."""
    services = services_of(request)
    live = services.site
    body = shown(live.document, live, live.language(request.query_params.get("language", "")))
    body |= {
        "version": live.version,
        # TURN credentials are for one peer of one session: they come with `joined`.
        "ice_servers": [server for server in ice_servers(services.settings, "", 0) if "username" not in server],
        "available": _anybody_available(services, ""),
    }
    headers = {"Vary": "Origin"}
    if request.headers.get("origin", "") in live.document.allowed_origins:
        headers["Access-Control-Allow-Origin"] = request.headers["origin"]
    return answer(body, headers=headers)


def shown(document: Site, live: LiveSite, language: str) -> dict[str, Any]:
    """The part of the settings that customers see, in one language."""
    return {
        "company": document.company,
        "colour": document.colour,
        "logo": f"/api/logo?v={_logo_version(document)}" if document.logo else "",
        "language": language,
        "languages": list(document.languages),
        "greeting": live.text("greeting", language),
        "issues": [{"id": issue.id, "name": live.pick(issue.name, language)} for issue in document.issues],
        "session_start": document.session_start,
        "max_file_size": document.files.max_size,
        "reconnect_time": document.reconnect.session,
        "forbidden_types": list(document.files.forbidden_types),
        "watermark": document.watermark.model_dump(),
        "survey": bool(document.survey.on and document.survey.questions),
    }


async def logo(request: Request) -> Response:
    """The company's logo. Its address changes with it."""
    document = services_of(request).site.document
    media_type, content = image_of(document.logo)
    if not content:
        raise Refused(404, "no_logo")
    current = request.query_params.get("v") == _logo_version(document)
    headers = HEADERS | {"Cache-Control": FOR_EVER if current else ASK_FIRST}
    return Response(content, media_type=media_type, headers=headers)


async def available(request: Request) -> Response:
    """Whether somebody takes customers at the moment, for buttons on the company's own pages."""
    services = services_of(request)
    found = _anybody_available(services, request.query_params.get("issue", ""))
    return answer({"available": found}, headers={"Access-Control-Allow-Origin": "*"})


def _anybody_available(services: "Services", issue: str) -> bool:
    """For this issue; for any at all as long as the customer has yet to choose one."""
    hub = services.desk.hub
    to_be_chosen = services.site.document.issues and not services.site.issue(issue)
    return hub.anybody_available("" if to_be_chosen else hub.queue_of(issue))


async def canned(request: Request) -> Response:
    """What representatives say often."""
    await signed_in(request)
    live = services_of(request).site
    language = live.language(request.query_params.get("language", ""))
    messages = [
        {"id": message.id, "name": message.name, "text": live.pick(message.text, language)}
        for message in live.document.canned
    ]
    return answer({"messages": messages})


def _logo_version(document: Site) -> str:
    return digest(document.logo)[:16]


ROUTES = [
    Route("/api/site", site),
    Route("/api/logo", logo),
    Route("/api/available", available),
    Route("/api/canned", canned),
]
