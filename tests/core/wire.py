"""Two sides joined by a wire that the test controls: frames wait in `wire` until the test lets them through."""

from deskside.core import negotiation as steps
from deskside.core import outbox

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Connection:
    """What an RTCPeerConnection does to descriptions, by the WebRTC specification; media lines stand for all of SDP."""

    def __init__(self, name: str, certificate: str = "") -> None:
        self.name = name
        self.certificate = certificate or name
        self.signaling_state = "stable"
        self.wanted: "list[str]" = []  # media lines that this side wants to have
        self.agreed: "list[str]" = []  # media lines of the last offer that was answered
        self.local = ""
        self.remote = ""
        self.pending_local = ""
        self.pending_remote = ""
        self.candidates: "list[str]" = []
        self.credentials = 1
        self.is_restarting = False
        self.fresh: "list[dict[str, str]]" = []

    def want(self, line: str) -> None:
        if line not in self.wanted:
            self.wanted.append(line)

    def restart_ice(self) -> None:
        self.is_restarting = True

    def gathered(self) -> "list[dict[str, str]]":
        """The candidates found since the last call."""
        fresh = self.fresh
        self.fresh = []
        return fresh

    def needs_negotiation(self) -> bool:
        missing = [line for line in self.wanted if line not in self.agreed]
        return self.signaling_state == "stable" and bool(missing or self.is_restarting)

    def describe(self, lines: "list[str]") -> str:
        return "v=0\r\na=fingerprint:sha-256 {}\r\na=ice-ufrag:{}\r\na=lines:{}\r\n".format(
            self.certificate, self.fragment(), " ".join(lines)
        )

    def fragment(self) -> str:
        return self.name + str(self.credentials)

    def set_local_description(self) -> "tuple[str, str]":
        if self.is_restarting:
            self.credentials += 1
            self.is_restarting = False
        self.fresh.append({"candidate": "of " + self.fragment(), "username_fragment": self.fragment()})
        if self.signaling_state == "have-remote-offer":
            sdp = self.describe(lines_of(self.pending_remote))
            self.settle(sdp, self.pending_remote)
            return "answer", sdp
        sdp = self.describe(self.agreed + [line for line in self.wanted if line not in self.agreed])
        self.signaling_state = "have-local-offer"
        self.pending_local = sdp
        return "offer", sdp

    def set_remote_description(self, description: "dict[str, str]") -> None:
        if description["type"] == "offer":
            self.pending_local = ""  # rolled back, if there was one
            self.pending_remote = description["sdp"]
            self.signaling_state = "have-remote-offer"
            return
        assert self.signaling_state == "have-local-offer", "an answer to nothing"
        assert lines_of(description["sdp"]) == lines_of(self.pending_local), "an answer to another offer"
        self.settle(self.pending_local, description["sdp"])

    def settle(self, local: str, remote: str) -> None:
        self.local, self.remote = local, remote
        self.pending_local = self.pending_remote = ""
        self.agreed = lines_of(local)
        self.signaling_state = "stable"

    def add_ice_candidate(self, candidate: "dict[str, str]") -> None:
        known = self.pending_remote + self.remote
        assert "a=ice-ufrag:" + candidate["username_fragment"] in known, "a candidate without its description"
        self.candidates.append(candidate["candidate"])


def lines_of(sdp: str) -> "list[str]":
    return sdp.split("a=lines:")[1].strip().split() if sdp else []


