"""What a customer's page offers: looked at before aiortc sees it, and relieved of what would only cost time."""

from collections.abc import Iterable
from typing import Any

from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription
from aiortc.rtcconfiguration import RTCBundlePolicy
from aiortc.rtcicetransport import parse_stun_turn_uri

MOST_CANDIDATES = 64


class BadOffer(Exception):
    """This is no offer of a page of ours."""


def cleaned(sdp: str) -> str:
    """An offer of one picture that is only sent, and data channels. Raises BadOffer.

    Candidates that hide their address behind a name of the local network are left out: nobody answers that name here,
    and aiortc would wait for it. The page finds the way to us by itself.
    """
    lines = sdp.replace("\r\n", "\n").split("\n")
    kinds = [line.split(" ", 1)[0].removeprefix("m=") for line in lines if line.startswith("m=")]
    if sorted(kinds) != ["application", "video"]:
        raise BadOffer("one picture and one data channel are expected")
    if not any(line.startswith("a=rtpmap:") and " VP8/90000" in line for line in lines):
        raise BadOffer("it is not VP8")
    if not any(line.startswith("a=group:BUNDLE") for line in lines):
        raise BadOffer("it is not bundled")
    if "a=recvonly" in lines or "a=inactive" in lines:
        raise BadOffer("nothing is sent")
    kept, candidates = [], 0
    for line in lines:
        if line.startswith("a=candidate:"):
            words = line.split(" ")
            candidates += 1
            if len(words) < 8 or words[4].endswith(".local") or candidates > MOST_CANDIDATES:
                continue
        kept.append(line)
    return "\r\n".join(kept)


def servers(offered: Iterable[dict[str, Any]]) -> list[RTCIceServer]:
    """Those STUN and TURN servers whose addresses aiortc understands. Without any it would ask a stranger's."""
    known = []
    for server in offered:
        urls = [url for url in server["urls"] if _is_understood(url)]
        if urls:
            known.append(RTCIceServer(urls, server.get("username"), server.get("credential")))
    return known


def connection(ice_servers: Iterable[dict[str, Any]]) -> RTCPeerConnection:
    """A connection that takes one VP8 stream, on one transport with everything else."""
    made = RTCPeerConnection(RTCConfiguration(servers(ice_servers), bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
    capabilities = RTCRtpReceiver.getCapabilities("video")
    assert capabilities
    wanted = [codec for codec in capabilities.codecs if codec.mimeType in ("video/VP8", "video/rtx")]
    made.addTransceiver("video", "recvonly").setCodecPreferences(wanted)
    return made


async def answered(made: RTCPeerConnection, sdp: str) -> str:
    """The answer to a cleaned offer, with all candidates. Raises BadOffer."""
    try:
        await made.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        await made.setLocalDescription()
    except Exception as error:
        # aiortc's parser raises whatever the text makes it stumble over.
        raise BadOffer(type(error).__name__) from error
    return str(made.localDescription.sdp)


def _is_understood(url: str) -> bool:
    try:
        parse_stun_turn_uri(url)
    except ValueError:
        return False
    return True
