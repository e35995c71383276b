"""aiortc's MediaRecorder as a process: an offer on standard input, its answer on standard output, a file beside.

    python -m tests.bench.recorder_reference FILE.mp4

Records until standard input is closed; then says how many pictures it was given. It is what the recorder is compared
with, and nothing else.
"""

import asyncio
import contextlib
import json
import sys
from typing import Any

import av
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaRecorder


class _Counted(MediaStreamTrack):
    kind = "video"

    def __init__(self, track: MediaStreamTrack) -> None:
        super().__init__()
        self.count = 0
        self._track = track

    async def recv(self) -> Any:
        frame = await self._track.recv()
        self.count += 1
        return frame


async def _record(path: str) -> None:
    connection = RTCPeerConnection(RTCConfiguration([]))
    recorder = MediaRecorder(path)
    tracks: list[_Counted] = []
    connection.createDataChannel("timeline", negotiated=True, id=0)

    @connection.on("track")
    def track(found: MediaStreamTrack) -> None:
        tracks.append(_Counted(found))
        recorder.addTrack(tracks[0])

    offer = json.loads(await asyncio.to_thread(sys.stdin.readline))
    await connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
    await connection.setLocalDescription()
    await recorder.start()
    print(json.dumps(connection.localDescription.sdp), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(json.dumps(tracks[0].count), flush=True)
    with contextlib.suppress(av.FFmpegError):  # two pictures of one millisecond are too much for it
        await recorder.stop()
    await connection.close()


if __name__ == "__main__":
    asyncio.run(_record(sys.argv[1]))
