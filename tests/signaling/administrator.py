"""What an administrator's page asks of the server, and values that it sends."""

import base64
import json
from typing import Any

import httpx

from tests.signaling.server import PATIENCE, Site

PNG = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 17).decode()
NOTICE = {"name": "Outage", "texts": {"en": {"title": "The mail is down", "text": "We are on it."}}}


class Administrator:
    """A browser in which somebody is signed in; `Cleo` is an administrator, `Bob` is none."""

    def __init__(self, site: Site, name: str = "Cleo", browser: int = 1) -> None:
        self.site = site
        self.headers = {"Cookie": site.cookie(name, browser), "Origin": site.url}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """One request."""
        address = f"{self.site.url}/api/admin/{path}"
        content = None if body is None else json.dumps(body).encode()
        sent = self.headers | {"Content-Type": "application/json"} | headers
        return httpx.request(method, address, headers=sent, content=content, timeout=PATIENCE)

    def get(self, path: str) -> dict[str, Any]:
        """A GET that is answered."""
        return self._done(self.ask("GET", path))

    def post(self, path: str, body: Any = None) -> dict[str, Any]:
        """A POST that is done."""
        return self._done(self.ask("POST", path, {} if body is None else body))

    def put(self, path: str, body: Any) -> dict[str, Any]:
        """A PUT that is done."""
        return self._done(self.ask("PUT", path, body))

    def change(self, base: int | None = None, **settings: Any) -> httpx.Response:
        """Save the settings as they are, but for these."""
        present = self.get("settings")
        body = {"base": present["version"] if base is None else base, "settings": present["settings"] | settings}
        return self.ask("PUT", "settings", body)

    def decide(self, **settings: Any) -> int:
        """Like `change`; the new version."""
        return int(self._done(self.change(**settings))["version"])

    def _done(self, answer: httpx.Response) -> dict[str, Any]:
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body


def problems(answer: httpx.Response) -> list[tuple[str, str]]:
    """Places and codes of what is wrong."""
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "invalid"
    return [(problem["path"], problem["code"]) for problem in answer.json()["problems"]]
