"""Back to the same step after whatever happens to a page, and in the queue once at most."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.pages.customer import Customer
from e2e.people import People

KNOWN = "No mail since nine"
BROKEN = "The connection broke."
ELSEWHERE = "Your session is open in another tab"
Answer = Callable[[Customer], None]
ANSWERS: list[tuple[str, Answer]] = [
    ("Shall we let you know?", lambda customer: customer.not_now.click()),
    ("Before we start", lambda customer: customer.accept.click()),
    ("May we record this session?", lambda customer: customer.allow_recording.click()),
    (KNOWN, lambda customer: customer.continue_waiting.click()),
]


@pytest.fixture(scope="module")
def site() -> dict[str, Any]:
    asked = {"on": True, "timeout": 300}
    return {"agreement": asked, "recording": asked, "survey": {"on": True, "questions": SURVEY}}


SURVEY = [{"id": "more", "kind": "text", "text": {"en": "What else?"}}]


def test_every_step_is_there_again_after_a_reload_a_second_tab_and_a_server_that_was_away(people: People) -> None:
    notice = people.administrator().publish(KNOWN)
    console = people.representative()
    everybody = []
    for place in range(len(ANSWERS) + 1):
        customer = people.customer(f"Casey {place}")
        customer.send_form()
        for heading, answer in ANSWERS[:place]:
            customer.is_asked(heading)
            answer(customer)
        comes_back(customer, place)
        everybody.append(customer)

    people.server.kill()
    for customer in everybody:
        expect(customer.page.get_by_text(BROKEN)).to_be_visible()
    # What is pressed meanwhile is said later.
    everybody[1].accept.click()
    people.server.start()
    for customer in everybody:
        expect(customer.page.get_by_text(BROKEN)).to_have_count(0)
    everybody[1].is_asked(ANSWERS[2][0])
    people.administrator().withdraw(notice)
    for place, customer in enumerate(everybody):
        for heading, answer in ANSWERS[max(place, 2 * (place == 1)) : 3]:
            customer.is_asked(heading)
            answer(customer)
    for customer in everybody:
        expect(customer.leave).to_be_visible()
        expect(
            customer.page.get_by_text("in line").or_(customer.page.get_by_text("You are next")).first
        ).to_be_visible()
    console.has_waiting(len(everybody))
    for customer in everybody:
        customer.leave.click()
        customer.is_asked("You left the queue")
    console.has_waiting(0)


def is_at(customer: Customer, place: int) -> None:
    if place < len(ANSWERS):
        customer.is_asked(ANSWERS[place][0])
    else:
        expect(customer.leave).to_be_visible()


def comes_back(customer: Customer, place: int) -> None:
    """Whatever happens to the page, it is at the same step again."""
    page = customer.page
    is_at(customer, place)
    page.reload()
    is_at(customer, place)
    page.goto("about:blank")
    page.go_back()
    is_at(customer, place)
    sleep(page)
    is_at(customer, place)
    other = Customer(page.context.new_page(), customer.url, customer.name)
    other.open()
    is_at(other, place)
    customer.is_asked(ELSEWHERE)
    page.get_by_role("button", name="Use this tab").click()
    is_at(customer, place)
    other.is_asked(ELSEWHERE)
    other.page.close()


def sleep(page: Page) -> None:
    """As behind the lid of a laptop."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    devtools.detach()


def test_what_was_typed_into_the_portal_outlives_a_reload_and_a_visit_elsewhere(people: People) -> None:
    customer = people.customer("Casey")
    customer.open()
    customer.name_box.fill("Casey")
    customer.question_box.fill("It says error 7.")
    customer.page.reload()
    expect(customer.question_box).to_have_value("It says error 7.")
    customer.page.goto("about:blank")
    customer.page.go_back()
    expect(customer.name_box).to_have_value("Casey")
    expect(customer.question_box).to_have_value("It says error 7.")


def test_a_survey_waits_for_its_answer_through_a_reload_and_a_server_that_was_away(people: People) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    customer.send_form()
    for _, answer in ANSWERS[:3]:
        answer(customer)
    console.accept("Casey")
    customer.is_joined()
    customer.talk.box.fill("Half a sentence")
    customer.page.reload()
    customer.is_joined()
    expect(customer.talk.box).to_have_value("Half a sentence")
    customer.press_end()
    customer.is_asked("How was it?")
    words = customer.page.get_by_label("What else?")
    words.fill("Thank you")
    customer.page.reload()
    expect(words).to_have_value("Thank you")
    people.server.kill()
    customer.send_answers.click()
    expect(customer.talk.problem).to_contain_text("There is no connection")
    people.server.start()
    customer.is_asked("Thank you for your answers")
