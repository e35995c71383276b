"""The window that stays on top, and a video that can be popped out, without a browser."""

from typing import Any

from tests.ui.fakes_peer import FakeTrack


class FakeWindow:
    def __init__(self, opened: Any, closed: Any, failed: Any) -> None:
        self.opened = opened
        self.closed = closed
        self.failed = failed
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True


class FakePlayer:
    def __init__(self, track: FakeTrack) -> None:
        self.track = track
        self.width, self.height = 1280, 720
        self.pictures = 1
        self.is_popped = False
        self.is_stopped = False

    def pop_out(self) -> None:
        self.is_popped = not self.is_popped

    def stop(self) -> None:
        self.is_stopped = True
