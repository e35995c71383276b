"""The administrator's page: one draft, saved as a whole, and nothing that was typed is ever lost."""

from typing import Any

import pytest

from tests.ui.admin_pages import AdminPage, settings

PATH = "/api/admin/settings"


def changed_by(page: AdminPage, version: int, document: dict[str, Any]) -> None:
    body = {"code": "changed_meanwhile", "version": version, "settings": document, "by": "Bob", "at": 5, "changes": []}
    page.answer(PATH, 409, body)


def test_who_is_no_administrator_reads_that() -> None:
    page = AdminPage().start(administrator=False)
    assert page.state["screen"] == "not_administrator" and page.shows("These settings are for administrators")
    assert page.host.requests == []


def test_the_settings_are_there_after_signing_in() -> None:
    page = AdminPage()
    page.admin.start()
    page.answer("/api/me", 401, {"code": "not_signed_in"})
    page.do("set_name", value="ann")
    page.do("set_password", value="a long password")
    page.do("sign_in")
    page.answer("/api/sign-in", 200, {"name": "ann", "administrator": True})
    page.settings(1, settings())
    assert page.shows("Company name") and page.shows("Everything is saved")
    assert not page.host.warns


def test_settings_that_cannot_be_fetched_are_asked_for_again() -> None:
    page = AdminPage().start()
    page.answer(PATH, 0)
    assert page.shows("The settings could not be fetched")
    page.do("retry")
    page.settings(1, settings())
    assert page.shows("Company name")


def test_saving_sends_the_whole_document_and_its_base() -> None:
    page = AdminPage().load(3)
    page.type("company", "Alder")
    page.text("greeting", "Hello")
    assert page.shows("2 changes not saved") and page.host.warns
    page.do("save")
    page.do("save")
    sent = settings(company="Alder", texts={"en": {"greeting": "Hello"}})
    assert page.answer(PATH, 200, {"version": 4}) == ("PUT", {"base": 3, "settings": sent})
    assert page.shows("Saved. In force from now on.") and not page.host.warns
    page.settings(4, sent)
    assert page.state["changes"] == 0 and page.state["company"] == "Alder"


def test_what_is_typed_while_saving_stays_a_change() -> None:
    page = AdminPage().load()
    page.type("company", "Alder")
    page.do("save")
    page.type("colour", "#112233")
    page.answer(PATH, 200, {"version": 2})
    assert page.state["changes"] == 1
    page.settings(2, settings(company="Alder Ltd"))
    assert (page.document["company"], page.document["colour"], page.state["changes"]) == ("Alder Ltd", "#112233", 1)


def test_ctrl_s_saves_and_other_keys_do_not() -> None:
    page = AdminPage().load()
    page.type("company", "Alder")
    key = {"key": "s", "ctrl": True, "meta": False, "alt": False, "shift": False}
    assert page.do("key", value=key | {"ctrl": False}) is False and page.host.requests == []
    assert page.do("key", value=key) is True
    assert page.host.requests[0][0] == "PUT"


def test_discarding_can_be_undone() -> None:
    page = AdminPage().load()
    page.type("company", "Alder")
    page.do("discard")
    assert page.document["company"] == "Acme" and page.shows("Changes discarded")
    page.do("undo")
    assert page.document["company"] == "Alder" and page.state["changes"] == 1


def test_problems_stand_beside_their_fields_and_nothing_typed_is_lost() -> None:
    page = AdminPage().load()
    page.do("add", "issues")
    page.type("agreement.timeout", "1", "number")
    page.do("save")
    problems = [
        {"path": "agreement.timeout", "code": "too_small", "detail": "10"},
        {"path": "issues.1.name", "code": "missing_text", "detail": "en"},
    ]
    page.answer(PATH, 422, {"code": "invalid", "problems": problems})
    assert page.shows("2 things cannot be saved as they are") and page.host.at == "field.problems"
    page.go("#way_in/agreement.timeout")
    assert page.shows("This number is too small; 10 is the least.") and page.host.at == "field.agreement.timeout"
    assert page.document["agreement"]["timeout"] == 1
    page.type("agreement.timeout", "20", "number")
    assert [problem["path"] for problem in page.state["problems"]] == [
        f"issues.{page.document['issues'][1]['id']}.name"
    ]
    page.go("#teams/" + page.state["problems"][0]["path"])
    assert page.state["open"] == "issues." + page.document["issues"][1]["id"]


