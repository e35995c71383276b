"""Whether a request comes from a page that may make it."""

import ipaddress
from collections.abc import Collection

from starlette.requests import HTTPConnection

_PLAIN = {"ws": "http", "wss": "https"}
_USUAL_PORT = {"http": ":80", "https": ":443"}


def own_origin(request: HTTPConnection) -> str:
    """The origin under which the browser knows this server. A proxy may add the port that browsers leave out."""
    scheme = _PLAIN.get(request.url.scheme, request.url.scheme)
    host = request.headers.get("host", "").lower().removesuffix(_USUAL_PORT.get(scheme, ""))
    return f"{scheme}://{host}"


def is_own(request: HTTPConnection) -> bool:
    """Exactly this server's origin: needed for all that acts for a representative."""
    return request.headers.getlist("origin") == [own_origin(request)]


def may_be_customer(request: HTTPConnection, allowed: Collection[str]) -> bool:
    """This server's origin, or one that an administrator allows for the customer's page."""
    origins = request.headers.getlist("origin")
    return is_own(request) or (len(origins) == 1 and origins[0] in allowed)


def address(request: HTTPConnection) -> str:
    """Where it comes from, for counting only: an IPv6 customer has a whole /64 to themselves."""
    return network_of(request.client.host if request.client else "")


def network_of(host: str) -> str:
    """The address as a whole, or the /64 that one of IPv6 is in."""
    if ":" not in host or "." in host:
        return host
    try:
        return str(ipaddress.ip_network(f"{host.partition('%')[0]}/64", strict=False))
    except ValueError:
        return host
