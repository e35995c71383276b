"""A recording that is watched: parts after each other, jumps between them, what fails, and what is done with it."""

from typing import Any

import pytest

from tests.ui.recordings_page import ABOUT, ENTRIES, PARTS, TIMELINE, RecordingsPage, watching


def test_watching_asks_for_the_timeline_before_the_picture_so_that_it_is_written_down_first() -> None:
    page = RecordingsPage("#recording=r1").sign_in()
    page.answer("/api/recordings/r1", 200, {**ABOUT, "parts": PARTS})
    assert page.paths() == ["/api/recordings/r1/timeline.json"] and page.host.playbacks == []
    page.answer("/api/recordings/r1/timeline.json", 200, TIMELINE)
    assert page.playback.address == "api/recordings/r1/1.webm" and not page.playback.is_playing


def test_one_part_follows_another_and_one_without_a_picture_is_passed_over() -> None:
    page = watching()
    page.playback.play()
    page.playback.move(12.5)
    page.host.wait(0)
    assert (page.player["at"], page.player["part"], page.player["picture"]) == (12_500, 1, "ready")
    page.playback.end()
    page.host.wait(0)
    assert page.playback.address == "api/recordings/r1/3.webm" and page.playback.is_playing
    assert (page.player["at"], page.player["part"]) == (200_000, 3)
    assert page.state["status"].startswith("Part 3 of 3")
    page.playback.end()
    page.host.wait(0)
    assert page.player["part"] == 3, "the last one stays"


def test_a_press_in_the_timeline_jumps_within_the_part_and_into_another_one() -> None:
    page = watching()
    page.playback.play()
    page.do("jump", "entry-3")
    assert page.playback.seconds == 20.0 and page.playback.address.endswith("/1.webm")
    page.do("jump", "entry-6")
    assert (page.playback.address, page.playback.seconds) == ("api/recordings/r1/3.webm", 10.0)
    assert page.playback.is_playing, "what played goes on playing"
    page.playback.is_playing = False
    page.do("jump", "entry-2")
    assert (page.playback.seconds, page.playback.is_playing) == (5.0, False)
    page.do("jump", "part-3")
    assert (page.playback.address, page.playback.seconds) == ("api/recordings/r1/3.webm", 0.0)
    page.do("jump", "gap-3")
    page.do("jump", "nonsense")
    assert page.player["part"] == 3


def test_what_happened_before_or_after_the_picture_of_its_part_leads_to_its_edge() -> None:
    page = watching()
    page.do("jump", "entry-5")
    assert (page.playback.address, page.playback.seconds) == ("api/recordings/r1/3.webm", 0.0)
    late = {**TIMELINE, "entries": [*ENTRIES, ENTRIES[-1] | {"number": 7, "offset": 220_500}]}
    page = RecordingsPage("#recording=r1").sign_in().watch(timeline=late)
    page.do("jump", "entry-7")
    assert page.playback.seconds == pytest.approx(19.9), "the very end would lead to the next part"


def test_a_part_in_which_nothing_was_shared_is_shown_as_that() -> None:
    page = watching()
    page.playback.play()
    page.do("jump", "entry-4")
    assert page.player["picture"] == "none" and page.playback.address == ""
    page.do("jump", "entry-2")
    assert page.playback.address == "api/recordings/r1/1.webm"


def test_a_recording_of_which_nothing_can_be_seen_still_has_its_timeline() -> None:
    nothing = [part | {"size": 0} for part in PARTS]
    page = RecordingsPage("#recording=r1").sign_in().watch({"parts": nothing})
    assert page.player["picture"] == "none" and page.playback.address == ""
    assert "The printer beeps." in page.rows("timeline")[2]
    assert not page.watched["parts"]


def test_a_recording_that_has_only_begun_has_nothing_to_play() -> None:
    page = RecordingsPage("#recording=r1").sign_in().watch({"parts": []}, {**TIMELINE, "parts": [], "entries": []})
    assert page.watched["found"] == "ready" and page.watched["player"] is None


@pytest.mark.parametrize("speed", ["0.5", "4"])
def test_the_speed_holds_for_every_part(speed: str) -> None:
    page = watching()
    page.do("set_speed", value=speed)
    assert (page.playback.rate, page.player["speed"]) == (float(speed), speed)
    page.do("set_speed", value="9")
    page.playback.owner.speed_changed(0.3)
    assert page.player["speed"] == speed
    page.playback.owner.speed_changed(2.0)
    page.host.wait(0)
    assert page.player["speed"] == "2", "it was chosen in the browser's own menu"


def test_captions_that_were_switched_on_stay_on_in_the_next_part() -> None:
    page = watching()
    assert not page.player["captions"]
    page.playback.has_captions = True
    page.do("jump", "entry-6")
    assert page.player["captions"]
    assert page.player["captions_address"] == "api/recordings/r1/3.vtt?language=en"


def test_a_picture_that_fails_is_said_and_comes_back_where_it_was() -> None:
    page = watching()
    page.playback.play()
    page.playback.move(12.0)
    page.playback.fail()
    page.host.wait(0)
    assert page.player["picture"] == "failed"
    page.do("load_recording")
    page.watch()
    assert (page.playback.address, page.playback.seconds) == ("api/recordings/r1/1.webm", 12.0)


