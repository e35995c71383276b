"""The WebSocket to the signaling server: comes back by itself, answers pings, and speaks only checked messages."""

from ..core.close_codes import BAD_HELLO, NOT_SIGNED_IN, OUTDATED, TAKEN_OVER, WRONG_ORIGIN
from ..core.codec import decode, encode
from ..core.errors import ProtocolError
from ..core.messages import SUBPROTOCOL
from ..core.versions import OLDEST, SPOKEN, VERSION, agreed
from ..core.watch import ServerWatch
from .js import Timer, attempt, construct, dumps, get, later, listen, loads, monotonic, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..core.codec import Table
    from .clock import PageClock

FIRST_DELAY = 500.0
LONGEST_DELAY = 10_000.0
OUTDATED_DELAY = 20_000.0
"""Before a server that speaks another version is tried again: an upgrade of several servers takes a while."""

FINAL_CODES = (NOT_SIGNED_IN, WRONG_ORIGIN, TAKEN_OVER)
"""Close codes after which coming back would change nothing."""


class Signaling:
    """One connection to the server, made anew whenever it drops.

    `owner` is told: `signaling_opened()`, `signaling_received(message)` and `signaling_closed(code, is_final)`.
    """

    def __init__(self, url: str, sent: "Table", received: "Table", clock: "PageClock") -> None:
        self._url = url
        self._clock = clock
        self._sent = sent
        self._received = received
        self.owner: "Any" = None
        self._socket: "Any" = None
        self._listeners: "list[Any]" = []
        self._timer: "Timer | None" = None
        self._delay = FIRST_DELAY
        self._watch = ServerWatch()
        self._wanted = False
        self.version = 1  # of the protocol, which this page and the server speak
        self._is_newer = False  # the server may say what this page does not know
        self._is_refused = False  # by a server of another version
        self._says_version = True
        self._online = listen(window, "online", lambda _: self._network_changed())

    @property
    def is_open(self) -> bool:
        return self._socket is not None and self._socket.readyState == 1

    def open(self) -> None:
        """Connect, at once where it would only have tried again later."""
        self._wanted = True
        self._hurry()

    def close(self) -> None:
        """Close for good; nothing more is told."""
        self._wanted = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._forget()

    def send(self, message: "dict[str, Any]") -> bool:
        """False when there is no connection: signaling is not kept, whoever needs it says it again."""
        if not self.is_open:
            return False
        if message["type"] == "hello" and self._says_version:
            message = message | SPOKEN
        ok, _ = attempt(self._socket, "send", encode(message, self._sent, dumps))
        return ok

    def tick(self, urgent: bool = False) -> None:
        """Call once a second: a server that has said nothing for too long is given up. `urgent`: the other person
        cannot be reached either, so it is asked, and tried every second. It also says what time it is, where the
        device's clock has jumped."""
        found = self._watch.turn(monotonic(), self.is_open, urgent) if self._socket is not None else None
        if self._clock.is_in_doubt() or found == "ask":
            self.send({"type": "ping"})
        if found == "give_up":
            self._give_up()
        if urgent and not self._is_refused:
            self._hurry()

    def _give_up(self) -> None:
        self._forget()
        self._dropped(1006)

    def _network_changed(self) -> None:
        """What was open over another network only looks open."""
        if self._socket is not None and self._wanted:
            self._give_up()
        self._hurry()

    def _connect(self) -> None:
        self._timer = None
        ok, socket = construct("WebSocket", self._url, SUBPROTOCOL)
        if not ok:
            self._dropped(1006)
            return
        self._socket = socket
        self._watch.heard(monotonic())
        self._listeners = [
            listen(socket, "open", self._opened),
            listen(socket, "message", self._message),
            listen(socket, "close", self._closed),
        ]

    def _forget(self) -> None:
        for listener in self._listeners:
            listener.remove()
        self._listeners = []
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _opened(self, _: "Any") -> None:
        self._watch.heard(monotonic())
        self.owner.signaling_opened()

    def _message(self, event: "Any") -> None:
        self._watch.heard(monotonic())
        self._delay = FIRST_DELAY
        try:
            message = decode(event.data, self._received, loads, self._is_newer or None)
        except ProtocolError as error:
            window.console.warn("deskside: the server sent " + error.code)
            return
        if message["type"] == "welcome":
            self.version = agreed(message)
            self._is_newer = message.get("version", 1) > VERSION
            self._is_refused = False
            self._says_version = True
        if message["type"] == "ping":
            self.send({"type": "pong"})
        elif message["type"] == "pong":
            if "now" in message:
                self._clock.heard(message["now"])
        else:
            self.owner.signaling_received(message)

    def _closed(self, event: "Any") -> None:
        code = int(get(event, "code", 1006))
        self._forget()
        if code == BAD_HELLO and self._says_version and self._wanted and OLDEST == 1:
            # A server of version 1 refuses a hello that has one.
            self._says_version = False
            self._connect()
        else:
            self._says_version = True
            self._dropped(code)

    def _dropped(self, code: int) -> None:
        if code in OUTDATED:
            self._is_refused = True
            self._delay = OUTDATED_DELAY
        final = code in FINAL_CODES
        if final:
            self._wanted = False
        elif self._wanted and self._timer is None:
            # A little chance, so that a server that comes back is not met by everybody at once.
            self._timer = later(self._delay * (0.75 + 0.5 * float(window.Math.random() + 1e-9)), self._connect)
            if not self._is_refused:
                self._delay = min(self._delay * 2.0, LONGEST_DELAY)
        self.owner.signaling_closed(code, final)

    def _hurry(self) -> None:
        if self._wanted and self._socket is None:
            if self._timer is not None:
                self._timer.cancel()
            self._connect()
