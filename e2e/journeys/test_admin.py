"""What an administrator decides in one browser is what other people meet in theirs, without a restart."""

import base64
import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from e2e.pages.admin import Admin
from e2e.pages.customer import Customer
from e2e.people import ADMINISTRATOR, People
from e2e.servers import PASSWORD

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LOGO: FilePayload = {"name": "logo.png", "mimeType": "image/png", "buffer": PIXEL}


@pytest.fixture
def admin(people: People) -> Admin:
    """Signed in, on a wide screen."""
    page = people.context(viewport={"width": 1440, "height": 900}).new_page()
    admin = Admin(page, people.server.url, ADMINISTRATOR)
    admin.come_in(PASSWORD)
    return admin


def has_logo(page: Page) -> None:
    """A picture that the browser could draw, beside the company's name."""
    image = page.locator("header img")
    expect(image).to_be_visible()
    assert image.evaluate("(one) => one.decode().then(() => one.naturalWidth > 0)")


def test_brand_languages_and_the_first_steps(people: People, admin: Admin) -> None:
    admin.fill("Company name", "Alder & Finch")
    admin.page.get_by_label("Logo").set_input_files(LOGO)
    admin.fill("Colour", "#7a1f5c")
    expect(admin.preview.get_by_role("heading", level=1)).to_have_text("Let us help you")
    admin.page.get_by_label("العربية").uncheck()
    admin.field("First language").select_option("Deutsch")
    admin.fill("Allowed origins", "https://shop.example")

    admin.go("Way in")
    expect(admin.field("Download the full client")).to_be_disabled()
    expect(admin.page.get_by_text("this server has no client for customers to download").first).to_be_visible()
    admin.texts_in.select_option("English")
    admin.fill("Greeting line", "Tell {company} what is wrong.")
    expect(admin.preview.get_by_text("Tell Alder & Finch what is wrong.")).to_be_visible()
    admin.field("Ask customers to accept an agreement").check()
    admin.fill("Agreement title", "Our terms")
    admin.fill("Agreement text", "Please be **kind**.\n\nThank you.")
    admin.fill("Time to accept, in seconds", "40")
    expect(admin.preview.get_by_role("heading", name="Our terms")).to_be_visible()
    admin.texts_in.select_option("German")
    admin.fill("Agreement title", "Unsere Bedingungen")
    expect(admin.preview.get_by_role("heading", name="Unsere Bedingungen")).to_be_visible()
    admin.texts_in.select_option("English")
    admin.field("Record sessions").check()
    admin.fill("Recording prompt", "May {company} record this?")
    admin.fill("Time to answer, in seconds", "30")
    admin.save()

    customer = people.customer("Casey", locale="en-GB")
    customer.send_form()
    page = customer.page
    has_logo(page)
    colour = "() => document.documentElement.style.getPropertyValue('--company')"
    assert page.evaluate(colour) == "#7a1f5c"
    assert page.get_by_label("Language").get_by_role("option").all_text_contents() == ["Deutsch", "English"]
    customer.not_now.click()
    customer.is_asked("Our terms")
    expect(page.get_by_role("strong")).to_have_text("kind")
    expect(customer.countdown).to_contain_text(re.compile(r"\b(40|3\d) seconds left to accept"))
    customer.accept.click()
    expect(page.get_by_text("May Alder & Finch record this?")).to_be_visible()
    customer.refuse_recording.click()
    german = people.customer("Uli", locale="fr-FR")
    german.open()
    expect(german.page.get_by_role("button", name="Chat starten")).to_be_visible()
    site = page.request.get(people.server.url + "/api/site", headers={"Origin": "https://shop.example"})
    assert site.headers["access-control-allow-origin"] == "https://shop.example"


def test_greeting_hold_and_nobody_there(people: People, admin: Admin) -> None:
    people.administrator().decide(agreement={"on": False}, recording={"on": False}, languages=["en", "de"])
    admin.page.reload()
    admin.go("Queue")
    admin.fill("Queue greeting", "Hello {customer}, number {position}.")
    admin.fill("Hold message", "Still number {position}.")
    admin.fill("Interval, in seconds", "15")
    admin.fill("Orphaned-session message", "Nobody is in.")
    admin.fill("Grace time, in seconds", "0")
    admin.fill("Redirect address", people.server.url + "/licenses.txt")
    admin.fill("Countdown before the redirect, in seconds", "60")
    expect(admin.preview.get_by_text("Nobody is in.")).to_be_visible()
    admin.page.get_by_label("Screen").select_option("Hold message")
    expect(admin.preview.get_by_text("Still number")).to_be_visible()
    admin.fill("Place in the queue is kept for, in seconds", "1")
    admin.save()

    alone = people.customer("Drew")
    alone.send_form()
    alone.not_now.click()
    expect(alone.page.get_by_text("Nobody is in.")).to_be_visible()
    expect(alone.leave_message).to_be_visible()
    alone.stay.click()
    console = people.representative()
    expect(alone.page.get_by_text("Hello Drew, number 1.")).to_be_visible()
    expect(alone.page.get_by_text("Still number 1.")).to_be_visible()
    expect(console.waiting("Drew")).to_be_visible()
    alone.page.close()
    expect(console.queue.get_by_role("listitem")).to_have_count(0)


