"""What to change in the settings of a proxy that stands between this page and its server and lets it down."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

OFTEN = 2
"""So often in a row a page has an answer and no WebSocket before something is to blame that holds WebSockets back."""


class Proxy:
    """Asks the server, which sees how requests arrive. `found(lines)` hears what to change; never with no lines.

    `held(lines)`, for pages with a WebSocket, hears that none has even arrived at the server, which answers: a proxy of
    the server could be the reason, or anything else on the way.
    """

    def __init__(
        self, host: "Any", found: "Callable[[list[str]], Any]", held: "Callable[[list[str]], Any] | None" = None
    ) -> None:
        self._host = host
        self._found = found
        self._held = held
        self._is_asked = False
        self._answers = 0

    def suspect(self) -> None:
        """Something was refused, or did not come about, for which a proxy could be the reason."""
        if not self._is_asked:
            self._is_asked = True
            self._host.request("GET", "/api/reach?origin=" + self._host.server_origin(), None, self._answered)

    def cleared(self) -> None:
        """The WebSocket is there."""
        self._answers = 0

    def _answered(self, status: int, answer: "dict[str, Any]") -> None:
        self._is_asked = False
        lines = _lines(answer.get("change")) if status == 200 else None
        upgrade = _lines(answer.get("upgrade"))
        if lines:
            self._found(lines)
        elif lines is not None and upgrade and self._held is not None:
            self._answers += 1
            if self._answers >= OFTEN:
                self._held(upgrade)


def _lines(value: "Any") -> "list[str] | None":
    return [str(line) for line in value] if type(value) is list else None


def lines_to_change(lines: "list[str]") -> "tuple[Any, ...]":
    """For whoever looks after the server, to be copied as they are."""
    return ("pre", {"key": "lines", "class": "to-change", "dir": "ltr", "translate": "no"}, "\n".join(lines))
