"""The customer's picture on the console: what is shown, how large, and in which window."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STILL_AFTER = 5000.0
"""Milliseconds without a new picture after which the one that is shown bears its age: a screen on which nothing changes
is sent once a second."""
ZOOMS = (50, 75, 100, 150, 200, 300)


class Screen:
    """One for each session; its picture is played while that session is selected."""

    def __init__(self, host: "Any", changed: "Any") -> None:
        self._host = host
        self._changed = changed
        self._track: "Any" = None
        self._player: "Any" = None
        self._video: "Any" = None
        self.is_on = False
        self.surface = "screen"
        self.since = 0.0
        self.zoom: "Any" = "fit"
        self.was_on = False
        self._pictures = 0  # that the player has shown
        self._newest_at = 0.0  # when the last of them came
        self.is_old = False  # as it was said last

    def announced(self, on: bool, surface: str) -> None:
        """The customer's page says what it shares."""
        if on:
            self.is_on = True
            self.was_on = True
            self.surface = surface
            self.since = self._host.now()
        else:
            self.ended()

    def track_received(self, track: "Any") -> None:
        self._stop()
        self._newest_at = 0.0
        self._track = track

    def interrupted(self) -> None:
        """The connection it came over is gone; the sharing is not."""
        self._stop()
        self._track = None

    def ended(self) -> None:
        """No picture any more, for whatever reason."""
        self.is_on = False
        self._stop()
        self._track = None

    def _stop(self) -> None:
        if self._player is not None:
            self._player.stop()
            self._player = None
            self._video = None

    def show_in(self, video: "Any") -> None:
        """Play in this element, when there is something to play; None when another session is shown."""
        if video is None or self._track is None:
            self._stop()
        elif self._player is None or self._video is not video:
            self._stop()
            self._video = video
            self._pictures = 0
            self._player = self._host.play(video, self._track, self._changed)

    @property
    def age(self) -> float:
        """Milliseconds since the last new picture came; 0 while there is none."""
        player = self._player
        if player is None or not player.width:
            return 0.0
        pictures = player.pictures
        if pictures != self._pictures or not self._newest_at:
            self._pictures = pictures
            self._newest_at = self._host.passed()
        return float(self._host.passed() - self._newest_at)

    def tick(self) -> bool:
        """Once a second: whether what is shown has become an old picture, or a new one, since the last time."""
        was_old, self.is_old = self.is_old, self.is_on and self.age >= STILL_AFTER
        return was_old is not self.is_old

    def zoom_by(self, step: int) -> None:
        at = ZOOMS.index(self.zoom) if self.zoom in ZOOMS else ZOOMS.index(100) - (1 if step > 0 else -1)
        self.zoom = ZOOMS[min(max(at + step, 0), len(ZOOMS) - 1)]

    def fit(self) -> None:
        self.zoom = "fit"

    def pop_out(self) -> None:
        if self._player is not None:
            self._player.pop_out()

    def state(self, asked: bool, name: str, connected: bool, ended: bool) -> "dict[str, Any]":
        """What the views show of it; `ended`: the session is."""
        player = self._player
        time, iso = self._host.clock(self.since)
        width = player.width if player is not None else 0
        age = self.age
        if not self.is_on:
            kind = "asked" if asked else "stopped" if self.was_on else "none"
        elif not connected:
            kind = "frozen"
        else:
            kind = "starting" if not width else "live" if age < STILL_AFTER else "still"
        return {
            "state": kind,
            "surface": self.surface,
            "name": name,
            "ended": ended,
            "since": time,
            "iso": iso,
            "seconds": int((self._host.now() - self.since) / 1000.0),
            "age": int(age / 1000.0) if kind in ("still", "frozen") else 0,
            "zoom": self.zoom,
            "popped": player is not None and player.is_popped,
            "can_pop": self._host.can_pop_out,
            "width": width,
            "height": player.height if player is not None else 0,
        }
