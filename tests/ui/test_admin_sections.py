"""Each section of the administrator's page: what its controls do, and what the preview is told."""

import pytest

from deskside.core.messages import END_REASONS
from deskside.ui.admin.sections import NAMES, place_of
from deskside.ui.admin.views import page as page_view
from deskside.ui.admin.views_reports import REASONS
from deskside.ui.icons import ADMIN
from deskside.ui.node import parts
from tests.ui.admin_pages import ANN, NOTICE, AdminPage
from tests.ui.trees import controls, walk

REPORT = {
    "sessions": {"started": 3, "ended_by": {"customer": 1, "notice": 2}},
    "waits": {"count": 3, "median": 61.2, "p90": 130.0, "left_before": 1},
    "estimate": {"count": 10, "inside": 6, "below": 3, "above": 1, "median_error": 12.5},
    "notices": [NOTICE],
    "surveys": [
        {"question": "q1", "text": "How was it?", "kind": "rating", "count": 2, "average": 4.5,
         "answers": [{"value": "4", "text": "4", "count": 1}, {"value": "5", "text": "5", "count": 1}]},
        {"question": "q2", "text": "Why?", "kind": "text", "count": 1, "answers": [], "texts": ["Because"]},
    ],
    "consents": {"agreement": {"accept": 2, "silence": 1}, "recording": {"refuse": 1}},
    "recordings": {"count": 4, "size": 3_400_000_000, "duration": 7_260_000},
}  # fmt: skip


def test_a_text_belongs_to_the_language_that_is_chosen_and_goes_back_to_the_default() -> None:
    page = AdminPage().load()
    page.go("#queue")
    page.text("hold_message", "Hello")
    page.do("set_text_language", value="de")
    page.text("hold_message", "Hallo")
    assert page.document["texts"] == {"en": {"hold_message": "Hello"}, "de": {"hold_message": "Hallo"}}
    page.do("reset", "texts.{language}.hold_message")
    assert page.document["texts"]["de"] == {} and page.host.at == "field.texts.de.hold_message"
    page.do("start_from_default", "texts.{language}.hold_message")
    assert page.document["texts"]["de"] == {"hold_message": "Default de"}


def test_languages_are_chosen_and_the_first_one_leads() -> None:
    page = AdminPage().load()
    page.do("toggle_language", "ar", value=True)
    page.do("first_language", value="ar")
    page.do("toggle_language", "en", value=False)
    assert page.document["languages"] == ["ar", "de"] and page.state["text_language"] == "ar"


def test_questions_are_added_moved_and_removed_by_buttons() -> None:
    page = AdminPage().load()
    page.go("#survey")
    for text in ("First", "Second"):
        page.do("add", "survey.questions")
        newest = page.document["survey"]["questions"][-1]["id"]
        assert page.host.at == f"field.survey.questions.{newest}.text"
        page.do("set_text", f"survey.questions.{newest}.text.{{language}}", value=text)
    page.do("set", f"survey.questions.{newest}.kind", "text", value="choice")
    page.do("add", f"survey.questions.{newest}.choices")
    assert page.shows("Answers to choose from")
    page.do("move", f"survey.questions.{newest}", -1)
    assert [question["text"]["en"] for question in page.document["survey"]["questions"]] == ["Second", "First"]
    assert page.state["status"] == "Now at place 1 of 2"
    page.do("remove", f"survey.questions.{newest}")
    assert len(page.document["survey"]["questions"]) == 1 and page.host.at == "field.survey.questions.add"


def test_a_picture_is_taken_and_one_that_cannot_be_read_is_said() -> None:
    page = AdminPage().load()
    page.do("pick_image", "logo", value=["data:image/png;base64,aa"])
    assert page.document["logo"] == "data:image/png;base64,aa"
    page.do("pick_image", "logo", value=["broken"])
    assert page.shows("This file could not be read as a picture.") and page.document["logo"]
    page.do("clear", "logo")
    assert page.document["logo"] == ""


@pytest.mark.parametrize(
    ("section", "field", "screen"),
    [
        ("company", "company", "portal"),
        ("way_in", "texts.en.agreement_text", "agreement"),
        ("way_in", "recording.timeout", "recording"),
        ("queue", "texts.en.hold_message", "hold"),
        ("queue", "orphaned.url", "orphaned"),
        ("survey", "survey.on", "survey"),
        ("files", "watermark.text", "session"),
    ],
)
def test_the_preview_shows_the_screen_that_is_written(section: str, field: str, screen: str) -> None:
    page = AdminPage().load()
    page.go("#" + section)
    page.type(field, "x")
    shown = page.host.shown[-1]
    assert (shown["type"], shown["screen"], shown["language"]) == ("deskside-preview", screen, "en")


