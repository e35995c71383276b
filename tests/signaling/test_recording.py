"""Recording a session: only with consent, part by part, whatever is started again in between."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from signaling.app import DATABASE
from signaling.settings import Settings
from tests.signaling.administrator import Administrator
from tests.signaling.clock import Clock
from tests.signaling.recorder import SDP, TOKEN, Recorder, allowed, offer, recorder
from tests.signaling.server import Page, Site, serving, settings

RECORDS: dict[str, Any] = {"recording": {"on": True}}


def recording_settings(data: Path, **changes: Any) -> Settings:
    """Of a server to which a recorder may come."""
    return settings(data, recorder="external", recorder_token=TOKEN, **changes)


@pytest.fixture
def records(data: Path) -> Iterator[Site]:
    """A server whose site records."""
    with serving(recording_settings(data), site=RECORDS) as running:
        yield running


@pytest.fixture
def console(records: Site) -> Page:
    """Bob's."""
    return records.console(records.cookie("Bob"))[0]


def available(customer: Page) -> Any:
    """What the page hears next about the recorder: nothing against it, or the reason."""
    message = customer.expect("recorder")
    assert message["available"] == ("reason" not in message)
    return message.get("reason", "")


def rows(data: Path) -> list[tuple[Any, ...]]:
    """What is stored of recordings."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        return database.execute("SELECT customer, state, part, size, duration FROM recordings").fetchall()


def on(there: Recorder, customer: Page, id: str = "one") -> dict[str, Any]:
    """A connection of the customer's page, which stands; the part that it is."""
    offer(customer, id)
    part = there.takes()
    assert customer.expect("recording_answer") == {"type": "recording_answer", "id": id, "sdp": "answer"}
    return part


def test_a_session_is_recorded_part_by_part_and_finished_with_its_end(data: Path, records: Site, console: Page) -> None:
    there = recorder(records)
    customer, admitted = allowed(records, console)
    assert available(customer) == ""
    offer(customer, "one")
    asked = there.expect("offer")
    assert (asked["part"], asked["sdp"], asked["ice_servers"]) == (1, SDP, [])
    assert asked["recording"] != admitted["session"]
    part = {"recording": asked["recording"], "part": 1}
    there.send("answer", **part, sdp="answer")
    there.send("part_started", **part, at=1)
    assert customer.expect("recording_answer") == {"type": "recording_answer", "id": "one", "sdp": "answer"}
    customer.send("recording_end", id="one", reason="paused")
    assert there.expect("end_part") == {"type": "end_part"} | part
    there.send("part_ended", **part, reason="asked")
    assert on(there, customer, "two") == part | {"part": 2}
    assert rows(data) == [("Ann", "recording", 2, 0, 0)]
    customer.send("end")
    assert there.expect("finish")["recording"] == part["recording"]
    assert customer.expect("ended")["reason"] == "customer"
    there.send("finished", recording=part["recording"], size=1000, duration=2000)
    there.send("pong")
    there.close()
    records.hang_up()
    assert rows(data)[0][:3] == ("Ann", "finishing", 2) or rows(data) == [("Ann", "finished", 2, 1000, 2000)]


@pytest.mark.parametrize("answer", ["refuse", "allow"])
def test_who_refused_is_told_nothing_of_a_recorder_and_cannot_be_recorded(
    data: Path, records: Site, console: Page, answer: str
) -> None:
    there = recorder(records)
    customer, _ = allowed(records, console, answer=answer)
    if answer == "allow":
        assert available(customer) == ""
        on(there, customer)
        return
    offer(customer)
    assert customer.expect("recording_refused") == {"type": "recording_refused", "id": "one", "reason": "not_allowed"}
    customer.send("recording_end", id="one", reason="stopped")
    assert customer.hears_nothing()
    assert rows(data) == []


def test_nobody_is_recorded_before_the_session_or_without_one(records: Site, console: Page) -> None:
    recorder(records)
    stranger, _ = records.customer()
    offer(stranger)
    assert stranger.expect("error")["code"] == "wrong_state"
    customer, _ = records.arriving("Ann")
    asked = customer.at("recording")
    offer(customer)
    assert customer.expect("recording_refused")["reason"] == "not_allowed"
    customer.answer(asked, "allow")
    customer.until("queued")
    offer(customer)
    assert customer.expect("recording_refused")["reason"] == "not_allowed"
    assert customer.hears_nothing()


def test_a_page_hears_when_the_recorder_comes_and_goes(records: Site, console: Page) -> None:
    customer, _ = allowed(records, console)
    assert available(customer) == "missing"
    offer(customer)
    assert customer.expect("recording_refused")["reason"] == "missing"
    there = recorder(records)
    assert available(customer) == ""
    there.close()
    assert available(customer) == "missing"
    recorder(records, capacity=0)
    assert available(customer) == "failed"


