"""Plays a recording: one video element, in which one part comes after the other."""

from .js import document, get, is_null, listen, then

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MARGIN = 3.0
"""Of what stands in view of a box, this much of its height stays above it."""


class Playback:
    """`owner` hears `ready()`, `moved(seconds)`, `part_ended()`, `part_failed()` and `speed_changed(rate)`.

    Playing, pausing and moving by hand are the browser's own controls'.
    """

    def __init__(self, video: "Any", owner: "Any") -> None:
        self._video = video
        self._owner = owner
        self._seconds: "float | None" = None  # where to begin, while it is not known how long the part is
        self._listeners = [
            listen(video, "loadedmetadata", lambda _: self._arrived()),
            listen(video, "timeupdate", lambda _: self._moved()),
            listen(video, "seeking", lambda _: self._moved()),
            listen(video, "ended", lambda _: owner.part_ended()),
            listen(video, "error", lambda _: self._failed()),
            listen(video, "ratechange", lambda _: owner.speed_changed(float(video.playbackRate))),
        ]

    @property
    def is_playing(self) -> bool:
        return not bool(self._video.paused)

    @property
    def has_captions(self) -> bool:
        """Whether the person has switched them on."""
        tracks = self._video.textTracks
        return int(tracks.length) > 0 and str(tracks[0].mode) == "showing"

    def load(self, address: str, seconds: float, plays: bool) -> None:
        """Show a part from this second on."""
        self._seconds = seconds
        self._video.src = address
        if plays:
            then(self._video.play(), lambda _: None, lambda _: None)

    def seek(self, seconds: float) -> None:
        if self._seconds is not None:
            self._seconds = seconds
        else:
            self._video.currentTime = float(seconds)

    def set_speed(self, rate: float) -> None:
        # The next part begins with the default.
        self._video.defaultPlaybackRate = float(rate)
        self._video.playbackRate = float(rate)

    def empty(self) -> None:
        """Show nothing, and fetch nothing any more."""
        self._seconds = None
        self._video.pause()
        if self._video.hasAttribute("src"):
            self._video.removeAttribute("src")
            self._video.load()

    def stop(self) -> None:
        for listener in self._listeners:
            listener.remove()
        self._listeners = []
        self.empty()

    def _arrived(self) -> None:
        if self._seconds:
            self._video.currentTime = float(self._seconds)
        self._seconds = None
        self._owner.ready()

    def _moved(self) -> None:
        # Before that it is the end of the part that was there, or the beginning of this one.
        if self._seconds is None:
            self._owner.moved(float(self._video.currentTime))

    def _failed(self) -> None:
        if self._video.hasAttribute("src"):
            self._owner.part_failed()


def is_in_view(box: "Any", identifier: str) -> bool:
    """Whether the element of this id can be seen in the box that scrolls it; also where there is none."""
    place = _place(box, identifier)
    return place is None or (place[1] > 0.0 and place[0] < float(box.clientHeight))


def bring_into_view(box: "Any", identifier: str) -> bool:
    """Scroll the box, and nothing around it, until the element of this id is seen as a whole; whether that was needed.

    What was out of sight gets its real size only when it comes into sight, and moves what is below it: ask again.
    """
    place = _place(box, identifier)
    if place is None or (place[0] >= 0.0 and place[1] <= float(box.clientHeight)):
        return False
    box.scrollTop = float(box.scrollTop) + place[0] - float(box.clientHeight) / _MARGIN
    return True


def _place(box: "Any", identifier: str) -> "tuple[float, float] | None":
    element = document.getElementById(identifier)
    if is_null(element) or get(element, "isConnected") is not True:
        return None
    inside = element.getBoundingClientRect()
    top = float(box.getBoundingClientRect().top)
    return float(inside.top) - top, float(inside.bottom) - top
