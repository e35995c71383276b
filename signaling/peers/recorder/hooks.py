"""The inside of aiortc 1.16 that the recorder reaches into, all of it here.

aiortc decodes what it receives, and offers no way to have the encoded frames. So the jitter buffer of a receiver is
replaced by one that keeps the packets and gives its decoder nothing, and what notices missing packets by one that asks
for each once. Receiver reports, the way of retransmissions and the crypto stay aiortc's. None of this is promised by
aiortc: `missing` says what a version lacks, and then nothing is recorded.
"""

import asyncio
import inspect
import random
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Protocol

from aioice.stun import TransactionError
from aiortc import RTCCertificate, RTCDtlsTransport, RTCIceGatherer, RTCIceTransport, RTCRtpReceiver
from aiortc.rtp import RTCP_PSFB_APP, RtcpPsfbPacket, RtcpSrPacket, RtpPacket, pack_remb_fci

from signaling.peers.recorder.estimate import Estimate
from signaling.peers.recorder.packets import HOPELESS

_BUFFER = "_RTCRtpReceiver__jitter_buffer"
_ESTIMATOR = "_RTCRtpReceiver__remote_bitrate_estimator"
_GAPS = "_RTCRtpReceiver__nack_generator"
_STREAMS = "_RTCRtpReceiver__remote_streams"
_RTCP_SSRC = "_RTCRtpReceiver__rtcp_ssrc"
CONSENT_EVERY, CONSENT_TRIES, CONSENT_FAILURES = 2.0, 3, 3
"""Seconds to the next question whether the page is still there (RFC 7675); how often it is put before it has failed,
after 3.5 s; and after how many failures in a row the page is gone. That is a quarter of a minute, as in browsers."""

MEDIA, BEYOND_MEDIA = 128, 192
"""First bytes of RTP and RTCP."""
MOST_STRANGE = 1000
"""Packets of other streams than the one that was there first."""


class Sink(Protocol):
    """Who takes what a stream brings. Times of arrival are the sink's own."""

    def packet(self, sequence: int, timestamp: int, marker: bool, payload: bytes) -> bool:
        """A packet has come; the answer is whether a keyframe is to be asked for."""

    def report(self, ntp_timestamp: int, rtp_timestamp: int) -> None:
        """A sender report has come."""

    def failed(self, error: Exception) -> None:
        """One of these two has raised: nothing of this stream can be kept any more."""


class _Buffer:
    """Stands where the jitter buffer was."""

    def __init__(self, tap: "Tap") -> None:
        self._tap = tap

    def add(self, packet: RtpPacket) -> tuple[bool, None]:
        """As aiortc calls it: whether to ask for a keyframe, and nothing to decode."""
        return self._tap.taken(packet), None


class _Gaps:
    """Stands where aiortc noticed missing packets: it asked for all of them again at each new one, which on a line that
    is too narrow brings everything several times. This asks once for each; the sink asks again, and not too often."""

    def __init__(self) -> None:
        self.missing: set[int] = set()
        self._highest: int | None = None

    def add(self, packet: RtpPacket) -> bool:
        """As aiortc calls it: whether `missing` is to be asked for now."""
        number = packet.sequence_number
        ahead = 1 if self._highest is None else (number - self._highest) & 0xFFFF
        if ahead >= 0x8000 or not ahead:
            return False
        self._highest = number
        self.missing = {(number - back) & 0xFFFF for back in range(1, ahead)} if ahead <= HOPELESS else set()
        return bool(self.missing)


