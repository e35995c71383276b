"""The administrator's page for tests: the real controller over a host and a server without a browser."""

import copy
import json
from collections.abc import Callable
from typing import Any

from deskside.ui.admin.controller import AdminController
from deskside.ui.element import Root
from deskside.ui.text import Catalogue
from tests.ui.catalogue import english
from tests.ui.fakes import FakeHost
from tests.ui.fakes_dom import FakeDom, FakeNode

SETTINGS: dict[str, Any] = {
    "company": "Acme",
    "logo": "",
    "colour": "",
    "languages": ["en", "de"],
    "session_start": "web_chat",
    "agreement": {"on": False, "timeout": 300},
    "recording": {"on": False, "timeout": 60, "retention": 30, "download": "administrators"},
    "sessions": {"retention": 365},
    "hold": {"on": True, "interval": 120},
    "orphaned": {"grace": 60, "url": "", "countdown": 15, "takes_messages": True, "retention": 90},
    "survey": {"on": False, "questions": []},
    "watermark": {"text": "", "image": ""},
    "files": {"max_size": 1 << 34, "forbidden_types": []},
    "allowed_origins": [],
    "reconnect": {"queue": 600, "session": 43200},
    "teams": [{"id": "general", "name": "General"}],
    "issues": [{"id": "printer", "name": {"en": "Printer"}, "team": "general"}],
    "canned": [],
    "texts": {},
}
DEFAULTS = {
    language: dict.fromkeys(
        (
            "greeting",
            "queue_greeting",
            "agreement_title",
            "agreement_text",
            "recording_text",
            "hold_message",
            "orphaned_message",
        ),
        "Default " + language,
    )
    for language in ("en", "de", "ar")
}
REASONS = {"web_chat": "", "full_client": "no_client_file", "customer_chooses": "no_client_file"}
NOTICE: dict[str, Any] = {
    "id": "n1",
    "name": "Mail",
    "scope": "",
    "texts": {"en": {"title": "Mail is down", "text": "We know."}},
    "expires_at": 1_800_000_000_000,
    "state": "published",
    "shown": 3,
    "left": 1,
    "continued": 2,
}
ANN = {"id": "p1", "name": "ann", "administrator": True, "teams": [], "session_limit": 8}


def settings(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(SETTINGS) | changes


class FakeAdminHost(FakeHost):
    """What `runtime.admin_host` gives the page besides. `tab` is what the tab remembers."""

    def __init__(self, tab: dict[str, str] | None = None, fragment: str = "") -> None:
        super().__init__()
        self.tab = {} if tab is None else tab
        self.place = fragment
        self.warns = False
        self.at = ""
        self.shown: list[dict[str, Any]] = []
        self.files: list[tuple[str, Any]] = []

    def keep(self, key: str, value: Any) -> None:
        if value is None:
            self.tab.pop(key, None)
        else:
            self.tab[key] = json.dumps(value)

    def kept(self, key: str) -> Any:
        return json.loads(self.tab[key]) if key in self.tab else None

    def warn_on_leaving(self, unsaved: bool) -> None:
        self.warns = unsaved

    def moment(self, at: float) -> tuple[str, str]:
        return "Nov 22, 2026, 12:00 PM", "2026-11-22T12:00:00.000Z"

    def local_text(self, at: float) -> str:
        return "2027-01-15T08:00"

    def moment_of(self, text: str) -> str | None:
        return text + ":00.000Z" if len(text) == 16 else None

    def fragment(self) -> str:
        return self.place

    def replace_fragment(self, fragment: str) -> None:
        self.place = fragment

    def focus(self, identifier: str) -> None:
        self.at = identifier

    def save_json(self, name: str, value: Any) -> None:
        self.files.append((name, value))

    def read_json(self, file: Any, read: Callable[[Any], Any]) -> None:
        read(file)

    def read_picture(self, file: Any, read: Callable[[str], Any], failed: Callable[[str], Any]) -> None:
        if file == "broken":
            failed("image_failed")
        else:
            read(file)

    def show(self, frame: Any, message: dict[str, Any]) -> None:
        self.shown.append(message)


class FakeLanguage:
    """`runtime.language`, in English whatever is chosen."""

    def attach(self, state: dict[str, Any], changed: Callable[[], Any]) -> None:
        self._state = state

    def offer(self, languages: list[str], preferred: str) -> None:
        self._state["languages"] = languages

    def choose(self, language: str) -> None:
        self._state["language"] = language


class AdminPage:
    """The page as its composition root builds it; `answer` is the server."""

    def __init__(self, tab: dict[str, str] | None = None, fragment: str = "") -> None:
        self.host = FakeAdminHost(tab, fragment)
        self.dom = FakeDom()
        self.admin = AdminController(self.host, Root(self.dom, self.dom.place), Catalogue(english()), FakeLanguage())

    @property
    def state(self) -> dict[str, Any]:
        return self.admin.state

    @property
    def document(self) -> dict[str, Any]:
        return self.admin.draft.document

    def start(self, administrator: bool = True) -> "AdminPage":
        self.admin.start()
        self.answer("/api/site", 200, {"company": "Acme", "languages": ["en", "de"]})
        self.answer("/api/me", 200, {"name": "ann", "administrator": administrator})
        return self

    def load(self, version: int = 1, **changes: Any) -> "AdminPage":
        """Signed in, with the settings there."""
        self.start()
        self.settings(version, settings(**changes))
        return self

    def settings(self, version: int, document: dict[str, Any]) -> None:
        body = {
            "version": version,
            "settings": document,
            "defaults": DEFAULTS,
            "languages": ["en", "de", "ar"],
            "start_modes": REASONS,
        }
        self.answer("/api/admin/settings", 200, body)

    def answer(self, path: str, status: int, answer: Any = None) -> tuple[str, Any]:
        """The server answers the oldest request for this path; returns its method and body."""
        found = next(request for request in self.host.requests if request[1].partition("?")[0] == path)
        self.host.requests.remove(found)
        found[3](status, copy.deepcopy(answer or {}))
        self.host.wait(500)
        return found[0], found[2]

    def do(self, *action: Any, value: Any = None) -> Any:
        answer = self.admin.handle(action, value)
        self.host.wait(500)
        return answer

    def go(self, fragment: str) -> None:
        self.admin.go(fragment)
        self.host.wait(500)

    def type(self, path: str, value: Any, kind: str = "text") -> None:
        self.do("set", path, kind, value=value)

    def text(self, key: str, value: str) -> None:
        self.do("set_text", "texts.{language}." + key, value=value)

    def shows(self, text: str) -> bool:
        return text in _text(self.dom.place)


def _text(node: FakeNode) -> str:
    if node.tag is None:
        return node.text
    return "".join(_text(child) for child in node.children)
