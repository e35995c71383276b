"""The way in as a company may ask for it, with everything switched on: each step, each answer, and each silence."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.barriers import finds_nothing, has_no_barrier
from e2e.pages.customer import Customer
from e2e.people import People

AGREEMENT = "Before we start"
RECORDING = "May we record this session?"
THANKS = "Thank you for your answers"
WORDS = {
    "ar": ("بدء المحادثة", "أوافق", "رفض التسجيل"),
    "de": ("Chat starten", "Zustimmen", "Aufzeichnung ablehnen"),
}
SITE: dict[str, Any] = {
    "company": "Acme Help",
    "agreement": {"on": True, "timeout": 300},
    "recording": {"on": True, "timeout": 300},
    "hold": {"on": True, "interval": 15},
    "orphaned": {"grace": 0},
    "watermark": {"text": "Confidential"},
    "issues": [{"id": "mail", "name": {"en": "E-mail", "ar": "البريد"}}, {"id": "phone", "name": {"en": "Telephone"}}],
    "texts": {"en": {"queue_greeting": "**Hello {customer}**, this is about {issue}. Number {position}, {wait}."}},
    "survey": {
        "on": True,
        "questions": [
            {"id": "happy", "kind": "rating", "text": {"en": "How happy are you?"}},
            {
                "id": "solved",
                "kind": "choice",
                "text": {"en": "Was it solved?"},
                "choices": [{"id": "yes", "text": {"en": "Yes"}}, {"id": "no", "text": {"en": "No"}}],
            },
            {"id": "more", "kind": "text", "text": {"en": "What else?"}},
        ],
    },
}


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    return SITE


def test_every_step_from_the_click_to_the_last_page_without_a_barrier(people: People) -> None:
    administrator = people.administrator()
    console = people.representative()
    known = administrator.publish("No mail since nine", "We know, {customer}. See https://status.example.")
    customer = people.customer("Casey")
    page = customer.page
    customer.open("/?issue=mail")
    expect(customer.issue).to_have_value("mail")
    has_no_barrier(page, "portal")
    customer.name_box.fill("n" * 101)
    customer.start_chat.click()
    expect(customer.talk.problem).to_be_visible()
    customer.name_box.fill("Casey")
    customer.start_chat.click()

    expect(customer.allow_notifications).to_be_visible()
    has_no_barrier(page, "notifications")
    page.context.grant_permissions(["notifications"])
    customer.allow_notifications.click()
    customer.is_asked(AGREEMENT)
    expect(customer.countdown).to_contain_text(re.compile(r"\b[45] minutes left to accept"))
    has_no_barrier(page, "agreement")
    console.has_waiting(0)
    customer.accept.click()
    customer.is_asked(RECORDING)
    expect(customer.countdown).to_be_visible()
    has_no_barrier(page, "recording")
    customer.refuse_recording.click()
    customer.is_asked("No mail since nine")
    expect(page.get_by_text("We know, Casey.")).to_be_visible()
    expect(page.get_by_role("link", name="https://status.example")).to_have_attribute("rel", "noopener noreferrer")
    has_no_barrier(page, "notice")
    console.has_waiting(0)
    customer.continue_waiting.click()

    customer.is_number(1)
    expect(page.get_by_text("Estimated wait: we cannot tell yet")).to_be_visible()
    expect(page.get_by_text("Hello Casey, this is about E-mail. Number 1, we cannot tell yet.")).to_be_visible()
    expect(console.waiting("Casey")).to_contain_text("E-mail")
    customer.talk.say("It says error 7.")
    has_no_barrier(page, "queue")
    customer.talk.box.fill("And also")
    second = administrator.publish("No telephone either")
    customer.is_asked("No telephone either")
    expect(customer.talk.box).to_be_focused()
    expect(customer.talk.box).to_have_value("And also")
    has_no_barrier(page, "notice while waiting")
    customer.continue_waiting.click()
    customer.is_number(1)
    expect(customer.talk.entries("We have not forgotten you. Your place in line: 1.").first).to_be_visible()

    console.accept("Casey")
    customer.is_joined()
    console.talk.has("It says error 7.")
    expect(page.locator(".watermark")).to_contain_text("Confidential")
    customer.red_x.click(trial=True)
    has_no_barrier(page, "session with a watermark")
    console.ends()
    customer.is_asked("How was it?")
    has_no_barrier(page, "survey")
    page.get_by_role("group", name="How happy are you?").get_by_role("radio", name="4").check()
    page.get_by_role("radio", name="Yes").check()
    page.get_by_label("What else?").fill("Thanks")
    page.reload()
    expect(page.get_by_role("radio", name="4")).to_be_checked()
    expect(page.get_by_label("What else?")).to_have_value("Thanks")
    customer.send_answers.click()
    customer.is_asked(THANKS)
    expect(page.get_by_text("Nothing runs on")).to_be_visible()
    has_no_barrier(page, "last page")
    assert page.evaluate("() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []
    customer.start_again.click()
    expect(customer.start_chat).to_be_visible()

    report = administrator.report()
    answers = {question["question"]: question for question in report["surveys"]}
    assert answers["happy"]["count"] == 1 and answers["happy"]["average"] == 4
    assert report["consents"]["agreement"] == {"accept": 1} and report["consents"]["recording"] == {"refuse": 1}
    for notice in (known, second):
        assert administrator.notice(notice)["continued"] == 1
        administrator.withdraw(notice)


def test_each_no_and_each_silence_leads_to_a_screen_that_says_so(people: People) -> None:
    administrator = people.administrator()
    console = people.representative()
    short = {"on": True, "timeout": 10}
    names = ("Decliner", "Silent", "Unrecorded", "Leaver", "Early", "Skipper")
    decliner, silent, unrecorded, leaver, early, skipper = [people.customer(name) for name in names]
    early.send_form()
    early.leave_early.click()
    early.is_asked("You left before the chat began")
    finds_nothing(early.page, "left early")
    at_the_agreement(decliner)
    decliner.decline.click()
    decliner.is_asked("You did not accept")
    finds_nothing(decliner.page, "declined")
    decliner.page.reload()
    expect(decliner.start_chat).to_be_visible()

    # Who is asked after that has ten seconds, and does nothing else meanwhile.
    administrator.decide(recording=short)
    at_the_agreement(unrecorded)
    unrecorded.accept.click()
    unrecorded.is_asked(RECORDING)
    expect(unrecorded.leave).to_be_visible()
    console.has_waiting(1)
    unrecorded.leave.click()
    unrecorded.is_asked("You left the queue")
    administrator.decide(agreement=short)
    at_the_agreement(silent)
    expect(silent.countdown).to_contain_text("second")
    silent.is_asked("There was no answer in time")
    expect(silent.page.get_by_text("nothing was started")).to_be_visible()
    expect(silent.transcript).to_have_count(0)

    administrator.decide(agreement={"on": False}, recording={"on": False})
    leaver.enter()
    notice = administrator.publish("All is down")
    leaver.leave_by_notice.click()
    leaver.is_asked("Thank you for letting us know")
    finds_nothing(leaver.page, "left by a notice")
    console.has_waiting(0)
    assert administrator.notice(notice)["left"] == 1
    administrator.withdraw(notice)

    skipper.enter()
    console.accept("Skipper")
    skipper.is_joined()
    skipper.press_end()
    skipper.skip.click()
    skipper.is_asked("You ended the session")
    skipper.page.reload()
    expect(skipper.start_chat).to_be_visible()
    administrator.decide(agreement=SITE["agreement"], recording=SITE["recording"])


def at_the_agreement(customer: Customer) -> None:
    customer.send_form()
    customer.not_now.click()
    customer.is_asked(AGREEMENT)


@pytest.mark.parametrize("language", WORDS)
def test_the_way_in_in_another_language(people: People, language: str) -> None:
    start, accept, refuse = WORDS[language]
    people.representative()
    customer = people.customer(locale=language, viewport={"width": 360, "height": 740})
    page = customer.page
    customer.open()
    page.get_by_role("button", name=start).click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    page.locator(".screen-notifications .secondary").click()
    for name in (accept, refuse):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
        finds_nothing(page, f"{name}, {language}")
        page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".at-queue")).to_be_visible()
    finds_nothing(page, f"queue, {language}")
    assert not re.search(r"\b(way|agreement|waiting|notice)\.[a-z]+", page.locator("body").inner_text())
    page.locator(".at-queue button").click()
    expect(page.locator(".screen-ended")).to_be_visible()
    finds_nothing(page, f"the end, {language}")
