"""What the hub decides at one event: rows to write, and effects that may be seen once they are written."""

from typing import Any, NamedTuple

from sqlalchemy import Executable

from deskside.core.errors import ProtocolError
from deskside.core.schema import Record
from signaling.frames import frame
from signaling.session import Outlet


class Attach(NamedTuple):
    """From now on frames for `peer` go to `outlet`."""

    peer: str
    outlet: Outlet


class Detach(NamedTuple):
    """`outlet` no longer stands for `peer`."""

    peer: str
    outlet: Outlet


class Send(NamedTuple):
    """Send one message to every peer of `peers` that is connected."""

    peers: tuple[str, ...]
    table: dict[str, Record]
    message: dict[str, Any]


class Forward(NamedTuple):
    """Send a frame that is made already to one peer."""

    peer: str
    text: str


class Close(NamedTuple):
    """Close one WebSocket."""

    outlet: Outlet
    code: int


Effect = Attach | Detach | Send | Forward | Close


class Step:
    """Collected while one event is handled."""

    def __init__(self) -> None:
        self.writes: list[Executable] = []
        self.effects: list[Effect] = []

    def forward(self, peer: str, table: dict[str, Record], message: dict[str, Any], session: str = "") -> None:
        """What one page says to another. With the fields that the server adds it may be too large: its sender
        is told so while there is one to tell."""
        try:
            self.effects.append(Forward(peer, frame(message, table)))
        except ProtocolError as error:
            raise Refusal(error.code, session) from None


class Refusal(Exception):
    """A message that is well formed but not allowed now. Raised before anything of what it asks was done. What the
    step holds by then is carried out all the same: a deadline that has passed, or the step that the page does not know.

    `code` is told to the page in an `error`; PROTOCOL.md lists them.
    """

    def __init__(self, code: str, session: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.session = session
