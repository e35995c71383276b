"""The link between two peers: negotiation of `talk` and `work`, and the two numbered streams, without any I/O.

One Link serves one pair of pages. A page that was loaded anew is another peer and gets another Link; the chat's
stream outlives it. The shell (`runtime.rtc`, or a native peer) carries out the commands and reports back.
"""

from collections import namedtuple

from . import negotiation as steps
from . import outbox
from .errors import ProtocolError, StateError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OpenConnection = namedtuple("OpenConnection", ("connection",))
"""Make an RTCPeerConnection for `talk` or `work`."""
CloseConnection = namedtuple("CloseConnection", ("connection",))
"""Close it, with all that is buffered in it."""
Negotiate = namedtuple("Negotiate", ("connection", "step"))
"""Carry out a step of core.negotiation on that connection."""
SendSignal = namedtuple("SendSignal", ("negotiation",))
"""Send a negotiation over the signaling server."""
SendFrame = namedtuple("SendFrame", ("label", "message"))
"""Send a message over the data channel `control` or `chat`."""
Deliver = namedtuple("Deliver", ("label", "message"))
"""Hand a message on to the controller."""
Acknowledged = namedtuple("Acknowledged", ("label", "messages"))
"""The other side has these messages now."""
Refused = namedtuple("Refused", ("code",))
"""A frame of the other side was dropped: to be counted, and told nobody but a log."""

RESTART_EVERY = 1000.0
"""Milliseconds between attempts to find a new path while there is none."""
RESEND_EVERY = 3000.0
"""Milliseconds between saying again what nobody confirmed, while a connection has not come up yet."""