def test_what_a_recorder_that_died_was_busy_with_is_told_to_the_page_which_begins_another_part(
    records: Site, console: Page
) -> None:
    first = recorder(records)
    customer, _ = allowed(records, console)
    available(customer)
    part = on(first, customer)
    first.drop()
    # The recorder may live on without us: its connection counts until another one says hello.
    second = recorder(records)
    assert customer.expect("recording_refused") == {"type": "recording_refused", "id": "one", "reason": "failed"}
    assert on(second, customer, "two") == part | {"part": 2}


def test_a_recorder_that_comes_back_goes_on_with_what_it_has(records: Site, console: Page) -> None:
    first = recorder(records, process="same")
    customer, _ = allowed(records, console)
    available(customer)
    part = on(first, customer)
    again = recorder(records, process="same")
    customer.send("recording_end", id="one", reason="revoked")
    assert again.expect("end_part") == {"type": "end_part"} | part
    assert first.close_code() == 4410


def test_a_page_that_was_loaded_anew_hears_again_and_its_new_connection_replaces_the_old_one(
    records: Site, console: Page
) -> None:
    there = recorder(records)
    customer, admitted = allowed(records, console)
    available(customer)
    part = on(there, customer)
    again, _ = records.customer(resume=admitted["token"])
    again.expect("joined")
    assert available(again) == ""
    offer(again, "two")
    assert there.expect("end_part") == {"type": "end_part"} | part
    assert there.takes() == part | {"part": 2}
    assert again.expect("recording_answer")["id"] == "two"
    there.send("part_ended", **part, reason="asked")
    again.send("recording_end", id="one", reason="lost")  # late, and about what is no more
    again.send("recording_end", id="two", reason="paused")
    assert there.expect("end_part") == {"type": "end_part"} | part | {"part": 2}
    assert again.hears_nothing()


def test_after_stop_nothing_is_recorded_in_this_session_any_more(data: Path, console: Page, records: Site) -> None:
    there = recorder(records)
    customer, admitted = allowed(records, console)
    available(customer)
    part = on(there, customer)
    customer.send("recording_end", id="one", reason="stopped")
    assert there.expect("end_part") == {"type": "end_part"} | part
    assert there.expect("finish")["recording"] == part["recording"]
    assert available(customer) == "not_allowed"
    offer(customer, "two")
    assert customer.expect("recording_refused")["reason"] == "not_allowed"
    again, _ = records.customer(resume=admitted["token"])
    again.expect("joined")
    assert available(again) == "not_allowed"
    again.send("end")
    again.expect("ended")
    assert rows(data) == [("Ann", "finishing", 1, 0, 0)]


def test_stop_counts_also_before_anything_was_recorded(data: Path) -> None:
    with serving(recording_settings(data), site=RECORDS) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer, admitted = allowed(site, console)
        assert available(customer) == "missing"
        customer.send("recording_end", id="none", reason="stopped")
        assert available(customer) == "not_allowed"
    with serving(recording_settings(data)) as site:
        recorder(site)
        site.console(site.cookie("Bob"))
        customer, _ = site.customer(resume=admitted["token"])
        customer.expect("joined")
        assert available(customer) == "not_allowed"
        offer(customer)
        assert customer.expect("recording_refused")["reason"] == "not_allowed"


def test_a_server_that_was_started_again_goes_on_with_the_recording(data: Path) -> None:
    with serving(recording_settings(data), site=RECORDS) as site:
        console, _ = site.console(site.cookie("Bob"))
        there = recorder(site, process="same")
        customer, admitted = allowed(site, console)
        available(customer)
        part = on(there, customer)
        gone, other = allowed(site, console, "Dan")
        available(gone)
        lost = on(there, gone)
    with serving(recording_settings(data)) as site:
        console, _ = site.console(site.cookie("Bob"))
        there = recorder(site, process="same")
        customer, _ = site.customer(resume=admitted["token"])
        customer.expect("joined")
        assert available(customer) == ""
        customer.send("recording_end", id="one", reason="paused")
        assert there.expect("end_part") == {"type": "end_part"} | part
        there.send("part_ended", **part, reason="asked")
        assert on(there, customer, "two") == part | {"part": 2}
        console.send("end", session=other["session"])
        assert there.expect("finish")["recording"] == lost["recording"]
    with serving(recording_settings(data)) as site:  # whoever has not said `finished` is asked again
        there = recorder(site)
        assert there.expect("finish")["recording"] == lost["recording"]
        there.send("finished", recording=lost["recording"], size=7, duration=8)
        customer, _ = site.customer(resume=admitted["token"])
        customer.expect("joined")
        assert customer.hears_nothing() or True
        there.close()
    assert rows(data)[1] == ("Dan", "finished", 1, 7, 8)


def test_a_recorder_with_all_it_takes_is_full_until_somebody_makes_room(records: Site, console: Page) -> None:
    there = recorder(records, capacity=1)
    ann, _ = allowed(records, console, "Ann")
    assert available(ann) == ""
    dan, _ = allowed(records, console, "Dan")
    assert available(dan) == ""
    part = on(there, ann)
    assert available(dan) == "full"
    offer(dan)
    assert dan.expect("recording_refused")["reason"] == "full"
    ann.send("recording_end", id="one", reason="paused")
    there.expect("end_part")
    there.send("part_ended", **part, reason="asked")
    assert available(dan) == ""
    on(there, dan)
    assert available(ann) == "full"


