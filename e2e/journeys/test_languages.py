"""Every page in every language: chosen by the browser, changed by the person, and nothing lost by it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.barriers import has_no_barrier
from e2e.people import People
from e2e.servers import PASSWORD

WORDS = {
    "de": {"language": "Sprache", "start": "Chat starten", "later": "Jetzt nicht", "leave": "Warteschlange verlassen"},
    "ar": {"language": "اللغة", "start": "بدء المحادثة", "later": "ليس الآن", "leave": "مغادرة قائمة الانتظار"},
}
STAYS = "() => { globalThis.staysTheSamePage = true; }"
STAYED = "() => globalThis.staysTheSamePage === true"


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    return {"issues": [{"id": "mail", "name": {"en": "E-mail", "de": "E-Mail-Programm", "ar": "البريد"}}]}


def speaks(page: Page, language: str) -> None:
    """The page says in which language and direction it is."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")


def choose(page: Page, name: str, language: str) -> None:
    """On the page's own select, whatever that is called at the moment."""
    page.get_by_role("combobox", name=name).select_option(language)
    speaks(page, language)


@pytest.mark.parametrize(("locale", "language"), [("de-AT", "de"), ("ar-EG", "ar")])
def test_the_browser_chooses_the_language_and_nothing_is_a_barrier_in_it(
    people: People, locale: str, language: str
) -> None:
    words = WORDS[language]
    page = people.context(locale=locale).new_page()
    page.goto(people.server.url)
    speaks(page, language)
    expect(page.get_by_role("combobox", name=words["language"])).to_have_value(language)
    has_no_barrier(page, "portal")
    page.get_by_role("button", name=words["start"]).click()
    expect(page.get_by_role("button", name=words["later"])).to_be_visible()
    has_no_barrier(page, "notifications")


def test_a_language_chosen_on_the_portal_keeps_what_was_typed_and_is_remembered(people: People) -> None:
    customer = people.customer()
    page = customer.page
    customer.open()
    customer.name_box.fill("Casey")
    page.evaluate(STAYS)
    choose(page, "Language", "ar")
    expect(page.locator("#name")).to_have_value("Casey")
    expect(page.locator("#issue option").nth(1)).to_have_text("البريد")
    expect(page).to_have_title("الدعم من \u2068Acme Help\u2069")
    assert page.evaluate(STAYED)
    page.goto(people.server.url)
    speaks(page, "ar")
    page.goto(people.server.url + "/?language=de&issue=mail")
    speaks(page, "de")
    expect(page.locator("#issue")).to_have_value("mail")
    choose(page, "Sprache", "en")
    page.reload()
    speaks(page, "en")


def test_a_language_changed_in_the_middle_of_a_session_says_everything_again(people: People) -> None:
    customer, console = people.session()
    page = customer.page
    customer.talk.say("It beeps.")
    console.talk.has("It beeps.")
    customer.talk.box.fill("Half a sen")
    page.evaluate(STAYS)
    choose(page, "Language", "de")
    log = page.get_by_role("log", name="Nachrichten")
    expect(log.locator(".entry").filter(has_text=f"{console.name} ist dazugekommen.")).to_have_count(1)
    expect(log.locator(".entry").filter(has_text="It beeps.")).to_have_count(1)
    expect(log.get_by_text("Gelesen")).to_be_visible()
    expect(page.get_by_role("textbox", name="Nachricht")).to_have_value("Half a sen")
    expect(page.get_by_role("button", name="Teilen beenden und Erlaubnisse zurücknehmen")).to_be_visible()
    choose(page, "Sprache", "ar")
    has_no_barrier(page, "session")
    page.get_by_role("textbox", name="الرسالة").press("Enter")
    console.talk.has("Half a sen")
    assert page.evaluate(STAYED)
    page.reload()
    speaks(page, "ar")
    expect(page.get_by_text("اتصال خاص")).to_be_visible()


def test_who_waits_reads_the_companys_words_in_the_language_chosen_then(people: People) -> None:
    people.representative()
    customer = people.customer()
    customer.enter()
    choose(customer.page, "Language", "de")
    expect(customer.page.get_by_text("Danke, dass Sie warten.")).to_be_visible()
    expect(customer.page.get_by_role("button", name=WORDS["de"]["leave"])).to_be_visible()
    choose(customer.page, "Sprache", "ar")
    has_no_barrier(customer.page, "queue")
    customer.page.get_by_role("button", name=WORDS["ar"]["leave"]).click()


def test_a_representative_works_in_a_language_of_their_own(people: People) -> None:
    console = people.console()
    page = console.page
    page.goto(people.server.url + "/console")
    choose(page, "Language", "ar")
    has_no_barrier(page, "sign in")
    page.locator("#name").fill(console.name)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="تسجيل الدخول").click()
    page.get_by_role("switch", name="متاح").click()
    customer = people.customer("Casey")
    customer.enter()
    page.get_by_role("listitem").filter(has_text="Casey").get_by_role("button", name="قبول").click()
    customer.is_joined()
    has_no_barrier(page, "desk")


def test_a_site_of_one_language_has_no_choice_and_takes_everybody_along(people: People) -> None:
    administrator = people.administrator()
    page = people.context(locale="ar").new_page()
    page.goto(people.server.url)
    speaks(page, "ar")
    decided: dict[str, Any] = {"languages": ["de"]}
    administrator.decide(**decided)
    page.goto(people.server.url)
    speaks(page, "de")
    expect(page.get_by_role("button", name=WORDS["de"]["start"])).to_be_visible()
    expect(page.get_by_role("combobox", name="Sprache")).to_have_count(0)
    page.goto(people.server.url + "/index.ar.html")
    speaks(page, "de")
