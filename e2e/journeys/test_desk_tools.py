"""What representatives have at hand: session keys, notices, canned messages, and messages that were left."""

import pytest
from playwright.sync_api import expect

from e2e.barriers import has_no_barrier
from e2e.people import People
from e2e.servers import PASSWORD

GREETING = "Hello {customer}, this is {representative} of {company}."


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    canned = [
        {"id": "hello", "name": "Greeting", "text": {"en": GREETING, "de": "Guten Tag {customer}!"}},
        {"id": "again", "name": "Restart", "text": {"en": "Please switch it off and on again."}},
    ]
    return {"canned": canned, "orphaned": {"grace": 0}}


def test_a_session_key_leads_to_the_representative_who_made_it(people: People) -> None:
    console = people.representative()
    other = people.representative()
    console.page.get_by_role("button", name="Create session key").click()
    has_no_barrier(console.page, "session key")
    console.page.set_viewport_size({"width": 1440, "height": 900})
    link = console.page.get_by_role("textbox", name="Link with the key").input_value()
    customer = people.customer("Casey")
    customer.page.goto(link)
    expect(customer.key).to_have_value(link.rpartition("=")[2])
    assert "key" not in customer.page.url
    customer.name_box.fill("Casey")
    customer.start_chat.click()
    customer.not_now.click()
    expect(console.waiting("Casey")).to_be_visible()
    expect(other.page.get_by_text("Nobody is waiting")).to_be_visible()
    console.accept("Casey")
    customer.is_joined()


def test_key_and_link_can_be_copied(people: People) -> None:
    context = people.context(viewport={"width": 1440, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    console = people.console()
    page = context.new_page()
    page.goto(people.server.url + "/console")
    page.get_by_label("Name", exact=True).fill(console.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Create session key").click()
    link = page.get_by_role("textbox", name="Link with the key").input_value()
    for name, text in (("Copy link", link), ("Copy key", link.rpartition("=")[2])):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("status")).to_have_text("Copied.")
        assert page.evaluate("() => navigator.clipboard.readText()") == text


def test_a_notice_sent_into_a_session_may_end_it(people: People) -> None:
    administrator = people.administrator()
    customer, console = people.session()
    send = console.page.get_by_role("button", name="Send notice")
    send.click()
    expect(console.page.get_by_text("No notice is published at the moment.")).to_be_visible()
    send.click()
    notice = administrator.publish("No mail since nine", "We know, {customer}.")
    send.click()
    has_no_barrier(console.page, "notices")
    console.page.set_viewport_size({"width": 1440, "height": 900})
    console.page.get_by_role("button", name="No mail since nine").click()
    console.talk.has("You sent the notice No mail since nine.")
    expect(customer.page.get_by_role("group", name="No mail since nine")).to_contain_text(f"We know, {customer.name}.")
    customer.leave_by_notice.click()
    expect(customer.heading).to_have_text("Thank you for letting us know")
    console.talk.has("The customer left because of a notice.")
    administrator.withdraw(notice)


def test_a_canned_message_is_found_filled_in_and_sent_by_keyboard_alone(people: People) -> None:
    customer, console = people.session()
    page = console.page
    page.get_by_role("button", name="Canned messages").focus()
    page.keyboard.press("Enter")
    search = page.get_by_role("searchbox", name="Search canned messages")
    expect(search).to_be_focused()
    expect(page.get_by_role("button", name="Restart")).to_be_visible()
    has_no_barrier(page, "canned messages")
    page.set_viewport_size({"width": 1440, "height": 900})
    search.press_sequentially("hello this")
    expect(page.get_by_role("button", name="Restart")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(console.talk.box).to_be_focused()
    page.keyboard.press("Enter")
    said = f"Hello {customer.name}, this is {console.name} of Acme Help."
    customer.talk.has(said)
    console.talk.has(said)
    page.get_by_role("button", name="Canned messages").click()
    page.keyboard.press("Escape")
    expect(search).to_have_count(0)
    expect(console.talk.box).to_be_focused()


def test_a_message_that_was_left_stays_with_the_team_until_it_is_dealt_with(people: People) -> None:
    customer = people.customer("Casey")
    customer.send_form()
    customer.not_now.click()
    customer.leave_message.click()
    customer.page.get_by_label("Your message").fill("It beeps.\nPlease write to me.")
    customer.page.get_by_label("How can we reach you?").fill("casey@example.org")
    customer.page.get_by_role("button", name="Send message").click()
    expect(customer.heading).to_have_text("Your message is on its way")
    first, second = people.representative(), people.representative()
    for console in (first, second):
        console.page.get_by_text("Messages left").click()
        left = console.page.get_by_role("list", name="Messages left")
        expect(left).to_contain_text("It beeps.")
        expect(left).to_contain_text("casey@example.org")
    has_no_barrier(first.page, "messages left")
    first.page.set_viewport_size({"width": 1440, "height": 900})
    first.page.get_by_role("button", name="Mark as done").click()
    for console in (first, second):
        expect(console.page.get_by_text("Messages left")).to_have_count(0)
