"""Small texts that a page keeps on the device: what outlives it, and what was typed into this tab."""

from .js import attempt, is_null, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PREFIX = "deskside."


class Area:
    """One of the browser's two storages. What it refuses to keep is kept in memory, for as long as the page lives."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._memory: "dict[str, str | None]" = {}
        self._works: "bool | None" = None

    def get(self, key: str) -> "str | None":
        if key in self._memory:
            return self._memory[key]
        ok, value = self._attempt("getItem", _PREFIX + key)
        return None if not ok or is_null(value) else str(value)

    def put(self, key: str, value: "str | None") -> None:
        """Keep a text, or forget it with None."""
        if value is None:
            ok, _ = self._attempt("removeItem", _PREFIX + key)
        else:
            ok, _ = self._attempt("setItem", _PREFIX + key, value)
        self._memory.pop(key, None)
        if not ok:
            self._memory[key] = value

    @property
    def keeps(self) -> bool:
        """Whether what is put here outlives the page."""
        if self._works is None:
            self._works, _ = self._attempt("setItem", _PREFIX + "probe", "1")
            self._attempt("removeItem", _PREFIX + "probe")
        return self._works and not self._memory

    def _attempt(self, method: str, *words: "str | int") -> "tuple[bool, Any]":
        # Where cookies are blocked, even to look for the storage throws.
        ok, store = attempt(window.Reflect, "get", window, self._name)
        return attempt(store, method, *words) if ok and not is_null(store) else (False, None)


DEVICE = Area("localStorage")
TAB = Area("sessionStorage")


def recall(key: str) -> "str | None":
    """A small text that outlives the page, or None."""
    return DEVICE.get(key)


def remember(key: str, value: "str | None") -> None:
    """Keep a small text, or forget it with None."""
    DEVICE.put(key, value)


def draft(name: str) -> str:
    """What was typed into this tab and not sent yet; it outlives a reload, not the tab."""
    return TAB.get("draft." + name) or ""


def keep_draft(name: str, value: str) -> None:
    """Keep what is typed; "" forgets it."""
    TAB.put("draft." + name, value or None)
