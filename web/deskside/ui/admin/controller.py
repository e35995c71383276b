"""The administrator's page: one draft of all settings, forms that are saved by themselves, and what is only read."""

from ..console.door import Door
from ..proxy import Proxy
from ..rendering import Rendering
from ..views.language import NAMES
from .actions import ACTIONS
from .draft import Draft
from .notices import Notices
from .people import People
from .preview import message
from .records import Records
from .sections import address, field_id, first_state, has_texts, read_address, screens_of
from .settings import Settings
from .views import page as page_view

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_OF_THE_PAGE = ("screen", "company", "status", "language", "languages", "language_failed", "name", "administrator")
"""What does not depend on who is signed in, or is known of them already."""


class AdminController:
    """`root` shows it. `host` is the page's own (see `runtime.admin_host`)."""

    def __init__(self, host: "Any", root: "Any", t: "Any", language: "Any") -> None:
        self.host = host
        self.root = root
        self.t = t
        self.state = first_state()
        self.language = language
        language.attach(self.state, self.changed)
        self.settings = Settings(self)
        self.door = Door(host, self)
        self.proxy = Proxy(host, self._misconfigured)
        self.notices = Notices(self)
        self.people = People(self)
        self.records = Records(self)
        self._focus = ""
        self._shown: "dict[str, Any] | None" = None
        self._rendering = Rendering(host.later, host.passed, self._render)
        self._telling: "Any" = None

    @property
    def draft(self) -> Draft:
        return self.settings.draft

    @property
    def is_unsaved(self) -> bool:
        """Whether something would be gone with the page."""
        return bool(self.draft.changes()) or self.notices.is_changed or self.people.is_changed

    def start(self) -> None:
        """Adopt the static page and see who is there."""
        self.root.adopt(page_view(self.state, self.t))
        self.language.offer(list(NAMES), self.t.language)
        self.host.request("GET", "/api/site", None, self._site_read)
        self.door.open("")

    def _site_read(self, status: int, answer: "dict[str, Any]") -> None:
        if status == 200 and "company" in answer:
            self.state["company"] = answer["company"]
            self.changed()

    # who is there

    def came_in(self) -> None:
        if self.settings.owner not in ("", self.state["name"]):
            self._begin_anew()
        if not self.state["administrator"]:
            self.state["screen"] = "not_administrator"
        else:
            self.state["screen"] = "admin"
            self.state["trouble"] = ""
            self.settings.load()
        self.changed()

    def _begin_anew(self) -> None:
        """Another one signed in. What the former was writing stays in this tab for them, and nobody else sees it."""
        self.settings.keep()
        self.settings = Settings(self)
        fresh = first_state()
        for name in fresh:
            if name not in _OF_THE_PAGE:
                self.state[name] = fresh[name]

    def sign_out(self) -> None:
        """Not before everything is saved or discarded: it would be gone."""
        if self.is_unsaved:
            self.state["trouble"] = "sign_out_unsaved"
            return
        self.settings.forget()
        self.door.sign_out()

    def leaving(self) -> None:
        """The page goes."""
        if self.state["document"] is not None:
            self.settings.keep()

    def ask(self, method: str, path: str, body: "Any", done: "Any", refused: "Any" = None) -> None:
        """A request of a signed-in administrator. Who is none any more is told, whatever was asked."""

        def answered(status: int, answer: "dict[str, Any]") -> None:
            if status == 200 or status == 201 or status == 204:
                self.state["trouble"] = ""
                self.door.recognised()
                done(answer)
            elif status == 401:
                self.door.turned_away()
            elif status == 403 and answer.get("code") == "not_administrator":
                self.state["trouble"] = "not_administrator"
            elif status == 403 and answer.get("code") == "wrong_origin":
                self.state["trouble"] = "refused"
                self.proxy.suspect()
            elif status == 413 and "code" not in answer:
                # Not the server has said so: it takes more than a proxy lets through without being told.
                self.state["trouble"] = "refused"
                self._misconfigured(["client_max_body_size 5m;"])
            elif status == 0 or status >= 500:
                self.state["trouble"] = "unreachable"
            elif refused is None:
                self.state["trouble"] = "refused"
            if refused is not None and status not in (200, 201, 204):
                refused(status, answer)
            self.changed()

        self.host.request(method, path, body, answered)

    def _misconfigured(self, lines: "list[str]") -> None:
        if self.state["trouble"] == "refused":
            self.state["trouble"] = "misconfigured"
            self.state["change"] = lines
            self.changed()

    # where one is

    def go(self, fragment: str) -> None:
        """To a section, or to one of its fields: the page's address says which."""
        state = self.state
        if state["document"] is None:
            return
        name, path = read_address(fragment)
        if name != state["section"]:
            state["section"] = name
            state["open"] = ""
        state["menu"] = False
        screens = screens_of(name)
        if screens and state["preview"]["screen"] not in screens:
            state["preview"]["screen"] = screens[0]
        if path:
            self._open_field(path)
            # The same link pressed again leads there again.
            self.host.replace_fragment(address(name))
        if name == "notices":
            self.notices.load()
        elif name == "people":
            self.people.load()
        elif name == "reports":
            self.records.load_reports()
        elif name == "history":
            self.records.load_history()
        self.changed()

    def _open_field(self, path: str) -> None:
        words = path.split(".")
        count = 3 if words[0] == "survey" else 2
        if words[0] in ("issues", "canned", "survey") and len(words) > count:
            self.state["open"] = ".".join(words[:count])
        if has_texts(self.state["section"]):
            for word in words:
                if word in self.draft.document["languages"]:
                    self.state["text_language"] = word
        self.focus(path)

    def focus(self, path: str) -> None:
        """To the element of a field, once it is there."""
        self._focus = path
        self.changed()

    def say(self, text: str) -> None:
        """To those who listen to the page."""
        self.state["status"] = text

    def handle(self, action: "tuple[Any, ...]", value: "Any") -> "Any":
        handler = ACTIONS.get(action[0])
        answer = None if handler is None else handler(self, action[1:], value)
        self.changed()
        return answer

    # rendering

    def changed(self) -> None:
        self._rendering.changed()

    def settle(self) -> None:
        self._rendering.settle()

    def _render(self) -> None:
        state = self.state
        state["conflict"] = self.draft.conflict
        state["unkept"] = self.host.unkept()
        state["changes"] = len(self.draft.changes())
        self.host.warn_on_leaving(self.is_unsaved)
        self.root.render(page_view(state, self.t))
        if self._focus:
            self.host.focus(field_id(self._focus))
            self._focus = ""
        if self._telling is None and state["document"] is not None:
            self._telling = self.host.later(150, self._tell)

    def _tell(self) -> None:
        self._telling = None
        frame = self.root.refs.get("preview")
        if frame is not None and screens_of(self.state["section"]):
            shown = message(self.state)
            if shown != self._shown:
                self._shown = shown
                self.host.show(frame, shown)

    def preview_ready(self) -> None:
        """The frame has loaded, or has loaded again."""
        self._shown = None
        self.changed()
