"""What a page keeps on the device until the session ends: log, streams, token and small preferences."""

from .js import attempt, dumps, get, is_null, later, listen, loads, then, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_STORE = "records"
PATIENCE = 2000.0
"""Milliseconds that the storage has to say that it keeps something."""


class Records:
    """Texts by key in IndexedDB, in a database of this name: one for each kind of page.

    Where the browser refuses it, nothing is kept and everything else works.
    """

    def __init__(self, name: str, ready: "Callable[[], Any]") -> None:
        self._database: "Any" = None
        self._is_slow = False
        self._ready = ready
        ok = False
        request: "Any" = None
        if get(window, "indexedDB") is not None:
            ok, request = attempt(window.indexedDB, "open", "deskside-" + name, 1)
        if not ok:
            ready()
            return
        listen(request, "upgradeneeded", lambda _: request.result.createObjectStore(_STORE), {"once": True})
        listen(request, "success", lambda _: self._opened(request.result), {"once": True})
        listen(request, "error", lambda _: ready(), {"once": True})

    def _opened(self, database: "Any") -> None:
        self._database = database
        self._ready()

    def put(self, key: str, value: "Any") -> None:
        """Keep a JSON-able value."""
        store = self._store("readwrite")
        if store is not None:
            attempt(store, "put", dumps(value), key)
            # By itself it would be kept when this page next has time to hear that it can be.
            attempt(store.transaction, "commit")

    def when_kept(self, done: "Callable[[], Any]") -> None:
        """Call `done`, later, when the device holds all that was put before, this turn of the event loop included.

        A disk that takes longer than it may is not waited for any more until it has answered: people come first.
        """
        then(window.Promise.resolve(), lambda _: self._ask(done))

    def _ask(self, done: "Callable[[], Any]") -> None:
        store = None if self._is_slow else self._store("readonly")
        if store is None:
            done()
            return
        # One that only reads begins when all that write are through.
        request = store.count()
        waiting = [done]

        def go_on() -> None:
            if waiting:
                waiting.pop()()

        def late() -> None:
            self._is_slow = bool(waiting)
            go_on()

        timer = later(PATIENCE, late)

        def answered(_: "Any") -> None:
            timer.cancel()
            self._is_slow = False
            go_on()

        listen(request, "success", answered, {"once": True})
        listen(request, "error", answered, {"once": True})

    def load(self, prefix: str, then: "Callable[[list[Any]], Any]") -> None:
        """The values of all keys that begin with `prefix`, in the order of their keys."""
        store = self._store("readonly")
        if store is None:
            then([])
            return
        request = store.getAll(self._range(prefix))

        def arrived(_: "Any") -> None:
            found = request.result
            then([loads(str(found[index])) for index in range(found.length)])

        listen(request, "success", arrived, {"once": True})
        listen(request, "error", lambda _: then([]), {"once": True})

    def delete(self, prefix: str) -> None:
        store = self._store("readwrite")
        if store is not None:
            store.delete(self._range(prefix))

    def sweep(self, kept: "list[str]") -> None:
        """Delete what no session of this list has: an end that this page did not see left it behind."""
        store = self._store("readonly")
        if store is None:
            return
        request = store.getAllKeys()

        def arrived(_: "Any") -> None:
            found = request.result
            writable = self._store("readwrite")
            for key in [str(found[index]) for index in range(found.length)]:
                if writable is not None and key.split("/")[0] not in kept:
                    writable.delete(key)

        listen(request, "success", arrived, {"once": True})

    def _store(self, mode: str) -> "Any":
        """None where nothing is kept, and once the browser has taken the database away, as when a person clears it."""
        if self._database is None:
            return None
        ok, transaction = attempt(self._database, "transaction", _STORE, mode)
        if not ok:
            self._database = None
            return None
        return transaction.objectStore(_STORE)

    def _range(self, prefix: str) -> "Any":
        return window.IDBKeyRange.bound(prefix, prefix + "\uffff")


def _area(name: str) -> "Any":
    ok, found = attempt(window.Reflect, "get", window, name)
    return found if ok else None


def recall(key: str) -> "str | None":
    """A small text that outlives the page, or None."""
    store = _area("localStorage")
    value = None if store is None else store.getItem("deskside." + key)
    return None if is_null(value) else str(value)


def remember(key: str, value: "str | None") -> None:
    """Keep a small text, or forget it with None."""
    store = _area("localStorage")
    if store is None:
        return
    if value is None:
        store.removeItem("deskside." + key)
    else:
        attempt(store, "setItem", "deskside." + key, value)


def draft(name: str) -> str:
    """What was typed into this tab and not sent yet; it outlives a reload, not the tab."""
    store = _area("sessionStorage")
    value = None if store is None else store.getItem("deskside.draft." + name)
    return "" if is_null(value) else str(value)


def keep_draft(name: str, value: str) -> None:
    """Keep what is typed; "" forgets it."""
    store = _area("sessionStorage")
    if store is None:
        return
    if value:
        attempt(store, "setItem", "deskside.draft." + name, value)
    else:
        store.removeItem("deskside.draft." + name)
