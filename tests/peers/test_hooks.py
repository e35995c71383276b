"""The inside of aiortc that is reached into: that it is there, and that it does what is expected of it."""

import asyncio
from importlib.metadata import version

import pytest
from aioice.candidate import Candidate
from aioice.ice import StunProtocol
from aioice.stun import Class, Message, Method, TransactionTimeout, parse_message
from aiortc import RTCCertificate, RTCDtlsTransport, RTCIceGatherer, RTCIceTransport, RTCRtpReceiver
from aiortc.rtcrtpparameters import RTCRtpCodecParameters, RTCRtpReceiveParameters
from aiortc.rtcrtpreceiver import RemoteStreamTrack
from aiortc.rtp import (
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpRtpfbPacket,
    RtcpSenderInfo,
    RtcpSrPacket,
    RtpPacket,
    unpack_remb_fci,
)

from signaling.peers.recorder import hooks
from signaling.peers.recorder.estimate import BEGINNING
from signaling.peers.recorder.hooks import MOST_STRANGE, Consent, Tap, let_media_pass, missing
from signaling.peers.recorder.packets import HOPELESS

VP8 = RTCRtpCodecParameters(mimeType="video/VP8", clockRate=90000, payloadType=96)


class Notes:
    """A sink that writes down what comes."""

    def __init__(self, asks: bool = False) -> None:
        self.packets: list[tuple[int, int, bool, bytes]] = []
        self.reports: list[tuple[int, int]] = []
        self.failures: list[Exception] = []
        self.asks = asks
        self.breaks = False

    def packet(self, sequence: int, timestamp: int, marker: bool, payload: bytes) -> bool:
        if self.breaks:
            raise OSError
        self.packets.append((sequence, timestamp, marker, payload))
        return self.asks

    def report(self, ntp_timestamp: int, rtp_timestamp: int) -> None:
        self.reports.append((ntp_timestamp, rtp_timestamp))

    def failed(self, error: Exception) -> None:
        self.failures.append(error)


class Receiver:
    """A real receiver of aiortc's that is fed by hand."""

    def __init__(self, sink: Notes) -> None:
        self.transport = RTCDtlsTransport(
            RTCIceTransport(RTCIceGatherer(iceServers=[])), [RTCCertificate.generateCertificate()]
        )
        self.inner = RTCRtpReceiver("video", self.transport)
        self.inner._track = RemoteStreamTrack("video")
        self.inner._set_rtcp_ssrc(1)
        self.tap = Tap(self.inner, sink)
        self.sent: list[bytes] = []
        self.transport._send_rtp = self._send  # type: ignore[method-assign]

    async def _send(self, data: bytes) -> None:
        self.sent.append(data)

    async def packet(self, sequence: int, payload: bytes, ssrc: int = 9) -> None:
        packet = RtpPacket(96, 1, sequence, 4000, ssrc, payload)
        await self.inner._handle_rtp_packet(packet, arrival_time_ms=sequence)

    async def report(self, ssrc: int = 9) -> None:
        await self.inner._handle_rtcp_packet(RtcpSrPacket(ssrc, RtcpSenderInfo(77, 88, 0, 0)))


def running(sink: Notes, *steps: str, payload: bytes = b"\x10abc") -> Receiver:
    async def run() -> Receiver:
        receiver = Receiver(sink)
        await receiver.inner.receive(RTCRtpReceiveParameters(codecs=[VP8]))
        for number, step in enumerate(steps):
            if step == "packet":
                await receiver.packet(number, payload)
            elif step == "strange":
                await receiver.packet(number, payload, 10)
            elif step == "report":
                await receiver.report()
            elif step == "strange report":
                await receiver.report(10)
        await receiver.tap.ask(True, [5, 3])
        await receiver.inner.stop()
        return receiver

    return asyncio.run(run())


def test_all_that_is_reached_into_is_there() -> None:
    assert version("aiortc").startswith("1.16.")
    assert missing() == []


@pytest.mark.parametrize("name", ["_send_rtcp_nack", "_handle_rtcp_packet"])
def test_what_is_gone_or_has_changed_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RTCRtpReceiver, name, lambda self, something, else_: None)
    assert missing() == [f"RTCRtpReceiver.{name}"]


def test_packets_and_reports_come_to_the_sink_and_nothing_to_the_decoder() -> None:
    sink = Notes()
    receiver = running(sink, "packet", "report", "packet")
    assert sink.packets == [(0, 4000, True, b"\x10abc"), (2, 4000, True, b"\x10abc")]
    assert sink.reports == [(77, 88)]
    assert vars(receiver.inner)["_RTCRtpReceiver__decoder_queue"].qsize() == 0


def test_a_keyframe_is_asked_for_when_the_sink_wants_one() -> None:
    # Picture loss (RFC 4585, 6.3.1) is type 206 with format 1, a request for packets type 205 with format 1.
    kinds = [(data[1], data[0] & 31) for data in running(Notes(asks=True), "packet").sent]
    assert kinds.count((206, 1)) == 2
    kinds = [(data[1], data[0] & 31) for data in running(Notes(), "packet").sent]
    assert (kinds.count((206, 1)), kinds.count((205, 1))) == (1, 1)