class Link:
    """`polite` is the customer's side. `chat` is the stream that outlives pages, `control` is new with each Link.

    Only the customer opens `work`, and only when something was allowed: the representative's page follows. It has
    a generation, so that nothing that belongs to a closed one can open it again.
    """

    def __init__(self, polite: bool, control: "outbox.Stream", chat: "outbox.Stream") -> None:
        self.polite = polite
        self.streams = {"control": control, "chat": chat}
        self.states = {"talk": "new", "work": "closed"}
        self._generation = 0
        self._negotiations: "dict[str, steps.Negotiation]" = {}
        self._open = {"control": False, "chat": False}
        self._said_at: "dict[str, float]" = {}

    @property
    def is_connected(self) -> bool:
        return self.states["talk"] == "connected" and self._open["control"]

    @property
    def has_work(self) -> bool:
        return "work" in self._negotiations

    def start(self) -> "list[Any]":
        """Open `talk`. Both sides do; the impolite one makes the first offer."""
        self._negotiations["talk"] = steps.Negotiation("talk", self.polite)
        return [OpenConnection("talk")]

    def close(self) -> "list[Any]":
        commands: "list[Any]" = []
        for name in ("work", "talk"):
            if name in self._negotiations:
                del self._negotiations[name]
                commands.append(CloseConnection(name))
            self.states[name] = "closed"
        for label in ("control", "chat"):
            commands += self.channel_closed(label)
        return commands

    # `work`, which a red X takes away as a whole

    def open_work(self) -> "list[Any]":
        """Make sure that `work` is there. The customer's page calls it when something was allowed."""
        if not self.polite:
            raise StateError("only the customer opens work")
        if "work" in self._negotiations or "talk" not in self._negotiations:
            return []
        self._generation += 1
        return self._begin_work()

    def close_work(self) -> "list[Any]":
        """Take `work` away. What still arrives for it is of a generation that is gone."""
        self.states["work"] = "closed"
        if "work" not in self._negotiations:
            return []
        self._generation += 1
        del self._negotiations["work"]
        return [CloseConnection("work")] + self._tell_generation()

    def _begin_work(self) -> "list[Any]":
        self._negotiations["work"] = steps.Negotiation("work", self.polite)
        self._said_at.pop("work", None)
        self.states["work"] = "new"
        return [OpenConnection("work")]

    def _tell_generation(self) -> "list[Any]":
        """The customer's page says that earlier generations are gone, or the other would go on looking for a path."""
        if not self.polite or not self._open["control"]:
            return []
        negotiation = {"connection": "work", "generation": self._generation, "number": 0}
        return [SendFrame("control", {"type": "negotiation", "negotiation": negotiation})]

    # negotiation

    def signal_received(self, negotiation: "dict[str, Any]") -> "list[Any]":
        """From the signaling server: `talk` only, since `work` is negotiated between the two pages alone."""
        if negotiation["connection"] != "talk":
            return [Refused("work_over_signaling")]
        return self._negotiation_received(negotiation)

    def _negotiation_received(self, negotiation: "dict[str, Any]") -> "list[Any]":
        name = negotiation["connection"]
        commands: "list[Any]" = []
        if name == "work" and "talk" in self._negotiations:
            generation = negotiation.get("generation", 0)
            if generation < self._generation:
                return self._tell_generation()
            if generation > self._generation:
                if self.polite:
                    return [Refused("work_not_allowed")]
                commands += self.close_work()
                self._generation = generation
            if negotiation["number"] == 0:
                return commands
            if "work" not in self._negotiations and not self.polite:
                commands += self._begin_work()
        if name not in self._negotiations:
            return [Refused("no_connection")]
        try:
            return commands + self._steps(name, self._negotiations[name].received(negotiation))
        except ProtocolError as error:
            return commands + [Refused(error.code)]

    def negotiation_event(self, name: str, event: str, *arguments: "Any") -> "list[Any]":
        """What happened on a connection, by the name of the method of Negotiation that it is for."""
        negotiation = self._negotiations.get(name)
        if negotiation is None or (event == "negotiation_needed" and self.polite and name == "talk"):
            # Both sides make the channels of `talk`; one offer is enough.
            return []
        return self._steps(name, getattr(negotiation, event)(*arguments))

    def _steps(self, name: str, found: "list[Any]") -> "list[Any]":
        commands: "list[Any]" = []
        for step in found:
            if type(step) is not steps.SendNegotiation:
                commands.append(Negotiate(name, step))
                continue
            negotiation = dict(step.negotiation)
            if name == "work":
                negotiation["generation"] = self._generation
            else:
                commands.append(SendSignal(negotiation))
            if self._open["control"]:
                commands.append(SendFrame("control", {"type": "negotiation", "negotiation": negotiation}))
        return commands

    # paths that break

    def state_changed(self, name: str, state: str, now: float) -> "list[Any]":
        """`connectionState` of a connection, as the W3C names it."""
        if name not in self._negotiations:
            return []
        self.states[name] = state
        if state in ("disconnected", "failed"):
            return self.tick(now)
        return []

    def tick(self, now: float) -> "list[Any]":
        """Call once a second: while a path is down or not there yet, both say again what may have been lost, and the
        impolite side looks for a new one when it is down."""
        commands: "list[Any]" = []
        for name in ("talk", "work"):
            if self.states[name] in ("connected", "closed") or name not in self._negotiations:
                continue
            if name == "work" and self.states["talk"] != "connected":
                continue
            is_down = self.states[name] in ("disconnected", "failed")
            passed = now - self._said_at.get(name, 0.0 if is_down else now)
            if name not in self._said_at and not is_down:
                self._said_at[name] = now
            # A clock that was set back makes nobody wait.
            elif not 0.0 <= passed < (RESTART_EVERY if is_down else RESEND_EVERY):
                self._said_at[name] = now
                negotiation = self._negotiations[name]
                restarts = is_down and not self.polite
                commands += self._steps(name, negotiation.restart() if restarts else negotiation.resend())
        return commands

    def signaling_opened(self) -> "list[Any]":
        """The server is back: what was said while it was away is said again."""
        if self.states["talk"] == "connected" or "talk" not in self._negotiations:
            return []
        return self._steps("talk", self._negotiations["talk"].resend())

    # channels

    def channel_opened(self, label: str) -> "list[Any]":
        self._open[label] = True
        return self._streamed(label, self.streams[label].channel_opened())

    def channel_closed(self, label: str) -> "list[Any]":
        if not self._open[label]:
            return []
        self._open[label] = False
        self.streams[label].channel_closed()
        return []

    def post(self, label: str, message: "dict[str, Any]") -> "list[Any]":
        """Send a numbered message, now or as soon as there is a channel."""
        return self._streamed(label, self.streams[label].post(message))

    def whisper(self, label: str, message: "dict[str, Any]") -> "list[Any]":
        """Send a message that nobody misses when it is lost."""
        return [SendFrame(label, message)] if self._open[label] else []

    def frame_received(self, label: str, message: "dict[str, Any]") -> "list[Any]":
        """A decoded message of a data channel."""
        kind = message["type"]
        if kind == "negotiation":
            return self._negotiation_received(message["negotiation"])
        if kind in ("hello", "ack") or "n" in message:
            try:
                return self._streamed(label, self.streams[label].received(message))
            except ProtocolError as error:
                return [Refused(error.code)]
        return [Deliver(label, message)]

    def _streamed(self, label: str, found: "list[Any]") -> "list[Any]":
        commands: "list[Any]" = []
        for command in found:
            if type(command) is outbox.Send:
                commands.append(SendFrame(label, command.message))
            elif type(command) is outbox.Deliver:
                commands.append(Deliver(label, command.message))
            elif type(command) is outbox.Acknowledged:
                commands.append(Acknowledged(label, command.messages))
        return commands