class Side:
    """A shell around one Negotiation: the operation it asked for stays under way until `finish` is called."""

    def __init__(self, name: str, polite: bool, connection: "Any" = None) -> None:
        self.negotiation = steps.Negotiation("talk", polite)
        self.connection: "Any" = Connection(name) if connection is None else connection
        self.outgoing: "list[dict[str, Any]]" = []
        self.operation: "Any" = None
        self.fired = False  # negotiationneeded is fired and not yet cleared
        self.history = ["stable"]

    def want(self, line: str) -> None:
        self.connection.want(line)
        self.look()

    def look(self) -> None:
        """The browser's "update the negotiation-needed flag"."""
        if self.operation is None and not self.fired and self.connection.needs_negotiation():
            self.fired = True
            self.carry_out(self.negotiation.negotiation_needed())

    def restart(self) -> None:
        self.carry_out(self.negotiation.restart())

    def finish(self) -> None:
        """The operation under way is done: the promise resolves."""
        operation = self.operation
        if operation is None:
            return
        self.operation = None
        if type(operation) is steps.SetLocalDescription:
            kind, sdp = self.connection.set_local_description()
            self.note()
            self.carry_out(self.negotiation.local_description_set(kind, sdp))
            self.gather()
        else:
            self.connection.set_remote_description(operation.description)
            self.note()
            self.carry_out(self.negotiation.remote_description_set())
        if self.connection.signaling_state == "stable":
            self.fired = False
        self.look()

    def gather(self) -> None:
        for candidate in self.connection.gathered():
            self.carry_out(self.negotiation.candidate_gathered(candidate))

    def note(self) -> None:
        if self.history[-1] != self.connection.signaling_state:
            self.history.append(self.connection.signaling_state)

    def receive(self, negotiation: "dict[str, Any]") -> None:
        self.carry_out(self.negotiation.received(negotiation))

    def carry_out(self, commands: "list[Any]") -> None:
        for command in commands:
            if type(command) is steps.SendNegotiation:
                self.outgoing.append(command.negotiation)
            elif type(command) is steps.AddIceCandidate:
                self.connection.add_ice_candidate(command.candidate)
            elif type(command) is steps.RestartIce:
                self.connection.restart_ice()
                self.look()
            else:
                assert self.operation is None, "two operations at once"
                self.operation = command


def run(one: Side, other: Side) -> None:
    """Let everything through, in order, until nothing moves."""
    while [side for side in (one, other) if side.operation is not None or side.outgoing]:
        one.finish()
        other.finish()
        for source, target in ((one, other), (other, one)):
            if source.outgoing:
                target.receive(source.outgoing.pop(0))


def agree(one: Side, other: Side) -> bool:
    """Whether both are stable and each sees what the other set."""
    mine, theirs = one.connection, other.connection
    return (
        one.negotiation.signaling_state == other.negotiation.signaling_state == "stable"
        and mine.signaling_state == theirs.signaling_state == "stable"
        and mine.local == theirs.remote
        and theirs.local == mine.remote
        and not [line for line in mine.wanted + theirs.wanted if line not in mine.agreed]
    )


class Party:
    """A shell around one Stream, with a channel that the test opens and closes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.loads = 1
        self.stream = outbox.Stream(name + "1")
        self.outgoing: "list[dict[str, Any]]" = []
        self.posted: "list[str]" = []
        self.delivered: "list[str]" = []
        self.acknowledged: "list[str]" = []
        self.saved = self.stream.snapshot()

    def post(self, text: str) -> None:
        self.posted.append(text)
        commands = self.stream.post({"type": "message", "text": text})
        self.save()
        self.carry_out(commands)

    def open(self) -> None:
        self.outgoing = []
        self.carry_out(self.stream.channel_opened())

    def close(self) -> None:
        self.outgoing = []
        self.stream.channel_closed()

    def receive(self, message: "dict[str, Any]") -> None:
        commands = self.stream.received(message)
        self.save()
        self.carry_out(commands)

    def save(self) -> None:
        self.saved = self.stream.snapshot()

    def reload(self) -> None:
        """The page goes away and comes back with what was saved."""
        self.loads += 1
        self.outgoing = []
        self.stream = outbox.Stream(self.name + str(self.loads), self.saved)

    def carry_out(self, commands: "list[Any]") -> None:
        for command in commands:
            if type(command) is outbox.Send:
                self.outgoing.append(command.message)
            elif type(command) is outbox.Deliver:
                self.delivered.append(command.message["text"])
            else:
                self.acknowledged += [message["text"] for message in command.messages]


def connect(one: Party, other: Party) -> None:
    one.open()
    other.open()


def disconnect(one: Party, other: Party) -> None:
    """What is on the wire is lost."""
    one.close()
    other.close()


def exchange(one: Party, other: Party) -> None:
    """Let every frame through, in order, until nothing moves."""
    while one.outgoing or other.outgoing:
        for source, target in ((one, other), (other, one)):
            if source.outgoing:
                target.receive(source.outgoing.pop(0))
