"""What it means for the customer that the line to the server has ended, or does not come about."""

from ...core.close_codes import OUTDATED, TAKEN_OVER
from ..outdated import outdated
from ..proxy import Proxy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Line:
    """`page` is the controller."""

    def __init__(self, page: "Any") -> None:
        self._page = page
        self._proxy = Proxy(page.host, self._misconfigured, self._held)

    def opened(self) -> None:
        self._proxy.cleared()

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
        elif code in OUTDATED and (page.session is not None or page.enters or page.resumes):
            # It goes on trying, and two pages that talk go on talking. Nothing that was typed or waits is let go.
            page.outdated = outdated(page.host)
            if state["screen"] not in ("waiting", "session"):
                state["screen"] = "failed"
                state["failed"] = page.outdated
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
        if place[name] not in ("misconfigured", "held"):
            place[name] = "unreachable"
        self._proxy.suspect()

    def _misconfigured(self, lines: "list[str]") -> None:
        """Neither the customer nor their internet is to blame."""
        self._blame("misconfigured", lines)

    def _held(self, lines: "list[str]") -> None:
        """The website's proxy is to blame, or the customer's own network, VPN or security program."""
        self._blame("held", lines)

    def _blame(self, why: str, lines: "list[str]") -> None:
        self._page.state["change"] = lines
        for place, name in ((self._page.state["portal"], "problem"), (self._page.state, "failed")):
            if place[name] in ("unreachable", "held"):
                place[name] = why
        self._page.changed()
