"""The shell of a Link: carries its commands out on the browser's RTCPeerConnections and reports what happened."""

from ..core import link_commands as commands
from ..core.codec import decode, encode
from ..core.errors import ProtocolError, StateError
from ..core.messages import CHAT, CONTROL
from ..core.rate import Bucket
from .candidates import candidate_message
from .connection import Connection
from .intake import Intake
from .js import attempt, construct, dumps, get, loads, monotonic, to_js, wall, window
from .kept_first import KeptFirst
from .network import NetworkChange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    from ..core.link import Link
    from .certificate import Certificate

_TABLES = {"control": CONTROL, "chat": CHAT}
_CHANNEL_IDS = {"control": 0, "chat": 1}
_CHANNEL = 20
_FRAME = 2048
"""A frame counts once, and once more for every so many characters."""


class Peer:
    """The other person's page, as this page reaches it.

    `owner` is told: `send_signal(peer, negotiation)`, `delivered(peer, label, message)`, `acknowledged(peer, label,
    messages)`, `state_changed(peer)`, `work_opened(peer)`, `work_closed(peer)`, `file_channel(peer, file_id, channel)`,
    `track_received(peer, track)` and `flooded(peer)`; its `allowance` is the Bucket of
    what all pages of the other person may send. `guarded` marks the customer's page, where the guard holds what
    the red X ends.
    """

    def __init__(
        self,
        peer_id: str,
        link: "Link",
        configuration: "dict[str, Any]",
        owner: "Any",
        guarded: bool,
        certificate: "Certificate",
        when_kept: "Callable[[Callable[[], Any]], Any]",
    ) -> None:
        self.id = peer_id
        self.link = link
        self.refused = 0
        self._configuration = configuration
        self._owner = owner
        self._guarded = guarded
        self._connections: "dict[str, Connection]" = {}
        self._channels: "dict[str, Any]" = {}
        self._intake = Intake()
        self._openings = Bucket(20, 1.0 / 3.0)  # of connections that the other page may ask for
        self._certificate = certificate
        self._early: "list[dict[str, Any]] | None" = []  # what came before there was a connection
        self._network: "NetworkChange | None" = None
        # What the chat has said or confirmed is on this device, whatever happens to the browser in the next moment.
        self._chat = KeptFirst(when_kept, lambda message: self._transmit("chat", message))

    def start(self) -> None:
        self._certificate.when_known(self._begin)

    def _begin(self) -> None:
        early = self._early
        if early is None:
            return  # closed meanwhile
        self._early = None
        self._network = NetworkChange(lambda: self.execute(self.link.network_changed(monotonic())))
        self.execute(self.link.start())
        for negotiation in early:
            self.signal_received(negotiation)

    def close(self) -> None:
        self._early = None
        if self._network is not None:
            self._network.remove()
            self._network = None
        self.execute(self.link.close())

    def hear_out(self) -> None:
        """The session is over, as the server says, which may be faster: what the other page said before is heard."""
        self._intake.hear_out()

    @property
    def work(self) -> "Any":
        """The RTCPeerConnection of `work`, or None."""
        found = self._connections.get("work")
        return None if found is None else found.connection

    @property
    def talk(self) -> "Any":
        found = self._connections.get("talk")
        return None if found is None else found.connection

    def post(self, label: str, message: "dict[str, Any]") -> bool:
        """Send a numbered message, now or later; False when too much is waiting already."""
        try:
            self.execute(self.link.post(label, message))
        except StateError:
            return False
        return True

    def whisper(self, label: str, message: "dict[str, Any]") -> None:
        self.execute(self.link.whisper(label, message))

    def signal_received(self, negotiation: "dict[str, Any]") -> None:
        if self._early is not None:
            self._early.append(negotiation)
            return
        self.execute(self.link.signal_received(negotiation))

    def open_work(self) -> None:
        self.execute(self.link.open_work())

    def close_work(self) -> None:
        self.execute(self.link.close_work())

    def renew_work(self) -> None:
        self.execute(self.link.renew_work())

    def signaling_opened(self) -> None:
        self.execute(self.link.signaling_opened())

    def tick(self) -> None:
        self.execute(self.link.tick(monotonic(), wall()))

    def configure(self, configuration: "dict[str, Any]") -> None:
        """Other ICE servers from now on. A connection that stands looks for a path with them when it restarts."""
        if configuration == self._configuration:
            return
        self._configuration = configuration
        for connection in self._connections.values():
            ok, error = attempt(connection.connection, "setConfiguration", self._rtc_configuration())
            if not ok:
                window.console.warn("deskside: ICE servers not taken: " + str(error))

    def _rtc_configuration(self) -> "Any":
        return self._certificate.put_into(to_js(self._configuration | {"bundlePolicy": "max-bundle"}))

    def execute(self, found: "list[Any]") -> None:
        for command in found:
            kind = type(command)
            if kind is commands.SendFrame:
                self._send(command.label, command.message)
            elif kind is commands.Deliver:
                self._owner.delivered(self, command.label, command.message)
            elif kind is commands.Acknowledged:
                self._owner.acknowledged(self, command.label, command.messages)
            elif kind is commands.SendSignal:
                self._owner.send_signal(self, command.negotiation)
            elif kind is commands.Negotiate:
                self._negotiate(command.connection, command.step)
            elif kind is commands.OpenConnection:
                self._open(command.connection)
            elif kind is commands.CloseConnection:
                self._close(command.connection)
            elif kind is commands.Refused:
                self.refused += 1
                window.console.debug("deskside: refused " + command.code)

    # connections

    def _open(self, name: str) -> None:
        configuration = self._rtc_configuration()
        guarded = self._guarded and name == "work"
        if not self._openings.take(monotonic()):
            self._owner.flooded(self)
            return
        if guarded:
            ok, made = attempt(window.deskside.guard, "connect", configuration)
        else:
            ok, made = construct("RTCPeerConnection", configuration)
        if not ok:
            window.console.warn("deskside: no connection: " + str(made))
            return
        connection = Connection(name, made, guarded)
        self._connections[name] = connection

        def event(kind: str, *arguments: "Any") -> None:
            if self._connections.get(name) is connection:
                self.execute(self.link.negotiation_event(name, kind, *arguments))

        def candidate(happened: "Any") -> None:
            found = get(happened, "candidate")
            if found is not None and get(found, "candidate"):
                event("candidate_gathered", candidate_message(found))

        def state_changed(_: "Any") -> None:
            if self._connections.get(name) is connection:
                self.execute(self.link.state_changed(name, str(made.connectionState), monotonic()))
                self._owner.state_changed(self)

        connection.listen(made, "negotiationneeded", lambda _: event("negotiation_needed"))
        connection.listen(made, "icecandidate", candidate)
        connection.listen(made, "connectionstatechange", state_changed)
        if name == "talk":
            for label in ("control", "chat"):
                self._open_channel(connection, label)
            connection.listen(made, "datachannel", lambda happened: self._take_channel(happened.channel).close())
        else:
            # The first channel brings the SCTP association into the first offer.
            made.createDataChannel(
                "pointer", to_js({"negotiated": True, "id": 0, "ordered": False, "maxRetransmits": 0})
            )
            connection.listen(made, "datachannel", lambda happened: self._file_channel(happened.channel))
            connection.listen(made, "track", lambda happened: self._owner.track_received(self, happened.track))
            self._owner.work_opened(self)

    def _open_channel(self, connection: Connection, label: str) -> None:
        channel = connection.connection.createDataChannel(label, to_js({"negotiated": True, "id": _CHANNEL_IDS[label]}))
        self._channels[label] = channel

        def opened() -> None:
            self.execute(self.link.channel_opened(label))
            self._owner.state_changed(self)

        def closed() -> None:
            self.execute(self.link.channel_closed(label))
            self._owner.state_changed(self)

        connection.listen(channel, "open", lambda _: self._intake.take(opened))
        connection.listen(channel, "close", lambda _: self._intake.take(closed))
        connection.listen(channel, "message", lambda event: self._arrived(label, event.data))
        if self._guarded and label == "control":
            window.deskside.guard.hold(channel)

    def _close(self, name: str) -> None:
        connection = self._connections.pop(name, None)
        if connection is None:
            return
        if name == "talk":
            if self._guarded and "control" in self._channels:
                window.deskside.guard.drop(self._channels["control"])
            self._channels = {}
            self._intake.clear()
            self._chat.clear()
        connection.close()
        if name == "work":
            self._owner.work_closed(self)

    def file_channel(self, file_id: str) -> "Any":
        """A new channel of `work` for one file; None when `work` takes none any more."""
        ok, channel = attempt(self.work, "createDataChannel", "file:" + file_id)
        return channel if ok else None

    def _take_channel(self, channel: "Any") -> "Any":
        """The other page opened it: that counts as much as a long message, wanted or not."""
        self._count(_CHANNEL)
        return channel

    def _file_channel(self, channel: "Any") -> None:
        self._take_channel(channel)
        label = str(channel.label)
        if label[:5] == "file:":
            self._owner.file_channel(self, label[5:], channel)
        else:
            channel.close()

    # negotiation

    def _negotiate(self, name: str, step: "Any") -> None:
        connection = self._connections.get(name)
        if connection is None:
            return

        def report(kind: str, *arguments: "Any") -> None:
            if self._connections.get(name) is connection:
                self.execute(self.link.negotiation_event(name, kind, *arguments))

        connection.negotiate(step, report)

    # channels

    def _send(self, label: str, message: "dict[str, Any]") -> None:
        if label == "chat" and message["type"] != "typing":
            self._chat.add(message)
        else:
            self._transmit(label, message)

    def _transmit(self, label: str, message: "dict[str, Any]") -> None:
        channel = self._channels.get(label)
        if channel is None or channel.readyState != "open":
            return
        ok, error = attempt(channel, "send", encode(message, _TABLES[label], dumps))
        if not ok:
            # What is numbered is replayed when the channel is back.
            window.console.debug("deskside: could not send on " + label + ": " + error)

    def _arrived(self, label: str, data: "Any") -> None:
        if self._count(1 + _length(data) // _FRAME):
            self._intake.take(lambda: self._received(label, data))

    def _received(self, label: str, data: "Any") -> None:
        try:
            message = decode(data, _TABLES[label], loads, self.link.is_newer or None)
        except ProtocolError as error:
            self.execute(self.link.frame_refused(label, error))
            return
        self.execute(self.link.frame_received(label, message))

    def _count(self, cost: int) -> bool:
        """Whether the other page keeps within what it may send; one that does not is not listened to any more."""
        if self._owner.allowance.take(monotonic(), cost):
            return True
        window.console.warn("deskside: the other page sends too much")
        self._owner.flooded(self)
        return False


def _length(data: "Any") -> int:
    return len(data) if type(data) is str else int(get(data, "byteLength", 0))
