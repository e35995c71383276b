"""A customer's page as the recorder sees it: a real connection that sends pictures and entries."""

import asyncio
import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import av
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription, VideoStreamTrack
from aiortc.rtp import is_rtcp

from signaling.peers.recorder.hooks import Consent
from tests.peers.pictures import Encoder
from tests.peers.waiting import PATIENCE

TICKS = Fraction(1, 90_000)
_ASKED = "_RTCRtpSender__force_keyframe"


class _Track(VideoStreamTrack):
    def __init__(self) -> None:
        super().__init__()
        self.packets: asyncio.Queue[av.Packet[Any]] = asyncio.Queue()

    async def recv(self) -> "av.Packet[Any]":  # type: ignore[override]
        return await self.packets.get()


class Page:
    """One connection. `show` sends a picture, `say` an entry; `known` is what the recorder has said last."""

    def __init__(self) -> None:
        self.connection = RTCPeerConnection(RTCConfiguration([]))
        self._track = _Track()
        self._transceiver = self.connection.addTransceiver(self._track, "sendonly")
        Consent(self._transceiver.receiver)  # as patient with a machine that is busy as browsers are
        self.timeline = self.connection.createDataChannel("timeline", negotiated=True, id=0)
        self.timeline.on("message", self._heard)
        self.known = -1
        self.failed = ""
        self.pictures = self.keyframes = self.lost = 0
        self._encoder: Encoder | None = None
        self._changed = asyncio.Condition()
        self._origin = asyncio.get_running_loop().time()

    async def offer(self) -> str:
        """The offer, with all candidates."""
        await self.connection.setLocalDescription(await self.connection.createOffer())
        return str(self.connection.localDescription.sdp)

    async def answered(self, sdp: str) -> None:
        """The recorder has answered; comes back when it has said what it knows."""
        await self.accepted(sdp)
        await self.until(lambda: self.known >= 0)

    async def accepted(self, sdp: str) -> None:
        """Somebody has answered, who need not be a recorder of ours."""
        await self.connection.setRemoteDescription(RTCSessionDescription(sdp, "answer"))

    def show(self, brightness: int, is_key: bool = False, obeys: bool = True) -> None:
        """Send a picture of the moment: a keyframe if it is the first or, where it `obeys`, one was asked for."""
        is_key = (obeys and self.is_asked()) or is_key or not self.pictures
        self.keyframes += is_key
        self._encoder = self._encoder or Encoder()
        self.send(self._encoder.picture(brightness, is_key))

    def send(self, data: bytes) -> None:
        """Send an encoded picture of the moment."""
        packet = av.Packet(data)
        packet.pts = round((asyncio.get_running_loop().time() - self._origin) * 90_000)
        packet.time_base = TICKS
        self._track.packets.put_nowait(packet)
        self.pictures += 1

    def is_asked(self) -> bool:
        """Whether the recorder has asked for a keyframe since this was called last."""
        sender = self._transceiver.sender
        is_asked = bool(getattr(sender, _ASKED))
        setattr(sender, _ASKED, False)
        return is_asked

    def is_idle(self) -> bool:
        """Whether every picture was sent, or none ever will be."""
        return self._track.packets.empty() or self.is_lost

    @property
    def is_lost(self) -> bool:
        """Whether the connection is over."""
        return self.connection.connectionState != "connected"

    def say(self, record: dict[str, Any]) -> None:
        """Send an entry."""
        self.raw(json.dumps({"type": "entry", "record": record}))

    def raw(self, text: str) -> None:
        """Send whatever it is."""
        self.timeline.send(text)

    def lose(self, is_lost: Callable[[bytes], bool]) -> None:
        """From now on these packets of the picture do not arrive."""
        transport = self._transceiver.sender.transport.transport
        send = transport._connection.send

        async def lossy(data: bytes) -> None:
            if 127 < data[0] < 192 and not is_rtcp(data) and is_lost(data):
                self.lost += 1
            else:
                await send(data)

        transport._send = lossy

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something that comes from the recorder makes this true."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(is_so)

    async def close(self) -> None:
        """Hang up, as a page does that is closed or paused."""
        await self.connection.close()

    async def _heard(self, text: str) -> None:
        message = json.loads(text)
        async with self._changed:
            if message["type"] == "known":
                self.known = message["number"]
            else:
                self.failed = message["reason"]
            self._changed.notify_all()


def record(number: int, at: int, **fields: Any) -> dict[str, Any]:
    """An entry of a session's record."""
    entry = {"number": number, "kind": "message", "id": f"m{number}", "at": at, "author": "customer", "name": "Ann"}
    return entry | {"text": f"message {number}"} | fields
