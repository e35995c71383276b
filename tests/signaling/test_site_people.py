"""Representatives as administrators look after them."""

from pathlib import Path
from typing import Any

import pytest

from tests.signaling.administrator import Administrator, problems
from tests.signaling.process import Process
from tests.signaling.server import PASSWORD, Site

DORA = {"name": "Dora", "password": "open sesame"}


@pytest.fixture
def cleo(site: Site) -> Administrator:
    return Administrator(site)


def named(cleo: Administrator, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in cleo.get("representatives")["representatives"] if one["name"] == name)
    return found


def test_who_is_added_can_sign_in(site: Site, cleo: Administrator) -> None:
    dora = cleo.post("representatives", DORA | {"session_limit": 3})
    assert dora == {"id": dora["id"], "name": "Dora", "administrator": False, "teams": [], "session_limit": 3}
    assert site.sign_in("dora", "open sesame")
    assert [one["name"] for one in cleo.get("representatives")["representatives"]] == ["Bob", "Cleo", "Dora"]


def test_a_name_teams_and_limit_are_changed_and_the_password_stays(site: Site, cleo: Administrator) -> None:
    cleo.decide(teams=[{"id": "general", "name": "General"}, {"id": "printers", "name": "Printers"}])
    form = {"name": "Robert", "administrator": True, "teams": ["printers"], "session_limit": 2}
    assert cleo.put("representatives/Bob", form) == form | {"id": "Bob"}
    assert site.sign_in("Robert", PASSWORD)
    answer = site.post("/api/sign-in", {"name": "Bob", "password": PASSWORD})
    assert answer.status_code == 401


def test_a_new_password_signs_out_everywhere_but_here(site: Site, cleo: Administrator) -> None:
    console, _ = site.console(site.cookie("Bob"))
    cleo.put("representatives/Bob", {"name": "Bob", "password": "another password"})
    assert console.close_code() == 4401
    assert site.post("/api/sign-in", {"name": "Bob", "password": PASSWORD}).status_code == 401
    assert site.sign_in("Bob", "another password")
    cleo.put("representatives/Cleo", {"name": "Cleo", "administrator": True, "password": "yet another one"})
    assert cleo.get("settings")
    assert Administrator(site, browser=2).ask("GET", "settings").status_code == 401


def test_who_is_removed_is_gone_at_once(site: Site, cleo: Administrator) -> None:
    console, _ = site.console(site.cookie("Bob"))
    assert cleo.ask("DELETE", "representatives/Bob", {}).json() == {}
    assert console.close_code() == 4401
    assert site.get("/api/me", cookie=site.cookie("Bob")).status_code == 401
    assert cleo.ask("DELETE", "representatives/Bob", {}).json() == {"code": "unknown_representative"}
    assert cleo.ask("PUT", "representatives/Bob", {"name": "Bob"}).json() == {"code": "unknown_representative"}


def test_there_is_always_an_administrator_left(cleo: Administrator) -> None:
    for answer in (
        cleo.ask("DELETE", "representatives/Cleo", {}),
        cleo.ask("PUT", "representatives/Cleo", {"name": "Cleo", "administrator": False}),
    ):
        assert (answer.status_code, answer.json()) == (409, {"code": "last_administrator"})
    cleo.put("representatives/Bob", {"name": "Bob", "administrator": True})
    cleo.put("representatives/Cleo", {"name": "Cleo", "administrator": False})
    assert cleo.ask("GET", "representatives").status_code == 403


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"name": "ＢＯＢ"}, "name", "name_taken"),
        ({"name": ""}, "name", "missing"),
        ({"name": "\u00a0\u200b"}, "name", "missing"),
        ({"name": "B\u200bob"}, "name", "name_taken"),
        ({"name": "\ue000"}, "name", "bad_name"),
        ({"name": "a\u202eb"}, "name", "control_character"),
        ({"password": "short"}, "password", "password_too_short"),
        ({"password": "tab\tseparated"}, "password", "bad_password"),
        ({"password": "x" * 1001}, "password", "too_long"),
        ({"password": None}, "password", "missing"),
        ({"teams": ["gone"]}, "teams", "unknown_team"),
        ({"session_limit": 0}, "session_limit", "too_small"),
        ({"session_limit": 51}, "session_limit", "too_large"),
        ({"administrator": "yes"}, "administrator", "wrong_type"),
        ({"id": "Bob"}, "id", "unknown_setting"),
    ],
)
def test_who_cannot_be_is_refused(common: Site, changes: dict[str, object], path: str, code: str) -> None:
    assert problems(Administrator(common).ask("POST", "representatives", DORA | changes)) == [(path, code)]


def test_what_was_done_is_noted_and_no_password_is_kept_or_logged(data: Path) -> None:
    with Process(data) as running:
        cleo = Administrator(running.site)
        cleo.post("representatives", DORA)
        id = named(cleo, "Dora")["id"]
        cleo.put(f"representatives/{id}", {"name": "Dora", "password": "close sesame", "session_limit": 4})
        cleo.ask("POST", "representatives", {"name": "Eve", "password": "short one\t"})
        cleo.ask("DELETE", f"representatives/{id}", {})
        removed, changed, added = cleo.get("audit")["entries"]
        assert added["changes"][0]["path"] == "representatives.Dora" and added["by"] == "Cleo"
        assert changed["changes"] == [
            {"path": "representatives.Dora.session_limit", "before": 8, "after": 4},
            {"path": "representatives.Dora.password", "before": None, "after": None},
        ]
        assert removed["changes"][0]["after"] is None
        log = running.end()
    kept = b"".join(path.read_bytes() for path in data.glob("deskside.sqlite3*"))
    for secret in ("open sesame", "close sesame", "short one"):
        assert secret not in log and secret.encode() not in kept
