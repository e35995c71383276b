"""The path below which a proxy serves everything, such as `/help/`."""

import re

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_SUB_PATH = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*")


def sub_path(text: str) -> str:
    """With a slash at both ends, however it was written. Raises ValueError."""
    path = f"/{text.strip('/')}/" if text.strip("/") else "/"
    if not _SUB_PATH.fullmatch(path):
        raise ValueError("a path is written like /help/")
    return path


class BelowPath:
    """Finds the application below `path`, and also where it always was: some proxies take the path away."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            asked = scope["path"]
            if scope["type"] == "http" and asked + "/" == self._path:
                # Relative, for whatever is before it: /help and /help?issue=printer.
                query = scope["query_string"].decode("latin-1")
                place = self._path.split("/")[-2] + "/"
                await RedirectResponse(f"{place}?{query}" if query else place, 308)(scope, receive, send)
                return
            if asked.startswith(self._path):
                inner = asked[len(self._path) - 1 :]
                scope = {**scope, "path": inner, "raw_path": inner.encode("latin-1", "replace")}
        await self._app(scope, receive, send)
