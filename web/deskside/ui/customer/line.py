"""What it means for the customer that the line to the server has ended, or does not come about."""

from ...core.close_codes import TAKEN_OVER
from ..proxy import Proxy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Line:
    """`page` is the controller."""

    def __init__(self, page: "Any") -> None:
        self._page = page
        self._proxy = Proxy(page.host, self._misconfigured)

    def closed(self, code: int, is_final: bool) -> None:
        page = self._page
        state = page.state
        if page.ending.is_over:
            if code == TAKEN_OVER and state["screen"] == "survey":
                state["screen"] = "taken_over"
                page.changed()
            return
        if code == TAKEN_OVER:
            page.leave_to("taken_over")
        elif is_final and page.session is not None and page.session.connection == "connected":
            pass  # the server and this page do not understand each other any more; the two pages still do
        elif is_final:
            page.leave_to("failed")
            state["failed"] = "protocol"
        elif page.resumes:
            # It goes on trying; meanwhile the page says what is the matter.
            state["screen"] = "failed"
            self._unreachable(state, "failed")
        elif page.session is None and not page.enters:
            # Nothing to say to the server until Start chat is pressed again, but perhaps a farewell.
            if not page.ending.farewell.is_pending:
                page.signaling.close()
        elif page.session is None:
            # It goes on trying, and a press tries at once.
            state["portal"]["busy"] = False
            self._unreachable(state["portal"], "problem")
        page.host.resumed()
        page.changed()

    def _unreachable(self, place: "dict[str, Any]", name: str) -> None:
        if place[name] != "misconfigured":
            place[name] = "unreachable"
        self._proxy.suspect()

    def _misconfigured(self, lines: "list[str]") -> None:
        """Neither the customer nor their internet is to blame."""
        self._page.state["change"] = lines
        for place, name in ((self._page.state["portal"], "problem"), (self._page.state, "failed")):
            if place[name] == "unreachable":
                place[name] = "misconfigured"
        self._page.changed()
