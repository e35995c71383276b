"""The customer's page: what is here is all that the portal needs; the session's modules come after it."""

from .runtime import modules
from .runtime.dom import BrowserDom
from .runtime.js import Listener, Timer, document, get, later, listen, loads, then, window
from .runtime.page import css_colour, mark, query, server_url, unsupported
from .ui.customer.portal import Portal, first_state
from .ui.customer.views import page
from .ui.element import Root
from .ui.text import Catalogue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class CustomerPage:
    """Holds the state, renders it, and hands actions to the portal or, once it has come, to the controller."""

    def __init__(self) -> None:
        self.state = first_state()
        self.t = Catalogue(modules.texts("en"))
        place = document.getElementById("app")
        self.root = Root(BrowserDom(document, place, self.dispatch), place)
        self.portal = Portal(self.state)
        self.controller: "Any" = None
        self.site: "dict[str, Any]" = {}
        self._timer: "Timer | None" = None
        self._online: "Listener | None" = None

    def start(self) -> None:
        self.root.adopt(page(self.state, self.t))
        self._keep_what_was_typed()
        self.portal.pressed = modules.take_over()
        self.state["insecure"] = not window.isSecureContext
        self.state["portal"]["busy"] = self.portal.pressed
        self.render()
        mark("deskside:usable")
        self._fetch_site()
        modules.load("session", self._begin, self._modules_failed)

    def _keep_what_was_typed(self) -> None:
        for name in ("name", "question"):
            field = document.getElementById(name)
            self.state["portal"][name] = str(get(field, "value", ""))

    def _fetch_site(self) -> None:
        then(window.fetch(server_url("/api/site")), self._site_answered, lambda _: None)

    def _site_answered(self, response: "Any") -> None:
        if response.ok:
            then(response.text(), self._site_read, lambda _: None)

    def _site_read(self, text: str) -> None:
        self.site = loads(text)
        self.state["company"] = self.site["company"]
        self.state["greeting"] = self.site["greeting"]
        self.state["portal"]["issues"] = self.site["issues"]
        asked = query("issue")
        if any(issue["id"] == asked for issue in self.site["issues"]):
            self.state["portal"]["issue"] = asked
        document.title = self.t("page.title", company=self.site["company"])
        css_colour(self.site.get("colour", ""))
        self.changed()

    def _begin(self) -> None:
        self.t.use(modules.texts("en"), "en")
        reason = unsupported()
        if reason:
            # The screen that says so came with the session's modules.
            self.state["screen"] = "unsupported"
            self.state["unsupported"] = reason
            self.changed()
            return
        from .customer_session import make_controller

        make_controller(self)

    def _modules_failed(self, _: str) -> None:
        # Offline for a moment, most likely: the form stays, the button says what to do.
        self.state["portal"]["busy"] = False
        self.state["portal"]["problem"] = "unreachable"
        self.changed()
        self._online = listen(
            window, "online", lambda _: modules.load("session", self._begin, self._modules_failed), {"once": True}
        )

    def dispatch(self, action: "tuple[Any, ...]", value: "Any") -> "Any":
        if self.controller is not None:
            return self.controller.handle(action, value)
        if action[0] == "reload":
            window.location.reload()
        self.portal.handle(action, value)
        self.changed()
        return None

    def changed(self) -> None:
        """Render soon; many changes of one moment are one rendering."""
        if self._timer is None:
            self._timer = later(0, self.render)

    def render(self) -> None:
        self._timer = None
        if self.controller is not None:
            self.controller.fill()
        self.root.render(page(self.state, self.t))
        if self.controller is not None:
            self.controller.rendered()


CustomerPage().start()
