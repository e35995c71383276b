"""Notices: drafts that nobody sees, published ones in force at once, and over when they should be."""

import time

import pytest

from tests.signaling.administrator import NOTICE, Administrator, problems
from tests.signaling.server import Site


@pytest.fixture
def cleo(site: Site) -> Administrator:
    return Administrator(site)


def test_a_notice_is_a_draft_until_it_is_published_and_over_when_it_is_withdrawn(cleo: Administrator) -> None:
    draft = cleo.post("notices", NOTICE)
    assert draft | {"id": ""} == NOTICE | {
        "id": "",
        "scope": "",
        "expires_at": None,
        "state": "draft",
        "shown": 0,
        "left": 0,
        "continued": 0,
    }
    path = f"notices/{draft['id']}"
    assert cleo.ask("POST", path + "/withdraw", {}).json() == {"code": "wrong_state"}
    assert cleo.post(path + "/publish")["state"] == "published"
    assert cleo.post(path + "/publish")["state"] == "published"
    assert cleo.put(path, NOTICE | {"name": "Mail"})["state"] == "published"
    assert cleo.post(path + "/withdraw")["state"] == "withdrawn"
    assert cleo.post(path + "/withdraw")["state"] == "withdrawn"
    assert cleo.post(path + "/publish")["state"] == "published"
    assert [notice["name"] for notice in cleo.get("notices")["notices"]] == ["Mail"]


def test_a_notice_expires_by_the_clock_and_may_be_published_anew(cleo: Administrator) -> None:
    notice = cleo.post("notices", NOTICE)
    path = f"notices/{notice['id']}"
    assert cleo.post(path + "/publish")["state"] == "published"
    soon = int(time.time() * 1000) + 500
    cleo.put(path, NOTICE | {"expires_at": soon})
    while cleo.get("notices")["notices"][0]["state"] == "published":
        assert time.time() * 1000 < soon + 30_000
        time.sleep(0.1)
    assert cleo.get("notices")["notices"][0]["state"] == "expired"
    assert problems(cleo.ask("POST", path + "/publish", {})) == [("expires_at", "expired")]
    cleo.put(path, NOTICE | {"expires_at": soon + 3_600_000})
    assert cleo.post(path + "/publish")["state"] == "published"


def test_a_draft_may_be_unfinished_and_what_is_published_may_not(cleo: Administrator) -> None:
    draft = cleo.post("notices", {"name": "Later", "texts": {"de": {"title": "Störung"}}})
    path = f"notices/{draft['id']}"
    missing = [("texts.en.title", "missing_text"), ("texts.en.text", "missing_text")]
    assert problems(cleo.ask("POST", path + "/publish", {})) == missing
    cleo.put(path, NOTICE)
    cleo.post(path + "/publish")
    assert problems(cleo.ask("PUT", path, {"name": "Later"})) == missing
    assert cleo.get("notices")["notices"][0]["texts"] == NOTICE["texts"]


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"name": " "}, "name", "too_short"),
        ({"scope": "gone"}, "scope", "unknown_team"),
        ({"texts": {"en": {"title": "{you}"}}}, "texts.en.title", "unknown_macro"),
        ({"texts": {"en": {"text": "a\u0000"}}}, "texts.en.text", "control_character"),
        ({"texts": {"fr": {}}}, "texts.fr", "unknown_language"),
        ({"texts": {"en": {"title": "x" * 201}}}, "texts.en.title", "too_long"),
        ({"expires_at": "tomorrow"}, "expires_at", "wrong_type"),
        ({"expires_at": -1}, "expires_at", "too_small"),
        ({"state": "published"}, "state", "unknown_setting"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(common: Site, changes: dict[str, object], path: str, code: str) -> None:
    answer = Administrator(common).ask("POST", "notices", NOTICE | changes)
    assert (path, code) in problems(answer)


def test_a_notice_that_is_not_there_is_not_found(common: Site) -> None:
    cleo = Administrator(common)
    for method, path in (("PUT", "notices/x"), ("POST", "notices/x/publish"), ("POST", "notices/x/withdraw")):
        answer = cleo.ask(method, path, NOTICE)
        assert (answer.status_code, answer.json()) == (404, {"code": "unknown_notice"})


def test_the_console_lists_no_more_than_fifty(cleo: Administrator) -> None:
    for _ in range(50):
        cleo.post(f"notices/{cleo.post('notices', NOTICE)['id']}/publish")
    one_more = cleo.post("notices", NOTICE)
    assert problems(cleo.ask("POST", f"notices/{one_more['id']}/publish", {})) == [("", "too_many")]


def test_what_was_done_to_notices_is_noted(cleo: Administrator) -> None:
    id = cleo.post("notices", NOTICE)["id"]
    cleo.post(f"notices/{id}/publish")
    published, written = cleo.get("audit")["entries"]
    assert written["by"] == published["by"] == "Cleo"
    assert published["changes"] == [{"path": "notices.Outage.state", "before": "draft", "after": "published"}]
    assert written["changes"][0]["after"]["texts"] == NOTICE["texts"]
    assert [entry["id"] for entry in cleo.get(f"audit?before={published['id']}")["entries"]] == [written["id"]]
