"""The end that the server has not heard yet: kept on the device, so that closing the page does not take it back."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KEYS = {"token": "farewell", "kind": "farewell_kind", "step": "farewell_step", "about": "farewell_about"}
"""Where the device keeps which part of it."""


class Farewell:
    """`page` is the controller. One at a time: a page whose session is over is loaded anew before the next."""

    def __init__(self, page: "Any") -> None:
        self.page = page
        self.token = str(page.host.recall(KEYS["token"]) or "")
        self._is_plain = False

    @property
    def is_pending(self) -> bool:
        return self.token != ""

    def keep(self, token: str, message: "dict[str, Any]") -> None:
        """The person's own end: it is to be said, now or by whichever page comes next."""
        self.token = token
        host = self.page.host
        host.remember(KEYS["token"], token)
        host.remember(KEYS["kind"], message["answer"] if message["type"] == "answer" else message["type"])
        host.remember(KEYS["step"], message.get("step"))
        host.remember(KEYS["about"], message.get("about"))

    def message(self) -> "dict[str, Any]":
        host = self.page.host
        kind = host.recall(KEYS["kind"]) or "end"
        step = host.recall(KEYS["step"])
        if step is None or self._is_plain:
            return {"type": "end"}
        message: "dict[str, Any]" = {"type": "answer", "step": step, "answer": kind}
        about = host.recall(KEYS["about"])
        if about is not None:
            message["about"] = about
        return message

    def heard(self) -> None:
        """The server knows."""
        self.token = ""
        self._is_plain = False
        for key in KEYS.values():
            self.page.host.remember(key, None)

    def say(self, message: "dict[str, Any]") -> None:
        """This page has no session yet, and has to end first what an earlier one could not."""
        page = self.page
        if self.received(message):
            page.signaling.close()
            if page.enters:
                page.signaling.open()
        page.host.resumed()
        page.changed()

    def received(self, message: "dict[str, Any]") -> bool:
        """What the server says to whoever comes with the token of a session that the person has ended; whether that is
        all: it knows."""
        kind = message["type"]
        if kind == "ended" or (kind == "welcome" and message["state"] in ("ended", "new")):
            self.heard()
            return True
        if kind == "welcome":
            self.page.signaling.send(self.message())
        elif kind == "error" and not self._is_plain:
            # The step that it answered is past; the end itself is always taken.
            self._is_plain = True
            self.page.signaling.send({"type": "end"})
        return False
