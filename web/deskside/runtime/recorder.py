"""The connection to the recorder: made by the guard, so that the red X closes it whatever Python does."""

from ..core.codec import decode, encode
from ..core.errors import ProtocolError
from ..core.recorder_messages import TIMELINE
from .connection import Connection
from .js import attempt, dumps, get, later, loads, then, to_js, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_BITRATE = 2_000_000
"""Bits per second: beside what the representative is sent, a home connection is not filled."""
GATHERS_WITHIN = 2000.0
"""Milliseconds after which the offer goes with the candidates that it has: a STUN server may never answer."""
_WAITS = 5
"""So often it waits as long again for the first of them: without any, nobody can connect."""
_CODECS = ("video/vp8", "video/rtx")


class Recorder:
    """One connection. `owner` is told `recorder_described(id, sdp)`, `recorder_changed(id, connection_state)` and
    `recorder_said(id, message)`, never from within a call of its own."""

    def __init__(self, recorder_id: str, configuration: "dict[str, Any]", owner: "Any") -> None:
        self.id = recorder_id
        self._owner = owner
        self._connection: "Connection | None" = None
        self._channel: "Any" = None
        self._sender: "Any" = None
        self._gathering: "Any" = None
        self._waits = _WAITS
        rtc_configuration = to_js(configuration | {"bundlePolicy": "max-bundle"})
        ok, made = attempt(window.deskside.guard, "connect", rtc_configuration)
        if not ok:
            window.console.warn("deskside: no connection to the recorder: " + str(made))
            later(0, lambda: owner.recorder_changed(recorder_id, "failed"))
            return
        self._connection = Connection("recorder", made, True)
        self._listen(self._connection, made)
        self._offer(made)

    def _listen(self, connection: Connection, made: "Any") -> None:
        self._channel = made.createDataChannel("timeline", to_js({"negotiated": True, "id": 0}))
        connection.listen(made, "connectionstatechange", lambda _: self._changed(str(made.connectionState)))
        connection.listen(made, "icegatheringstatechange", lambda _: self._gathered(made, False))
        connection.listen(self._channel, "message", lambda event: self._received(event.data))
        connection.listen(self._channel, "close", lambda _: self._changed("closed"))

    def _offer(self, made: "Any") -> None:
        encodings = [{"maxBitrate": MAX_BITRATE}]
        transceiver = made.addTransceiver("video", to_js({"direction": "sendonly", "sendEncodings": encodings}))
        self._sender = transceiver.sender
        _prefer_vp8(transceiver)
        self._wait_for_candidates(made)
        then(made.setLocalDescription(), lambda _: self._gathered(made, False), self._failed)

    def _wait_for_candidates(self, made: "Any") -> None:
        self._gathering = later(GATHERS_WITHIN, lambda: self._gathered(made, True))

    def _gathered(self, made: "Any", is_late: bool) -> None:
        if self._gathering is None or get(made, "localDescription") is None:
            return
        sdp = str(made.localDescription.sdp)
        if is_late and self._waits and "a=candidate" not in sdp:
            self._waits -= 1
            self._wait_for_candidates(made)
        elif is_late or str(made.iceGatheringState) == "complete":
            self._gathering.cancel()
            self._gathering = None
            self._owner.recorder_described(self.id, sdp)

    def answer(self, sdp: str) -> None:
        if self._connection is not None:
            description = to_js({"type": "answer", "sdp": sdp})
            then(self._connection.connection.setRemoteDescription(description), _nothing, self._failed)

    def show(self, track: "Any") -> None:
        """Record this track from now on; with None, no picture. It needs no other offer."""
        if self._sender is not None:
            ok, promise = attempt(self._sender, "replaceTrack", track)
            if ok:
                then(promise, _nothing, _nothing)

    def send(self, message: "dict[str, Any]") -> None:
        """An entry of the record. What does not arrive, the recorder lacks when the next connection opens."""
        if self._channel is not None:
            ok, error = attempt(self._channel, "send", encode(message, TIMELINE, dumps))
            if not ok:
                window.console.debug("deskside: could not send to the recorder: " + str(error))

    def close(self) -> None:
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
        if self._connection is not None:
            self._connection.close()
        self._connection = self._channel = self._sender = None

    def _received(self, data: "Any") -> None:
        try:
            message = decode(data, TIMELINE, loads)
        except ProtocolError as error:
            window.console.debug("deskside: refused " + error.code + " of the recorder")
            return
        self._owner.recorder_said(self.id, message)

    def _changed(self, connection_state: str) -> None:
        if self._connection is not None:
            self._owner.recorder_changed(self.id, connection_state)

    def _failed(self, error: str) -> None:
        window.console.debug("deskside: no agreement with the recorder: " + error)
        self._changed("failed")


def _prefer_vp8(transceiver: "Any") -> None:
    """Nothing but VP8 is offered, for nothing else is kept; the recorder takes it from any offer where this fails."""
    # A constructor that was read as an attribute goes out as a Python callable; Reflect.get hands out the thing itself.
    ok, found = attempt(window.Reflect.get(window, "RTCRtpSender"), "getCapabilities", "video")
    if not ok or found is None:
        return
    codecs = [found.codecs[index] for index in range(found.codecs.length)]
    chosen = [codec for codec in codecs if str(codec.mimeType).lower() in _CODECS]
    attempt(transceiver, "setCodecPreferences", window.Array.of(*chosen))


def _nothing(_: "Any") -> None:
    """A track that is refused has ended; an answer that is taken needs no word."""
