"""Recordings are found by those who may watch them, and whoever does is written down first."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from signaling.desk import now
from signaling.settings import Settings
from tests.recordings.video import played
from tests.signaling.administrator import Administrator
from tests.signaling.clock import Clock
from tests.signaling.recorded import DAY, START, files_of, folder_of, get, ids, put, views, write_row
from tests.signaling.recorder import TOKEN, recorder
from tests.signaling.server import Site, serving, settings
from tests.signaling.test_store import locked


@pytest.fixture
def chosen(data: Path) -> Settings:
    return settings(data, recorder="external", recorder_token=TOKEN)


@pytest.fixture
def site(chosen: Settings) -> Iterator[Site]:
    """A server with one recording, in two parts, of Ann's session with Bob."""
    put(chosen, "one", parts=2)
    with serving(chosen) as running:
        yield running


# --- finding -------------------------------------------------------------------------------------------------


def test_a_recording_is_listed_with_all_that_is_known_of_it(site: Site) -> None:
    answer = get(site)
    assert answer.headers["cache-control"] == "no-store"
    (one,) = answer.json()["recordings"]
    assert answer.json()["more"] is False
    assert one.pop("size") > 1000
    assert one.pop("duration") in range(3800, 4200)
    assert one == {
        "id": "one",
        "session": "session-one",
        "customer": "Ann",
        "representative": "Bob",
        "started_at": START,
        "ended_at": START + 90_000,
        "state": "finished",
        "delete_at": None,
        "may_download": False,
        "may_delete": False,
    }
    detail = get(site, "/one").json()
    assert [(part["number"], part["offset"], part["complete"]) for part in detail["parts"]] == [
        (1, 0, True),
        (2, 60_000, True),
    ]
    assert all(part["size"] > 1000 and part["duration"] in range(1900, 2100) for part in detail["parts"])


def test_representatives_see_the_sessions_that_they_served_and_administrators_all(chosen: Settings) -> None:
    put(chosen, "bobs")
    put(chosen, "both", representatives=("Bob", "Cleo"), customer="Dan")
    put(chosen, "cleos", representatives=("Cleo",), customer="Eve")
    put(chosen, "never", started_at=None, state="recording", ended_at=None)
    with serving(chosen) as site:
        assert ids(get(site)) == ["both", "bobs"]
        assert ids(get(site, name="Cleo")) == ["cleos", "both", "bobs"]
        assert get(site, "/both").json()["representative"] == "Bob, Cleo"
        for path in (
            "/cleos",
            "/cleos/timeline.json",
            "/cleos/1.webm",
            "/cleos/1.vtt",
            "/unknown",
            "/never",
            "/%2e%2e",
        ):
            forbidden = get(site, path)
            assert (forbidden.status_code, forbidden.json()["code"]) == (404, "unknown_recording"), path
        nobody = site.get("/api/recordings")
        assert (nobody.status_code, nobody.json()["code"]) == (401, "not_signed_in")
        assert site.get("/api/recordings/one/1.webm").status_code == 401


@pytest.mark.parametrize(
    ("search", "found"),
    [("", ["b", "a"]), ("ärger", ["b"]), ("ÄRG", ["b"]), ("bob", ["b", "a"]), ("%", []), ("_", []), ("cleo", ["a"])],
)
def test_a_search_finds_parts_of_names_in_any_case(chosen: Settings, search: str, found: list[str]) -> None:
    put(chosen, "a", representatives=("Bob", "Cleo"))
    put(chosen, "b", customer="Herr Ärger")
    with serving(chosen) as site:
        answer = httpx.get(
            f"{site.url}/api/recordings", params={"search": search}, headers={"Cookie": site.cookie("Bob")}
        )
        assert ids(answer) == found


def test_a_long_list_comes_a_page_at_a_time(chosen: Settings) -> None:
    row = {"customer": "Ann", "state": "finished", "created_at": 1, "started_at": START, "part": 1, "connection": ""}
    for number in range(60):
        write_row(
            chosen, row | {"id": f"r{number}", "session": f"s{number}", "recorder": "", "representatives": ("Bob",)}
        )
    with serving(chosen) as site:
        first = get(site)
        assert ids(first) == [f"r{number}" for number in range(59, 9, -1)]
        assert first.json()["more"] is True
        second = get(site, "?before=r10")
        assert ids(second) == [f"r{number}" for number in range(9, -1, -1)]
        assert second.json()["more"] is False
        assert get(site, "?before=../x").status_code == 400


# --- who has watched -----------------------------------------------------------------------------------------


def test_whoever_watches_is_written_down_once_for_each_viewing(site: Site, data: Path) -> None:
    get(site, "/one")
    assert views(data) == []  # to know that it is there is not to watch it
    for path in ("/one/timeline.json", "/one/1.webm", "/one/1.vtt", "/one/2.webm"):
        assert get(site, path).status_code == 200
    assert views(data) == [("Bob", "viewed")]
    get(site, "/one/2.webm", name="Cleo")  # whoever goes past the page is written down too
    assert views(data) == [("Bob", "viewed"), ("Cleo", "viewed")]
    shown = get(site, "/views?recording=one", name="Cleo").json()["views"]
    assert [(view["name"], view["kind"]) for view in shown] == [("Cleo", "viewed"), ("Bob", "viewed")]
    assert all(view["at"] <= now() for view in shown)
    assert get(site, "/views?recording=one").status_code == 403


