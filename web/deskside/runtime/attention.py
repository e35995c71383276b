"""How a page asks for attention: focus, sound, title, vibration, notification. Each says whether it really happened."""

from .deadline import within
from .js import Timer, attempt, construct, get, is_null, later, listen, monotonic, then, to_js, window
from .trusted import script_url

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_FLASH = 900.0
_REST = 1500.0
_PROMPT = 8000.0
_BEEP = ((0.0, 784.0), (0.16, 1047.0))
_NUDGE = ((0.0, 880.0), (0.18, 659.0), (0.36, 880.0))


class Attention:
    """One for the page. `icon` is the picture of notifications, `worker` the address of the service worker."""

    def __init__(self, worker: str) -> None:
        self.muted = False
        self._worker = worker
        self._registration: "Any" = None
        self._context: "Any" = None
        self._quiet_until = 0.0
        self._title = ""  # the page's own
        self._flashed = ""  # what was put in its place
        self._timer: "Timer | None" = None
        self._news: "list[tuple[str, str]]" = []  # what it is about, and the title, the latest last
        self._raised: "dict[str, Any]" = {}  # notifications, by what they are about
        listen(window, "focus", lambda _: self.calm())
        listen(window.document, "visibilitychange", lambda _: self.calm() if self.is_present else None)
        # Browsers let a page sound only after a press; the first one prepares it.
        self._unlock = listen(window, "pointerdown", lambda _: self._prepare(), {"capture": True})

    @property
    def is_present(self) -> bool:
        """Whether the person can see the page and types into it."""
        return str(window.document.visibilityState) == "visible" and bool(window.document.hasFocus())

    def _prepare(self) -> None:
        if self._context is None and get(window, "AudioContext") is not None:
            ok, context = construct("AudioContext")
            self._context = context if ok else None
        if self._context is not None and str(self._context.state) == "suspended":
            then(self._context.resume(), lambda _: None, lambda _: None)

    def focus(self) -> bool:
        window.focus()
        return bool(window.document.hasFocus())

    def sound(self, nudge: bool = False) -> bool:
        """Whether it could be heard: not muted, and the browser lets this page sound."""
        moment = monotonic()
        if self.muted or (moment < self._quiet_until and not nudge):
            return False
        self._prepare()
        context = self._context
        if context is None or str(context.state) != "running":
            return False
        # Who writes line after line is heard once.
        self._quiet_until = moment + _REST
        start = float(context.currentTime) + 0.01
        for offset, pitch in _NUDGE if nudge else _BEEP:
            tone = context.createOscillator()
            volume = context.createGain()
            tone.frequency.value = pitch
            volume.gain.setValueAtTime(0.0001, start + offset)
            volume.gain.exponentialRampToValueAtTime(0.2, start + offset + 0.02)
            volume.gain.exponentialRampToValueAtTime(0.0001, start + offset + 0.15)
            tone.connect(volume)
            volume.connect(context.destination)
            tone.start(start + offset)
            tone.stop(start + offset + 0.16)
        return True

    def vibrate(self) -> bool:
        """Only phones and tablets do; a desktop browser says yes and does nothing."""
        if get(window.navigator, "vibrate") is None or not get(window.navigator, "maxTouchPoints", 0):
            return False
        return bool(window.navigator.vibrate(to_js([200, 100, 200])))

    def flash(self, title: str, about: str) -> bool:
        """Alternate the title until the person comes back, or it is `over`. Of several, the latest is shown."""
        if self.is_present:
            return False
        self._news = [one for one in self._news if one[0] != about] + [(about, title)]
        if self._timer is None:
            self._blink(True)
        return True

    def _blink(self, on: bool) -> None:
        self._keep_title()
        self._flashed = self._news[-1][1] if on else ""
        window.document.title = self._flashed or self._title
        self._timer = later(_FLASH, lambda: self._blink(not on))

    def _keep_title(self) -> None:
        """The page may have given itself another one meanwhile."""
        shown = str(window.document.title)
        if shown != self._flashed:
            self._title = shown

    def over(self, about: str) -> None:
        """That is no news any more, seen or not: nothing tells of it from now on."""
        if about not in [one[0] for one in self._news]:
            return
        self._news = [one for one in self._news if one[0] != about]
        made = self._raised.pop(about, None)
        if made is not None:
            made.close()
        elif self._registration is not None:
            ok, promise = attempt(self._registration, "getNotifications", to_js({"tag": about}))
            if ok:
                then(promise, _close_all, lambda _: None)
        if not self._news and self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._keep_title()
            self._flashed = ""
            window.document.title = self._title

    def calm(self) -> None:
        """The person is here, or nothing is left to tell."""
        for about, _ in self._news:
            self.over(about)

    # notifications

    @property
    def permission(self) -> str:
        """`granted`, `denied`, `default`, or `unsupported` where there are none (iOS, plain http)."""
        if get(window, "Notification") is None or not window.isSecureContext:
            return "unsupported"
        return str(window.Notification.permission)

    def ask(self, answered: "Callable[[str], Any]") -> None:
        """Show the browser's own prompt. Call it in the press itself.

        Some browsers show none and never answer. A person who is still reading it loses nothing: their answer counts
        whenever it comes.
        """

        def missed(_: str) -> None:
            answered(self.permission)

        # Read as an attribute it would go out as a Python callable.
        ok, promise = attempt(window.Reflect.get(window, "Notification"), "requestPermission")
        if ok:
            within(_PROMPT, promise, lambda answer: answered(str(answer)), missed, lambda _: self.register())
        else:
            missed("")

    def register(self) -> None:
        """Where pages may not make notifications themselves, the service worker does."""
        # Where cookies are blocked, or in a sandboxed frame, even to look for it throws.
        ok, workers = attempt(window.Reflect, "get", window.navigator, "serviceWorker")
        if ok and not is_null(workers) and self.permission == "granted":
            ok, promise = attempt(workers, "register", script_url(self._worker))
            if ok:
                then(promise, self._registered, lambda _: None)

    def _registered(self, registration: "Any") -> None:
        self._registration = registration

    def notify(self, title: str, body: str, tag: str) -> bool:
        """Raise a notification when the person looks elsewhere; a click brings the page to the front.

        It goes when what it is about is `over`: say `flash` too.
        """
        if self.is_present or self.permission != "granted":
            return False
        options = {"body": body, "tag": tag, "renotify": True, "data": str(window.location.href)}
        ok, made = construct("Notification", title, to_js(options))
        if ok:
            listen(made, "click", lambda _: self._clicked(made), {"once": True})
            self._raised[tag] = made
            return True
        if self._registration is None:
            return False
        ok, promise = attempt(self._registration, "showNotification", title, to_js(options))
        if ok:
            then(promise, lambda _: None, lambda _: None)
        return ok

    def _clicked(self, made: "Any") -> None:
        window.focus()
        made.close()


def _close_all(notifications: "Any") -> None:
    for index in range(notifications.length):
        notifications[index].close()


def prefers_reduced_motion() -> bool:
    return bool(window.matchMedia("(prefers-reduced-motion: reduce)").matches)
