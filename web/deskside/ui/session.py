"""One session as either page holds it: the other person's page, the conversation and the files between them."""

from ..core.file_policy import refusal
from ..core.link import Link
from ..core.messages import MAX_FILE_SIZE
from ..core.outbox import MAX_KEPT, Stream
from ..core.rate import Bucket
from ..core.record_messages import RECORDING
from .conversation import Conversation
from .reach import Reach
from .transfers import Transfers

_FRAMES_AT_ONCE = MAX_KEPT + 2000
_FRAMES_A_SECOND = 20
"""What a page takes from the other person in a session, on however many pages: all that an outbox may replay at once,
then more than anybody types."""
LAST_WORDS = 1500.0
"""Milliseconds after the end in which the last entries of the record still reach the other page."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def rtc_configuration(message: "dict[str, Any]") -> "dict[str, Any]":
    """What a message of the server says of the way to the other page, as the connections take it."""
    policy = "relay" if message.get("relay_only", False) else "all"
    return {"iceServers": message["ice_servers"], "iceTransportPolicy": policy}


class Session:
    """What customer and representative have in common; each adds its own answers to control messages.

    A control message of type `nudge` is handed to the method `on_nudge`. `page` is the controller of the page: it
    is told `changed()` and `entry_changed(conversation, entry)`, and has `signaling_open` and
    `send_signal(session, peer, negotiation)` and `tell_reach(session, connected)`.
    """

    polite = False
    role = ""

    def __init__(self, host: "Any", session_id: str, page: "Any") -> None:
        self.host = host
        self.id = session_id
        self.page = page
        self.peer: "Any" = None
        self.allowance = Bucket(_FRAMES_AT_ONCE, _FRAMES_A_SECOND)
        self.conversation = Conversation(host, session_id, self)
        self.transfers = Transfers(host, self)
        self.record = self.make_record()
        self.reach = Reach(self.tell_reach)
        self.was_connected = False
        self.has_met = False
        self.is_there = True  # as far as the server knows: whether the other page has a line to it
        self.ended = ""
        self.started_at = 0.0  # by the server's time; 0 while nobody has come
        self._parting: "Any" = None  # the peer whose page is still told how it ended, and nothing else

    def make_record(self) -> "Any":
        """The record as this side holds it."""
        raise NotImplementedError

    # for the page

    @property
    def connection(self) -> str:
        """How the other person can be reached, in the words of the views."""
        if self.peer is not None and self.peer.link.is_connected:
            return "connected"
        if not self.was_connected:
            return "connecting" if self.is_there or not self.page.signaling_open else "absent"
        return "reconnecting" if self.page.signaling_open else "unreachable"

    @property
    def outdated(self) -> str:
        """That the two pages are of versions which do not understand each other, in the words of the views; or ""."""
        return "" if self.peer is None or self.peer.link.version else "outdated_peer"

    def refuses_file(self, name: str, size: int, mime: str) -> str:
        """Why the site does not allow this file, or ""; while its settings are not known, what a message can say."""
        site = self.page.site
        return refusal(name, size, mime, site.get("max_file_size", MAX_FILE_SIZE), site.get("forbidden_types", []))

    def joined(self, peer_id: str, name: str, configuration: "dict[str, Any]") -> None:
        """The other person's page is there; said again, it only means that signaling is back."""
        if self.ended:
            return
        self.conversation.other = name
        self.is_there = True
        self.reach.asked()
        if self.peer is not None and self.peer.id == peer_id:
            self.peer.configure(configuration)
            self.peer.signaling_opened()
            return
        self._drop_peer()
        if self.has_met:
            self.conversation.event("returned", False)
        self.has_met = True
        link = Link(self.polite, Stream(self.host.identifier()), self.conversation.stream)
        self.peer = self.host.make_peer(peer_id, link, configuration, self, self.role == "customer")
        self.conversation.peer = self.peer
        self.peer.start()

    def configured(self, configuration: "dict[str, Any]") -> None:
        """Other ICE servers, or the same with credentials that last longer."""
        if self.peer is not None:
            self.peer.configure(configuration)

    def left(self, peer_id: str) -> None:
        if self.peer is not None and self.peer.id == peer_id:
            self.peer.hear_out()
            if self.peer is not None:
                self._drop_peer()
            self.changed()

    def _drop_peer(self, is_parting: bool = False) -> None:
        if self.peer is None:
            return
        peer = self.peer
        self.peer = None
        self.conversation.peer = None
        self.conversation.unreached()
        self.transfers.suspended()
        if is_parting and self.record.can_sign and peer.link.is_connected:
            peer.close_work()
            self._parting = peer
            self.host.later(LAST_WORDS, self._part)
        else:
            peer.close()
        self.peer_gone(peer.id)

    def _part(self) -> None:
        peer, self._parting = self._parting, None
        peer.close()

    def peer_gone(self, peer_id: str) -> None:
        """The other page will not come back: what was theirs alone ends."""

    def note_ends(self, ends: "list[dict[str, Any]]", mine: bool = False) -> None:
        """One line for each permission that ended, with its reason; what was shared upon it ended too."""
        for end in ends:
            self.conversation.event("permission_ended", mine, permission=end["permission"], reason=end["reason"])

    def signal_received(self, sender: str, negotiation: "dict[str, Any]") -> None:
        if self.peer is not None and self.peer.id == sender:
            self.peer.signal_received(negotiation)

    def tick(self) -> None:
        """Once a second."""
        if self.peer is not None:
            self.peer.tick()
        self._look_who_is_reached()
        self.transfers.tick()
        self.record.tick()

    def _look_who_is_reached(self) -> None:
        self.reach.look(self.connection == "connected", self.page.signaling_open)

    def tell_reach(self, connected: bool) -> bool:
        return bool(self.page.tell_reach(self.id, connected))

    def finish(self, reason: str) -> None:
        """The session is over."""
        if self.peer is not None:
            self.peer.hear_out()
        self.ended = reason
        self.transfers.finish(reason == "taken_over")
        self._drop_peer(reason != "taken_over")

    def post(self, message: "dict[str, Any]") -> bool:
        """A numbered control message; False when nobody is there to get it."""
        return self.peer is not None and bool(self.peer.post("control", message))

    def tell(self, message: "dict[str, Any]") -> bool:
        """What belongs to the record, which has its last entry after the end."""
        peer = self.peer or self._parting
        return peer is not None and bool(peer.post("control", message))

    # for the conversation

    def changed(self) -> None:
        self.page.changed()

    def file_restored(self, entry: "dict[str, Any]") -> bool:
        """The log has a file again that this page knew before it was loaded anew; whether its entry was changed."""
        return self.transfers.resumption.restored(entry)

    def entry_changed(self, conversation: Conversation, entry: "dict[str, Any]") -> None:
        self.record.entry_changed(entry)
        self.page.entry_changed(conversation, entry)

    # for the peer

    def send_signal(self, peer: "Any", negotiation: "dict[str, Any]") -> None:
        self.page.send_signal(self.id, peer.id, negotiation)

    def state_changed(self, peer: "Any") -> None:
        if peer is not self.peer:
            return
        connected = peer.link.is_connected
        if connected and not self.was_connected:
            self.was_connected = True
            self.connected()
        if connected:
            self.record.connected(peer)
        else:
            self.conversation.unreached()
        self._look_who_is_reached()
        self.changed()

    def connected(self) -> None:
        """The other page can be reached for the first time."""

    def acknowledged(self, peer: "Any", label: str, messages: "list[dict[str, Any]]") -> None:
        if label == "chat":
            self.conversation.acknowledged(messages)
        elif peer is self.peer or peer is self._parting:
            self.record.acknowledged(messages)

    def delivered(self, peer: "Any", label: str, message: "dict[str, Any]") -> None:
        if peer is self._parting and label == "control" and message["type"] in RECORDING:
            self.record.received(peer, message)
        if peer is not self.peer:
            return
        if label == "chat":
            entry = self.conversation.received(message)
            if entry is not None:
                self.message_arrived(entry)
        elif message["type"] in RECORDING:
            self.record.received(peer, message)
        else:
            handler = getattr(self, "on_" + message["type"], None)
            if handler is not None:
                handler(message)
        self.changed()

    def message_arrived(self, entry: "dict[str, Any]") -> None:
        """Somebody wrote."""

    def flooded(self, peer: "Any") -> None:
        """The other page sends more than any person could: it is not listened to any more."""
        if peer is self.peer:
            self._drop_peer()
            self.changed()

    def work_opened(self, peer: "Any") -> None:
        self.transfers.work_opened()

    def work_closed(self, peer: "Any") -> None:
        self.transfers.suspended()

    def file_channel(self, peer: "Any", file_id: str, channel: "Any") -> None:
        self.transfers.channel_arrived(file_id, channel)

    def track_received(self, peer: "Any", track: "Any") -> None:
        """A screen or camera; only the representative's page wants one."""
        track.stop()

    # files are the same on both sides

    def on_file_offer(self, message: "dict[str, Any]") -> None:
        self.transfers.acceptance.offered(message)

    def on_file_accept(self, message: "dict[str, Any]") -> None:
        self.transfers.accepted(message)

    def on_file_resume(self, message: "dict[str, Any]") -> None:
        self.transfers.resumption.resumed(message)

    def on_file_end(self, message: "dict[str, Any]") -> None:
        self.transfers.ended(message)

    def on_file_pause(self, message: "dict[str, Any]") -> None:
        self.transfers.paused(message)
