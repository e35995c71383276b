"""One file of a session, as the page that sends or receives it holds it."""

STUCK_AFTER = 15
"""Turns of a second in which a channel that is there moves nothing, although both sides want it to."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PHASES = {
    "waiting": "moving",
    "moving": "moving",
    "paused": "paused",
    "suspended": "interrupted",
    "differs": "again",
    "checking": "checking",
    "finished": "finished",
    "ended": "ended",
}


class Transfer:
    """One file: its entry in the log, and the sender or receiver that moves it once it was accepted.

    The entry is what is kept over a reload. After one, the sender's page has no `mover` until the person has chosen
    the file again.
    """

    def __init__(self, entry: "dict[str, Any]") -> None:
        self.entry = entry
        self.mover: "Any" = None
        self.is_offered = False  # the present page of the other side knows of it
        self.is_accepted = bool(entry.get("accepted", False))
        self.is_agreed = False  # and holds it to be accepted as well: bytes may move
        self.is_held_there = False  # the other side has paused it, which a file that is chosen again has to know
        self.is_told = False  # the other side knows that it is over
        self.is_deciding = False  # accepted by a press; where it finds room is being looked into
        self.problem = ""  # shown on its card
        self.lost_at: "float | None" = None  # since when a page is missing, or its file
        self.drawn_at = 0.0
        self._patience = STUCK_AFTER
        self._still = 0  # turns without any change, and how it was then
        self._was: "Any" = None

    @property
    def is_mine(self) -> bool:
        return bool(self.entry["mine"])

    @property
    def is_over(self) -> bool:
        return self.entry["phase"] in ("finished", "ended")

    @property
    def is_wanted_again(self) -> bool:
        """Whether this page must be given the file once more before it can go on."""
        return self.is_mine and self.is_accepted and self.mover is None and not self.is_over

    @property
    def is_under_way(self) -> bool:
        return self.is_accepted and self.mover is not None and not self.is_over

    @property
    def waits_for_channel(self) -> bool:
        """Whether both pages want it to move and nothing is there to move it."""
        if not self.is_agreed or self.is_over or self.mover is None or self.mover.is_attached:
            return False
        return self.mover.state in ("waiting", "suspended")

    def is_stuck(self) -> bool:
        """Call once a second: whether it has had a channel for long, and nothing came or went on it."""
        if not self.is_under_way or not self.mover.is_attached or self.mover.state == "paused":
            self._still = 0
            return False
        present = (self.mover.state, self.mover.progress().done)
        if present != self._was:
            self._was = present
            self._still = 0
            self._patience = STUCK_AFTER
        self._still += 1
        if self._still <= self._patience:
            return False
        self._still = 0
        self._patience *= 2  # a disk may be that slow, after all
        return True

    def accepted(self) -> None:
        self.is_accepted = True
        self.entry["accepted"] = True
        self.entry["phase"] = "moving"

    def rest(self) -> None:
        """Nothing moves: no speed to show."""
        self.entry["speed"] = None
        self.entry["left"] = None

    def show(self, now: float) -> None:
        """Bring the entry to what the mover says."""
        progress = self.mover.progress()
        entry = self.entry
        self.drawn_at = now
        state = self.mover.state
        entry["phase"] = "interrupted" if state == "waiting" and self.lost_at is not None else PHASES[state]
        entry["held"] = bool(self.mover.paused_here)
        entry["done"] = progress.done
        entry["speed"] = progress.speed
        entry["left"] = progress.seconds_left

    def cards(self) -> "list[dict[str, Any]]":
        """What the person is asked about it."""
        entry = self.entry
        card = {"id": entry["id"], "name": entry["name"], "size": entry["size"], "problem": self.problem}
        if self.is_wanted_again:
            card["kind"] = "file_again"
        elif not self.is_mine and entry["phase"] == "offered":
            card["kind"] = "file_offer"
            card["author"] = entry["author"]
            card["mime"] = entry["mime"]
        else:
            return []
        return [card]


def new_entry(host: "Any", file_id: str, mine: bool, author: str, about: "dict[str, Any]") -> "dict[str, Any]":
    """The entry of a file that is being offered."""
    at = host.now()
    time, iso = host.clock(at)
    entry = {"kind": "file", "id": file_id, "mine": mine, "author": author, "at": at, "time": time, "iso": iso}
    entry.update({"name": about["name"], "size": about["size"], "mime": about["mime"], "done": 0, "phase": "offered"})
    entry.update({"reason": "", "speed": None, "left": None, "saveable": False, "accepted": False, "held": False})
    return entry
