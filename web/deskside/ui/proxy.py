"""What to change in the settings of a proxy that stands between this page and its server and lets it down."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class Proxy:
    """Asks the server, which sees how requests arrive. `found(lines)` hears what to change; never with no lines."""

    def __init__(self, host: "Any", found: "Callable[[list[str]], Any]") -> None:
        self._host = host
        self._found = found
        self._is_asked = False

    def suspect(self) -> None:
        """Something was refused, or did not come about, for which a proxy could be the reason."""
        if not self._is_asked:
            self._is_asked = True
            self._host.request("GET", "/api/reach?origin=" + self._host.server_origin(), None, self._answered)

    def _answered(self, status: int, answer: "dict[str, Any]") -> None:
        self._is_asked = False
        lines = answer.get("change") if status == 200 else None
        if type(lines) is list and lines:
            self._found([str(line) for line in lines])


def lines_to_change(lines: "list[str]") -> "tuple[Any, ...]":
    """For whoever looks after the server, to be copied as they are."""
    return ("pre", {"key": "lines", "class": "to-change", "dir": "ltr", "translate": "no"}, "\n".join(lines))
