"""What a page keeps on the device until the session ends: its log, its streams and its record."""

from .deadline import PATIENCE, Deadline
from .js import attempt, dumps, is_null, later, listen, loads, then, window
from .storage import recall, remember

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_STORE = "records"
LOST_AFTER = 10_000.0
"""Milliseconds after which a storage that has stopped answering is not used any more."""


class Records:
    """Texts by key in IndexedDB, in a database of this name: one for each kind of page.

    Where the browser refuses it or does not answer, nothing is kept and everything else works: see `keeps`.
    """

    def __init__(self, name: str, ready: "Callable[[], Any]") -> None:
        self._database: "Any" = None
        self._is_slow = False
        self._is_behind = False  # something has happened that the database does not know
        self._behind = "behind." + name
        self._ready = ready
        self.changed: "Callable[[], Any]" = lambda: None
        """Called when `keeps` has changed."""
        ok, factory = attempt(window.Reflect, "get", window, "indexedDB")
        request: "Any" = None
        if ok and not is_null(factory):
            ok, request = attempt(factory, "open", "deskside-" + name, 1)
        else:
            ok = False
        if not ok:
            # Later, as in every other case: whoever makes this is not made yet.
            later(0, ready)
            return
        deadline = Deadline(PATIENCE, ready)
        listen(request, "upgradeneeded", lambda _: request.result.createObjectStore(_STORE), {"once": True})
        listen(request, "success", lambda _: self._opened(request.result, deadline.met()), {"once": True})
        listen(request, "error", lambda _: ready() if deadline.met() else None, {"once": True})

    @property
    def keeps(self) -> bool:
        """Whether what is put here outlives the page."""
        return self._database is not None

    def _opened(self, database: "Any", in_time: bool) -> None:
        if self._is_behind:
            database.close()
            return
        self._database = database
        # Somebody deletes it, the browser has taken it away, or something could not be written: the disk is full.
        for event in ("versionchange", "close", "abort"):
            listen(database, event, lambda _: self._lose(database))
        if recall(self._behind):
            # An earlier page went on without it: what it holds is older than what the other side has.
            remember(self._behind, None)
            store = self._store("readwrite")
            if store is not None:
                store.clear()
        if in_time:
            self._ready()
        else:
            self.changed()

    def _lose(self, database: "Any") -> None:
        """From now on nothing is kept. A part of the log would be worse than none."""
        if self._database is database and database is not None:
            self._database = None
            self._is_behind = True
            attempt(database, "close")
            self.changed()

    def _lag(self) -> None:
        self._is_behind = True
        if not recall(self._behind):
            remember(self._behind, "1")

    def put(self, key: str, value: "Any") -> None:
        """Keep a JSON-able value."""
        store = self._store("readwrite")
        if store is None:
            self._lag()
            return
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
        database = self._database
        # One that only reads begins when all that write are through.
        request = store.count()

        def late() -> None:
            self._is_slow = True
            waits.append(Deadline(LOST_AFTER, lambda: self._lose(database)))
            done()

        def answered(_: "Any") -> None:
            self._is_slow = False
            if waits[-1].met() and len(waits) == 1:
                done()

        waits = [Deadline(PATIENCE, late)]
        listen(request, "success", answered, {"once": True})
        listen(request, "error", answered, {"once": True})

    def load(self, prefix: str, then: "Callable[[list[Any]], Any]") -> None:
        """The values of all keys that begin with `prefix`, in the order of their keys."""
        store = self._store("readonly")
        if store is None:
            self._is_behind = True
            then([])
            return
        database = self._database
        request = store.getAll(self._range(prefix))

        def missed() -> None:
            # Whoever goes on without what is there may not put something beside it.
            self._lose(database)
            then([])

        def arrived(_: "Any") -> None:
            found = request.result
            if deadline.met():
                then([loads(str(found[index])) for index in range(found.length)])

        deadline = Deadline(PATIENCE, missed)
        listen(request, "success", arrived, {"once": True})
        listen(request, "error", lambda _: missed() if deadline.met() else None, {"once": True})

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
        database = self._database
        if database is None:
            return None
        ok, transaction = attempt(database, "transaction", _STORE, mode)
        if not ok:
            self._lose(database)
            return None
        return transaction.objectStore(_STORE)

    def _range(self, prefix: str) -> "Any":
        return window.IDBKeyRange.bound(prefix, prefix + "\uffff")
