"""Two Links joined by wires that the test controls, each with a shell around fake RTCPeerConnections."""

from deskside.core import link_commands as commands
from deskside.core import negotiation as steps
from deskside.core.codec import check
from deskside.core.errors import ProtocolError
from deskside.core.link import Link
from deskside.core.messages import CHAT, CONTROL
from deskside.core.objects import NEGOTIATION
from deskside.core.outbox import Stream
from deskside.core.versions import SPOKEN
from tests.core.wire import Connection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LABELS = ("control", "chat")
TABLES = {"control": CONTROL, "chat": CHAT}


class Made(Connection):
    """An RTCPeerConnection with the operation that is under way on it."""

    def __init__(self, name: str, kind: str, certificate: str = "") -> None:
        Connection.__init__(self, name, certificate)
        self.kind = kind
        self.state = "new"
        self.broken: "tuple[str, str] | None" = None  # the descriptions of a path that is gone
        self.operation: "Any" = None
        self.fired = False
        self.wanted = ["data"]
        self.is_closed = False


class End:
    """What a page does with a Link. Nothing leaves it by itself: the frames wait in `signals` and `frames`."""

    def __init__(self, name: str, polite: bool, chat: "Stream | None" = None) -> None:
        self.name = name
        self.link = Link(polite, Stream(name + "control"), chat if chat is not None else Stream(name + "chat"))
        self.connections: "dict[str, Made]" = {}
        self.signals: "list[dict[str, Any]]" = []
        self.frames: "dict[str, list[dict[str, Any]]]" = {"control": [], "chat": []}
        self.is_open = False
        self.made: "list[str]" = []  # every connection ever made, by kind
        self.delivered: "list[dict[str, Any]]" = []
        self.acknowledged: "list[dict[str, Any]]" = []
        self.refused: "list[str]" = []
        self.descriptions: "list[str]" = []  # the types of what this end has described
        self.spoken: "dict[str, int]" = SPOKEN  # nothing: a page of version 1, which refuses a hello with a version

    def start(self) -> None:
        self.carry_out(self.link.start())

    def carry_out(self, found: "list[Any]") -> None:
        for command in found:
            kind = type(command)
            if kind is commands.OpenConnection:
                self.open(command.connection)
            elif kind is commands.CloseConnection:
                self.close(command.connection)
            elif kind is commands.Negotiate:
                self.negotiate(command.connection, command.step)
            elif kind is commands.SendSignal:
                NEGOTIATION.check(command.negotiation, "negotiation")
                self.send_signal(command.negotiation)
            elif kind is commands.SendFrame:
                if self.is_open:
                    self.send(command.label, check(command.message, TABLES[command.label]))
            elif kind is commands.Deliver:
                self.deliver(command.label, command.message)
            elif kind is commands.Acknowledged:
                self.acknowledge(command.label, command.messages)
            else:
                self.refused.append(command.code)

    def send(self, label: str, message: "dict[str, Any]") -> None:
        if "version" not in message:
            self.frames[label].append(message)
        elif self.spoken:
            self.frames[label].append(message | self.spoken)

    def send_signal(self, negotiation: "dict[str, Any]") -> None:
        self.signals.append(negotiation)

    def deliver(self, label: str, message: "dict[str, Any]") -> None:
        self.delivered.append(message)

    def acknowledge(self, label: str, messages: "list[dict[str, Any]]") -> None:
        self.acknowledged += messages

    def open(self, kind: str) -> None:
        assert kind not in self.connections, "two connections of one kind"
        self.made.append(kind)
        self.connections[kind] = Made(self.name + kind + str(len(self.made)) + "-", kind, self.name)

    def close(self, kind: str) -> None:
        self.connections.pop(kind).is_closed = True
        if kind == "talk":
            self.is_open = False
            self.frames = {"control": [], "chat": []}

    def negotiate(self, kind: str, step: "Any") -> None:
        made = self.connections[kind]
        if type(step) is steps.AddIceCandidate:
            made.add_ice_candidate(step.candidate)
        elif type(step) is steps.RestartIce:
            made.is_restarting = True
            self.look(made)
        else:
            assert made.operation is None, "two operations at once"
            made.operation = step

    def look(self, made: Made) -> None:
        """The browser's "update the negotiation-needed flag"."""
        if made.operation is None and made.needs_negotiation() and not made.fired and not made.is_closed:
            made.fired = True
            self.event(made.kind, "negotiation_needed")

    def event(self, kind: str, name: str, *arguments: "Any") -> None:
        self.carry_out(self.link.negotiation_event(kind, name, *arguments))

    def finish(self, kind: str) -> bool:
        """The operation under way is done, or what waited for the next task begins; whether there was any."""
        made = self.connections.get(kind)
        if made is None:
            return False
        if made.operation is None:
            self.look(made)
            return made.operation is not None
        operation = made.operation
        made.operation = None
        if type(operation) is steps.SetLocalDescription:
            what, sdp = made.set_local_description()
            self.descriptions.append(kind + " " + what)
            self.event(kind, "local_description_set", what, sdp)
            candidate = {"candidate": "candidate of " + made.fragment(), "username_fragment": made.fragment()}
            self.event(kind, "candidate_gathered", candidate)
        else:
            made.set_remote_description(operation.description)
            self.event(kind, "remote_description_set")
        if made.signaling_state == "stable":
            made.fired = False
        self.look(made)
        return True

    def become(self, made: Made, state: str, now: float) -> None:
        """`connectionState` changes, and with `talk` its channels open."""
        made.state = state
        self.carry_out(self.link.state_changed(made.kind, state, now))
        if made.kind == "talk" and state == "connected" and not self.is_open:
            self.is_open = True
            for label in LABELS:
                self.carry_out(self.link.channel_opened(label))

    def signal(self, negotiation: "dict[str, Any]") -> None:
        self.carry_out(self.link.signal_received(negotiation))

    def frame(self, label: str, message: "dict[str, Any]") -> None:
        """A message that was understood."""
        self.carry_out(self.link.frame_received(label, message))

    def arrive(self, label: str, message: "dict[str, Any]") -> None:
        """Whatever comes on a channel, as `runtime.rtc` takes it."""
        try:
            if "version" in message and not self.spoken:
                raise ProtocolError("bad_field")
            taken = check(message, TABLES[label], self.link.is_newer or None)
        except ProtocolError as error:
            self.carry_out(self.link.frame_refused(label, error))
            return
        self.frame(label, taken)

    def post(self, label: str, message: "dict[str, Any]") -> None:
        self.carry_out(self.link.post(label, message))

    def tick(self, now: float) -> None:
        self.carry_out(self.link.tick(now))

    def texts(self) -> "list[str]":
        return [message["text"] for message in self.delivered if message["type"] == "message"]