def test_what_is_no_number_is_said_without_asking_the_server() -> None:
    page = AdminPage().load()
    page.type("hold.interval", "often", "number")
    page.do("save")
    assert page.host.requests == [] and page.state["problems"][0]["code"] == "number"
    assert page.document["hold"]["interval"] == "often"


def test_empty_lines_are_left_out() -> None:
    page = AdminPage().load()
    page.type("allowed_origins", "https://a.example\n\n https://b.example \n", "lines")
    page.do("save")
    _, body = page.answer(PATH, 200, {"version": 2})
    assert body["settings"]["allowed_origins"] == ["https://a.example", "https://b.example"]
    assert page.state["changes"] == 0


def test_another_administrator_was_first_and_nothing_is_lost() -> None:
    page = AdminPage().load(1)
    page.type("company", "Mine")
    page.text("greeting", "Hello")
    page.do("save")
    changed_by(page, 2, settings(company="Theirs", colour="#112233"))
    assert page.shows("Bob saved while you were writing") and page.host.at == "field.conflict"
    assert page.document["company"] == "Mine" and page.document["colour"] == "#112233"
    page.do("choose", "company", "theirs")
    assert page.document["company"] == "Theirs" and page.state["changes"] == 1
    page.do("choose", "company", "mine")
    page.do("save")
    _, body = page.answer(PATH, 200, {"version": 3})
    assert body["base"] == 2
    assert body["settings"] == settings(company="Mine", colour="#112233", texts={"en": {"greeting": "Hello"}})
    assert page.state["conflict"] is None


def test_whose_rights_were_withdrawn_keeps_the_draft_and_can_export_it() -> None:
    page = AdminPage().load()
    page.type("company", "Alder")
    page.do("save")
    page.answer(PATH, 403, {"code": "not_administrator"})
    assert page.shows("You are no longer an administrator") and page.document["company"] == "Alder"
    page.do("export_draft")
    assert page.host.files == [("deskside-settings-draft.json", settings(company="Alder"))]


def test_who_is_signed_out_signs_in_again_and_goes_on() -> None:
    page = AdminPage().load()
    page.type("company", "Alder")
    page.do("save")
    page.answer(PATH, 401, {"code": "not_signed_in"})
    assert page.state["screen"] == "sign_in" and page.shows("1 change not saved")
    page.do("set_name", value="ann")
    page.do("set_password", value="a long password")
    page.do("sign_in")
    page.answer("/api/sign-in", 200, {"name": "ann", "administrator": True})
    page.settings(1, settings())
    assert page.document["company"] == "Alder" and page.state["changes"] == 1


def test_who_is_signed_out_while_they_write_a_notice_is_told_that_it_is_kept() -> None:
    page = AdminPage().load()
    for text, kept in (("Mail", True), ("", False)):
        page.do("new_notice")
        page.do("set_notice", "name", value=text)
        page.do("toggle_menu")
        page.state["screen"] = "sign_in"
        page.do("toggle_menu")
        assert page.shows("What was being written has been kept.") == kept


