"""The representative's page."""

from .core.messages import FROM_REPRESENTATIVE, TO_REPRESENTATIVE
from .runtime import modules
from .runtime.console_host import ConsoleHost
from .runtime.dom import BrowserDom
from .runtime.js import document, window
from .runtime.language import Language
from .runtime.page import begin_anew_when_brought_back, follow_keyboard, language, mark, signaling_url, unsupported
from .runtime.socket import Signaling
from .ui.console.controller import ConsoleController
from .ui.element import Root
from .ui.text import Catalogue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class ConsolePage:
    """Puts controller, browser and server together; it starts when the device's storage has answered."""

    def __init__(self) -> None:
        place = document.getElementById("app")
        self.host = ConsoleHost("console", self._ready)
        root = Root(BrowserDom(document, place, self._dispatch, self._settle), place)
        signaling = Signaling(signaling_url(), FROM_REPRESENTATIVE, TO_REPRESENTATIVE, self.host.page_clock)
        spoken = language()
        t = Catalogue(modules.texts(spoken), spoken)
        self.controller = ConsoleController(self.host, root, t, signaling, Language(t))
        signaling.owner = self.controller

    def _ready(self) -> None:
        modules.take_over()
        begin_anew_when_brought_back()
        follow_keyboard()
        fragment = str(window.location.hash)
        if unsupported():
            self.controller.refuse()
        else:
            self.host.when_unkept(self.controller.changed)
            self.host.on_fragment(self.controller.recordings.go)
            self.host.on_leaving(self._leaving)
            self.host.written.on_changed(self.controller.written_elsewhere)
            self.controller.start(fragment[7:] if fragment[:7] == "#setup=" else "")
        mark("deskside:usable")

    def _dispatch(self, action: "tuple[Any, ...]", value: "Any") -> "Any":
        return self.controller.handle(action, value)

    def _leaving(self) -> None:
        self.controller.root.dom.read()
        self.controller.leaving()

    def _settle(self) -> None:
        self.controller.settle()


ConsolePage()
