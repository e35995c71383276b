"""The recording as the customer's page holds it: when a connection to the recorder may be open, and what it is told.

Only this page opens one, and only after the server has said that the customer allowed it. `Pause recording`, `Stop
recording` and the red X close it before anybody is told; from then on nothing is opened and nothing is sent until the
person presses `Resume recording`, on this page or, after a reload, on the next one.

Each method takes an event and returns commands, to be carried out in their order. Moments are milliseconds since the
epoch; attempts are counted in turns of `tick`, once a second, so that a clock that jumps breaks nothing off.
"""

from .recording_commands import CloseRecorder, Keep, OpenRecorder, SayEnd, SendEntry, SendOffer, SetAnswer, StateChanged
from .recording_kept import kept_text, read_kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

PAUSES = (1, 2, 4, 8, 15, 30, 60)
"""Turns until the next attempt, after the first failure, the second, and so on."""
OPENS_WITHIN = 15
"""Turns in which the recorder has to say what it holds."""
MISSED_FOR = 5
"""Turns without a recorder, or without the server's word on it, before anybody reads of it: one that died is back
before that, most likely."""
DOUBTED_FOR = 5
"""Turns that a connection gets to find its path again."""
STEADY = 30
"""Turns after which a connection that was good makes up for the failures before it."""