class Consent:
    """Stands where aioice asks whether the page is still there. It asks once and waits for half a second, so that on a
    line that is full, where an answer takes longer, every connection ends; this asks several times."""

    def __init__(self, receiver: RTCRtpReceiver) -> None:
        """Before the connection begins."""
        self._connection = receiver.transport.transport._connection
        self._connection.query_consent = self.ask  # type: ignore[method-assign]

    async def ask(self) -> None:
        """Ask until nobody answers; then close the connection."""
        connection, failures = self._connection, 0
        assert connection.remote_password is not None
        while failures < CONSENT_FAILURES:
            await asyncio.sleep(CONSENT_EVERY * random.uniform(0.8, 1.2))
            for pair in connection._nominated.values():
                try:
                    await pair.protocol.request(
                        connection.build_request(pair, nominate=False),
                        pair.remote_addr,
                        integrity_key=connection.remote_password.encode(),
                        retransmissions=CONSENT_TRIES - 1,
                    )
                    failures = 0
                except TransactionError:
                    failures += 1
        # It would cancel and wait for this task otherwise.
        connection._query_consent_task = None
        await connection.close()


def let_media_pass(receiver: RTCRtpReceiver) -> None:
    """Once the connection stands. aioice reads each packet as STUN, and takes the error for the sign that it is none;
    its first byte says as much (RFC 7983, 7)."""
    connection = receiver.transport.transport._connection
    for protocol in connection._protocols:
        protocol.datagram_received = partial(  # type: ignore[method-assign]
            _received, connection.data_received, protocol.datagram_received
        )


def _received(media: Callable[[bytes, int], None], others: Callable[..., None], data: bytes, address: Any) -> None:
    if data and MEDIA <= data[0] < BEYOND_MEDIA:
        media(data, 1)
    else:
        others(data, address)


class Tap:
    """Leads all that a receiver gets to a sink, before its decoder has begun."""

    def __init__(self, receiver: RTCRtpReceiver, sink: Sink) -> None:
        self._receiver = receiver
        self._sink: Sink | None = sink
        self._ssrc: int | None = None
        self._payload_type = -1
        self._strange = 0
        self._estimate, self._gaps = Estimate(), _Gaps()
        self._streams: dict[int, Any] = getattr(receiver, _STREAMS)
        self._handle_rtp: Callable[..., Awaitable[None]] = receiver._handle_rtp_packet
        self._handle: Callable[[Any], Awaitable[None]] = receiver._handle_rtcp_packet
        setattr(receiver, _BUFFER, _Buffer(self))
        setattr(receiver, _ESTIMATOR, self._estimate)
        setattr(receiver, _GAPS, self._gaps)
        receiver._handle_rtp_packet = self._rtp  # type: ignore[method-assign]
        receiver._handle_rtcp_packet = self._rtcp  # type: ignore[method-assign]

    def taken(self, packet: RtpPacket) -> bool:
        """A packet of the picture. What goes wrong with it must not end aiortc's loop, which would say nothing."""
        if not self._sink:
            return False
        try:
            if packet.ssrc != self._ssrc and not self._is_first(packet):
                return False
            return self._sink.packet(packet.sequence_number, packet.timestamp, packet.marker != 0, packet.payload)
        except Exception as error:
            self._fail(error)
            return False

    async def ask(self, for_keyframe: bool, for_packets: list[int]) -> None:
        """Ask the sender for a keyframe, or once more for packets."""
        if self._ssrc is None:
            return
        if for_keyframe:
            await self._receiver._send_rtcp_pli(self._ssrc)
        if for_packets:
            await self._receiver._send_rtcp_nack(self._ssrc, sorted(for_packets))

    def close(self) -> None:
        """Nothing is led on any more."""
        self._sink = None

    def _is_first(self, packet: RtpPacket) -> bool:
        """Whether this packet's stream is the one that is kept: a connection has one. Others cost aiortc memory."""
        if self._ssrc is None:
            self._ssrc, self._payload_type = packet.ssrc, packet.payload_type
            return True
        self._strange += 1
        if self._strange > MOST_STRANGE:
            raise ValueError("more than one stream")
        return False

    async def _rtp(self, packet: RtpPacket, arrival_time_ms: int) -> None:
        """As aiortc handles a packet of the picture, but for what only its decoder needs, which is a sixth of all the
        time that a recording takes. The first packet, and those that come again (RFC 4588), go its way."""
        if packet.ssrc != self._ssrc or packet.payload_type != self._payload_type:
            await self._handle_rtp(packet, arrival_time_ms=arrival_time_ms)
            return
        sent = packet.extensions.abs_send_time
        if sent is not None:
            size = len(packet.payload) + packet.padding_size
            told = self._estimate.add(arrival_time_ms, sent, size, packet.ssrc)
            if told:
                await self._tell(*told)
        self._streams[packet.ssrc].add(packet)
        if self._gaps.add(packet):
            await self._receiver._send_rtcp_nack(packet.ssrc, sorted(self._gaps.missing))
        if self.taken(packet):
            await self._receiver._send_rtcp_pli(packet.ssrc)

    async def _tell(self, bitrate: int, ssrcs: list[int]) -> None:
        """REMB: what the sender may send."""
        ssrc = getattr(self._receiver, _RTCP_SSRC)
        if ssrc is not None:
            fci = pack_remb_fci(bitrate, ssrcs)
            await self._receiver._send_rtcp(RtcpPsfbPacket(fmt=RTCP_PSFB_APP, ssrc=ssrc, media_ssrc=0, fci=fci))

    async def _rtcp(self, packet: Any) -> None:
        if isinstance(packet, RtcpSrPacket) and self._sink and packet.ssrc == self._ssrc:
            try:
                self._sink.report(packet.sender_info.ntp_timestamp, packet.sender_info.rtp_timestamp)
            except Exception as error:
                self._fail(error)
        await self._handle(packet)

    def _fail(self, error: Exception) -> None:
        sink, self._sink = self._sink, None
        if sink:
            sink.failed(error)


