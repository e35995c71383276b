"""The list of recordings: where it stands, what it finds, and how one comes back to it."""

from typing import Any

import pytest

from tests.ui.recordings_page import ABOUT, RecordingsPage, watching


def listed(count: int = 2, **more: Any) -> RecordingsPage:
    """The list is open."""
    page = RecordingsPage().sign_in()
    page.do("toggle_recordings")
    return page.answer_list(*(ABOUT | {"id": f"r{at}", "customer": f"Ana {at}"} for at in range(1, count + 1)), **more)


def test_the_list_takes_the_place_of_the_panes_and_gives_it_back() -> None:
    page = RecordingsPage().sign_in()
    page.do("toggle_recordings")
    assert page.shown["found"] == "loading" and page.host.place == "#recordings"
    page.answer_list(ABOUT)
    assert page.rows("recordings") == ["AnaRobin14 Nov 2023, 12:001 minute3.0 MBCompleteKept until 14 Dec 2023"]
    page.do("toggle_recordings")
    assert page.state["recordings"] is None and page.host.place == ""


def test_the_address_brings_back_what_was_open_also_after_signing_in() -> None:
    page = RecordingsPage("#recordings")
    page.start()
    page.answer("/api/me", 401, {})
    assert page.state["recordings"] is None
    page.do("set_name", value="ann")
    page.do("set_password", value="secret")
    page.do("sign_in")
    page.answer("/api/sign-in", 200, {"name": "ann", "administrator": False})
    assert page.shown["watched"] is None and "/api/recordings?search=" in page.paths()


@pytest.mark.parametrize("place", ["", "#", "#elsewhere", "#recording=", "#recording=../me", "#recording=" + "a" * 65])
def test_an_address_that_names_no_recording_shows_the_desk(place: str) -> None:
    page = RecordingsPage(place).sign_in()
    assert page.state["recordings"] is None
    assert not [path for path in page.paths() if "recordings" in path]


def test_the_browsers_back_leads_from_the_recording_to_the_list_to_the_desk() -> None:
    page = listed()
    page.do("watch_recording", "r1")
    assert page.host.place == "#recording=r1" and page.watched["recording"] == "r1"
    page.host.back()
    page.host.wait(0)
    assert page.shown["watched"] is None and len(page.rows("recordings")) == 2
    assert page.host.at == "recording-r1", "the focus is where it was"
    page.host.back()
    page.host.wait(0)
    assert page.state["recordings"] is None


def test_a_search_is_sent_when_the_person_pauses_and_the_last_one_counts() -> None:
    page = listed()
    page.do("search_recordings", value="a")
    page.do("search_recordings", value="an & co")
    assert page.paths() == []
    page.host.wait(300)
    page.do("search_recordings", value="zebra")
    page.host.wait(300)
    assert page.paths() == ["/api/recordings?search=an%20%26%20co", "/api/recordings?search=zebra"]
    page.answer_list(ABOUT)
    assert page.shown["count"] == 2, "the answer to what nobody looks for any more"
    page.answer_list()
    assert page.shown["count"] == 0 and page.state["status"] == "0 recordings found"


def test_earlier_ones_come_behind_those_that_are_there() -> None:
    page = listed(2, more=True)
    page.do("more_recordings")
    page.do("more_recordings")
    assert page.paths() == ["/api/recordings?search=&before=r2"]
    page.answer_list(ABOUT | {"id": "r3", "customer": "Bea"})
    assert [row[:5] for row in page.rows("recordings")] == ["Ana 1", "Ana 2", "BeaRo"]
    assert not page.shown["more"]
    page.do("more_recordings")
    assert page.paths() == []


@pytest.mark.parametrize(("status", "answer"), [(0, {}), (503, {}), (200, {}), (401, {"code": "not_signed_in"})])
def test_a_list_that_does_not_come_is_said_and_asked_for_again(status: int, answer: dict[str, Any]) -> None:
    page = RecordingsPage("#recordings").sign_in()
    page.answer("/api/recordings", status, answer)
    assert page.shown["found"] == "failed"
    page.do("fetch_recordings")
    page.answer_list(ABOUT)
    assert page.shown["found"] == "ready" and len(page.rows("recordings")) == 1


def test_many_recordings_are_drawn_a_piece_at_a_time() -> None:
    page = RecordingsPage("#recordings").sign_in()
    found = [ABOUT | {"id": f"r{at}"} for at in range(150)]
    asked = page.host.requests.pop()
    asked[3](200, {"recordings": found, "more": False})
    page.console.render()
    assert len(page.rows("recordings")) == 60
    page.host.wait(0)
    assert len(page.rows("recordings")) == 150


def test_one_that_has_not_ended_and_one_of_nobody_in_particular_can_be_listed() -> None:
    page = RecordingsPage("#recordings").sign_in()
    page.answer_list(ABOUT | {"state": "recording", "delete_at": None, "duration": None, "size": None, "customer": ""})
    assert page.rows("recordings") == ["CustomerRobin14 Nov 2023, 12:00Being recorded"]


def test_a_tab_of_the_narrow_window_leads_away_from_the_recordings() -> None:
    page = listed()
    page.do("show", "sessions")
    assert page.state["recordings"] is None and page.state["tab"] == "sessions" and page.host.place == ""


def test_what_customers_write_meanwhile_is_counted_and_heard() -> None:
    page = RecordingsPage().sign_in()
    page.accepted()
    page.do("toggle_recordings")
    page.host.peers[-1].say({"type": "message", "id": "m", "text": "hello", "at": 1}, "chat")
    page.host.wait(0)
    assert page.state["selected"] == "s1" and page.state["sessions"][0]["unread"] == 1
    assert page.state["status"] == "Bob wrote to you"
    page.do("close_recordings")
    page.host.wait(0)
    assert page.state["sessions"][0]["unread"] == 0


def test_who_is_signed_out_or_taken_over_leaves_nothing_playing() -> None:
    for code in (4401, 4408):
        page = watching()
        page.signaling.drop(code, True)
        page.host.wait(0)
        assert page.playback.is_stopped and not page.console.recordings.is_open


def test_another_language_is_spoken_by_every_row() -> None:
    page = watching()
    before = len(page.rows("timeline"))
    page.do("set_language", value="de")
    assert len(page.rows("timeline")) == before
    page.do("list_recordings")
    page.answer_list(ABOUT)
    page.do("set_language", value="en")
    assert len(page.rows("recordings")) == 1
