"""What the representative's page needs of the browser besides: its address, and the player of recordings."""

from . import player
from .host import BrowserHost
from .js import attempt, document, is_null, listen, window
from .written import Written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class ConsoleHost(BrowserHost):
    """The customer's page does not fetch this."""

    def __init__(self, name: str, ready: "Callable[[], Any]") -> None:
        self.written = Written()
        BrowserHost.__init__(self, name, ready)

    def unkept(self) -> str:
        return BrowserHost.unkept(self) or ("" if self.written.keeps else "draft")

    def on_leaving(self, leaving: "Callable[[], Any]") -> None:
        """Call `leaving` when the page goes, or may go without another word, as one that is not seen may."""

        def seen_or_not(_: "Any") -> None:
            if str(document.visibilityState) == "hidden":
                leaving()

        listen(window, "pagehide", lambda _: leaving())
        listen(document, "visibilitychange", seen_or_not)

    def fragment(self) -> str:
        """What follows the # of the page's address, with it."""
        return str(window.location.hash)

    def push_fragment(self, fragment: str) -> None:
        """Be somewhere else on this page; the browser's `Back` leads back."""
        place = fragment or str(window.location.pathname) + str(window.location.search)
        window.history.pushState(None, "", place)

    def on_fragment(self, changed: "Callable[[str], Any]") -> None:
        """Call `changed` when the browser goes back or forward, or somebody writes into the address bar."""
        listen(window, "hashchange", lambda _: changed(self.fragment()))

    def encoded(self, text: str) -> str:
        """A text as a value of a query; "" when it is none that can be sent."""
        ok, made = attempt(window, "encodeURIComponent", text)
        return str(made) if ok else ""

    def date(self, at: float) -> "tuple[str, str]":
        """A moment as a day in the page's language, and as ISO 8601."""
        return self.page_clock.said("date", at)

    def focus(self, identifier: str) -> None:
        """Give the focus to the element of this id, and bring it into view."""
        element = document.getElementById(identifier)
        if not is_null(element):
            element.focus()

    def watch(self, video: "Any", owner: "Any") -> player.Playback:
        return player.Playback(video, owner)

    def is_in_view(self, box: "Any", identifier: str) -> bool:
        return player.is_in_view(box, identifier)

    def bring_into_view(self, box: "Any", identifier: str) -> bool:
        return player.bring_into_view(box, identifier)