def test_a_live_one_is_loaded_again_for_what_came_since() -> None:
    page = RecordingsPage("#recording=r1").sign_in().watch({"state": "recording", "ended_at": None})
    page.playback.move(3.0)
    page.do("load_recording")
    more = [*TIMELINE["parts"], {"number": 4, "offset": 260_000, "duration": 5_000}]
    page.watch({"state": "recording", "parts": [*PARTS, PARTS[0] | {"number": 4}]}, {**TIMELINE, "parts": more})
    assert (page.playback.seconds, page.player["parts"], page.player["length"]) == (3.0, 4, 265_000)


def test_a_part_that_still_grows_may_be_longer_than_was_told() -> None:
    growing = [PARTS[0] | {"complete": False, "duration": 3_000}]
    told = {**TIMELINE, "parts": [{"number": 1, "offset": 0, "duration": 3_000}]}
    page = RecordingsPage("#recording=r1").sign_in().watch({"state": "recording", "parts": growing}, told)
    page.do("jump", "entry-2")
    assert page.playback.seconds == 5.0 and page.player["length"] == 5_000


@pytest.mark.parametrize(("status", "found"), [(404, "gone"), (0, "failed"), (500, "failed"), (401, "failed")])
def test_a_recording_that_cannot_be_had_is_explained(status: int, found: str) -> None:
    page = RecordingsPage("#recording=r1").sign_in()
    page.answer("/api/recordings/r1", status, {})
    assert page.watched["found"] == found and page.watched["about"] is None
    page.do("load_recording")
    page.answer("/api/recordings/r1", 200, {**ABOUT, "parts": PARTS})
    page.answer("/api/recordings/r1/timeline.json", status, {})
    assert page.watched["found"] == found and page.host.playbacks == []


def test_nothing_is_asked_of_a_recording_that_was_deleted() -> None:
    page = RecordingsPage("#recording=r1").sign_in()
    page.answer("/api/recordings/r1", 200, {**ABOUT, "state": "deleted", "parts": [], "may_delete": False})
    assert page.watched["found"] == "deleted" and page.paths() == []


def test_what_comes_late_for_a_recording_that_was_left_changes_nothing() -> None:
    page = RecordingsPage("#recording=r1").sign_in()
    asked = page.host.requests.pop()
    page.do("list_recordings")
    asked[3](200, {**ABOUT, "parts": PARTS})
    page.host.wait(0)
    assert page.shown["watched"] is None and not [path for path in page.paths() if "timeline" in path]


def test_leaving_stops_the_picture_and_another_recording_has_a_player_of_its_own() -> None:
    page = watching()
    page.playback.play()
    first = page.playback
    page.do("close_recordings")
    assert first.is_stopped and page.state["recordings"] is None
    page.do("watch_recording", "r1")
    page.watch()
    assert page.playback is not first and page.player["at"] == 0


# deleting, and who has watched


def test_deleting_takes_two_presses_and_leads_back_to_the_list() -> None:
    page = RecordingsPage("#recordings").sign_in(administrator=True)
    page.answer_list(ABOUT, ABOUT | {"id": "r2"})
    page.do("watch_recording", "r1")
    page.watch()
    page.do("confirm_delete")
    assert page.paths() == []
    page.do("delete_recording")
    page.do("confirm_delete")
    page.do("confirm_delete")
    assert page.paths() == ["/api/recordings/r1/delete"]
    page.answer("/api/recordings/r1/delete", 200, {})
    assert page.playback.is_stopped and page.host.place == "#recordings"
    assert len(page.rows("recordings")) == 1 and page.state["status"] == "The recording is deleted."


def test_who_changes_their_mind_keeps_it() -> None:
    page = watching()
    page.do("delete_recording")
    assert page.watched["asks"]
    page.do("keep_recording")
    page.do("confirm_delete")
    assert not page.watched["asks"] and page.paths() == []


@pytest.mark.parametrize(
    ("status", "code", "problem"),
    [(0, "", "unreachable"), (503, "", "unreachable"), (403, "not_administrator", "refused"),
     (409, "still_recording", "busy")],
)  # fmt: skip
def test_a_deletion_that_fails_is_said_and_can_be_tried_again(status: int, code: str, problem: str) -> None:
    page = watching()
    page.do("delete_recording")
    page.do("confirm_delete")
    page.answer("/api/recordings/r1/delete", status, {"code": code})
    assert (page.watched["problem"], page.watched["busy"]) == (problem, False)
    page.do("confirm_delete")
    assert page.paths() == ["/api/recordings/r1/delete"]


def test_administrators_see_who_has_watched() -> None:
    page = watching()
    page.do("toggle_views")
    assert page.watched["views"] == {"found": "loading", "list": []}
    views: list[dict[str, Any]] = [{"name": "Robin", "at": 5, "kind": "viewed"}]
    page.answer("/api/recordings/views", 200, {"views": views})
    assert page.watched["views"]["list"][0]["name"] == "Robin"
    page.do("toggle_views")
    assert not page.watched["views"]
    page.do("toggle_views")
    page.answer("/api/recordings/views", 0, {})
    assert page.watched["views"] == {"found": "failed", "list": []}
