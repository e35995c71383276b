"""The administrator's page."""

from .runtime import modules
from .runtime.admin_host import AdminHost
from .runtime.dom import BrowserDom
from .runtime.js import document
from .runtime.language import Language
from .runtime.page import begin_anew_when_brought_back, language, mark
from .ui.admin.controller import AdminController
from .ui.element import Root
from .ui.text import Catalogue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class AdminPage:
    """Puts controller and browser together."""

    def __init__(self) -> None:
        place = document.getElementById("app")
        root = Root(BrowserDom(document, place, self._dispatch, self._settle), place)
        spoken = language()
        t = Catalogue(modules.texts(spoken), spoken)
        self.host = AdminHost()
        self.controller = AdminController(self.host, root, t, Language(t))

    def start(self) -> None:
        modules.take_over()
        begin_anew_when_brought_back()
        self.host.on_fragment(self.controller.go)
        self.host.on_leaving(self.controller.leaving)
        self.host.on_preview(self.controller.preview_ready)
        self.controller.start()
        mark("deskside:usable")

    def _dispatch(self, action: "tuple[Any, ...]", value: "Any") -> "Any":
        return self.controller.handle(action, value)

    def _settle(self) -> None:
        self.controller.settle()


AdminPage().start()
