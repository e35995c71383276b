"""What goes wrong while somebody changes the settings: nothing typed is lost, and every sentence says what to do."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, expect

from e2e.barriers import finds_nothing, has_no_barrier
from e2e.pages.admin import Admin
from e2e.people import ADMINISTRATOR, People
from e2e.servers import PASSWORD

SECTIONS = (
    "Company",
    "Way in",
    "Queue",
    "Notices",
    "Exit survey",
    "Files and watermark",
    "Teams and issues",
    "Representatives",
    "Canned messages",
    "Reports",
    "History",
    "Import and export",
)


def arrive(people: People, name: str = ADMINISTRATOR, section: str = "") -> Admin:
    """Signed in, on a wide screen."""
    page = people.context(viewport={"width": 1440, "height": 900}).new_page()
    admin = Admin(page, people.server.url, name)
    admin.come_in(PASSWORD, section)
    return admin


@pytest.fixture
def admin(people: People) -> Admin:
    return arrive(people)


def second_administrator(people: People, admin: Admin) -> Admin:
    """Made on the page, and signed in."""
    admin.go("Representatives")
    admin.add("Add representative")
    admin.fill("Name", "Second")
    admin.fill("Password", PASSWORD)
    admin.page.get_by_label("May change these settings").check()
    admin.page.get_by_role("button", name="Save representative").click()
    expect(admin.item("Second")).to_be_visible()
    return arrive(people, "Second")


def test_two_administrators_and_one_who_loses_the_right(people: People, admin: Admin, tmp_path: Path) -> None:
    second = second_administrator(people, admin)
    admin.go("Company")
    admin.fill("Company name", "First wins")
    admin.fill("Colour", "#224466")
    admin.save()
    second.fill("Company name", "Second wins")
    second.go("Files and watermark")
    second.fill("Watermark text", "Mine")
    second.save_button.click()
    conflict = second.page.get_by_role("region", name=f"{ADMINISTRATOR} saved while you were writing")
    expect(conflict).to_be_focused()
    finds_nothing(second.page, "conflict")
    company = conflict.get_by_role("listitem").filter(has_text="Company name")
    expect(company).to_contain_text("First wins")
    expect(conflict.get_by_role("listitem").filter(has_text="Colour")).to_contain_text("#224466")
    expect(company.get_by_role("button", name="Keep mine")).to_have_attribute("aria-pressed", "true")
    company.get_by_role("button", name="Take theirs").click()
    second.go("Company")
    expect(second.field("Company name")).to_have_value("First wins")
    company.get_by_role("button", name="Keep mine").click()
    second.save()
    second.go("History")
    newest = second.item(second.page.get_by_role("listitem").locator("strong").first.inner_text())
    expect(newest.get_by_role("row").filter(has_text="Company name")).to_contain_text("First winsSecond wins")
    admin.page.reload()
    expect(admin.field("Company name")).to_have_value("Second wins")
    expect(admin.field("Colour")).to_have_value("#224466")

    admin.go("Representatives")
    admin.item("Second").get_by_role("button", name="Edit").click()
    admin.page.get_by_label("May change these settings").uncheck()
    admin.page.get_by_role("button", name="Save representative").click()
    expect(admin.item("Second")).not_to_contain_text("Administrator")
    second.go("Company")
    second.fill("Company name", "Too late")
    second.save_button.click()
    expect(second.problem).to_contain_text("You are no longer an administrator")
    expect(second.field("Company name")).to_have_value("Too late")
    with second.page.expect_download() as arriving:
        second.page.get_by_role("button", name="Export with my changes").click()
    arriving.value.save_as(tmp_path / "draft.json")
    assert json.loads((tmp_path / "draft.json").read_text())["company"] == "Too late"
    second.page.once("dialog", lambda dialog: dialog.accept())
    second.page.reload()
    expect(second.heading).to_have_text("These settings are for administrators")
    finds_nothing(second.page, "no administrator")


def test_problems_are_led_to_and_a_draft_survives(people: People, admin: Admin) -> None:
    admin.go("Way in")
    admin.field("Ask customers to accept an agreement").check()
    admin.fill("Agreement text", "Dear {somebody}")
    admin.fill("Time to accept, in seconds", "0")
    admin.go("Queue")
    admin.fill("Redirect address", "javascript:alert(1)")
    admin.save_button.click()
    problems = admin.page.get_by_role("region", name="3 things cannot be saved as they are")
    expect(problems).to_be_focused()
    expect(problems).to_contain_text("There is no macro {somebody}.")
    expect(problems).to_contain_text("An address begins with https:// or http://")
    has_no_barrier(admin.page, "problems")
    admin.page.set_viewport_size({"width": 1440, "height": 900})
    problems.get_by_role("link", name="Agreement text").click()
    expect(admin.field("Agreement text")).to_be_focused()
    expect(admin.field("Agreement text")).to_have_value("Dear {somebody}")
    admin.fill("Agreement text", "Dear {customer}")
    expect(admin.page.get_by_role("region", name="2 things cannot be saved as they are")).to_be_visible()

    admin.fill("Time to accept, in seconds", "40")
    admin.go("Queue")
    admin.fill("Redirect address", "")
    admin.go("Exit survey")
    admin.field("Ask customers at the end of a session").check()
    admin.save_button.click()
    expect(admin.page.get_by_text("The survey is on and has no questions.").first).to_be_visible()
    admin.go("Way in")
    dialogs: list[str] = []

    def asked(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        dialog.accept()

    admin.page.once("dialog", asked)
    admin.page.reload()
    assert dialogs == ["beforeunload"]
    expect(admin.bar).to_contain_text("What you wrote before is still here.")
    expect(admin.field("Agreement text")).to_have_value("Dear {customer}")

    admin.page.request.post(people.server.url + "/api/sign-out", data={}, headers={"Origin": people.server.url})
    admin.save_button.click()
    expect(admin.problem).to_contain_text("You were signed out.")
    expect(admin.page.get_by_text("changes not saved")).to_be_visible()
    admin.page.get_by_label("Name", exact=True).fill(admin.name)
    admin.page.get_by_label("Password", exact=True).fill(PASSWORD)
    admin.page.get_by_role("button", name="Sign in").click()
    expect(admin.field("Agreement text")).to_have_value("Dear {customer}")
    admin.discard.click()
    expect(admin.bar).to_contain_text("Changes discarded")
    admin.page.get_by_role("button", name="Undo").click()
    expect(admin.field("Agreement text")).to_have_value("Dear {customer}")
    admin.discard.click()
    admin.page.reload()
    expect(admin.bar).to_contain_text("Everything is saved")


def test_settings_travel_as_a_file_and_come_back_from_the_history(people: People, admin: Admin, tmp_path: Path) -> None:
    admin.fill("Company name", "Exported")
    admin.save()
    admin.go("Import and export")
    with admin.page.expect_download() as arriving:
        admin.page.get_by_role("button", name="Export settings").click()
    arriving.value.save_as(tmp_path / "settings.json")
    file = json.loads((tmp_path / "settings.json").read_text())
    assert file["company"] == "Exported" and file["files"]["max_size"] == 1 << 34
    (tmp_path / "other.json").write_text(json.dumps(file | {"company": "Imported"}))
    (tmp_path / "wrong.json").write_text('{"a": 1}')
    chooser = admin.page.get_by_label("Import settings")
    chooser.set_input_files(tmp_path / "wrong.json")
    expect(admin.problem).to_contain_text("This file holds no settings of Deskside.")
    chooser.set_input_files(tmp_path / "other.json")
    expect(admin.bar).to_contain_text("1 change not saved")
    admin.save()
    admin.go("History")
    admin.page.get_by_role("button", name="Restore").first.click()
    admin.go("Company")
    expect(admin.field("Company name")).to_have_value("Exported")
    customer = people.customer()
    customer.open()
    expect(customer.page.get_by_text("Exported")).to_be_visible()


def test_who_is_no_administrator_reads_that_and_goes_to_the_desk(people: People) -> None:
    console = people.console()
    console.page.goto(people.server.url + "/admin")
    console.name_box.fill(console.name)
    console.password_box.fill(PASSWORD)
    console.sign_in.click()
    expect(console.page.get_by_role("heading", level=1)).to_have_text("These settings are for administrators")
    console.page.get_by_role("link", name="Go to your desk").click()
    expect(console.available).to_be_visible()


def test_no_section_has_a_barrier_in_any_language(people: People, admin: Admin) -> None:
    for section in SECTIONS:
        admin.page.set_viewport_size({"width": 1440, "height": 900})
        admin.go(section)
        has_no_barrier(admin.page, section)
    admin.page.set_viewport_size({"width": 1440, "height": 900})
    admin.page.get_by_label("Language", exact=True).select_option("العربية")
    expect(admin.page.get_by_role("navigation", name="الأقسام")).to_be_visible()
    for link in admin.page.get_by_role("navigation").get_by_role("link").all():
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        finds_nothing(admin.page, "Arabic")


def test_the_settings_are_changed_by_keyboard_alone_on_a_narrow_page(people: People) -> None:
    page = people.context(viewport={"width": 360, "height": 740}).new_page()
    admin = Admin(page, people.server.url, ADMINISTRATOR)
    admin.come_in(PASSWORD, "#company")
    admin.field("Company name").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Typed")
    page.keyboard.press("ControlOrMeta+s")
    expect(admin.bar).to_contain_text("Saved. In force from now on.")
    menu = page.get_by_role("button", name="Sections, now: Company")
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    admin.sections.get_by_role("link", name="Queue").focus()
    page.keyboard.press("Enter")
    expect(admin.heading).to_have_text("Queue")
    expect(admin.heading).to_be_focused()
    preview = page.get_by_role("button", name="Preview")
    preview.focus()
    page.keyboard.press("Enter")
    expect(admin.preview.get_by_role("heading", level=1)).to_be_visible()
    finds_nothing(page, "preview on a narrow page")
