"""What Chromium makes of a finalised video that it gets in ranges."""

import http.server
import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from e2e import browsers
from signaling.recordings.webm import WebmWriter, finalise
from tests.recordings.video import HEIGHT, WIDTH, encoded

END = 30_000
_PAGE = b"<!doctype html><title>Player</title><video src=/video.webm muted preload=metadata></video>"


def video(is_final: bool) -> bytes:
    live, whole = bytearray(), bytearray()
    writer = WebmWriter(live.extend, WIDTH, HEIGHT)
    for frame in encoded(100, keyframe_every=20):
        writer.frame(*frame)
    writer.end(END)
    finalise(lambda offset, count: bytes(live[offset : offset + count]), len(live), whole.extend)
    return bytes(whole if is_final else live)


class Ranges(http.server.BaseHTTPRequestHandler):
    """A page, and a file in the ranges that are asked for."""

    content = b""

    def do_GET(self) -> None:
        if self.path == "/":
            self._answer(200, "text/html", _PAGE)
            return
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        size = len(self.content)
        if wanted is None:
            self._answer(200, "video/webm", self.content)
            return
        start, end = int(wanted[1]), int(wanted[2] or size - 1)
        part = self.content[start : end + 1]
        self._answer(206, "video/webm", part, ("Content-Range", f"bytes {start}-{start + len(part) - 1}/{size}"))

    def _answer(self, code: int, kind: str, content: bytes, *more: tuple[str, str]) -> None:
        self.send_response(code)
        length = ("Content-Length", str(len(content)))
        for name, value in (("Content-Type", kind), ("Accept-Ranges", "bytes"), length, *more):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        yield browser.new_page()
        browser.close()


@pytest.fixture(params=["finalised", "live"])
def player(page: Page, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page whose video element has this file."""
    handler = type("Handler", (Ranges,), {"content": video(request.param == "finalised")})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    page.wait_for_function("() => document.querySelector('video').readyState >= 1")
    yield page
    page.goto("about:blank")
    server.shutdown()
    thread.join()
    server.server_close()


# A jump has arrived when its picture is there to be seen, which may be a moment after `seeked`.
_JUMP = """async ([seconds, picture]) => {
    const video = document.querySelector("video");
    const shown = new Promise(resolve => {
        const look = (_, { mediaTime }) =>
            Math.abs(mediaTime - picture) < 0.05 ? resolve() : video.requestVideoFrameCallback(look);
        video.requestVideoFrameCallback(look);
    });
    const arrived = new Promise(resolve => video.addEventListener("seeked", resolve, {once: true}));
    video.currentTime = seconds;
    await Promise.all([arrived, shown]);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    const context = canvas.getContext("2d");
    context.drawImage(video, 0, 0);
    return context.getImageData(0, 0, 1, 1).data[0];
}"""


@pytest.mark.parametrize("player", ["finalised"], indirect=True)
def test_a_finalised_video_says_its_length_and_jumps_to_any_picture(player: Page) -> None:
    size = player.evaluate("() => (video => [video.videoWidth, video.videoHeight])(document.querySelector('video'))")
    assert size == [WIDTH, HEIGHT]
    assert player.evaluate("() => document.querySelector('video').duration") == END / 1000
    assert player.evaluate("() => document.querySelector('video').seekable.end(0)") == END / 1000
    pictures = {9.05: 9.0, 0.05: 0.0, 5.05: 5.0, 25: 9.9, 2.05: 2.0}
    shades = {second: player.evaluate(_JUMP, [second, picture]) for second, picture in pictures.items()}
    # The later a picture, the lighter; after the last one it stands until the end.
    assert sorted(shades, key=lambda second: shades[second]) == [0.05, 2.05, 5.05, 9.05, 25]


@pytest.mark.parametrize("player", ["live"], indirect=True)
def test_a_live_video_plays_to_its_end(player: Page) -> None:
    player.evaluate("() => { const v = document.querySelector('video'); v.playbackRate = 16; return v.play(); }")
    player.wait_for_function("() => document.querySelector('video').ended")
    assert player.evaluate("() => document.querySelector('video').error") is None
