"""What a representative has written and not sent. It outlives the page, the tab and the sign-in, for them alone."""

from ...core.messages import MAX_MESSAGE_TEXT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KEPT_FOR = 24 * 3_600_000.0
"""Milliseconds after its last keystroke in which a text comes back."""
MOST = 50
"""Texts on one device, whoever wrote them. The oldest make room."""
LONGEST = 2 * MAX_MESSAGE_TEXT
"""Characters that are kept of one text."""
_PAUSE = 300.0
"""Milliseconds at most between a keystroke and the storage, unless the page goes away: see `flush`."""
_SWEEP_EVERY = 3_600_000.0
_PREFIX = "written/"


class Drafts:
    """Texts by place (a session, the recordings, one recording) and field.

    The host's `written` (see `runtime.written`) holds them for all accounts and tabs of this browser, each with the
    moment of its last keystroke, by the device's clock: of two tabs the last keystroke wins.
    """

    def __init__(self, host: "Any") -> None:
        self._host = host
        self._store = host.written
        self._owner = ""  # the part of the key that says whose they are; "" while nobody is signed in
        self._known: "dict[str, str]" = {}  # place/field -> text, as this page has it
        self._unsaved: "dict[str, float]" = {}  # place/field -> moment of a keystroke that is not in the storage
        self._timer: "Any" = None

    def start(self) -> None:
        """Delete what is too old, now and from time to time."""
        self.sweep()
        self._host.later(_SWEEP_EVERY, self.start)

    def belong_to(self, account: str) -> None:
        """From now on they are those of the account with this name. What others wrote stays in the storage, unread."""
        self.flush()
        self._owner = self._host.encoded(account)
        self._known = {}

    # what is written here

    def text(self, place: str, field: str) -> str:
        """What this account has written there, or ""."""
        name = place + "/" + field
        if name in self._unsaved:
            return self._known[name]
        at, text = _read(self._store.get(self._key(name)))
        self._known[name] = text if self._owner and self._is_fresh(at) else ""
        return self._known[name]

    def note(self, place: str, field: str, text: str) -> None:
        """What the field holds by now; call it as often as you like. "" is a text that was sent or taken back."""
        name = place + "/" + field
        if not self._owner or text == self._known.get(name, ""):
            return
        self._known[name] = text
        self._unsaved[name] = self._store.now()
        if not text:
            self.flush()  # what was sent must not come back
        elif self._timer is None:
            self._timer = self._host.later(_PAUSE, self.flush)

    def flush(self) -> None:
        """Put everything into the storage. Call it when the page may go away, and before somebody else signs in."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        unsaved, self._unsaved = self._unsaved, {}
        for name in unsaved:
            self._save(name, self._known[name], unsaved[name])

    def _save(self, name: str, text: str, at: float) -> None:
        key = self._key(name)
        there, _ = _read(self._store.get(key))
        if at < there <= self._store.now():
            return  # the person went on in another tab
        self._store.put(key, str(int(at)) + ":" + text[:LONGEST] if text else None)
        if text and not there:
            self.sweep()  # there is one more

    def forget(self, place: str) -> None:
        """It is over: whatever anybody has written there is deleted."""
        for names in (self._known, self._unsaved):
            for name in [name for name in names if name.split("/")[0] == place]:
                del names[name]
        for key in self._store.keys(_PREFIX):
            if key.split("/")[2:3] == [place]:
                self._store.put(key, None)

    # what is in the storage

    @property
    def has_any(self) -> bool:
        """Whether anybody's text waits on this device for whoever wrote it."""
        return any(self._is_fresh(_read(self._store.get(key))[0]) for key in self._store.keys(_PREFIX))

    def sweep(self) -> None:
        """Delete what is too old, and the oldest of too many."""
        kept = []
        for key in self._store.keys(_PREFIX):
            at, _ = _read(self._store.get(key))
            if self._is_fresh(at):
                kept.append((at, key))
            else:
                self._store.put(key, None)
        for _, key in sorted(kept)[:-MOST]:
            self._store.put(key, None)

    def written_elsewhere(self, key: str, value: "str | None") -> "tuple[str, str, str] | None":
        """Another tab has put this into the storage: place, field and text, if it is this account's latest.

        A deletion changes nothing here: what a person sees in a field is not taken away.
        """
        begin = self._key("")
        at, text = _read(value)
        name = key[len(begin) :]
        if not self._owner or key[: len(begin)] != begin or not at or at < self._unsaved.get(name, 0.0):
            return None
        self._unsaved.pop(name, None)
        self._known[name] = text
        place, _, field = name.partition("/")
        return place, field, text

    def _key(self, name: str) -> str:
        return _PREFIX + self._owner + "/" + name

    def _is_fresh(self, at: float) -> bool:
        # A clock that was set back makes nothing older.
        return bool(at) and abs(self._store.now() - at) <= KEPT_FOR


def _read(value: "str | None") -> "tuple[float, str]":
    """The moment of the last keystroke and the text; 0 and "" for what is none of ours."""
    at, _, text = (value or "").partition(":")
    return (float(at), text) if at.isdigit() else (0.0, "")
