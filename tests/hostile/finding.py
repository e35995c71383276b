"""What an attack has found."""

from collections.abc import Sequence

from tests.hostile.frames import Frame


class Finding(Exception):
    """Something gave way: what it was, and the frames that led to it, the last one last."""

    def __init__(self, what: str, frames: Sequence[Frame]) -> None:
        super().__init__(what)
        self.frames = list(frames)
        self.act = ""

    def __str__(self) -> str:
        lines = [f"{self.act or 'an attack'}: {self.args[0]}"]
        return "\n".join(lines + [f"  {frame.brief}" for frame in self.frames[-40:]])
