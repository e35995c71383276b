"""When the other page is not heard any more, when to look for a new path to it, and when to make a connection anew.

All of it is counted in turns of the timer that calls `Link.tick` once a second, not in time: a clock that jumps and a
device that slept are no reason to give anything up.
"""

ASK_AFTER = 2
"""Turns without a word after which the other page is asked for one."""
SILENT_AFTER = 5
"""Turns without a word after which it counts as not there; the answer had three of them."""
SETTLES = 3
"""Turns that a path gets to come up, before the next one is looked for."""
GIVE_UP_AFTER = 12
"""Turns without a path in which the two could have agreed on one; then the connection is made anew."""
WAITS_FOR_OTHER = 3
"""Turns more, in which the page that does not decide lets the other one notice by itself."""
SERVER_SILENCE = 50_000.0
"""Milliseconds without a frame after which the server counts as gone: it pings every 20 seconds."""
SERVER_CONNECTS = 4_000.0
"""Milliseconds that an attempt to reach the server has, where it is the only way left."""
SERVER_ANSWERS = 2_000.0
"""The same for an answer on a line that is open: what was sent into a cut line is sent again ever more rarely, so that
a new attempt is faster."""
ASK_SERVER_AFTER = 1_000.0
"""Milliseconds after its last word in which it needs not be asked."""


class Heartbeat:
    """Whether the other page is still heard on `control`, where a cut is seen long before the browser tells."""

    def __init__(self) -> None:
        self._turns = 0
        self._has_asked = False

    @property
    def is_missing(self) -> bool:
        return self._has_asked and self._turns >= SILENT_AFTER

    def heard(self) -> None:
        self._turns = 0
        self._has_asked = False

    def doubt(self) -> None:
        """The network changed, or the device slept: ask in the next turn, and wait one more for the answer."""
        self._turns = SILENT_AFTER - 2
        self._has_asked = False

    def turn(self) -> bool:
        """A second has passed. Whether to ask: once, for what waits in a cut channel arrives when it is back."""
        self._turns += 1
        if self._turns < ASK_AFTER or self._has_asked:
            return False
        self._has_asked = True
        return True


class ServerWatch:
    """Whether the server is still there. Its pings are waited for; where it is the only way left, it is asked, for a
    line that the device has lost with its network looks open for as long as nobody speaks. Times in milliseconds."""

    def __init__(self) -> None:
        self._since = 0.0  # the attempt to connect, or the last word
        self._asked_at: "float | None" = None

    def heard(self, now: float) -> None:
        """A word of the server came, or an attempt to connect begins."""
        self._since = now
        self._asked_at = None

    def turn(self, now: float, is_open: bool, urgent: bool) -> "str | None":
        """A second has passed: `ask`, or `give_up` this line, or neither."""
        if not urgent:
            return "give_up" if now - self._since > SERVER_SILENCE else None
        if not is_open:
            return "give_up" if now - self._since > SERVER_CONNECTS else None
        if self._asked_at is not None:
            return "give_up" if now - self._asked_at > SERVER_ANSWERS else None
        if now - self._since <= ASK_SERVER_AFTER:
            return None
        self._asked_at = now
        return "ask"


class Watch:
    """One connection. `decides` is the side that makes it anew; the other one only asks for that, somewhat later."""

    def __init__(self, decides: bool) -> None:
        self._patience = 0 if decides else WAITS_FOR_OTHER
        self._settled = SETTLES
        self._down = 0
        self._broken = 0

    def restarted(self) -> None:
        """A new path is looked for from now on."""
        self._settled = 0

    def connected(self) -> None:
        self._settled = SETTLES
        self._down = 0
        self._broken = 0

    @property
    def may_restart(self) -> bool:
        """Whether the path that was looked for last had its time."""
        return self._settled >= SETTLES

    def turn(self, is_stable: bool, is_down: bool, is_broken: bool, can_agree: bool) -> bool:
        """A second has passed. Whether the connection is to be made anew.

        `is_stable`: nothing is being negotiated; `is_broken`: it cannot come back; `can_agree`: the other was heard.
        """
        self._settled = self._settled + 1 if is_stable else 0
        self._down = self._down + 1 if is_down and can_agree else self._down if is_down else 0
        self._broken = self._broken + 1 if is_broken else 0
        if self._broken <= self._patience and self._down <= GIVE_UP_AFTER + self._patience:
            return False
        self._down = 0
        self._broken = 0
        return True