class Recording:
    """`identifier` gives a new id each time; `kept` is the text of the last `Keep`, or ""."""

    def __init__(self, session: str, identifier: "Callable[[], str]", kept: str = "") -> None:
        self._session = session
        self._identifier = identifier
        found = read_kept(session, kept)
        self._count = found.count
        self._is_asked = found.wish != ""
        self._is_allowed = found.wish == "allowed"
        self._hold: str = found.hold
        self._total: float = found.total  # milliseconds of all the times that it was on before
        self._last = found.last  # the id of the last offer
        self._timeline = found.timeline
        self._is_expected = False  # that the server says whether it can be done
        self._is_available = False
        self._trouble = ""
        self._is_over = False
        self._id = ""
        self._phase = ""  # of the connection: "", describing, offered, connecting, on
        self._turns = 0  # in that phase
        self._doubt = self._failures = 0
        self._wait = 0  # turns until the next attempt; -1 until the server speaks
        self._since = 0.0
        self._kept = self._text()
        self._shown = (self.state, self.reason)

    # how it stands

    @property
    def state(self) -> str:
        """One of RECORDING_STATES."""
        if not self._is_allowed:
            return "refused" if self._is_asked else "off"
        if self._hold:
            return "stopped" if self._hold == "stopped" else "paused"
        return "on" if self._phase == "on" else "unavailable" if self._trouble else "starting"

    @property
    def reason(self) -> str:
        """Why it is `unavailable`, one of REFUSALS or `lost`; whether it was the red X that `paused` it: `revoked`."""
        if self.state == "unavailable":
            return self._trouble
        return "revoked" if self.state == "paused" and self._hold == "revoked" else ""

    @property
    def is_held(self) -> bool:
        """Whether the person wants nothing to be recorded now."""
        return self._hold != ""

    def seconds(self, now: float) -> int:
        """How long it was on in all."""
        return int((self._total + self._present(now)) / 1000.0)

    # what the server says

    def asked(self) -> "list[Any]":
        """The customer is being asked. Whoever is silent refuses, so this alone allows nothing."""
        self._is_asked = True
        return self._done([])

    def joined(self) -> None:
        """A representative is there: where the customer has allowed it, the server's word follows."""
        self._is_expected = True
        self._turns = 0 if self._phase == "" else self._turns

    def told(self, available: bool, reason: str, now: float) -> "list[Any]":
        """The customer has allowed it, and this is whether it can be done."""
        if self._is_over:
            return []
        commands: "list[Any]" = []
        self._is_allowed = True
        self._is_available = available
        if available or self._trouble or reason != "missing":
            self._trouble = "" if available else reason or "missing"
        else:
            self.joined()  # one may come in a moment
        self._wait = 0
        if self._hold == "stopped" and self._last:
            commands.append(SayEnd(self._last, "stopped"))  # it may not have been heard when it was pressed
        if available and self._doubt:
            commands += self._fail("lost", now)
            self._wait = 0
        return self._done(commands + self._open())

    def answered(self, id: str, sdp: str) -> "list[Any]":
        if id != self._id or self._phase != "offered":
            return []
        self._enter("connecting", id)
        return [SetAnswer(id, sdp)]

    def refused(self, id: str, reason: str, now: float) -> "list[Any]":
        """The recorder does not take this connection, or has given it up."""
        return self._done(self._fail(reason, now, False)) if id and id == self._id else []

    # what becomes of the connection

    def described(self, id: str, sdp: str) -> "list[Any]":
        if id != self._id or self._phase != "describing":
            return []
        self._enter("offered", id)
        self._last = id
        return self._done([SendOffer(id, sdp)])

    def connection_changed(self, id: str, connection_state: str, now: float) -> "list[Any]":
        if id != self._id or not id:
            return []
        if connection_state in ("failed", "closed"):
            return self._done(self._fail("lost", now))
        if connection_state == "disconnected":
            self._doubt = max(1, self._doubt)
        elif connection_state == "connected":
            self._doubt = 0
        return []

    def known(self, id: str, number: int, records: "list[dict[str, Any]]", now: float) -> "list[Any]":
        """The recorder holds the record up to this number: it is there, and its disk is."""
        if id != self._id or self._phase not in ("connecting", "on"):
            return []
        self._timeline.known(number)
        if self._phase == "connecting":
            self._enter("on", id)
            self._since = now
            if self._is_available:
                self._trouble = ""
        return self._done(self.grown(records))

    def failed(self, id: str, reason: str, now: float) -> "list[Any]":
        """The recorder says over `timeline` that it cannot go on."""
        return self._done(self._fail(reason, now)) if id and id == self._id else []

    # the record

    def appended(self, number: int, was_held: bool = False) -> "list[Any]":
        """The record has this number now; while nothing may be recorded, nobody else is told of it."""
        if self._hold or was_held:
            self._timeline.withhold(number)
        return self._done([])

    def grown(self, records: "list[dict[str, Any]]") -> "list[Any]":
        """These are all there are, with their hashes."""
        if self._phase != "on":
            return []
        return [SendEntry(record) for record in self._timeline.due(records)]

    # what the person does

    def pause(self, now: float) -> "list[Any]":
        return self._held("paused", now) if not self._hold else []

    def stop(self, now: float) -> "list[Any]":
        """For good: this session is not recorded any more."""
        return self._held("stopped", now)

    def revoked(self, now: float) -> "list[Any]":
        """The red X, also where it is not known yet whether anything is recorded at all."""
        return self._held("revoked", now)

    def resume(self, now: float) -> "list[Any]":
        if self._is_over or self._hold in ("", "stopped"):
            return []
        self._hold = ""
        self._wait = 0
        self._failures = 0
        return self._done(self._open())

    # time, and the end

    def tick(self, now: float) -> "list[Any]":
        """A second has passed."""
        self._turns += 1
        if self._phase == "":
            self._wait -= 1 if self._wait > 0 else 0
            if self._is_expected and self._turns > MISSED_FOR and not self._is_available:
                self._trouble = self._trouble or "missing"
            return self._done(self._open())
        self._doubt += 1 if self._doubt else 0
        if self._doubt > DOUBTED_FOR:
            return self._done(self._fail("lost", now))
        if self._phase != "on" and self._turns > OPENS_WITHIN:
            return self._done(self._fail("failed", now))
        return []

    def suspended(self, now: float) -> "list[Any]":
        """The session waits for another representative; the server says when it goes on."""
        self._is_expected = False
        self._is_available = False
        return self._done(self._close(now, "lost"))

    def leaving(self, now: float) -> "list[Any]":
        """The page is being left: what it holds is closed, and the next page goes on from where this one was."""
        commands = self._close(now) + ([] if self._is_over else self._keep())
        self._is_over = True
        return commands

    def finish(self, now: float) -> "list[Any]":
        """The session is over, or another page has it. The server knows; nothing is opened any more."""
        self._is_over = True
        return self._close(now)

    # within

    def _open(self) -> "list[Any]":
        may_open = self._is_allowed and self._is_available and not self._hold and not self._is_over
        if not may_open or self._phase or self._wait:
            return []
        self._enter("describing", self._identifier())
        return [OpenRecorder(self._id)]

    def _enter(self, phase: str, id: str) -> None:
        self._phase, self._id, self._turns, self._doubt = phase, id, 0, 0

    def _held(self, hold: str, now: float) -> "list[Any]":
        if self._is_over or self._hold == "stopped":
            return []
        commands = self._close(now, hold)
        if hold == "stopped" and not commands and self._last:
            commands.append(SayEnd(self._last, hold))
        self._hold = hold
        return self._done(commands)

    def _close(self, now: float, reason: str = "") -> "list[Any]":
        """Here first; the server hears of what it was offered, and only with a reason."""
        if not self._phase:
            return []
        commands: "list[Any]" = [CloseRecorder(self._id)]
        if reason and self._phase != "describing":
            commands.append(SayEnd(self._id, reason))
        self._total += self._present(now)
        self._enter("", "")
        self._timeline.closed()
        return commands

    def _fail(self, reason: str, now: float, is_said: bool = True) -> "list[Any]":
        was_on = self._phase == "on"
        self._failures = 0 if was_on and self._turns >= STEADY else self._failures
        commands = self._close(now, "lost" if is_said else "")
        self._wait = -1 if reason == "not_allowed" else PAUSES[min(self._failures, len(PAUSES) - 1)]
        self._failures += 1
        # One that was good is replaced at once, most likely, and nobody need read of it.
        if self._is_available and not (was_on and reason == "lost"):
            self._trouble = reason
        return commands

    def _present(self, now: float) -> float:
        return max(0.0, now - self._since) if self._phase == "on" else 0.0

    def _done(self, commands: "list[Any]") -> "list[Any]":
        """The commands, and what follows from them: closed first, then kept, and only then is anybody told."""
        if self._is_over:
            return commands
        here = [command for command in commands if type(command) not in (SendOffer, SayEnd)]
        commands = here + self._keep() + [command for command in commands if type(command) in (SendOffer, SayEnd)]
        if (self.state, self.reason) != self._shown:
            self._shown = (self.state, self.reason)
            commands.append(StateChanged(self.state, self.reason))
        return commands

    def _keep(self) -> "list[Any]":
        if self._text() == self._kept:
            return []
        self._count += 1
        self._kept = self._text()
        return [Keep(self._kept)]

    def _text(self) -> str:
        wish = "allowed" if self._is_allowed else "asked" if self._is_asked else ""
        if not (wish or self._hold or self._timeline.kept):
            return ""
        return kept_text(self._session, self._count, wish, self._hold, self._total, self._last, self._timeline.kept)
