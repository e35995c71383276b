"""A server and pages of other versions: they agree on what both know, or the page is told that there is nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from deskside.core.close_codes import BAD_HELLO, WRONG_VERSION
from deskside.core.versions import OLDEST, SPOKEN, VERSION
from tests.signaling.recorder import TOKEN, knocking
from tests.signaling.server import PATIENCE, Page, Site, serving, settings

HELLO = {"type": "hello", "role": "customer", "page": "p"}
NEWER = {"version": VERSION + 3, "oldest": VERSION}
FOREIGN = {"version": VERSION + 3, "oldest": VERSION + 1}


def said(page: Page, hello: dict[str, Any]) -> Page:
    page.raw(json.dumps(hello))
    return page


def test_a_page_without_a_version_is_answered_as_the_last_release_knows_it(common: Site) -> None:
    welcome = said(common.page(), HELLO).expect("welcome")
    assert set(welcome) == {"type", "peer", "state", "now"}


@pytest.mark.parametrize(("spoken", "fields"), [({}, {"type"}), (SPOKEN, {"type", "now"})])
def test_a_page_hears_nothing_that_its_version_does_not_know(
    common: Site, spoken: dict[str, int], fields: set[str]
) -> None:
    page = said(common.page(), HELLO | spoken)
    page.expect("welcome")
    page.send("ping")
    assert set(page.expect("pong")) == fields


@pytest.mark.parametrize("spoken", [SPOKEN, NEWER, {"version": VERSION}, {"version": 1, "oldest": 1} | SPOKEN])
def test_a_page_with_a_version_learns_the_servers(common: Site, spoken: dict[str, int]) -> None:
    welcome = said(common.page(), HELLO | spoken).expect("welcome")
    assert {name: welcome[name] for name in SPOKEN} == SPOKEN


def test_a_console_learns_it_too(common: Site) -> None:
    cookie = common.cookie("Bob")
    plain = said(common.page(cookie), {"type": "hello", "role": "representative", "page": "a"}).expect("welcome")
    assert not set(SPOKEN) & set(plain)
    hello = {"type": "hello", "role": "representative", "page": "a"} | SPOKEN
    assert said(common.page(cookie), hello).expect("welcome")["version"] == VERSION


def test_a_page_with_which_there_is_no_common_version_is_told_so(common: Site) -> None:
    assert said(common.page(), HELLO | FOREIGN).close_code() == WRONG_VERSION
    assert said(common.page(), HELLO | FOREIGN | {"mood": "fine"}).close_code() == WRONG_VERSION


def test_what_a_newer_page_says_besides_is_no_offence(common: Site) -> None:
    page = said(common.page(), HELLO | NEWER | {"mood": "fine"})
    page.expect("welcome")
    for _ in range(30):
        page.send("dance", step=1)
        assert page.expect("error")["code"] == "unknown_type"
    enter = {"name": "Ann", "question": "", "language": "en", "notifications": "granted", "mood": {"is": "fine"}}
    page.send("enter", **enter)
    page.until("queued")


@pytest.mark.parametrize("spoken", [{}, SPOKEN])
def test_what_no_version_knows_is_refused_as_ever(common: Site, spoken: dict[str, int]) -> None:
    assert said(common.page(), HELLO | spoken | {"mood": "fine"}).close_code() == BAD_HELLO
    page = said(common.page(), HELLO | spoken)
    page.expect("welcome")
    page.send("end", mood="fine")
    assert page.expect("error")["code"] == "bad_field"


@pytest.mark.parametrize("version", [0, -1, 10001, "2", 2.5, True, None, []])
def test_a_version_is_a_number_in_its_range(common: Site, version: Any) -> None:
    assert said(common.page(), HELLO | {"version": version}).close_code() == BAD_HELLO


def test_who_waits_keeps_the_place_when_a_page_of_another_version_comes_back(data: Path) -> None:
    with serving(settings(data)) as site:
        page, about = site.waiting()
        page.close()
        back = HELLO | {"page": "another", "resume": about["token"]}
        assert said(site.page(), back | FOREIGN).close_code() == WRONG_VERSION
        page = said(site.page(), back | SPOKEN)
        assert page.expect("welcome")["state"] == "queued"
        assert page.until("queued")["position"] == 1


def test_a_recorder_of_another_version_is_agreed_with_or_refused(data: Path) -> None:
    with serving(settings(data, recorder="external", recorder_token=TOKEN)) as site:
        assert OLDEST == 1
        for spoken, welcome in (({}, {}), (SPOKEN, SPOKEN), (NEWER | {"mood": 1}, SPOKEN)):
            there = knocking(site)
            there.raw(json.dumps({"type": "hello", "recorder": "same", "capacity": 1} | spoken))
            assert there.expect("welcome") == {"type": "welcome", **welcome}
        there.raw('{"type": "dance"}')
        knocking(site).hello("another")
        while "ping" not in str(there.connection.recv(PATIENCE)):
            pass  # it was not sent away: it is asked whether it is still there
        there = knocking(site)
        there.raw(json.dumps({"type": "hello", "recorder": "same", "capacity": 1} | FOREIGN))
        assert there.close_code() == WRONG_VERSION