class Ends:
    """A customer's and a representative's end. `server` and `path` say what carries anything at the moment."""

    def __init__(self, chats: "tuple[Stream, Stream] | None" = None, number: int = 1) -> None:
        mine, theirs = chats if chats is not None else (None, None)
        self.customer = End("customer" + str(number), True, mine)
        self.representative = End("representative" + str(number), False, theirs)
        self.server = True
        self.path = True
        self.now = 1000000.0

    def pairs(self) -> "tuple[tuple[End, End], tuple[End, End]]":
        return (self.customer, self.representative), (self.representative, self.customer)

    def start(self) -> None:
        self.customer.start()
        self.representative.start()

    def join(self) -> None:
        self.start()
        self.run()
        assert self.customer.link.is_connected and self.representative.link.is_connected

    def run(self) -> None:
        """Let everything through, in order, until nothing moves. What finds no way is lost."""
        while self.step():
            pass

    def step(self) -> bool:
        moved = False
        for source, target in self.pairs():
            for kind in ("talk", "work"):
                moved = source.finish(kind) or moved
            if source.signals:
                negotiation = source.signals.pop(0)
                moved = True
                if self.server:
                    target.signal(negotiation)
            for label in LABELS:
                # A cut channel keeps what was sent: it arrives when there is a path again.
                if source.frames[label] and self.path and target.is_open:
                    target.arrive(label, source.frames[label].pop(0))
                    moved = True
        return self.connect() or moved

    def connect(self) -> bool:
        """Connections whose descriptions fit and have a path become connected."""
        moved = False
        for kind in ("talk", "work"):
            one, other = self.customer.connections.get(kind), self.representative.connections.get(kind)
            if one is None or other is None or not self.path or one.local != other.remote or other.local != one.remote:
                continue
            if not one.local or one.broken == (one.local, one.remote):
                continue
            for end, made in ((self.customer, one), (self.representative, other)):
                if made.state != "connected" and not made.is_closed:
                    made.broken = None
                    end.become(made, "connected", self.now)
                    moved = True
        return moved

    def cut(self, state: str = "disconnected") -> None:
        """The network path is gone; only an ICE restart finds another."""
        self.path = False
        for end, _ in self.pairs():
            for kind in ("talk", "work"):
                made = end.connections.get(kind)
                if made is not None and made.state == "connected":
                    made.broken = (made.local, made.remote)
                    end.become(made, state, self.now)

    def wait(self, seconds: int) -> None:
        """Time passes, and the pages notice once a second."""
        for _ in range(seconds):
            self.now += 1000.0
            self.customer.tick(self.now)
            self.representative.tick(self.now)
            self.run()


def joined() -> Ends:
    ends = Ends()
    ends.join()
    return ends


def with_work() -> Ends:
    ends = joined()
    ends.customer.carry_out(ends.customer.link.open_work())
    ends.run()
    assert ends.representative.link.states["work"] == "connected"
    return ends


def work_offer(generation: int) -> "dict[str, Any]":
    """What a page sends that wants `work` without having been asked."""
    sdp = "v=0\r\na=fingerprint:sha-256 evil\r\na=ice-ufrag:evil\r\na=lines:data\r\n"
    return {
        "connection": "work",
        "generation": generation,
        "number": 1,
        "received": 0,
        "description": {"type": "offer", "sdp": sdp},
    }


def wrapped(negotiation: "dict[str, Any]") -> "dict[str, Any]":
    return {"type": "negotiation", "negotiation": negotiation}
