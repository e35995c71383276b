"""What pages read of the site: in the customer's language, with the company's logo, and for buttons elsewhere."""

import base64

import pytest

from tests.signaling.administrator import PNG, Administrator
from tests.signaling.server import Site

ELSEWHERE = "https://www.example.com"
ISSUES = [
    {"id": "printer", "name": {"en": "Printer", "de": "Drucker"}, "team": "printers"},
    {"id": "mail", "name": {"en": "Mail"}},
]
TEAMS = [{"id": "general", "name": "General"}, {"id": "printers", "name": "Printers"}]


@pytest.fixture
def cleo(site: Site) -> Administrator:
    return Administrator(site)


def test_the_site_comes_in_the_language_that_was_asked_for_or_the_first(site: Site, cleo: Administrator) -> None:
    version = cleo.decide(
        languages=["de", "en"],
        issues=[{"id": "printer", "name": {"de": "Drucker", "en": "Printer"}}],
        texts={"de": {"greeting": "Moin!"}},
    )
    german = site.get("/api/site?language=de-AT").json()
    assert (german["language"], german["greeting"]) == ("de", "Moin!")
    assert german["languages"] == ["de", "en"] and german["version"] == version
    english = site.get("/api/site?language=en").json()
    assert english["issues"] == [{"id": "printer", "name": "Printer"}]
    for query in ("", "?language=ar", "?language=" + "x" * 500):
        assert site.get("/api/site" + query).json()["language"] == "de"


def test_the_site_says_what_the_page_needs_and_nothing_of_the_inside(site: Site, cleo: Administrator) -> None:
    cleo.decide(
        colour="#0b5fff",
        files={"max_size": 5, "forbidden_types": [".exe"]},
        watermark={"text": "Acme", "image": PNG},
        canned=[{"id": "hi", "name": "Hello", "text": {"en": "Hello!"}}],
    )
    body = site.get("/api/site").json()
    assert set(body) == {
        "version", "company", "colour", "logo", "language", "languages", "greeting", "issues", "session_start",
        "ice_servers", "max_file_size", "reconnect_time", "forbidden_types", "watermark", "available", "survey",
    }  # fmt: skip
    assert (body["colour"], body["logo"], body["session_start"]) == ("#0b5fff", "", "web_chat")
    assert (body["max_file_size"], body["forbidden_types"]) == (5, [".exe"])
    assert body["watermark"] == {"text": "Acme", "image": PNG}
    assert body["survey"] is False
    question = {"id": "q1", "kind": "rating", "text": {"en": "How was it?"}}
    for on in (True, False):
        cleo.decide(survey={"on": on, "questions": [question]})
        assert site.get("/api/site").json()["survey"] is on


def test_the_logo_has_an_address_that_changes_with_it(site: Site, cleo: Administrator) -> None:
    assert site.get("/api/logo").status_code == 404
    cleo.decide(logo=PNG)
    address = site.get("/api/site").json()["logo"]
    logo = site.get(address)
    assert logo.content == base64.b64decode(PNG.partition(",")[2])
    assert logo.headers["content-type"] == "image/png"
    assert logo.headers["cache-control"].endswith("immutable")
    assert logo.headers["x-content-type-options"] == "nosniff"
    assert site.get("/api/logo").headers["cache-control"] == "no-cache"
    cleo.decide(logo=PNG.replace("AAAA", "BBBB", 1))
    assert site.get("/api/site").json()["logo"] != address
    assert site.get(address).headers["cache-control"] == "no-cache"


def test_any_page_may_ask_whether_somebody_is_available(site: Site, cleo: Administrator) -> None:
    cleo.decide(teams=TEAMS, issues=ISSUES)
    cleo.put("representatives/Bob", {"name": "Bob", "teams": ["printers"]})

    def available(query: str = "") -> bool:
        answer = site.get("/api/available" + query, Origin="https://anywhere.example")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert list(answer.json()) == ["available"]
        return bool(answer.json()["available"])

    assert not available()
    assert not site.get("/api/site").json()["available"]
    bob, _ = site.console(site.cookie("Bob"))
    bob.send("available", on=True)
    assert bob.until("availability")["on"]
    assert available() and available("?issue=printer") and available("?issue=no-such-issue")
    assert not available("?issue=mail")
    assert site.get("/api/site").json()["available"]
    cleo.decide(issues=[])
    assert not available()  # everybody waits for the first team then
    assert not site.get("/api/site").json()["available"]
    cleo.put("representatives/Bob", {"name": "Bob"})
    assert available()
    bob.send("available", on=False)
    assert not bob.until("availability")["on"]
    assert not available()


def test_canned_messages_are_for_who_is_signed_in(site: Site, cleo: Administrator) -> None:
    cleo.decide(canned=[{"id": "hi", "name": "Hello", "text": {"en": "Hello {customer}!", "de": "Hallo {customer}!"}}])
    assert site.get("/api/canned").status_code == 401
    german = site.get("/api/canned?language=de", cookie=site.cookie("Bob")).json()
    assert german == {"messages": [{"id": "hi", "name": "Hello", "text": "Hallo {customer}!"}]}
    arabic = site.get("/api/canned?language=ar", cookie=site.cookie("Bob")).json()
    assert arabic["messages"][0]["text"] == "Hello {customer}!"


def test_an_origin_is_allowed_from_saving_it_until_it_is_taken_back(site: Site, cleo: Administrator) -> None:
    cleo.decide(allowed_origins=[ELSEWHERE])
    customer = site.page(origin=ELSEWHERE)
    customer.send("hello", role="customer", page="x")
    assert customer.expect("welcome")["state"] == "new"
    cleo.decide(allowed_origins=[])
    assert "access-control-allow-origin" not in site.get("/api/site", Origin=ELSEWHERE).headers
