"""Beside the queue: nobody is there, a message instead, or straight to whoever sent an invitation."""

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from e2e.barriers import has_no_barrier
from e2e.people import People

ADDRESS = "https://elsewhere.example/help"
NOBODY = "We cannot help you right now"


@pytest.fixture(scope="module")
def site() -> dict[str, Any]:
    orphaned = {"grace": 1, "url": ADDRESS, "countdown": 8, "takes_messages": True}
    return {"orphaned": orphaned, "hold": {"on": False, "interval": 15}}


def test_while_nobody_is_there_one_is_led_on_or_stays_or_leaves_a_message(people: People) -> None:
    hasty, patient, writer = (people.customer(name) for name in ("Hasty", "Patient", "Writer"))

    def answer(route: Route) -> None:
        route.fulfill(body="<title>Help</title>", content_type="text/html")

    hasty.page.context.route(ADDRESS, answer)
    hasty.send_form()
    hasty.not_now.click()
    hasty.is_asked(NOBODY)
    expect(hasty.countdown).to_contain_text("This page goes to elsewhere.example in")

    patient.send_form("I have time.")
    patient.not_now.click()
    patient.is_asked(NOBODY)
    patient.stay.click()
    expect(patient.stay).to_have_count(0)
    patient.talk.say("I wait.")
    has_no_barrier(patient.page, "orphaned")

    hasty.page.wait_for_url(ADDRESS)
    hasty.page.go_back()
    expect(hasty.start_chat).to_be_visible()

    writer.send_form()
    writer.not_now.click()
    writer.leave_message.click()
    expect(writer.countdown).to_have_count(0)
    writer.page.get_by_label("Your message").fill("Please call me.")
    writer.page.get_by_label("How can we reach you?").fill("writer@mail.example")
    writer.page.reload()
    expect(writer.page.get_by_label("Your message")).to_have_value("Please call me.")
    has_no_barrier(writer.page, "leaving a message")
    writer.page.get_by_role("button", name="Send message").click()
    writer.is_asked("Your message is on its way")
    has_no_barrier(writer.page, "message left")
    expect(patient.heading).to_have_text(NOBODY)

    console = people.representative()
    patient.is_number(1)
    console.has_waiting(1)
    console.page.get_by_text("Messages left").click()
    left = console.page.get_by_role("list", name="Messages left")
    expect(left).to_contain_text("Please call me.")
    expect(left).to_contain_text("writer@mail.example")
    console.available.click()
    patient.is_asked(NOBODY)
    expect(patient.stay).to_have_count(0)
    console.accept("Patient")
    patient.is_joined()
    console.talk.has("I wait.")


def test_a_session_key_leads_once_to_whoever_made_it(people: People) -> None:
    bystander, console = people.representative(), people.representative()
    console.page.get_by_role("button", name="Create session key").click()
    key = console.page.locator(".key-text").inner_text()
    customer = people.customer("Casey")
    customer.open(f"/?key={key}&issue=none")
    expect(customer.key).to_have_value(key)
    assert "key" not in customer.page.url
    customer.page.reload()
    expect(customer.key).to_have_value(key)
    customer.name_box.fill("Casey")
    customer.start_chat.click()
    customer.not_now.click()
    customer.is_number(1)
    console.has_waiting(1)
    bystander.has_waiting(0)

    late = people.customer("Drew")
    late.open(f"/?key={key}")
    late.question_box.fill("I was sent this.")
    late.start_chat.click()
    expect(late.talk.problem).to_contain_text("This session key is not valid any more")
    has_no_barrier(late.page, "a key that is used")
    expect(late.question_box).to_have_value("I was sent this.")
    late.key.fill("ABC")
    late.start_chat.click()
    expect(late.talk.problem).to_contain_text("eight letters and digits")
    console.page.get_by_role("button", name="Create session key").click()
    expect(console.page.locator(".key-text")).not_to_have_text(key)
    fresh = console.page.locator(".key-text").inner_text().lower()
    late.key.fill(f" {fresh[:4]} {fresh[4:6]}-{fresh[6:]} ")
    late.start_chat.click()
    late.not_now.click()
    late.is_number(2)

    stranger = people.customer("Sam")
    stranger.enter()
    bystander.has_waiting(1)
    console.accept("Casey")
    customer.is_joined()
