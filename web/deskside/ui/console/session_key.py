"""The session key that a representative gives to a customer, from its making to the end of its time."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

REFUSED = ("too_many_keys",)


class SessionKey:
    """One at a time is shown; an older one stays good until it is used or its time is over."""

    def __init__(self, host: "Any", console: "Any") -> None:
        self._host = host
        self._console = console
        self._busy = False
        self._key = ""
        self._ends_at = 0.0  # by the server's clock
        self._copied = ""
        self._problem = ""

    def create(self) -> None:
        if self._busy:
            return
        self._problem = ""
        self._busy = bool(self._console.signaling.send({"type": "create_key"}))
        if not self._busy:
            self._problem = "unreachable"

    def created(self, message: "dict[str, Any]") -> None:
        self._busy = False
        self._problem = ""
        self._key = message["key"]
        self._ends_at = message["ends_at"]
        self._copied = ""
        self._console.state["status"] = self._console.t("key.announce", letters=" ".join(self._key))

    def refused(self, code: str) -> bool:
        """Whether an error of the server was the answer to `create`."""
        if not self._busy or (code not in REFUSED and code != "wrong_state"):
            return False
        self._busy = False
        self._problem = "too_many" if code in REFUSED else "refused"
        return True

    def disconnected(self) -> None:
        """No answer will come any more."""
        if self._busy:
            self._busy = False
            self._problem = "unreachable"

    def copy(self, what: str) -> None:
        """The key or its link to the clipboard."""

        def done(fine: bool) -> None:
            self._copied = what if fine else ""
            self._problem = "" if fine else "copy"
            self._console.state["status"] = self._console.t("key.copied") if fine else ""
            self._console.changed()

        self._host.copy(self.link if what == "link" else self._key, done)

    def close(self) -> None:
        self._key = ""
        self._problem = ""

    @property
    def link(self) -> str:
        return str(self._host.address("/?key=" + self._key))

    def state(self) -> "dict[str, Any]":
        left = max(0, int((self._ends_at - self._host.now() + 999.0) / 1000.0)) if self._key else 0
        return {
            "busy": self._busy,
            "key": self._key,
            "link": self.link if self._key else "",
            "left": left,
            "copied": self._copied,
            "problem": self._problem,
        }
