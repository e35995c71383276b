"""What the hub knows of recordings: the one recorder, and of each session what is recorded of it."""

from typing import Any, NamedTuple

from signaling.session import Link, Representative

RECORDING, FINISHING, FINISHED, DELETED = "recording", "finishing", "finished", "deleted"


class Recording:
    """What is recorded of one session, until the recorder has made whole files of it."""

    def __init__(
        self, id: str, session: str, customer: str, created_at: int, *, state: str = RECORDING,
        started_at: int = 0, part: int = 0, connection: str = "", recorder: str = "",
    ) -> None:  # fmt: skip
        self.id = id
        self.session = session
        self.customer = customer
        self.created_at = created_at
        self.state = state
        self.started_at = started_at  # 0: nothing came yet
        self.part = part  # the number given last
        self.connection = connection  # as the customer's page calls it; empty when none is open
        self.recorder = recorder  # the process that has it


class Part(NamedTuple):
    """One connection to the recorder."""

    recording: str
    number: int


class Recorder:
    """The recorder, whether or not it is there."""

    def __init__(self, most: int) -> None:
        self.most = most
        """So many connections at a time, whatever it says itself."""
        self.link: Link | None = None
        self.id = ""
        """Of the process that was here last."""
        self.capacity = 0
        self.parts: set[Part] = set()
        """Those that it may be busy with."""
        self.no_room_until = 0
        """Its disk is full; then it is tried again."""
        self.wanted: dict[str, dict[str, Any]] = {}
        """By recording, the heads that it has asked for, and not got yet."""
        self.witnesses: dict[str, Representative] = {}
        """By recording, who was in its session when that ended."""
