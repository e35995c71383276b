"""Screen and camera: what this device can share, and the tracks that the guard holds."""

from .deadline import within
from .js import attempt, get, listen, then, to_js, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_WINDOW_WITHIN = 10_000.0  # milliseconds
MAX_BITRATE = 4_000_000
"""Bits per second for the screen: text stays sharp, a home connection is not filled."""


def capabilities() -> "dict[str, bool]":
    """Whether this browser has screen capture and a camera. Over plain http it has neither."""
    devices = get(window.navigator, "mediaDevices")
    return {
        "screen": devices is not None and get(devices, "getDisplayMedia") is not None,
        "camera": devices is not None and get(devices, "getUserMedia") is not None,
    }


class Capture:
    """A screen or camera that is being shared; `on_ended` is called when the browser's own bar stops it."""

    def __init__(self, surface: str, stream: "Any", on_ended: "Callable[[], Any]") -> None:
        self.surface = surface
        self.stream = stream
        tracks = stream.getVideoTracks()
        self.track = tracks[0]
        # Text matters more than motion: the encoder keeps the resolution and lowers the frame rate.
        self.track.contentHint = "detail" if surface == "screen" else "motion"
        self._listener = listen(self.track, "ended", lambda _: on_ended())

    def send(self, connection: "Any") -> "Any":
        """Add the track to a connection; None when that is closed already."""
        ok, sender = attempt(connection, "addTrack", self.track, self.stream)
        if not ok:
            return None
        parameters = sender.getParameters()
        encodings = get(parameters, "encodings")
        if encodings is not None and encodings.length:
            encodings[0].maxBitrate = MAX_BITRATE
            parameters.degradationPreference = "maintain-resolution" if self.surface == "screen" else "balanced"
            then(sender.setParameters(parameters), lambda _: None, lambda _: None)
        return sender

    def stop(self) -> None:
        self._listener.remove()
        window.deskside.guard.drop(self.track)
        self.track.stop()


def capture(surface: str, ok: "Callable[[Any], Any]", failed: "Callable[[str], Any]") -> None:
    """Open the browser's picker; `ok` gets the stream. Call it in the press itself: a late one is refused."""
    constraints: "dict[str, Any]" = {"audio": False}
    if surface == "screen":
        constraints["video"] = {"frameRate": {"ideal": 15, "max": 30}}
        constraints["selfBrowserSurface"] = "include"
    else:
        constraints["video"] = {"facingMode": "environment"}
    fine, promise = attempt(window.deskside.guard, "capture", surface, to_js(constraints))
    if fine:
        then(promise, ok, failed)
    else:
        failed(promise)


class SmallWindow:
    """The window that stays on top while something is shared (Document Picture-in-Picture), with the red X in it."""

    def __init__(
        self, opened: "Callable[[Any], Any]", closed: "Callable[[], Any]", failed: "Callable[[str], Any]"
    ) -> None:
        self.window: "Any" = None
        self._listener: "Any" = None
        self._opened = opened
        self._closed = closed
        fine, promise = attempt(window.documentPictureInPicture, "requestWindow", to_js({"width": 340, "height": 220}))
        if fine:
            # One that comes late finds nobody who wants it, and is closed.
            within(_WINDOW_WITHIN, promise, self._arrived, failed, self._arrived)
        else:
            failed(promise)

    def _arrived(self, made: "Any") -> None:
        self.window = made
        source = window.document
        made.document.title = source.title
        made.document.documentElement.lang = source.documentElement.lang
        made.document.documentElement.dir = source.documentElement.dir
        made.document.documentElement.className = "small-window"
        sheets = source.querySelectorAll('link[rel="stylesheet"]')
        for index in range(sheets.length):
            made.document.head.appendChild(sheets[index].cloneNode(True))
        symbols = source.getElementById("icons")
        if get(symbols, "cloneNode") is not None:
            made.document.body.appendChild(symbols.cloneNode(True))
        window.deskside.guard.watch(made)
        self._listener = listen(made, "pagehide", self._hidden)
        self._opened(made)

    def _hidden(self, _: "Any") -> None:
        if self.window is not None:
            self._listener.remove()
            self.window = None
            self._closed()

    def close(self) -> None:
        if self.window is not None:
            made = self.window
            self._listener.remove()
            self.window = None
            made.close()


def has_small_window() -> bool:
    return get(window, "documentPictureInPicture") is not None


class Player:
    """Plays a track in a video element; `changed` is called when its size or its window changes."""

    def __init__(self, video: "Any", track: "Any", changed: "Callable[[], Any]") -> None:
        self._video = video
        video.muted = True
        video.srcObject = window.MediaStream.new(window.Array.of(track))
        self._listeners = [
            listen(video, "resize", lambda _: changed()),
            listen(video, "enterpictureinpicture", lambda _: changed()),
            listen(video, "leavepictureinpicture", lambda _: changed()),
        ]
        then(video.play(), lambda _: changed(), lambda _: None)

    @property
    def width(self) -> int:
        return int(self._video.videoWidth)

    @property
    def height(self) -> int:
        return int(self._video.videoHeight)

    @property
    def pictures(self) -> int:
        """How many have come so far."""
        return int(self._video.getVideoPlaybackQuality().totalVideoFrames)

    @property
    def is_popped(self) -> bool:
        shown = get(window.document, "pictureInPictureElement")
        return shown is not None and bool(self._video.isSameNode(shown))

    def pop_out(self) -> None:
        """Into a window of its own that stays on top, or back."""
        if self.is_popped:
            then(window.document.exitPictureInPicture(), lambda _: None, lambda _: None)
        else:
            then(self._video.requestPictureInPicture(), lambda _: None, lambda _: None)

    def stop(self) -> None:
        for listener in self._listeners:
            listener.remove()
        if self.is_popped:
            then(window.document.exitPictureInPicture(), lambda _: None, lambda _: None)
        self._video.srcObject = None
