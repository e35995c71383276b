"""Watching a recording: its timeline, its captions, and its video in ranges."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from signaling.settings import Settings
from tests.recordings.video import played
from tests.signaling.administrator import Administrator
from tests.signaling.recorded import SAID, START, files_of, folder_of, get, ids, put, views
from tests.signaling.recorder import TOKEN
from tests.signaling.server import Site, serving, settings


@pytest.fixture
def chosen(data: Path) -> Settings:
    return settings(data, recorder="external", recorder_token=TOKEN)


@pytest.fixture
def site(chosen: Settings) -> Iterator[Site]:
    """A server with one recording, in two parts, of Ann's session with Bob."""
    put(chosen, "one", parts=2)
    with serving(chosen) as running:
        yield running


def test_a_timeline_and_captions_say_what_happened_and_when(site: Site) -> None:
    told = get(site, "/one/timeline.json").json()
    assert told["start"] == START
    assert [(part["number"], part["offset"]) for part in told["parts"]] == [(1, 0), (2, 60_000)]
    assert [(entry["part"], entry["offset"], entry["text"]) for entry in told["entries"]] == [
        (1, 500, SAID),
        (2, 60_500, SAID),
    ]
    captions = get(site, "/one/2.vtt?language=de")
    assert captions.headers["content-type"] == "text/vtt; charset=utf-8"
    assert captions.text.startswith("WEBVTT\n") and "00:00:00.500 -->" in captions.text
    assert "Ann: Is it &lt;here&gt; &amp; now?" in captions.text


def test_a_timeline_comes_in_pieces(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signaling.api.recordings._MOMENTS", 1)
    first = get(site, "/one/timeline.json").json()
    assert [entry["number"] for entry in first["entries"]] == [1] and first["more"]
    second = get(site, "/one/timeline.json?after=1").json()
    assert [entry["number"] for entry in second["entries"]] == [2] and not second["more"]
    for nonsense in ("-1", "x", "1e3", "٣", "9" * 11):
        assert get(site, f"/one/timeline.json?after={nonsense}").status_code == 400


def test_a_video_plays_whole_and_in_any_range(site: Site) -> None:
    whole = get(site, "/one/1.webm")
    assert (whole.status_code, whole.headers["content-type"]) == (200, "video/webm")
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["cache-control"] == "private, no-store"
    assert int(whole.headers["content-length"]) == len(whole.content)
    assert len(played(whole.content).times) == 20
    length = len(whole.content)
    for asked, first, last in (
        ("bytes=0-", 0, length - 1),
        ("bytes=0-0", 0, 0),
        ("bytes=100-299", 100, 299),
        (f"bytes={length - 1}-", length - 1, length - 1),
        (f"bytes=10-{length * 2}", 10, length - 1),
        ("bytes=-5", length - 5, length - 1),
        (f"bytes=-{length * 2}", 0, length - 1),
    ):
        part = get(site, "/one/1.webm", Range=asked)
        assert part.status_code == 206, asked
        assert part.headers["content-range"] == f"bytes {first}-{last}/{length}"
        assert part.content == whole.content[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=9999999-", "bytes=-0"])
def test_a_range_behind_the_end_is_refused_with_the_length(site: Site, asked: str) -> None:
    refused = get(site, "/one/1.webm", Range=asked)
    assert refused.status_code == 416 and refused.content == b""
    assert refused.headers["content-range"].startswith("bytes */")


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=-", "bytes=0-1,4-5", "pages=1-2", "bytes=a-b", "bytes 0-1"])
def test_a_range_that_is_none_means_the_whole(site: Site, asked: str) -> None:
    assert get(site, "/one/1.webm", Range=asked).status_code == 200


def test_a_range_of_something_else_than_what_is_there_now_means_the_whole(site: Site) -> None:
    tag = get(site, "/one/1.webm").headers["etag"]
    assert get(site, "/one/1.webm", Range="bytes=0-1", If_Range=tag).status_code == 206
    assert get(site, "/one/1.webm", Range="bytes=0-1", If_Range='"another"').status_code == 200


def test_a_head_tells_the_length_and_is_no_viewing(site: Site, data: Path) -> None:
    answer = httpx.head(f"{site.url}/api/recordings/one/1.webm", headers={"Cookie": site.cookie("Bob")})
    assert answer.status_code == 200 and int(answer.headers["content-length"]) > 1000
    assert views(data) == []


def test_what_is_still_recorded_can_be_watched_up_to_now(chosen: Settings) -> None:
    with serving(chosen) as site:
        put(chosen, "live", finished=False, state="recording", ended_at=None)
        detail = get(site, "/live", name="Cleo").json()
        assert detail["state"] == "recording" and not detail["may_delete"]
        assert detail["parts"][0]["complete"] is False and detail["parts"][0]["size"] > 1000
        assert detail["size"] > 1000
        video = get(site, "/live/1.webm")
        assert len(played(video.content).times) >= 19
        assert Administrator(site).ask("POST", "../recordings/live/delete", {}).json()["code"] == "still_recording"


@pytest.mark.parametrize("part", ["0", "3", "10001", "99999999", "x", "-1", "1e3", "%d9%a1"])
def test_there_is_no_other_part(site: Site, part: str) -> None:
    for ending in ("webm",):
        assert get(site, f"/one/{part}.{ending}").status_code == 404


def test_a_video_that_was_altered_is_not_shown_as_if_it_were_none(chosen: Settings, site: Site) -> None:
    with folder_of(chosen).part_writer("one", 3) as file:
        file.write(bytes(1 << 20))
    (path,) = [path for path in files_of(chosen, "one") if path.name == "0003.live"]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(httpx.RemoteProtocolError):
        get(site, "/one/3.webm")
    assert get(site, "/one/3.webm", Range="bytes=0-999").content == bytes(1000)
    path.write_bytes(b"x" + content[1:])
    assert get(site, "/one/3.webm").json()["code"] == "recording_broken"


def test_without_its_key_a_recording_says_so(chosen: Settings) -> None:
    put(chosen, "one")
    (chosen.data / "recording.key").unlink()
    with serving(chosen) as site:
        assert get(site, "/one/1.webm").json()["code"] == "recording_key_missing"
        assert ids(get(site)) == ["one"]
