"""The connection to the recorder in a real Chromium, with the real guard; the test plays the recorder behind it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from e2e.waiting import wait_until

from . import site

# The recorder: it answers as aiortc does, without an offer of its own, and keeps what it is told and shown.
RECORDER = """() => {
  globalThis.log = [];
  globalThis.waiting = [];
  globalThis.happened = (word, id, more) => {
    log.push([word, id, more]);
    waiting.splice(0).forEach((look) => look());
  };
  globalThis.when = async (word, id, more) => {
    const found = () => log.find((one) => one[0] === word && one[1] === id && (more === undefined || one[2] === more));
    while (!found()) await new Promise((done) => waiting.push(done));
    return found()[2];
  };
  globalThis.record = async (id) => {
    const pc = (globalThis.pc = new RTCPeerConnection());
    globalThis.told = [];
    globalThis.timeline = pc.createDataChannel("timeline", { negotiated: true, id: 0 });
    timeline.onmessage = ({ data }) => { told.push(data); waiting.splice(0).forEach((look) => look()); };
    pc.ontrack = ({ track }) => { globalThis.received = track; };
    await pc.setRemoteDescription({ type: "offer", sdp: await when("described", id) });
    await pc.setLocalDescription();
    if (pc.iceGatheringState !== "complete")
      await new Promise((done) => (pc.onicegatheringstatechange = () => pc.iceGatheringState === "complete" && done()));
    recording.answer(id, pc.localDescription.sdp);
    if (timeline.readyState !== "open") await new Promise((done) => (timeline.onopen = done));
  };
  globalThis.frames = async () => {
    for (const one of (await pc.getStats(received)).values()) if (one.type === "inbound-rtp") return one.framesReceived;
    return 0;
  };
  globalThis.source = () => {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    let turn = 0;
    setInterval(() => { context.fillStyle = `hsl(${(turn += 40)} 90% 50%)`; context.fillRect(0, 0, 300, 150); }, 50);
    return canvas.captureStream().getVideoTracks()[0];
  };
}"""
OPEN = "([id, configuration]) => recording.open(id, JSON.stringify(configuration))"
RECORD = {
    "number": 1,
    "kind": "message",
    "id": "m1",
    "at": 1700000000000,
    "author": "customer",
    "name": "Bob",
    "text": "x" * 8000,
}
SEND = "([id, record]) => recording.send(id, JSON.stringify({ type: 'entry', record }))"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site") / "recorder"
    site.build(folder, "recorder_page", ["deskside.runtime.recorder"])
    with site.serve(folder) as served:
        yield served


@pytest.fixture(params=["index.html", "compat.html"], ids=["MicroPython", "Brython"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + str(request.param))
    page.wait_for_function("() => globalThis.recording")
    page.evaluate("() => {" + (site.WEB / "guard.js").read_text(encoding="utf-8") + "}")
    page.evaluate(RECORDER)
    yield page
    context.close()


def opened(page: Page, id: str = "c1", **configuration: Any) -> Page:
    page.evaluate(OPEN, [id, {"iceServers": [], **configuration}])
    return page


def recorded(page: Page) -> Page:
    """Connected to the recorder, with its channel open."""
    opened(page).evaluate("() => record('c1')")
    return page


def test_the_offer_is_one_picture_to_send_in_vp8_and_one_channel_with_all_its_candidates(page: Page) -> None:
    sdp = str(opened(page).evaluate("() => when('described', 'c1')"))
    video = sdp[sdp.index("m=video") :]
    video = video[: video.index("m=application")] if "m=application" in video else video
    codecs = {line.split(" ")[1].split("/")[0].lower() for line in video.split("\r\n") if line.startswith("a=rtpmap")}
    assert codecs <= {"vp8", "rtx"} and "vp8" in codecs
    assert "a=sendonly" in video
    assert sdp.count("m=video") == sdp.count("m=application") == 1
    assert ("a=candidate" in sdp and "a=end-of-candidates" in sdp) or "a=candidate" in sdp


def test_a_server_that_never_answers_holds_nothing_up(page: Page) -> None:
    server = {"urls": ["stun:192.0.2.1:3478"]}
    opened(page, iceServers=[server]).evaluate("() => when('described', 'c1')")
    assert len(page.evaluate("() => log.filter((one) => one[0] === 'described')")) == 1


def test_what_the_recorder_says_and_is_told_arrives(page: Page) -> None:
    recorded(page).evaluate('() => timeline.send(\'{"type":"known","number":3}\')')
    assert json.loads(page.evaluate("() => when('said', 'c1')")) == {"type": "known", "number": 3}
    page.evaluate(SEND, ["c1", RECORD])
    page.wait_for_function("() => told.length")
    assert json.loads(page.evaluate("() => told[0]")) == {"type": "entry", "record": RECORD}


def test_what_is_none_of_the_protocol_is_passed_over(page: Page) -> None:
    texts = ["x", "{}", "[1]", json.dumps({"type": "known", "number": -1}), json.dumps({"type": "stop"})]
    recorded(page).evaluate("(texts) => texts.forEach((text) => timeline.send(text))", texts)
    page.evaluate('() => timeline.send(\'{"type":"known","number":0}\')')
    page.evaluate("() => when('said', 'c1')")
    assert len(page.evaluate("() => log.filter((one) => one[0] === 'said')")) == 1


def test_a_picture_comes_when_it_is_shared_and_stops_with_it(page: Page) -> None:
    recorded(page).evaluate("() => recording.show('c1', globalThis.track = source())")
    wait_until(page, "async () => (await frames()) > 5")
    page.evaluate("() => recording.show('c1', null)")
    wait_until(
        page,
        """async () => {
          const now = await frames();
          globalThis.looks = globalThis.stood === now ? (globalThis.looks ?? 0) + 1 : 0;
          globalThis.stood = now;
          return globalThis.looks >= 20;
        }""",
    )
    page.evaluate("() => recording.show('c1', track)")
    wait_until(page, "async () => (await frames()) > stood + 5")


def test_the_red_x_closes_it_without_python_and_python_sends_nothing_more(page: Page) -> None:
    recorded(page).evaluate("() => deskside.guard.press()")
    page.wait_for_function("() => timeline.readyState === 'closed'")
    page.evaluate(SEND, ["c1", RECORD])
    page.evaluate("() => recording.show('c1', source())")
    page.evaluate("() => { recording.close('c1'); globalThis.count = log.length; }")
    opened(page, "c2").evaluate("() => when('described', 'c2')")
    assert page.evaluate("() => log.slice(count).filter((one) => one[1] === 'c1')") == []
    assert page.evaluate("() => told") == []


def test_a_recorder_that_goes_away_is_noticed(page: Page) -> None:
    recorded(page).evaluate("() => pc.close()")
    page.evaluate("() => when('changed', 'c1', 'closed')")


def test_what_was_closed_says_nothing_more(page: Page) -> None:
    recorded(page).evaluate("() => { recording.close('c1'); globalThis.count = log.length; }")
    page.wait_for_function("() => timeline.readyState === 'closed'")
    assert page.evaluate("() => log.length === count")
    page.evaluate("() => recording.close('c1')")


def test_an_answer_that_is_none_is_a_failure(page: Page) -> None:
    opened(page).evaluate("async () => { await when('described', 'c1'); recording.answer('c1', 'nonsense'); }")
    page.evaluate("() => when('changed', 'c1', 'failed')")
