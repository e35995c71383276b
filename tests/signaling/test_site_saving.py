"""Saving the settings: in force at once, kept with who and when, and never over somebody else's change."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from signaling.app import DATABASE
from tests.signaling.administrator import PNG, Administrator, problems
from tests.signaling.process import Process, deskside
from tests.signaling.server import Site, serving, settings

ISSUES = [{"id": "printer", "name": {"en": "Printer", "de": "Drucker"}, "team": "general"}]


@pytest.fixture
def cleo(site: Site) -> Administrator:
    return Administrator(site)


def stored(data: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(data / DATABASE)) as database:
        return database.execute(statement).fetchall()


def test_a_site_that_nobody_has_changed_has_our_defaults(cleo: Administrator) -> None:
    answer = cleo.get("settings")
    assert answer["version"] == 0
    assert answer["settings"]["company"] == "Support"
    assert answer["settings"]["texts"] == {}
    assert set(answer["defaults"]) == set(answer["languages"]) == {"en", "de", "ar"}
    assert answer["start_modes"] == {
        "web_chat": "",
        "full_client": "no_client_file",
        "customer_chooses": "no_client_file",
    }
    assert cleo.get("history") == {"versions": []}


def test_what_is_saved_is_in_force_at_once(site: Site, cleo: Administrator) -> None:
    assert cleo.decide(company="Bakery", issues=ISSUES, allowed_origins=["https://Shop.example"]) == 1
    shown = site.get("/api/site?language=de", Origin="https://shop.example")
    assert shown.json()["company"] == "Bakery"
    assert shown.json()["issues"] == [{"id": "printer", "name": "Drucker"}]
    assert shown.headers["access-control-allow-origin"] == "https://shop.example"
    assert site.page(origin="https://shop.example")
    assert cleo.get("settings")["version"] == 1


def test_saving_what_is_there_already_makes_no_version(cleo: Administrator) -> None:
    assert cleo.decide(company="Bakery") == 1
    assert cleo.decide(company="Bakery") == 1
    assert len(cleo.get("history")["versions"]) == 1


def test_what_is_wrong_is_told_with_its_place_and_nothing_is_saved(cleo: Administrator) -> None:
    refused = cleo.change(company="New", survey={"on": True}, colour="#ffff00", orphaned={"url": "javascript:alert(1)"})
    assert problems(refused) == [("colour", "low_contrast"), ("orphaned.url", "bad_url")]
    assert problems(cleo.change(survey={"on": True})) == [("survey.questions", "survey_without_questions")]
    assert cleo.get("settings")["version"] == 0


def test_the_second_of_two_administrators_is_told_what_the_first_changed(site: Site, cleo: Administrator) -> None:
    cleo.decide(company="Bakery")
    other = Administrator(site, browser=2)
    assert other.change(base=1, company="Bakers", issues=ISSUES).status_code == 200
    late = cleo.change(base=1, colour="#0b5fff")
    assert late.status_code == 409
    body = late.json()
    assert (body["code"], body["version"], body["by"]) == ("changed_meanwhile", 2, "Cleo")
    assert body["settings"]["company"] == "Bakers" and body["at"] > 0
    assert body["changes"] == [
        {"path": "company", "before": "Bakery", "after": "Bakers"},
        {"path": "issues.printer", "before": None, "after": ISSUES[0]},
    ]
    assert cleo.get("settings")["settings"]["colour"] == ""
    assert cleo.change(base=2, colour="#0b5fff").json() == {"version": 3}


def test_a_base_that_never_was_is_a_conflict_too(cleo: Administrator) -> None:
    assert cleo.change(base=7, company="Bakery").json()["changes"] == []


def test_of_many_who_save_at_the_same_time_exactly_one_wins(site: Site) -> None:
    answers: list[httpx.Response] = []
    barrier = threading.Barrier(4)

    def save(number: int) -> None:
        cleo = Administrator(site, browser=1 + number % 2)
        present = cleo.get("settings")
        barrier.wait()
        body = {"base": 0, "settings": present["settings"] | {"company": f"Company {number}"}}
        answers.append(cleo.ask("PUT", "settings", body))

    threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    company = site.get("/api/site").json()["company"]
    assert {answer.json()["settings"]["company"] for answer in answers if answer.status_code == 409} == {company}


def test_the_history_says_who_changed_what_and_when(cleo: Administrator) -> None:
    cleo.decide(company="Bakery")
    cleo.decide(logo=PNG)
    newest, oldest = cleo.get("history")["versions"]
    assert (oldest["version"], oldest["by"]) == (1, "Cleo")
    assert oldest["changes"] == [{"path": "company", "before": "Support", "after": "Bakery"}]
    assert newest["at"] >= oldest["at"] > 1_500_000_000_000
    assert newest["changes"][0]["path"] == "logo" and newest["changes"][0]["after"].startswith("image/png")
    assert [entry["version"] for entry in cleo.get("history?before=2")["versions"]] == [1]


def test_an_earlier_version_is_restored_as_a_new_one(site: Site, cleo: Administrator) -> None:
    for company in ("One", "Two", "Three"):
        cleo.decide(company=company)
    assert cleo.post("restore", {"base": 3, "version": 1}) == {"version": 4}
    assert site.get("/api/site").json()["company"] == "One"
    assert cleo.post("restore", {"base": 4, "version": 0}) == {"version": 5}
    assert site.get("/api/site").json()["company"] == "Support"
    assert cleo.ask("POST", "restore", {"base": 3, "version": 2}).json()["code"] == "changed_meanwhile"
    assert cleo.ask("POST", "restore", {"base": 5, "version": 9}).json() == {"code": "unknown_version"}


def test_an_earlier_version_that_would_not_be_taken_today_is_not_restored(cleo: Administrator) -> None:
    team = {"id": "printers", "name": "Printers"}
    cleo.decide(teams=[{"id": "general", "name": "General"}, team])
    bob = {"name": "Bob", "teams": ["printers"]}
    cleo.put("representatives/Bob", bob)
    assert problems(cleo.ask("POST", "restore", {"base": 1, "version": 0})) == [
        ("teams", "representative_without_team")
    ]


def test_a_team_that_somebody_still_needs_is_not_removed(cleo: Administrator) -> None:
    both = [{"id": "general", "name": "General"}, {"id": "printers", "name": "Printers"}]
    cleo.decide(teams=both)
    cleo.put("representatives/Bob", {"name": "Bob", "teams": ["printers"]})
    refused = cleo.change(teams=both[:1])
    assert refused.json()["problems"] == [
        {"path": "teams", "code": "representative_without_team", "detail": "Bob (printers)"}
    ]
    cleo.put("representatives/Bob", {"name": "Bob", "teams": []})
    notice = {"name": "n", "scope": "printers", "texts": {"en": {"title": "t", "text": "t"}}}
    id = cleo.post("notices", notice)["id"]
    assert cleo.decide(teams=both[:1]) == 2  # a draft holds on to nothing
    assert problems(cleo.ask("POST", f"notices/{id}/publish", {})) == [("scope", "unknown_team")]
    cleo.decide(teams=both)
    cleo.post(f"notices/{id}/publish")
    assert problems(cleo.change(teams=both[:1])) == [("teams", "notice_without_team")]


def test_a_restart_keeps_everything(data: Path) -> None:
    with Process(data) as first:
        cleo = Administrator(first.site)
        cleo.decide(company="Bakery", texts={"ar": {"greeting": "أهلًا"}})
        id = cleo.post("notices", {"name": "n", "texts": {"en": {"title": "t", "text": "t"}}})["id"]
        cleo.post(f"notices/{id}/publish")
        first.end(kill=True)
    with Process(data) as second:
        assert second.site.get("/api/site?language=ar").json()["greeting"] == "أهلًا"
        cleo = Administrator(second.site)
        assert cleo.get("settings")["version"] == 1
        assert [entry["by"] for entry in cleo.get("history")["versions"]] == ["Cleo"]
        assert cleo.get("notices")["notices"][0]["state"] == "published"


def test_only_administrators_get_in(site: Site) -> None:
    for headers, status, code in (
        ({"Cookie": ""}, 401, "not_signed_in"),
        ({"Cookie": site.cookie("Bob")}, 403, "not_administrator"),
    ):
        for method, path, body in (
            ("GET", "settings", None),
            ("PUT", "settings", {"base": 0, "settings": {}}),
            ("GET", "history", None),
            ("GET", "audit", None),
            ("POST", "restore", {"base": 0, "version": 0}),
            ("GET", "notices", None),
            ("POST", "notices", {"name": "n"}),
            ("PUT", "notices/x", {"name": "n"}),
            ("POST", "notices/x/publish", {}),
            ("POST", "notices/x/withdraw", {}),
            ("GET", "representatives", None),
            ("POST", "representatives", {"name": "n", "password": "long enough"}),
            ("PUT", "representatives/Cleo", {"name": "n"}),
            ("DELETE", "representatives/Cleo", {}),
            ("GET", "reports", None),
        ):
            answer = Administrator(site).ask(method, path, body, **headers)
            assert (answer.status_code, answer.json()) == (status, {"code": code}), (method, path)


def test_a_change_comes_from_our_own_page_only(site: Site, cleo: Administrator) -> None:
    for method, path in (
        ("PUT", "settings"),
        ("POST", "restore"),
        ("POST", "notices"),
        ("PUT", "notices/x"),
        ("POST", "notices/x/publish"),
        ("POST", "representatives"),
        ("PUT", "representatives/Bob"),
        ("DELETE", "representatives/Bob"),
    ):
        for origin in ("https://evil.example", ""):
            answer = cleo.ask(method, path, {"base": 0, "settings": {}}, Origin=origin)
            assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin"), (method, path)


def test_rights_that_are_withdrawn_are_gone_for_what_was_begun_before(site: Site, cleo: Administrator) -> None:
    cleo.post("representatives", {"name": "Dora", "password": "open sesame", "administrator": True})
    dora = Administrator(site)
    dora.headers["Cookie"] = site.sign_in("Dora", "open sesame")
    present = dora.get("settings")
    cleo.put("representatives/Cleo", {"name": "Cleo", "administrator": True})
    id = next(one["id"] for one in cleo.get("representatives")["representatives"] if one["name"] == "Dora")
    cleo.put(f"representatives/{id}", {"name": "Dora", "administrator": False})
    answer = dora.ask("PUT", "settings", {"base": 0, "settings": present["settings"] | {"company": "Dora's"}})
    assert (answer.status_code, answer.json()) == (403, {"code": "not_administrator"})
    cleo.ask("DELETE", f"representatives/{id}", {})
    assert dora.ask("GET", "settings").status_code == 401
    assert site.get("/api/site").json()["company"] == "Support"


def test_bodies_that_are_none_are_refused(cleo: Administrator) -> None:
    for method, path, body, status, code in (
        ("PUT", "settings", {"settings": {}}, 400, "bad_fields"),
        ("PUT", "settings", {"base": "0", "settings": {}}, 400, "bad_fields"),
        ("PUT", "settings", {"base": True, "settings": {}}, 400, "bad_fields"),
        ("PUT", "settings", [], 400, "bad_fields"),
        ("PUT", "settings", {"base": 0, "settings": {"company": "x" * (5 << 20)}}, 413, "too_large"),
        ("PUT", "settings", {"base": 0, "settings": {"company": "\ud800"}}, 422, "invalid"),
        ("PUT", "settings", {"base": 0, "settings": []}, 422, "invalid"),
        ("POST", "restore", {"base": 0}, 400, "bad_fields"),
        ("POST", "restore", {"base": 0, "version": -1}, 404, "unknown_version"),
        ("POST", "restore", {"base": 0, "version": 1 << 53}, 400, "bad_number"),
        ("POST", "restore", {"base": 0, "version": -(10**400)}, 400, "bad_number"),
        ("POST", "restore", {"base": float("nan"), "version": 0}, 400, "bad_number"),
        ("PUT", "settings", {"base": 10**30, "settings": {}}, 400, "bad_number"),
        ("PUT", "settings", {"base": 0, "settings": {"files": {"max_size": float("inf")}}}, 400, "bad_number"),
    ):
        answer = cleo.ask(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), (path, body)
    for query in ("before=x", "before=-1", "before=1" + "0" * 30):
        assert cleo.ask("GET", f"history?{query}").json()["code"] == "bad_number"
    assert cleo.ask("DELETE", "settings").status_code == 405


def test_settings_of_a_later_deskside_are_left_alone(data: Path) -> None:
    with serving(settings(data)) as site:
        Administrator(site).decide(company="Bakery")
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        database.execute("UPDATE site_versions SET settings = json_set(settings, '$.invented', 1)")
    with serving(settings(data)) as site:
        assert site.get("/api/site").json()["company"] == "Support"
    refused = deskside("settings", "export", "--data", data)
    assert refused.exit_code == 1 and "later Deskside" in refused.stderr
    assert "invented" in stored(data, "SELECT settings FROM site_versions")[0][0]
