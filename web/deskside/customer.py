"""The customer's page: what is here is all that the portal needs; the session's modules come after it."""

from .runtime import modules
from .runtime.dom import BrowserDom, text_of
from .runtime.js import document, get, later, loads, monotonic, then, window
from .runtime.language import Language
from .runtime.page import css_colour, is_preview, language, mark, query, server_url, unsupported
from .runtime.storage import draft, keep_draft
from .ui.customer.portal import PORTAL_DRAFTS, Portal, first_state, show_site
from .ui.customer.views import page
from .ui.element import Root
from .ui.rendering import Rendering
from .ui.text import Catalogue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class CustomerPage:
    """Holds the state, renders it, and hands actions to the portal or, once it has come, to the controller."""

    def __init__(self) -> None:
        self.state = first_state()
        spoken = language()
        self.t = Catalogue(modules.texts(spoken), spoken)
        self.language = Language(self.t)
        self.language.attach(self.state, self._speaks)
        place = document.getElementById("app")
        self.root = Root(BrowserDom(document, place, self.dispatch, self.settle), place)
        self.portal = Portal(self.state, keep_draft)
        self.controller: "Any" = None
        self.is_preview = is_preview()
        self.site: "dict[str, Any]" = {}
        self._rendering = Rendering(later, monotonic, self._render)

    def start(self) -> None:
        self.root.adopt(page(self.state, self.t))
        self._keep_what_was_typed()
        self.portal.pressed = modules.take_over()
        self.state["insecure"] = not window.isSecureContext
        self.state["portal"]["busy"] = self.portal.pressed
        self.render()
        mark("deskside:usable")
        self.fetch_site()
        modules.insist("session", self._begin, self._modules_failed)

    def _keep_what_was_typed(self) -> None:
        """Before Python listened, or before the page was loaded anew."""
        form = self.state["portal"]
        for name in PORTAL_DRAFTS:
            form[name] = text_of(document.getElementById(name)) or draft(name)
            keep_draft(name, form[name])
        # Taken out of the address, where the device keeps nothing.
        form["key"] = form["key"] or str(get(window.deskside, "key", ""))
        form["issue"] = form["issue"] or query("issue")

    def fetch_site(self) -> None:
        """What the company says and decides, as it is now."""
        if self.is_preview:
            return
        then(window.fetch(server_url("/api/site?language=" + self.t.language)), self._site_answered, lambda _: None)

    def _site_answered(self, response: "Any") -> None:
        if response.ok:
            then(response.text(), self._site_read, lambda _: None)

    def _site_read(self, text: str) -> None:
        self.site = loads(text)
        self.show_site(self.site)

    def show_site(self, site: "dict[str, Any]") -> None:
        show_site(self.state, site, server_url(""))
        self.language.offer(site.get("languages", []), site.get("language", ""))
        document.title = self.t("page.title", company=site["company"])
        css_colour(site.get("colour", ""))
        self.changed()

    def _speaks(self) -> None:
        """The page speaks another language now; what the site says in it is fetched."""
        if self.site:
            document.title = self.t("page.title", company=self.site["company"])
        self.fetch_site()
        if self.controller is not None:
            self.controller.language_changed()
        self.changed()

    def _begin(self) -> None:
        self.root.dom.read()
        form = self.state["portal"]
        if form["problem"] == "blocked":
            form["problem"] = ""
            form["busy"] = self.portal.pressed
            self.changed()
        self.language.more_texts()
        if self.is_preview:
            from .customer_preview import show_preview

            show_preview(self)
            return
        reason = unsupported()
        if reason:
            # The screen that says so came with the session's modules.
            self.state["screen"] = "unsupported"
            self.state["unsupported"] = reason
            self.changed()
            return
        from .customer_session import make_controller

        make_controller(self)

    def _modules_failed(self) -> None:
        # Offline for a moment, or held back by something: the form stays, and goes on by itself when it comes.
        self.state["portal"]["busy"] = False
        self.state["portal"]["problem"] = "blocked"
        self.changed()

    def dispatch(self, action: "tuple[Any, ...]", value: "Any") -> "Any":
        if action[0] == "set_language" and not self.is_preview:
            self.language.choose(value)
            self.changed()
            return None
        if self.controller is not None:
            return self.controller.handle(action, value)
        if action[0] in ("start_chat", "start_again"):
            modules.again()
        if action[0] == "reload":
            window.location.reload()
        self.portal.handle(action, value)
        self.changed()
        return None

    def changed(self) -> None:
        self._rendering.changed()

    def settle(self) -> None:
        self._rendering.settle()

    def render(self) -> None:
        self._rendering.at_once()

    def _render(self) -> None:
        if self.controller is not None:
            self.controller.fill()
        self.root.render(page(self.state, self.t))
        if self.controller is not None:
            self.controller.rendered()


CustomerPage().start()