def test_the_preview_is_told_what_customers_would_read() -> None:
    page = AdminPage().load(orphaned={"grace": 60, "url": "https://x.example", "countdown": 9, "takes_messages": True})
    page.go("#queue")
    assert page.host.shown[-1]["step"] == {
        "step": "queue", "title": "", "text": "Default en", "hold": {"text": "Default en", "every": 120}
    }  # fmt: skip
    page.do("preview_screen", value="orphaned")
    assert page.host.shown[-1]["step"]["redirect"] == {"url": "https://x.example", "after": 9}
    page.do("set_text_language", value="de")
    assert page.host.shown[-1]["step"]["text"] == "Default de"
    assert page.host.shown[-1]["site"]["issues"] == [{"id": "printer", "name": "Printer"}]
    told = len(page.host.shown)
    page.do("toggle_menu")
    assert len(page.host.shown) == told, "nothing has changed"
    page.admin.preview_ready()
    page.host.wait(500)
    assert len(page.host.shown) == told + 1, "a frame that has loaded again is told again"


def test_a_notice_is_written_published_and_withdrawn() -> None:
    page = AdminPage().load()
    page.go("#notices")
    page.answer("/api/admin/notices", 200, {"notices": [NOTICE]})
    assert page.shows("Shown 3 times: 1 left, 2 stayed")
    page.do("new_notice")
    page.do("set_notice", "name", value="Print")
    page.do("set_notice", "texts.{language}.title", value="No printing")
    page.do("set_notice", "expires", value="2027-01-15T08:00")
    assert page.host.warns and page.host.shown[-1]["step"]["title"] == "No printing"
    page.do("publish")
    _, body = page.answer("/api/admin/notices", 200, NOTICE | {"id": "n2"})
    assert body == {
        "name": "Print",
        "scope": "",
        "texts": {"en": {"title": "No printing", "text": ""}},
        "expires_at": 1800000000000,
    }
    problems = {"problems": [{"path": "texts.en.text", "code": "missing_text", "detail": "en"}]}
    page.answer("/api/admin/notices/n2/publish", 422, problems)
    assert page.shows("Customers need this text in the first language of the site.")
    page.do("set_notice", "texts.{language}.text", value="Soon")
    page.do("publish")
    assert page.answer("/api/admin/notices/n2", 200, NOTICE | {"id": "n2"})[0] == "PUT"
    page.answer("/api/admin/notices/n2/publish", 200, NOTICE)
    assert page.state["notice"] is None and page.state["status"].startswith("The notice is published")
    page.answer("/api/admin/notices", 200, {"notices": [NOTICE]})
    page.do("withdraw_notice", "n1")
    page.answer("/api/admin/notices/n1/withdraw", 200, NOTICE)
    assert page.state["status"] == "The notice is withdrawn."


def test_a_moment_that_is_none_is_said() -> None:
    page = AdminPage().load()
    page.go("#notices")
    page.do("new_notice")
    page.do("set_notice", "expires", value="soon")
    page.do("save_notice")
    assert page.shows("This is no day and time.")


def test_a_representative_is_added_changed_and_removed_in_two_steps() -> None:
    page = AdminPage().load()
    page.go("#people")
    page.answer("/api/admin/representatives", 200, {"representatives": [ANN]})
    page.do("new_person")
    for field, value in (("name", "bob"), ("password", "long enough"), ("administrator", True)):
        page.do("set_person", field, value=value)
    page.do("set_limit", value="3")
    page.do("set_team", "general", value=True)
    page.do("save_person")
    _, body = page.answer("/api/admin/representatives", 200, ANN)
    assert body == {
        "name": "bob", "password": "long enough", "administrator": True, "teams": ["general"], "session_limit": 3
    }  # fmt: skip
    page.answer("/api/admin/representatives", 200, {"representatives": [ANN]})
    page.do("edit_person", "p1")
    page.do("ask_to_remove_person", True)
    assert page.shows("ann can no longer sign in.") and page.host.at == "field.person.confirm"
    page.do("remove_person")
    assert page.answer("/api/admin/representatives/p1", 409, {"code": "last_administrator"})[0] == "DELETE"
    assert page.shows("This is the last administrator.")
    page.do("save_person")
    assert "password" not in page.answer("/api/admin/representatives/p1", 200, ANN)[1]


