"""Messages that customers left when nobody was there, until somebody has dealt with them. The server tells of the
oldest ones; the next come as these are finished, or when they are asked for."""

from ...core.ordering import in_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class LeftMessages:
    """Those of this representative's teams, oldest first."""

    def __init__(self, host: "Any", console: "Any") -> None:
        self._host = host
        self._console = console
        self._messages: "dict[str, dict[str, Any]]" = {}
        self._finishing: "list[str]" = []
        self._shown: "list[dict[str, Any]] | None" = None  # as the views show them, until something changes
        self._open = 0  # with those that this page was not told of; an older server does not say it
        self._asking = False
        self.since = 0.0  # by the server's clock: what came before was there when this page came

    def clear(self) -> None:
        self._messages = {}
        self._finishing = []
        self._shown = None
        self._open = 0
        self._asking = False

    def opened(self, count: int) -> None:
        """So many are open."""
        self._open = count
        self._asking = False

    def more(self) -> None:
        """The representative wants to see the next ones."""
        if not self._asking and self.behind():
            self._asking = self._console.signaling.send({"type": "more_messages"})

    def behind(self) -> int:
        """How many are open that this page was not told of."""
        return max(0, self._open - len(self._messages))

    def came(self, message: "dict[str, Any]") -> None:
        is_new = message["id"] not in self._messages and message["at"] >= self.since
        self._messages[message["id"]] = message
        self._shown = None
        self._asking = False
        if is_new:
            name = message["name"] or self._console.t("person.customer")
            self._console.announce(self._console.t("left.announce", name=name), "left")

    def finish(self, message_id: str) -> None:
        """This representative has dealt with it; it goes when the server has it."""
        if message_id not in self._messages or message_id in self._finishing:
            return
        if self._console.signaling.send({"type": "finish_message", "id": message_id}):
            self._finishing.append(message_id)
            self._shown = None

    def finished(self, message_id: str) -> None:
        """Somebody has dealt with it."""
        self._shown = None
        self._messages.pop(message_id, None)
        if message_id in self._finishing:
            self._finishing.remove(message_id)

    def more_state(self) -> "dict[str, Any]":
        return {"behind": self.behind(), "asking": self._asking}

    def language_changed(self) -> None:
        """Times are written in another way now."""
        self._shown = None

    def state(self) -> "list[dict[str, Any]]":
        if self._shown is None:
            self._shown = []
            for message in in_order(list(self._messages.values()), lambda one: one["at"]):
                day, iso = self._host.moment(message["at"])
                finishing = message["id"] in self._finishing
                self._shown.append(message | {"time": day, "iso": iso, "finishing": finishing})
        return self._shown
