"""The representative cannot be reached: what the customer is offered then, and what follows when they are given up."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ALONE_AFTER = 60
"""Turns of a second without the representative, after which the customer is asked whether to go on waiting."""


class Absence:
    """Counts turns and not time: neither a clock that jumps nor a device that slept makes anybody look away."""

    def __init__(self, page: "Any") -> None:
        self.page = page
        self._turns = 0
        self._is_asking = False

    def tick(self) -> None:
        session = self.page.session
        if self.page.state["screen"] != "session" or session is None or session.connection == "connected":
            self._turns = 0
            self._is_asking = False
        else:
            self._turns += 1

    @property
    def is_long(self) -> bool:
        return self._turns >= ALONE_AFTER

    def card(self) -> "dict[str, Any] | None":
        """`Wait in line again`, where somebody can hear it, and `End session`."""
        if not self.is_long:
            return None
        name = self.page.session.conversation.other
        can = self.page.signaling_open
        return {"kind": "alone", "id": "alone", "name": name, "can": can, "busy": self._is_asking and can}

    def wait_again(self) -> None:
        self._is_asking = bool(self.page.signaling.send({"type": "wait_again"}))

    def refused(self) -> None:
        """The representative is there again, most likely."""
        self._is_asking = False

    def handed_back(self) -> None:
        """In the queue again, though somebody was here already: they are not waited for any more."""
        page = self.page
        session = page.session
        name = page.state["representative"]
        if not name and not session.has_met:
            return
        session.given_up()
        session.conversation.event("handed_back", False, name=name)
        page.state["representative"] = ""
        page.host.remember("representative", None)
        page.notices = []
        self._turns = 0
        self._is_asking = False
        page.attract("handed_back", name)
