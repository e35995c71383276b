"""What the server is told of a session: whether the two pages reach each other without it."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Reach:
    """The server waits for who is away from it only while this page does not say that it reaches them.

    `say(connected)` gives whether it was sent.
    """

    def __init__(self, say: "Any") -> None:
        self._say = say
        self._told: "bool | None" = None  # None: the server has not said yet who is there

    def asked(self) -> None:
        """The server has said who is there: it believes that they are not reached until it is told."""
        self._told = False

    def look(self, connected: bool, is_open: bool) -> None:
        """Tell what has changed."""
        if not is_open:
            self._told = None
        elif self._told is not None and self._told != connected and self._say(connected):
            self._told = connected