def test_another_viewing_after_a_while_is_written_down_again(chosen: Settings, data: Path, clock: Clock) -> None:
    put(chosen, "one")
    with serving(chosen) as site:
        get(site, "/one/timeline.json")
        clock.forward(10 * 60)
        get(site, "/one/1.webm", Range="bytes=5-")
        clock.forward(10 * 60)
        get(site, "/one/1.webm")
        assert views(data) == [("Bob", "viewed")]
        clock.forward(16 * 60)
        get(site, "/one/1.webm")
        assert views(data) == [("Bob", "viewed")] * 2


def test_nothing_leaves_when_the_viewing_cannot_be_written_down(data: Path) -> None:
    chosen = settings(data, database_timeout=0.2)
    put(chosen, "one")
    with serving(chosen) as site:
        with locked(data):
            for path in ("/one/timeline.json", "/one/1.webm", "/one/1.vtt"):
                assert get(site, path).status_code == 500, path
        assert get(site, "/one/1.webm").status_code == 200
    assert views(data) == [("Bob", "viewed")]


def test_downloads_are_for_whom_the_site_allows_and_are_written_down(site: Site, data: Path) -> None:
    refused = get(site, "/one/1.webm?download=1")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert views(data) == []
    taken = get(site, "/one/1.webm?download=1", name="Cleo")
    assert taken.headers["content-disposition"] == 'attachment; filename="recording-2023-11-14-2213Z-1.webm"'
    assert len(played(taken.content).times) == 20
    Administrator(site).decide(recording={"download": "representatives"})
    assert get(site).json()["recordings"][0]["may_download"] is True
    assert get(site, "/one/1.webm?download=1").status_code == 200
    assert views(data) == [("Cleo", "downloaded"), ("Bob", "downloaded")]


# --- the end -------------------------------------------------------------------------------------------------


def test_an_administrator_deletes_a_recording_for_good(chosen: Settings, site: Site, data: Path) -> None:
    bob, cleo = Administrator(site, "Bob"), Administrator(site)
    assert bob.ask("POST", "../recordings/one/delete", {}).status_code == 403
    assert cleo.ask("POST", "../recordings/one/delete", {}, Origin="https://else.example").status_code == 403
    assert cleo.ask("POST", "../recordings/unknown/delete", {}).status_code == 404
    assert files_of(chosen, "one")
    assert get(site, "/one", name="Cleo").json()["may_delete"] is True
    assert cleo.ask("POST", "../recordings/one/delete", {}).json() == {}
    assert not (chosen.recordings_folder / "one").exists()
    assert ids(get(site, name="Cleo")) == []
    for path in ("/one/timeline.json", "/one/1.webm", "/one/1.vtt"):
        assert get(site, path, name="Cleo").status_code == 404
    detail = get(site, "/one", name="Cleo").json()
    assert (detail["state"], detail["parts"], detail["may_download"], detail["may_delete"]) == (
        "deleted", [], False, False,
    )  # fmt: skip
    assert views(data) == [("Cleo", "deleted")]
    assert cleo.ask("POST", "../recordings/one/delete", {}).status_code == 404


def test_what_a_recorder_is_still_finishing_is_deleted_only_when_that_is_gone(chosen: Settings) -> None:
    put(chosen, "one", finished=False, state="finishing")
    with serving(chosen) as site:
        there = recorder(site)
        assert there.expect("finish")["recording"] == "one"
        refused = Administrator(site).ask("POST", "../recordings/one/delete", {})
        assert (refused.status_code, refused.json()["code"]) == (409, "still_recording")
        there.close()
        customer, _ = site.customer()  # by the time that it is welcome the server has seen the recorder go
        customer.close()
        assert Administrator(site).ask("POST", "../recordings/one/delete", {}).status_code == 200
        assert not (chosen.recordings_folder / "one").exists()


def test_a_recording_whose_time_is_over_is_deleted_and_its_row_says_why(chosen: Settings, data: Path) -> None:
    put(chosen, "old", delete_at=now() - 1)
    put(chosen, "new", ended_at=now(), delete_at=now() + DAY)
    with serving(chosen) as site:
        gone(site, chosen, "old")
        assert ids(get(site, name="Cleo")) == ["new"]
        (view,) = get(site, "/views?recording=old", name="Cleo").json()["views"]
        assert (view["name"], view["kind"]) == ("", "retention")
        reported = Administrator(site).get("reports")["recordings"]
        assert reported["count"] == 1
        assert reported["size"] == get(site, "/new").json()["size"]
    assert folder_of(chosen).exists("new")


def gone(site: Site, chosen: Settings, id: str) -> None:
    """Wait until an administrator reads that nothing is left of it: its files went before."""
    while Administrator(site).get(f"../recordings/{id}")["state"] != "deleted":
        pass
    assert not (chosen.recordings_folder / id).exists()


def test_a_shorter_time_holds_for_what_is_there_and_a_longer_one_for_what_comes(chosen: Settings) -> None:
    ended = now() - 10 * DAY
    put(chosen, "one", ended_at=ended, delete_at=ended + 30 * DAY)
    put(chosen, "two", ended_at=now() - DAY, delete_at=now() + 29 * DAY)
    with serving(chosen, site={"recording": {"retention": 5}}) as site:
        gone(site, chosen, "one")
        (two,) = get(site).json()["recordings"]
        assert two["delete_at"] == two["ended_at"] + 5 * DAY
    with serving(chosen, site={"recording": {"retention": 90}}) as site:
        assert get(site).json()["recordings"][0]["delete_at"] == two["delete_at"]