def missing() -> list[str]:
    """What of all this is not there, or not as it was: names, for the log."""
    transport = RTCDtlsTransport(RTCIceTransport(RTCIceGatherer(iceServers=[])), [RTCCertificate.generateCertificate()])
    receiver = RTCRtpReceiver("video", transport)
    expected = {
        "RTCRtpReceiver.__jitter_buffer.add": ["packet"],
        "RTCRtpReceiver.__nack_generator.add": ["packet"],
        "RTCRtpReceiver.__remote_bitrate_estimator.add": [
            "abs_send_time",
            "arrival_time_ms",
            "payload_size",
            "ssrc",
        ],
        "RTCRtpReceiver._handle_rtp_packet": ["arrival_time_ms", "packet"],
        "RTCRtpReceiver._handle_rtcp_packet": ["packet"],
        "RTCRtpReceiver._send_rtcp": ["packet"],
        "RTCRtpReceiver._send_rtcp_pli": ["media_ssrc"],
        "RTCRtpReceiver._send_rtcp_nack": ["lost", "media_ssrc"],
    }
    found = {name: _parameters(receiver, name) for name in expected}
    lacking = [name for name in expected if found[name] != expected[name]]
    if not isinstance(getattr(getattr(receiver, _GAPS, None), "missing", None), set):
        lacking.append("RTCRtpReceiver.__nack_generator.missing")
    if getattr(receiver, _STREAMS, None) != {}:
        lacking.append("RTCRtpReceiver.__remote_streams")
    if getattr(receiver, _RTCP_SSRC, ...) is not None:
        lacking.append("RTCRtpReceiver.__rtcp_ssrc")
    ice = receiver.transport.transport._connection
    if not isinstance(getattr(ice, "_protocols", None), list):
        lacking.append("aioice.Connection._protocols")
    known = {
        "query_consent": [],
        "build_request": ["nominate", "pair"],
        "close": [],
        "data_received": ["component", "data"],
    }
    return lacking + [f"aioice.Connection.{name}" for name in known if _parameters(ice, f".{name}") != known[name]]


def _parameters(owner: Any, name: str) -> list[str] | None:
    found: Any = owner
    for part in name.split(".")[1:]:
        part = f"_RTCRtpReceiver{part}" if part.startswith("__") else part
        found = getattr(found, part, None)
    return sorted(inspect.signature(found).parameters) if callable(found) else None
