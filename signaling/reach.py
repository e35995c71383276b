"""Whether requests arrive as browsers send them, and which line of a proxy's settings to change where they do not.

Words for nginx, as docs/deploy.md has them. Nothing that a stranger sent is repeated, neither in an answer nor in the
log, which says each thing once an hour at most.
"""

import re
import time
from collections.abc import Sequence

import structlog
from starlette.requests import HTTPConnection

from signaling import origins

log = structlog.get_logger()

UPGRADE = (
    "proxy_http_version 1.1;",
    "proxy_set_header Upgrade $http_upgrade;",
    'proxy_set_header Connection "upgrade";',
)
ALLOWED = ("allowed_origins: <origin of that page>",)
_ORIGIN = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
_LOOPBACK = ("127.0.0.1", "::1")
_REMEMBERS = 60.0
"""Seconds for which a handshake that lost its `Upgrade` explains why a page at the same address has no WebSocket."""
_REMEMBERS_AT_MOST = 1000
_SAYS_AGAIN = 3600.0


class Reach:
    """One for the server."""

    def __init__(self, trusted_proxies: Sequence[str]) -> None:
        self._trusted = trusted_proxies
        self._lost: dict[str, float] = {}
        self._said: dict[str, float] = {}

    def to_change(self, request: HTTPConnection, origin: str) -> list[str]:
        """What a proxy has to be told, for a page of this origin, as its browser says it, to be a page of this server.

        Empty when the page is one, and when it can be none.
        """
        match = _ORIGIN.fullmatch(origin.lower())
        if not match:
            return []
        scheme, host, port = match[1], match[2], match[3] or ""
        seen_scheme, _, seen_host = origins.own_origin(request).partition("://")
        changes = []
        if seen_host.removesuffix(":443" if scheme == "https" else ":80") != host + port:
            # Behind a port of its own, $host would lack that.
            changes.append(f"proxy_set_header Host {'$http_host' if port else '$host'};")
        if seen_scheme != scheme:
            changes += self._for_scheme(request, scheme)
        return changes

    def for_web_socket(self, request: HTTPConnection) -> list[str]:
        """The same for a page that gets no WebSocket."""
        lost_at = self._lost.get(origins.address(request), -_REMEMBERS)
        return list(UPGRADE) if time.monotonic() - lost_at < _REMEMBERS else []

    def lost_upgrade(self, request: HTTPConnection) -> None:
        """Somebody asked for the WebSocket's address as if it were a page."""
        if "sec-websocket-key" in request.headers:
            address = origins.address(request)
            self._lost.pop(address, None)
            if len(self._lost) >= _REMEMBERS_AT_MOST:
                del self._lost[next(iter(self._lost))]
            self._lost[address] = time.monotonic()
            because = "A WebSocket came without its Upgrade. If a proxy of yours kept that, no page can connect. Set"
            self._say("web_socket_lost", because, UPGRADE)

    def wrong_origin(self, request: HTTPConnection) -> None:
        """A request was refused for the origin of its page."""
        if request.headers.get("sec-fetch-site", "same-origin") == "same-origin":
            changes = self.to_change(request, request.headers.get("origin", ""))
            if changes:
                self._say("wrong_origin", "If the page was one of this server, its proxy has to be told", changes)
                return
        self._say("wrong_origin_refused", "If the page was one of yours on another host, the settings need", ALLOWED)

    def counted(self, request: HTTPConnection) -> None:
        """A request was counted for the address that it came from."""
        if not self._trusted and "x-forwarded-for" in request.headers:
            because = "If that is a proxy, all behind it count as one address. Set"
            self._say("proxy_not_trusted", because, [self._trust(request)])

    def _for_scheme(self, request: HTTPConnection, scheme: str) -> list[str]:
        said = request.headers.get("x-forwarded-proto", "").strip().lower()
        changes = []
        if not said:
            changes.append("proxy_set_header X-Forwarded-Proto $scheme;")
        elif said != scheme:
            # The proxy is behind another one, which ends TLS.
            changes.append("proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;")
        if said == scheme or not self._trusted:
            changes.append(self._trust(request))
        return changes

    def _trust(self, request: HTTPConnection) -> str:
        # Other addresses are nobody's business: this goes to strangers, too.
        address = request.client.host if request.client else ""
        return "DESKSIDE_TRUSTED_PROXIES=" + (address if address in _LOOPBACK else "<address of the proxy>")

    def _say(self, what: str, why: str, changes: Sequence[str]) -> None:
        # Whoever has followed one advice reads the next one at once. There are few, for strangers choose no word of it.
        advice = f"{why}: {' '.join(changes)}"
        now = time.monotonic()
        if now - self._said.get(what + advice, -_SAYS_AGAIN) >= _SAYS_AGAIN:
            self._said[what + advice] = now
            log.warning(what, advice=advice)
