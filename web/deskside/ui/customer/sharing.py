"""The customer's screen or camera while it is shared, and the small window that stays on top meanwhile."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Sharing:
    """`session` is told `capture_started`, `capture_failed`, `sharing_ended` and `stopped_by_browser`."""

    def __init__(self, host: "Any", session: "Any") -> None:
        self._host = host
        self._session = session
        self._capture: "Any" = None
        self._sent_over: "Any" = None
        self._starting = ""  # the card whose picker is open
        self.wanted = "screen"
        """What the next start shares: `screen` or `camera`."""
        self.since = 0.0
        self.window: "Any" = None
        self._window_wanted = False

    @property
    def is_on(self) -> bool:
        return self._capture is not None

    @property
    def track(self) -> "Any":
        return None if self._capture is None else self._capture.track

    @property
    def surface(self) -> str:
        """What is shared, or would be."""
        return self.wanted if self._capture is None else str(self._capture.surface)

    def start(self, card_id: str) -> None:
        """Open the browser's picker, and the small window in the same press: a later request is refused."""
        if self._capture is not None:
            self._session.capture_started(card_id)
            return
        surface = self.wanted
        self._starting = card_id

        def arrived(stream: "Any") -> None:
            capture = self._host.capturing(surface, stream, self._session.stopped_by_browser)
            if self._starting != card_id:
                # It was revoked, or asked for anew, while the picker was open: this one is shown to nobody.
                capture.stop()
                return
            self._starting = ""
            self._capture = capture
            self.since = self._host.now()
            self._session.capture_started(card_id)

        def failed(error: str) -> None:
            if self._starting == card_id:
                self._starting = ""
                self.close_window()
            self._session.capture_failed(card_id, error)

        self._host.capture(surface, arrived, failed)
        if surface == "screen":
            self.open_window()

    def send_over(self, connection: "Any") -> None:
        """Add the track to `work`, once for each connection."""
        if self._capture is not None and connection is not None and self._sent_over is not connection:
            self._sent_over = connection
            self._capture.send(connection)

    def stop(self, reason: str = "") -> None:
        """Stop the tracks here, whatever anybody else does; a picker that is open will find nobody.

        `reason` is that of StopCapture, where a permission has ended.
        """
        self._host.stop_media()
        self._starting = ""
        if self._capture is not None:
            capture = self._capture
            self._capture = None
            self._sent_over = None
            capture.stop()
            self._session.sharing_ended(str(capture.surface), reason)
        self.close_window()

    def discard(self) -> None:
        """What has just begun was never allowed, or no longer: it ends without a word, for nobody has seen it."""
        if self._capture is not None:
            self._capture.stop()
            self._capture = None
        self.close_window()

    # the small window

    def open_window(self) -> None:
        if not self._host.has_small_window or self.window is not None or self._window_wanted:
            return
        self._window_wanted = True

        def opened(made: "Any") -> None:
            if not self._window_wanted:
                small.close()
                return
            self._window_wanted = False
            self.window = small
            self._session.page.small_window_opened(made)

        def closed() -> None:
            if self.window is small:
                self.window = None
            self._session.page.small_window_closed()

        def failed(_: str) -> None:
            self._window_wanted = False
            self._session.changed()

        small = self._host.small_window(opened, closed, failed)

    def close_window(self) -> None:
        self._window_wanted = False
        if self.window is not None:
            small = self.window
            self.window = None
            small.close()
            self._session.page.small_window_closed()

    def state(self) -> "dict[str, Any] | None":
        """What the views show of it."""
        if self._capture is None:
            return None
        time, iso = self._host.clock(self.since)
        window = "open" if self.window is not None else "closed"
        return {
            "surface": self.surface,
            "since": time,
            "iso": iso,
            "seconds": int((self._host.now() - self.since) / 1000.0),
            "window": window if self._host.has_small_window else "unsupported",
        }