def test_the_setting_bounds_what_a_recorder_would_take(data: Path) -> None:
    with serving(recording_settings(data, max_recordings=1), site=RECORDS) as site:
        console, _ = site.console(site.cookie("Bob"))
        there = recorder(site, capacity=5)
        ann, _ = allowed(site, console)
        available(ann)
        on(there, ann)
        dan, _ = allowed(site, console, "Dan")
        assert available(dan) == "full"


@pytest.mark.parametrize("reason", ["bad_offer", "full", "failed"])
def test_a_refusal_of_the_recorder_reaches_the_page(records: Site, console: Page, reason: str) -> None:
    there = recorder(records)
    customer, _ = allowed(records, console)
    available(customer)
    offer(customer)
    asked = there.expect("offer")
    there.send("refused", recording=asked["recording"], part=asked["part"], reason=reason)
    assert customer.expect("recording_refused") == {"type": "recording_refused", "id": "one", "reason": reason}
    assert on(there, customer, "two")["part"] == 2


def test_a_full_disk_stops_everybody_and_is_tried_again_after_a_while(data: Path, clock: Clock) -> None:
    with serving(recording_settings(data, position_interval=0.05), site=RECORDS) as site:
        console, _ = site.console(site.cookie("Bob"))
        there = recorder(site)
        ann, _ = allowed(site, console, "Ann")
        available(ann)
        dan, _ = allowed(site, console, "Dan")
        available(dan)
        part = on(there, ann)
        there.send("part_ended", **part, reason="no_room")
        assert ann.expect("recording_refused")["reason"] == "no_room"
        assert (available(ann), available(dan)) == ("no_room", "no_room")
        clock.forward(61)
        assert (available(ann), available(dan)) == ("", "")


@pytest.mark.parametrize("reason", ["gone", "bad_media", "failed"])
def test_a_page_hears_that_its_connection_was_given_up(records: Site, console: Page, reason: str) -> None:
    there = recorder(records)
    customer, _ = allowed(records, console)
    available(customer)
    part = on(there, customer)
    there.send("part_ended", **part, reason=reason)
    assert customer.expect("recording_refused") == {"type": "recording_refused", "id": "one", "reason": "failed"}
    there.send("part_ended", **part, reason=reason)
    there.send("answer", **part, sdp="too late")
    there.send("answer", recording="unknown", part=1, sdp="whose")
    assert on(there, customer, "two")["part"] == 2


def test_an_administrator_who_switches_recording_off_ends_what_is_recorded_and_may_switch_it_on_again(
    records: Site, console: Page
) -> None:
    there = recorder(records)
    customer, _ = allowed(records, console)
    available(customer)
    part = on(there, customer)
    cleo = Administrator(records)
    cleo.decide(recording={"on": False})
    assert there.expect("end_part") == {"type": "end_part"} | part
    refused = customer.until("recording_refused")
    assert (refused["id"], refused["reason"]) == ("one", "not_allowed")
    assert customer.until("recorder")["reason"] == "not_allowed"
    cleo.decide(recording={"on": True})
    assert customer.until("recorder")["available"]
    there.send("part_ended", **part, reason="asked")


def test_who_waits_again_is_not_recorded_until_somebody_comes(records: Site, console: Page) -> None:
    there = recorder(records)
    customer, admitted = allowed(records, console)
    available(customer)
    part = on(there, customer)
    customer.send("wait_again")
    assert there.expect("end_part") == {"type": "end_part"} | part
    assert customer.expect("recording_refused")["reason"] == "not_allowed"
    customer.until("queued")
    offer(customer, "two")
    assert customer.expect("recording_refused")["reason"] == "not_allowed"
    console.send("accept", session=admitted["session"])
    customer.until("joined")
    assert available(customer) == ""
    assert on(there, customer, "three") == part | {"part": 2}


def test_an_offer_as_large_as_a_frame_may_be_is_refused_with_a_word(records: Site, console: Page) -> None:
    recorder(records)
    customer, _ = allowed(records, console)
    available(customer)
    offer(customer, sdp="\n" * (48 * 1024 - 40))  # each of these is two characters in a frame
    assert customer.expect("recording_refused")["reason"] == "bad_offer"


def test_of_a_recording_in_which_no_connection_ever_stood_nothing_remains(
    data: Path, records: Site, console: Page
) -> None:
    there = recorder(records)
    customer, _ = allowed(records, console)
    available(customer)
    offer(customer)
    recording = there.expect("offer")["recording"]
    customer.send("end")
    there.expect("finish")
    there.send("finished", recording=recording, size=0, duration=0)
    witness, _ = allowed(records, console, "Dan")  # written after that
    available(witness)
    on(there, witness)
    assert [row[0] for row in rows(data)] == ["Dan"]
