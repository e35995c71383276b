"""One file of a session, as the page that sends or receives it holds it."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PHASES = {
    "waiting": "moving",
    "moving": "moving",
    "paused": "paused",
    "suspended": "interrupted",
    "checking": "checking",
    "finished": "finished",
    "ended": "ended",
}


class Transfer:
    """One file: its entry in the log, and the sender or receiver that moves it once it was accepted."""

    def __init__(self, entry: "dict[str, Any]") -> None:
        self.entry = entry
        self.mover: "Any" = None
        self.is_offered = False  # the other side knows of it
        self.is_accepted = False
        self.is_told = False  # the other side knows that it is over
        self.drawn_at = 0.0

    @property
    def is_over(self) -> bool:
        return self.entry["phase"] in ("finished", "ended")
