"""The whole way, and what people say to each other on it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.people import People

SCRIPT = "<script>document.title = 'pwned'</script>"
IMAGE = "<img src=x onerror=\"document.title = 'pwned'\">"


def font_size(page: Page, text: str) -> float:
    size = page.get_by_text(text, exact=True).evaluate("(element) => getComputedStyle(element).fontSize")
    return float(size.removesuffix("px"))


def test_a_session_from_the_portal_to_the_transcript(people: People, tmp_path: Path) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    customer.open()
    expect(customer.page).to_have_title("Support from Acme Help")
    customer.name_box.fill("Casey")
    customer.question_box.fill("My printer is on fire.")
    customer.start_chat.click()
    expect(customer.heading).to_have_text("Shall we let you know?")
    customer.not_now.click()
    customer.is_number(1)
    expect(console.waiting("Casey")).to_contain_text("My printer is on fire.")

    console.accept("Casey")
    expect(customer.heading).to_have_text(console.name)
    customer.is_joined()
    console.is_joined()
    expect(console.page.get_by_role("heading", name="Casey")).to_be_visible()
    expect(console.page.get_by_role("group").get_by_text("My printer is on fire.")).to_be_visible()
    customer.talk.has(f"{console.name} joined.")
    customer.shares_nothing()

    customer.talk.say("It is still burning. 🔥 Çok sıcak, 熱い")
    console.talk.say("Please unplug it.")
    console.talk.has("It is still burning. 🔥 Çok sıcak, 熱い", "Please unplug it.")
    customer.talk.has("It is still burning.", "Please unplug it.")

    customer.talk.end.click()
    customer.page.get_by_role("button", name="Go on chatting").click()
    customer.ends()
    expect(console.page.get_by_text("The customer ended the session.").first).to_be_visible()
    expect(customer.page.get_by_text("Nothing was installed on your device.")).to_be_visible()
    expect(customer.page.get_by_text("Nothing runs on.")).to_be_visible()

    path, _ = customer.talk.save(customer.transcript, tmp_path)
    text = path.read_text(encoding="utf-8")
    for said in ("Conversation with Acme Help", "It is still burning.", "Please unplug it.", "You ended the session."):
        assert text.count(said) >= 1
    customer.page.get_by_role("button", name="Start a new chat").click()
    expect(customer.name_box).to_be_visible()


def test_the_representative_ends_the_session_and_puts_it_away(people: People) -> None:
    customer, console = people.session()
    console.ends()
    expect(customer.heading).to_have_text(f"{console.name} ended the session")
    expect(customer.transcript).to_be_visible()
    console.session("Casey").get_by_role("button", name="Close").click()
    expect(console.page.get_by_text("No session yet")).to_be_visible()


def test_a_message_is_delivered_then_read(people: People) -> None:
    console = people.representative()
    first, second = people.customer("Casey"), people.customer("Drew")
    for customer in (first, second):
        customer.enter()
        console.accept(customer.name)
        customer.is_joined()
    expect(console.page.get_by_role("heading", name="Drew")).to_be_visible()
    second.talk.say("Are you there?")
    second.talk.is_marked("Are you there?", "Read")
    first.talk.say("Hello?")
    first.talk.is_marked("Hello?", "Delivered")
    expect(console.session("Casey")).to_contain_text("1 unread")
    console.select("Casey")
    first.talk.is_marked("Hello?", "Read")
    console.talk.say("I am here.")
    console.talk.is_marked("I am here.", "Read")


def test_each_side_sees_that_the_other_is_writing(people: People) -> None:
    customer, console = people.session()
    customer.talk.box.press_sequentially("I thi")
    expect(console.page.get_by_text("Casey is writing")).to_be_visible()
    customer.talk.box.fill("I think it is the cable.")
    customer.talk.box.press("Enter")
    console.talk.has("I think it is the cable.")
    expect(console.page.get_by_text("Casey is writing")).to_be_hidden()
    console.talk.box.press_sequentially("Wh")
    expect(customer.page.get_by_text(f"{console.name} is writing")).to_be_visible()


def test_links_are_links_and_nothing_else_is_markup(people: People) -> None:
    customer = people.customer(f"{SCRIPT} & Co")
    console = people.representative()
    customer.enter(IMAGE)
    expect(console.waiting("& Co")).to_contain_text(SCRIPT)
    expect(console.waiting("& Co")).to_contain_text(IMAGE)
    console.accept("& Co")
    customer.is_joined()
    for text in (SCRIPT, IMAGE, "javascript:alert(1)", "Look at http://example.com/a?b=c&d=(e), please"):
        customer.talk.say(text)
        console.talk.has(text)
        customer.talk.has(text)
    for page in (customer.page, console.page):
        link = page.get_by_role("log").get_by_role("link")
        expect(link).to_have_count(1)
        expect(link).to_have_attribute("href", "http://example.com/a?b=c&d=(e)")
        expect(link).to_have_attribute("rel", "noopener noreferrer")
        expect(link).to_have_attribute("target", "_blank")
        expect(page.get_by_role("log").locator("script, img")).to_have_count(0)
        expect(page).not_to_have_title(re.compile("pwned"))


def test_a_transcript_is_inert(people: People, tmp_path: Path) -> None:
    customer, console = people.session(people.customer(SCRIPT))
    for person in (customer, console):
        person.talk.say(SCRIPT)
        person.talk.say(IMAGE)
        person.talk.is_marked(IMAGE, "Read")
    customer.ends()
    path, _ = customer.talk.save(customer.transcript, tmp_path)
    page = people.context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    expect(page.get_by_text(SCRIPT)).to_have_count(4)  # the customer's two messages bear it as their author
    expect(page.get_by_text(IMAGE)).to_have_count(2)
    expect(page.locator("script, img, link, iframe")).to_have_count(0)
    expect(page).to_have_title("Conversation with Acme Help")
    assert asked == [path.as_uri()]


def test_the_size_of_the_text_is_changed_and_remembered(people: People) -> None:
    customer, console = people.session()
    console.talk.say("Can you read this?")
    usual = font_size(customer.page, "Can you read this?")
    customer.talk.larger.click()
    customer.talk.larger.click()
    large = font_size(customer.page, "Can you read this?")
    assert large > usual
    customer.page.reload()
    customer.is_joined()
    assert font_size(customer.page, "Can you read this?") == large
    for _ in range(3):
        customer.talk.smaller.click()
    expect(customer.talk.smaller).to_be_disabled()
    assert font_size(customer.page, "Can you read this?") < usual


def test_shift_and_enter_make_a_new_line_and_enter_sends(people: People) -> None:
    customer, console = people.session()
    customer.talk.box.press_sequentially("one")
    customer.talk.box.press("Shift+Enter")
    customer.talk.box.press_sequentially("two")
    expect(customer.talk.box).to_have_value("one\ntwo")
    customer.talk.box.press("Enter")
    expect(customer.talk.box).to_have_value("")
    lines = console.talk.entries("one").locator(".text")
    expect(lines).to_have_js_property("innerText", "one\ntwo")
    console.talk.box.fill("three")
    console.talk.send.click()
    customer.talk.has("three")


def test_a_message_that_is_too_long_is_refused_beside_the_box_and_kept(people: People) -> None:
    customer, console = people.session()
    long = "a" * 8001
    customer.talk.say(long)
    expect(customer.talk.problem).to_contain_text("This message is too long: 8001 characters, and 8000 fit.")
    expect(customer.talk.box).to_have_value(long)
    customer.talk.box.fill("a" * 8000)
    expect(customer.talk.problem).to_have_count(0)
    customer.talk.box.press("Enter")
    expect(customer.talk.box).to_have_value("")
    expect(console.talk.entries("a" * 8000)).to_be_visible()


def test_a_name_or_a_question_that_is_too_long_is_refused_in_the_portal_and_kept(people: People) -> None:
    customer = people.customer()
    customer.open()
    customer.name_box.fill("n" * 101)
    customer.start_chat.click()
    expect(customer.talk.problem).to_contain_text("at most 100 characters")
    expect(customer.name_box).to_have_value("n" * 101)
    customer.name_box.fill("Casey")
    customer.question_box.fill("q" * 2001)
    customer.start_chat.click()
    expect(customer.talk.problem).to_contain_text("2,000 characters")
    expect(customer.question_box).to_have_value("q" * 2001)
    customer.question_box.fill("q" * 2000)
    customer.start_chat.click()
    customer.not_now.click()
    expect(customer.leave).to_be_visible()
    customer.leave.click()
    expect(customer.heading).to_have_text("You left the queue")
