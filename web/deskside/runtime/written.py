"""What a representative has written and not sent, on the device: texts by key, shared by the tabs of the browser."""

from .js import attempt, get, listen, wall, window
from .storage import Area

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_PREFIX = "deskside."


class Written(Area):
    """It outlives the tab and is written at once, also while the page goes away: a database would not get round to it.

    It is not the `Area` of the other small texts: what is refused here costs what is written here, and nothing else.
    """

    def __init__(self) -> None:
        Area.__init__(self, "localStorage")

    def now(self) -> float:
        """The moment that texts of this device bear; the server's time is not known before somebody is signed in."""
        return wall()

    def keys(self, prefix: str) -> "list[str]":
        """Those of all tabs and accounts that begin so."""
        found = []
        for at in range(self._length()):
            ok, name = self._attempt("key", at)
            if ok and name is not None and _is_ours(str(name)):
                found.append(str(name)[len(_PREFIX) :])
        found = [key for key in found if key not in self._memory]
        found.extend([key for key in self._memory if self._memory[key] is not None])
        return [key for key in found if key[: len(prefix)] == prefix]

    def _length(self) -> int:
        ok, store = attempt(window.Reflect, "get", window, self._name)
        return int(get(store, "length", 0)) if ok else 0

    def on_changed(self, changed: "Callable[[str, str | None], Any]") -> None:
        """Call `changed(key, text)` when another tab has put something here, or deleted it (None)."""

        def heard(event: "Any") -> None:
            name = get(event, "key")
            if name is not None and _is_ours(str(name)):
                text = get(event, "newValue")
                changed(str(name)[len(_PREFIX) :], None if text is None else str(text))

        listen(window, "storage", heard)


def _is_ours(name: str) -> bool:
    return name[: len(_PREFIX)] == _PREFIX