def test_another_one_who_signs_in_sees_nothing_of_what_the_first_was_writing() -> None:
    page = AdminPage().load()
    page.type("company", "Alder")
    page.do("new_notice")
    page.do("set_notice", "name", value="Secret plan")
    page.do("save")
    page.answer(PATH, 401, {"code": "not_signed_in"})
    page.do("set_name", value="bob")
    page.do("set_password", value="a long password")
    page.do("sign_in")
    page.answer("/api/sign-in", 200, {"name": "bob", "administrator": True})
    page.settings(1, settings())
    assert page.document["company"] == "Acme" and page.state["notice"] is None
    assert page.state["changes"] == 0 and not page.host.warns and not page.shows("Secret plan")
    page.type("colour", "#112233")
    again = AdminPage(page.host.tab).load(1)
    assert again.document["company"] == "Alder" and again.document["colour"] == ""


@pytest.mark.parametrize(("status", "said"), [(0, "The server does not answer"), (500, "The server does not answer")])
def test_a_server_that_is_away_loses_nothing(status: int, said: str) -> None:
    page = AdminPage().load()
    page.type("company", "Alder")
    page.do("save")
    page.answer(PATH, status)
    assert page.shows(said) and page.state["changes"] == 1 and not page.state["saving"]


def test_a_draft_survives_a_reload() -> None:
    first = AdminPage().load(1)
    first.type("company", "Alder")
    again = AdminPage(first.host.tab).load(1)
    assert again.document["company"] == "Alder" and again.shows("What you wrote before is still here.")
    again.do("discard")
    assert again.host.tab == {}


def test_a_draft_that_survives_meets_what_was_saved_meanwhile() -> None:
    first = AdminPage().load(1)
    first.type("company", "Mine")
    again = AdminPage(first.host.tab).load(2, company="Theirs")
    assert again.state["conflict"]["fields"][0]["path"] == "company"
    assert again.document["company"] == "Mine"


def test_a_notice_and_a_person_that_are_written_survive_a_reload_and_no_password_does() -> None:
    first = AdminPage().load(1)
    first.do("new_notice")
    first.do("set_notice", "name", value="Mail")
    first.do("set_notice", "texts.{language}.title", value="Mail is down")
    first.do("new_person")
    first.do("set_person", "name", value="Dana")
    first.do("set_person", "password", value="a long password")
    first.host.wait(300)
    assert "a long password" not in str(first.host.tab)
    again = AdminPage(first.host.tab).load(1)
    notice, person = again.state["notice"], again.state["person"]
    assert (notice["fields"]["name"], notice["texts"]["en"]["title"]) == ("Mail", "Mail is down")
    assert (person["fields"]["name"], person["fields"]["password"]) == ("Dana", "")
    again.do("set_notice", "texts.{language}.title", value="Mail is back")
    assert again.state["notice"]["texts"]["en"]["title"] == "Mail is back" and again.host.warns
    again.do("close_notice")
    again.do("close_person")
    again.host.wait(300)
    assert again.host.tab == {} and not again.host.warns


def test_signing_out_waits_until_nothing_would_be_gone() -> None:
    page = AdminPage().load()
    page.type("company", "Alder")
    page.do("sign_out")
    assert page.shows("Save or discard your changes first, then sign out.") and page.host.requests == []
    page.do("discard")
    page.do("sign_out")
    assert page.host.requests[0][1] == "/api/sign-out" and page.host.tab == {} and not page.host.warns


def test_a_file_goes_into_the_draft_and_counts_once_it_is_saved() -> None:
    page = AdminPage().load()
    page.go("#transfer")
    page.do("import", value=[{"company": "Imported", "agreement": {"on": True}}])
    assert page.document == settings(company="Imported", agreement={"on": True, "timeout": 300})
    assert page.shows("2 changes not saved")
    page.do("import", value=[{"something": "else"}])
    assert page.shows("This file holds no settings of Deskside.")
    page.do("import", value=[None])
    assert page.document["company"] == "Imported"
    page.do("export")
    assert page.host.files == [("deskside-settings.json", settings())]


def test_the_address_says_where_one_is() -> None:
    page = AdminPage(fragment="#queue").load()
    assert page.state["section"] == "queue" and page.state["preview"]["screen"] == "queue"
    page.go("#nowhere")
    assert page.state["section"] == "company"