def test_teams_people_and_what_they_say(people: People, admin: Admin) -> None:
    people.administrator().decide(agreement={"on": False}, recording={"on": False}, languages=["en"])
    admin.page.reload()
    admin.go("Teams and issues")
    admin.add("Add team")
    admin.page.get_by_label("Team name").nth(1).fill("Billing")
    admin.add("Add issue")
    admin.fill("Name of the issue", "An invoice")
    admin.field("Team").select_option("Billing")
    expect(admin.preview.get_by_label("Issue").get_by_role("option", name="An invoice")).to_be_attached()
    admin.go("Canned messages")
    admin.add("Add message")
    admin.fill("Name", "Greeting")
    admin.fill("Text", "Good day, {customer}.")
    admin.save()
    admin.go("Representatives")
    admin.add("Add representative")
    admin.fill("Name", "Zoe")
    admin.fill("Password", PASSWORD)
    admin.field("Billing").check()
    admin.fill("Session limit", "1")
    admin.page.get_by_role("button", name="Save representative").click()
    expect(admin.item("Zoe")).to_contain_text("Billing · 1 session at a time")

    zoe = people.console()
    zoe.name = "Zoe"
    zoe.come_in(PASSWORD)
    other, customer = people.customer("Avery"), people.customer("Blair")
    other.enter()
    customer.open()
    customer.issue.select_option("An invoice")
    customer.name_box.fill("Blair")
    customer.start_chat.click()
    customer.not_now.click()
    zoe.accept("Blair")
    customer.is_joined()
    expect(zoe.queue.get_by_role("listitem")).to_have_count(0)
    answer = zoe.page.request.get(people.server.url + "/api/canned?language=en").json()
    assert [message["text"] for message in answer["messages"]] == ["Good day, {customer}."]


def test_files_watermark_survey_and_notices(people: People, admin: Admin) -> None:
    people.administrator().decide(agreement={"on": False}, recording={"on": False}, languages=["en"])
    admin.page.reload()
    admin.go("Files and watermark")
    admin.fill("Largest file, in MB", "1")
    expect(admin.page.get_by_text("Customers read: 1.0 MB.")).to_be_visible()
    admin.fill("Forbidden types of files", ".exe")
    admin.fill("Watermark text", "Confidential")
    expect(admin.preview.get_by_text("Confidential").first).to_be_attached()
    admin.go("Exit survey")
    admin.field("Ask customers at the end of a session").check()
    admin.add("Add question")
    admin.fill("Question", "How was it?")
    admin.add("Add question")
    admin.fill("Question", "Why did you come?")
    admin.field("Kind of answer").select_option("One of several answers")
    for number, text in enumerate(("Printer", "Mail"), 1):
        admin.add("Add answer")
        admin.fill(f"Answer {number}", text)
    admin.item("Why did you come?").get_by_role("button", name="Move up").first.click()
    expect(admin.preview.get_by_role("group").first).to_contain_text("Why did you come?")
    admin.save()

    customer, _ = people.session()
    customer.talk.offer({"name": "large.bin", "mimeType": "application/octet-stream", "buffer": b"a" * 1_500_000})
    expect(customer.talk.problem).to_contain_text("larger than this support desk takes")
    customer.talk.offer({"name": "a.exe", "mimeType": "application/x-msdownload", "buffer": b"a"})
    expect(customer.talk.problem).to_contain_text("Files of this kind cannot be sent here.")
    expect(customer.page.get_by_text("Confidential").first).to_be_attached()
    customer.press_end()
    expect(customer.page.get_by_role("group").first).to_contain_text("Why did you come?")
    customer.page.get_by_label("Mail").check()
    customer.page.get_by_label("5", exact=True).check()
    customer.send_answers.click()
    expect(customer.page.get_by_role("heading", name="Thank you for your answers")).to_be_visible()
    admin.go("Reports")
    answer = admin.page.get_by_role("row").filter(has=admin.page.get_by_role("rowheader", name="Mail", exact=True))
    expect(answer).to_contain_text("1100 %")
    expect(answer.get_by_role("meter", name="Mail")).to_be_visible()

    waiting = people.customer("Quinn")
    waiting.enter()
    admin.go("Notices")
    notice(admin, waiting)


def notice(admin: Admin, waiting: Customer) -> None:
    """Draft, preview, publish, counts, withdraw."""
    admin.add("New notice")
    admin.fill("Name", "Mail")
    admin.fill("Title", "No mail")
    admin.fill("Text", "We know, {customer}.")
    admin.fill("Expires", "2060-01-02T10:30")
    expect(admin.preview.get_by_role("heading", name="No mail")).to_be_visible()
    admin.page.get_by_role("button", name="Save draft").click()
    expect(admin.item("Mail")).to_contain_text("Draft")
    admin.item("Mail").get_by_role("button", name="Publish").click()
    waiting.is_asked("No mail")
    expect(waiting.page.get_by_text("We know, Quinn.")).to_be_visible()
    waiting.leave_by_notice.click()
    admin.go("Company")
    admin.go("Notices")
    expect(admin.item("Mail")).to_contain_text("Shown 1 times: 1 left, 0 stayed")
    expect(admin.item("Mail")).to_contain_text("until Jan 2, 2060")
    admin.item("Mail").get_by_role("button", name="Withdraw").click()
    expect(admin.item("Mail")).to_contain_text("Withdrawn")


def test_how_long_it_is_known_who_customers_were(people: People, admin: Admin) -> None:
    days = admin.field("Keep customers’ names for, in days")
    expect(days).to_have_value("365")
    days.press("Control+a")
    days.press_sequentially("0", delay=40)
    admin.save_button.click()
    expect(admin.page.get_by_text("This number is too small; 1 is the least.").first).to_be_visible()
    days.press("Control+a")
    days.press_sequentially("30", delay=40)
    admin.save()
    admin.page.reload()
    expect(days).to_have_value("30")
    admin.go("History")
    expect(admin.page.get_by_text("Keep customers’ names for, in days")).to_be_visible()
