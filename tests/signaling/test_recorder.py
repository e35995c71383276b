"""The recorder as sessions see it: it comes and goes, dies and comes back, is full, or cannot."""

from pathlib import Path

import pytest

from tests.signaling.clock import Clock
from tests.signaling.recorder import (
    RECORDS,
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
        after_that(there, site, site.console(site.cookie("Cleo"))[0])
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
