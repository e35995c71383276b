"""Under which names browsers may find this server.

Another site can give its own name the address of this server (DNS rebinding): a browser that may reach the server then
takes that site's pages for the server's own. It still says the name, and no page can change that.
"""

import ipaddress
import re
from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_PORT = re.compile(r":[0-9]{0,5}$")


def host_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names as browsers say them. Raises ValueError for what is none, such as one with a port or a scheme."""
    lower = tuple(name.lower() for name in names)
    if not all(map(_NAME.fullmatch, lower)):
        raise ValueError("a host is written like support.example.com, without scheme and port")
    return lower


def is_known(host: str, names: Collection[str]) -> bool:
    """Whether what a request says in `Host` may be this server.

    An address always may, and so may `localhost`, for there is no name that another site could have pointed here; and
    nothing, for every browser says something.
    """
    name = _PORT.sub("", host.lower())
    return not name or name == "localhost" or name in names or _is_address(name)


class KnownHosts:
    """Answers requests under other names with 421, whatever they ask for."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] in ("http", "websocket") and not is_known(Headers(scope=scope).get("host", ""), self._names):
            app = PlainTextResponse("This server has another name.\n", 421)
        await app(scope, receive, send)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name[1:-1] if name.startswith("[") and name.endswith("]") else name)
    except ValueError:
        return False
    return True
