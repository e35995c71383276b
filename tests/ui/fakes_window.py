"""The window that stays on top, without a browser."""

from typing import Any


class FakeWindow:
    def __init__(self, opened: Any, closed: Any, failed: Any) -> None:
        self.opened = opened
        self.closed = closed
        self.failed = failed
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True
