"""Security headers that every answer carries."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_USED = ("camera", "clipboard-write", "display-capture", "fullscreen", "picture-in-picture")
_UNUSED = (
    "accelerometer",
    "bluetooth",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What somebody who got a script into a page could ask a browser for, and no page of ours does."""
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([f"{name}=(self)" for name in _USED] + [f"{name}=()" for name in _UNUSED]),
}
OVER_TLS = {"Strict-Transport-Security": "max-age=31536000"}
"""Of a server that has a certificate of its own. Behind a proxy it is the proxy's to say."""
NOT_A_PAGE = "default-src 'none'; frame-ancestors 'none'"


class SecurityHeaders:
    """Puts the headers that every answer carries on every answer; what is no page may not act as one."""

    def __init__(self, app: ASGIApp, over_tls: bool) -> None:
        self._app = app
        self._always = ALWAYS | (OVER_TLS if over_tls else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._always.items():
                    headers.setdefault(name, value)
                if message["status"] >= 400:
                    headers.setdefault("Content-Security-Policy", NOT_A_PAGE)
            await send(message)

        await self._app(scope, receive, send_with_headers)


async def failed(request: Request, error: Exception) -> Response:
    """The answer to a fault of ours, which Starlette gives outside of every middleware and hands on to the log."""
    over_tls = OVER_TLS if request.app.state.services.settings.certificate else {}
    headers = ALWAYS | over_tls | {"Content-Security-Policy": NOT_A_PAGE, "Cache-Control": "no-store"}
    return PlainTextResponse("Something went wrong here. Please try again later.\n", 500, headers)
