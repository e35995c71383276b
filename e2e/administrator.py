"""Somebody who may change the site, without a page: what journeys of other people need to be decided meanwhile."""

from typing import Any

from playwright.sync_api import APIRequestContext


class Administrator:
    """Signed in; every answer that is not 200 fails the test."""

    def __init__(self, request: APIRequestContext, url: str, name: str, password: str) -> None:
        self._request = request
        self._url = url
        self._ask("POST", "/api/sign-in", {"name": name, "password": password})

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._request.fetch(self._url + path, method=method, data=body, headers={"Origin": self._url})
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    def decide(self, **changes: Any) -> None:
        """Change settings of the site; parts of it as a whole."""
        present = self._ask("GET", "/api/admin/settings")
        self._ask("PUT", "/api/admin/settings", {"base": present["version"], "settings": present["settings"] | changes})

    def publish(self, title: str, text: str = "", scope: str = "") -> str:
        """A notice, at once; its id."""
        notice = {"name": title, "scope": scope, "texts": {"en": {"title": title, "text": text or title}}}
        made = self._ask("POST", "/api/admin/notices", notice | {"expires_at": None})
        identifier = str(made["id"])
        self._ask("POST", f"/api/admin/notices/{identifier}/publish", {})
        return identifier

    def withdraw(self, notice: str) -> None:
        self._ask("POST", f"/api/admin/notices/{notice}/withdraw", {})

    def notice(self, identifier: str) -> Any:
        """A notice with its counts."""
        return next(one for one in self._ask("GET", "/api/admin/notices")["notices"] if one["id"] == identifier)

    def report(self) -> Any:
        """Of the last day."""
        return self._ask("GET", "/api/admin/reports?days=1")