def test_reports_are_tables_with_bars() -> None:
    page = AdminPage().load()
    page.go("#reports")
    page.answer("/api/admin/reports", 200, REPORT)
    for words in ("Half waited at most1 minute", "Inside the range660 %", "On average 4.5.", "Because", "Mail312"):
        assert page.shows(words), words
    page.do("set_days", value="7")
    assert page.host.requests[-1][1] == "/api/admin/reports?days=7"
    assert set(REASONS) == set(END_REASONS)


def test_the_history_says_who_changed_what_and_brings_it_back() -> None:
    page = AdminPage().load(2)
    page.go("#history")
    versions = [
        {"version": 2, "at": 2, "by": "Bob", "changes": [{"path": "agreement.on", "before": False, "after": True}]},
        {"version": 1, "at": 1, "by": "ann", "changes": [{"path": "texts.de.greeting", "before": None, "after": "Hi"}]},
    ]
    page.answer("/api/admin/audit", 200, {"entries": [
        {"id": 1, "at": 3, "by": "Bob", "changes": [{"path": "notices.A.b.state", "before": "draft", "after": "x"}]}
    ]})  # fmt: skip
    page.answer("/api/admin/history", 200, {"versions": versions})
    for words in ("Ask customers to accept an agreementoffon", "Greeting line · GermannothingHi", "Notice A.b · state"):
        assert page.shows(words), words
    page.type("company", "Alder")
    page.do("restore", 1)
    assert page.shows("Save or discard your changes first") and page.host.requests == []
    page.do("discard")
    page.do("restore", 1)
    assert page.answer("/api/admin/restore", 200, {"version": 3}) == ("POST", {"version": 1, "base": 2})
    assert page.shows("Restored. In force from now on.") or page.state["note"] == "restored"


def test_how_long_recordings_are_kept_and_who_takes_them_away_is_decided_beside_their_words() -> None:
    page = AdminPage().load()
    page.go("#way_in")
    page.type("recording.retention", "soon", "number")
    page.do("save")
    assert [problem["path"] for problem in page.state["problems"]] == ["recording.retention"]
    page.type("recording.retention", "٩٠", "number")
    page.type("recording.download", "representatives")
    page.do("save")
    method, body = page.answer("/api/admin/settings", 200, {"version": 2})
    assert method == "PUT"
    assert body["settings"]["recording"] == {
        "on": False,
        "timeout": 60,
        "retention": 90,
        "download": "representatives",
    }


def test_how_long_it_is_known_who_customers_were_is_decided_beside_the_company() -> None:
    page = AdminPage().load()
    assert page.shows("Keep customers’ names for, in days") and page.shows("reports still count the session")
    page.type("sessions.retention", "for ever", "number")
    page.do("save")
    (problem,) = page.state["problems"]
    assert problem["path"] == "sessions.retention" and place_of(problem["path"])[0] == "company"
    page.type("sessions.retention", "٣٠", "number")
    page.do("save")
    method, body = page.answer("/api/admin/settings", 200, {"version": 2})
    assert method == "PUT" and body["settings"]["sessions"] == {"retention": 30}


def test_reports_say_which_recordings_there_are() -> None:
    page = AdminPage().load()
    page.go("#reports")
    page.answer("/api/admin/reports", 200, REPORT)
    for words in ("Kept at the moment4", "Room they take3.4 GB", "Length of all together2 hours 1 minute"):
        assert page.shows(words), words
    page.do("set_days", value="7")
    page.answer("/api/admin/reports", 200, REPORT | {"recordings": {"count": 0, "size": 0, "duration": 0}})
    assert page.shows("No recordings are kept at the moment.")


@pytest.mark.parametrize("name", NAMES)
def test_every_section_has_a_heading_and_a_link_that_says_where_one_is(name: str) -> None:
    page = AdminPage().load()
    page.go("#" + name)
    assert page.state["section"] == name
    assert page.shows(page.admin.t("admin.section." + name))
    view = page_view(page.state, page.admin.t)
    ids = [parts(item)[1]["id"] for item in walk(view) if parts(item)[1].get("id")]
    assert len(ids) == len(set(ids))
    for item in walk(view):
        for reference in ("aria-labelledby", "aria-describedby", "for"):
            for named in parts(item)[1].get(reference, "").split() if parts(item)[1].get(reference) else ():
                assert named in ids, (item[0], reference, named)
    assert all(label for _, label in controls(view))
    assert sum(item[0] == "h1" for item in walk(view)) == 1
    current = [parts(item)[1]["href"] for item in walk(view) if parts(item)[1].get("aria-current") == "page"]
    assert current == ["#" + name]
    drawn = {parts(item)[1]["href"][len("#icon-") :] for item in walk(view) if item[0] == "use"}
    assert drawn <= set(ADMIN)