def test_a_missing_packet_is_asked_for_once_and_not_again_with_the_next_one() -> None:
    sent = running(Notes(), "packet", "", "", "packet", "", "packet", "", "", "packet").sent
    asked = [RtcpPacket.parse(data)[0] for data in sent if data[1] == 205]
    assert [packet.lost for packet in asked if isinstance(packet, RtcpRtpfbPacket)] == [[1, 2], [4], [6, 7], [3, 5]]


def test_a_gap_that_nobody_can_fill_is_not_asked_for() -> None:
    sent = running(Notes(), "packet", *[""] * (HOPELESS + 1), "packet").sent
    assert len([data for data in sent if data[1] == 205]) == 1


def test_nothing_can_be_asked_of_who_has_sent_nothing() -> None:
    assert running(Notes()).sent == []


def test_aiortc_still_counts_all_packets_and_the_page_is_told_what_it_may_send() -> None:
    async def run() -> tuple[Receiver, int]:
        receiver = Receiver(Notes())
        await receiver.inner.receive(RTCRtpReceiveParameters(codecs=[VP8]))
        for number in range(40):
            packet = RtpPacket(96, 1, number, 4000, 9, b"\x10abc")
            packet.extensions.abs_send_time = number * 20 * (1 << 18) // 1000
            await receiver.inner._handle_rtp_packet(packet, arrival_time_ms=1000 + number * 20)
        await receiver.inner.stop()
        return receiver, vars(receiver.inner)["_RTCRtpReceiver__remote_streams"][9].packets_received

    receiver, counted = asyncio.run(run())
    assert counted == 40
    told = [RtcpPacket.parse(data)[0] for data in receiver.sent if (data[1], data[0] & 31) == (206, 15)]
    assert told
    for packet in told:
        assert isinstance(packet, RtcpPsfbPacket)
        bitrate, streams = unpack_remb_fci(packet.fci)
        assert bitrate == pytest.approx(BEGINNING, rel=0.1) and streams == [9]


def test_a_second_stream_is_left_out_and_many_of_them_end_it() -> None:
    sink = Notes()
    running(sink, "packet", "strange", "strange report", "packet")
    assert [packet[0] for packet in sink.packets] == [0, 3]
    assert sink.reports == []
    running(sink, "packet", *["strange"] * (MOST_STRANGE + 1))
    assert [type(error) for error in sink.failures] == [ValueError]


def test_an_error_of_the_sink_ends_the_stream_and_not_aiortcs_loop() -> None:
    sink = Notes()
    sink.breaks = True
    running(sink, "packet", "packet", "report")
    assert [type(error) for error in sink.failures] == [OSError]


class Line:
    """Where the questions whether the page is still there go: it answers, or it does not."""

    remote_addr = ("192.0.2.1", 9)

    def __init__(self, answers: list[bool]) -> None:
        self.protocol = self
        self.answers = answers
        self.asked: list[int] = []

    async def request(self, request: object, address: object, integrity_key: bytes, retransmissions: int) -> None:
        self.asked.append(retransmissions)
        if not self.answers.pop(0):
            raise TransactionTimeout


def test_a_page_is_gone_only_when_it_has_left_several_questions_in_a_row_unanswered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hooks, "CONSENT_EVERY", 0)

    async def run() -> None:
        receiver = Receiver(Notes()).inner
        connection = receiver.transport.transport._connection
        Consent(receiver)
        connection.remote_username, connection.remote_password = "page", "a password of the page"
        line = Line([True, False, False, True, False, False, False, True])
        connection.build_request = lambda pair, nominate: "request"  # type: ignore[method-assign, assignment, return-value]
        connection._nominated = {1: line}  # type: ignore[dict-item]
        await connection.query_consent()
        assert line.asked == [2] * 7
        assert connection._closing

    asyncio.run(run())


def test_media_is_not_read_as_anything_else_and_all_others_are(monkeypatch: pytest.MonkeyPatch) -> None:
    media, others = [b"\x80media", b"\xbfmedia"], [b"\x16handshake", b"\xc0", b""]
    indication = bytes(Message(Method.BINDING, Class.INDICATION))
    read: list[bytes] = []

    def parse(data: bytes) -> Message:
        read.append(data)
        return parse_message(data)

    async def run() -> list[bytes]:
        receiver = Receiver(Notes()).inner
        connection = receiver.transport.transport._connection
        protocol = StunProtocol(connection)
        protocol.local_candidate = Candidate("1", 1, "udp", 1, "127.0.0.1", 1, "host")
        connection._protocols.append(protocol)
        let_media_pass(receiver)
        for data in (*media, *others, indication):
            protocol.datagram_received(data, ("127.0.0.1", 1))
        connection._protocols.clear()
        passed = [connection._queue.get_nowait() for _ in range(connection._queue.qsize())]
        return [found[0] for found in passed if found]

    monkeypatch.setattr("aioice.ice.stun.parse_message", parse)
    assert asyncio.run(run()) == media + others
    assert read == [*others, indication]
