"""Recording a session: only with consent, only by the customer's page, part by part, and to its end."""

from pathlib import Path

import pytest

from tests.signaling.administrator import Administrator
from tests.signaling.recorder import (
    RECORDS,
    SDP,
    after_that,
    allowed,
    available,
    offer,
    on,
    recorder,
    recording_settings,
    rows,
)
from tests.signaling.server import Page, Site, serving


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
    assert rows(data) == [("Ann", "finishing", 2, 0, 0)]
    there.send("finished", recording=part["recording"], size=1000, duration=2000)
    after_that(there, records, console)
    assert rows(data)[0] == ("Ann", "finished", 2, 1000, 2000)


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
    after_that(there, records, console)
    assert [row[0] for row in rows(data)] == ["Zoe"]
