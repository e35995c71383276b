"""What was recorded is found, watched and deleted by those who may, and by nobody else."""

import pytest
from playwright.sync_api import Request, expect

from e2e import recordings
from e2e.barriers import finds_nothing, has_no_barrier
from e2e.journeys.test_accessibility import go_to
from e2e.pages.console import Console
from e2e.pages.recordings import Recordings
from e2e.people import ADMINISTRATOR, People
from e2e.recordings import happened, part, said
from e2e.servers import PASSWORD

FIRST = part(
    0,
    40,
    happened(0, "joined", "representative", name="Robin"),
    said(500, "The printer beeps."),
    said(2000, "Please press the green button.", "representative", name="Robin"),
    happened(3000, "permission_granted", permission="view_screen", lease=900),
)
SECOND = part(
    64_000,
    30,
    said(64_500, "Now it prints. " + "It is a long story. " * 8),
    said(65_000, "invoice.pdf", kind="file", size=2_300_000),
    said(66_000, "Wonderful!", "representative", name="Robin"),
)
SILENT = part(10_000, 0, said(12_000, "Can you hear me?"), length=20_000)


def come_in(people: People, name: str = "", fragment: str = "", **options: object) -> Recordings:
    """Signed in, without taking customers; an administrator when a name is given."""
    console = people.console(**options)
    sign_in(console, name or console.name, fragment)
    return Recordings(console.page)


def sign_in(console: Console, name: str, fragment: str = "") -> None:
    console.page.goto(console.url + "/console" + fragment)
    console.name_box.fill(name)
    console.password_box.fill(PASSWORD)
    console.sign_in.click()
    expect(console.sign_out).to_be_visible()


def kept(people: People, customer: str, *parts: dict[str, object], **more: str) -> tuple[Recordings, str]:
    """A recording of a session of somebody who has just signed in."""
    console = people.console()
    identifier = recordings.keep(people.server, customer, [console.name], list(parts or (FIRST, SECOND)), **more)
    sign_in(console, console.name)
    return Recordings(console.page), identifier


def test_a_recording_is_found_and_plays_to_its_end_over_its_pause(people: People) -> None:
    shown, _ = kept(people, "Ana Pop")
    shown.open()
    shown.watch("Ana Pop")
    expect(shown.moments.first).to_contain_text("Part 1 begins")
    expect(shown.timeline).to_contain_text("Not recorded for 1 minute")
    shown.speed.select_option("4")
    shown.video.focus()
    shown.page.keyboard.press("Space")
    # A step of the picture is too short to be seen: what counts is where it goes.
    expect(shown.page.get_by_text("Part 2 of 2", exact=True)).to_be_visible()
    expect(shown.video).to_have_js_property("playbackRate", 4)
    expect(shown.video).to_have_js_property("ended", True)
    expect(shown.present).to_contain_text("Wonderful!")
    shown.is_at(2, 3.0)
    assert shown.video.evaluate("(video) => video.error") is None


def test_a_press_in_the_timeline_shows_the_picture_of_that_moment(people: People) -> None:
    shown, _ = kept(people, "Luis")
    shown.open()
    shown.watch("Luis")
    shades = []
    for text, number, seconds in (
        ("Please press the green button.", 1, 2.0),
        ("Now it prints.", 2, 0.5),
        ("Wonderful!", 2, 2.0),
        ("The printer beeps.", 1, 0.5),
    ):
        shown.moment(text).click()
        shown.is_at(number, seconds)
        expect(shown.present).to_contain_text(text)
        shades.append(shown.shade())
    later, earlier, _, again = shades
    assert later - earlier > 20 and abs(earlier - again) < 8 and shades[2] > again
    expect(shown.video).to_have_js_property("paused", True)


def test_the_timeline_is_searched_and_follows_unless_somebody_looks_elsewhere(people: People) -> None:
    talk = [said(at * 100, f"Message {at} of a long talk, which takes some room.") for at in range(1, 60)]
    shown, _ = kept(people, "Mei", part(0, 62, *talk))
    shown.open()
    shown.watch("Mei")
    shown.find.fill("message 42")
    expect(shown.moments).to_have_count(1)
    expect(shown.page.locator("mark")).to_have_text(["Message", "42"])
    shown.moments.first.click()
    shown.is_at(1, 4.2)
    shown.find.fill("")
    expect(shown.present).to_be_in_viewport()
    expect(shown.moments).to_have_count(59)
    shown.timeline.hover()
    shown.page.mouse.wheel(0, -10_000)
    expect(shown.follow).to_be_visible()
    expect(shown.present).not_to_be_in_viewport()
    shown.video.evaluate("(video) => { video.currentTime = 5.5; }")
    expect(shown.present).to_contain_text("Message 55")
    expect(shown.present).not_to_be_in_viewport()
    shown.follow.click()
    expect(shown.present).to_be_in_viewport()
    expect(shown.follow).to_have_count(0)


def test_what_was_said_while_nothing_was_shared_is_there_too(people: People) -> None:
    shown, _ = kept(people, "Noor", FIRST, SILENT, SECOND)
    shown.open()
    shown.watch("Noor")
    shown.moment("Can you hear me?").click()
    expect(shown.page.get_by_text("No screen was shared in this part.")).to_be_visible()
    shown.moment("Now it prints.").click()
    shown.is_at(3, 0.5)


def test_a_reload_and_the_browsers_back_know_where_one_was(people: People) -> None:
    shown, identifier = kept(people, "Priya")
    shown.open()
    shown.watch("Priya")
    shown.page.reload()
    expect(shown.heading).to_have_text("Priya")
    assert shown.page.url.endswith("#recording=" + identifier)
    shown.has_picture()
    shown.page.go_back()
    expect(shown.row("Priya").get_by_role("button")).to_be_focused()
    shown.page.go_back()
    expect(shown.page.get_by_role("heading", name="Queue")).to_be_visible()
    shown.page.go_forward()
    expect(shown.row("Priya")).to_be_visible()


def test_nobody_finds_what_others_recorded_and_its_address_shows_nothing(people: People) -> None:
    shown, identifier = kept(people, "Quiet Customer")
    other = come_in(people, fragment="#recording=" + identifier)
    expect(other.page.get_by_text("There is no such recording, or it is not for you to watch.")).to_be_visible()
    other.all.click()
    expect(other.page.get_by_text("No recordings yet")).to_be_visible()
    shown.open()
    shown.search.fill("quiet")
    expect(shown.rows).to_have_count(1)
    expect(shown.page.get_by_role("status")).to_have_text("1 recording found")
    shown.search.fill("somebody else")
    expect(shown.page.get_by_text("Nothing found")).to_be_visible()
    shown.search.fill("")
    shown.watch("Quiet Customer")
    for control in (shown.download, shown.delete, shown.views):
        expect(control).to_have_count(0)


def test_administrators_see_who_has_watched_and_delete_for_good(people: People) -> None:
    shown, identifier = kept(people, "Sofia")
    shown.open()
    shown.watch("Sofia")
    admin = come_in(people, ADMINISTRATOR)
    admin.open()
    admin.watch("Sofia")
    admin.views.click()
    expect(admin.views_shown.get_by_role("listitem")).to_have_count(2)
    expect(admin.views_shown).to_contain_text(ADMINISTRATOR)
    expect(admin.views_shown).to_contain_text("Watched")
    admin.delete.click()
    card = admin.page.get_by_role("group", name="Delete this recording for good?")
    expect(card).to_be_focused()
    admin.page.get_by_role("button", name="Keep it").click()
    expect(card).to_have_count(0)
    admin.delete.click()
    admin.delete_for_good.click()
    expect(admin.page.get_by_role("status")).to_have_text("The recording is deleted.")
    assert not (people.server.data / "recordings" / identifier).exists()
    shown.all.click()
    shown.page.reload()
    expect(shown.heading).to_have_text("Recordings")
    expect(shown.row("Sofia")).to_have_count(0)


def test_a_part_is_downloaded_by_those_whom_the_site_lets(people: People) -> None:
    shown, _ = kept(people, "Tariq", FIRST)
    people.administrator().decide(
        recording={"on": False, "timeout": 60, "retention": 30, "download": "representatives"}
    )
    shown.open()
    shown.watch("Tariq")
    with shown.page.expect_download() as started:
        shown.download.click()
    assert started.value.suggested_filename.endswith("-1.webm")
    assert started.value.path().read_bytes()[:4] == b"\x1a\x45\xdf\xa3"
    expect(shown.heading).to_have_text("Tariq")


def test_captions_are_in_the_language_of_the_page(people: People) -> None:
    shown, _ = kept(people, "Una")
    shown.open()
    shown.watch("Una")
    asked: list[str] = []
    shown.page.on("request", lambda request: _note(request, asked))
    shown.page.evaluate("() => { document.querySelector('video').textTracks[0].mode = 'showing'; }")
    cue = "() => document.querySelector('video').textTracks[0].cues?.[0]?.text"
    assert "Robin" in shown.page.wait_for_function(cue).json_value()
    shown.moment("Now it prints.").click()
    shown.is_at(2, 0.5)
    shown.page.wait_for_function("() => document.querySelector('video').textTracks[0].mode === 'showing'")
    assert [path.partition("/kept-")[2].partition("/")[2] for path in asked] == [
        "1.vtt?language=en",
        "2.vtt?language=en",
    ]


def _note(request: Request, asked: list[str]) -> None:
    if ".vtt" in request.url:
        asked.append(request.url)


def test_customers_who_write_meanwhile_are_not_missed(people: People) -> None:
    customer, console = people.session()
    shown = Recordings(console.page)
    shown.open()
    customer.talk.say("Are you there?")
    expect(shown.to_desk).to_contain_text("1")
    shown.to_desk.click()
    console.talk.has("Are you there?")
    shown.open()
    expect(shown.to_desk).not_to_contain_text("1")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_recordings_have_no_barrier(people: People, language: str) -> None:
    name = "Vera " + language
    recordings.keep(people.server, name, [], [FIRST, SILENT, SECOND])
    recordings.keep(people.server, "Long " + "name" * 20, [], [FIRST], state="recording")
    shown = come_in(people, ADMINISTRATOR)
    shown.open()
    if language != "en":
        shown.page.get_by_role("combobox").first.select_option(language)
        expect(shown.page.locator("html")).to_have_attribute("dir", "rtl")
    page = shown.page
    row = page.locator(".recording-open", has_text=name)
    expect(row).to_be_visible()
    if language == "en":
        has_no_barrier(page, "list of recordings")
    finds_nothing(page, "list of recordings, " + language)
    row.click()
    page.wait_for_function("() => document.querySelector('video')?.readyState >= 2")
    moments = page.locator(".moment-button")
    expect(moments).to_have_count(11)
    moments.nth(3).click()
    finds_nothing(page, "a recording, " + language)
    if language == "en":
        has_no_barrier(page, "a recording")
        shown.delete.click()
        shown.views.click()
        expect(shown.views_shown.get_by_role("listitem")).not_to_have_count(0)
        has_no_barrier(page, "a recording with its cards")


def test_watching_needs_no_mouse(people: People) -> None:
    shown, _ = kept(people, "Wanda")
    keys = shown.page.keyboard
    shown.button.focus()
    keys.press("Enter")
    expect(shown.heading).to_be_focused()
    go_to(shown.row("Wanda").get_by_role("button"))
    keys.press("Enter")
    expect(shown.heading).to_have_text("Wanda")
    expect(shown.heading).to_be_focused()
    shown.has_picture()
    go_to(shown.video)
    keys.press("Space")
    expect(shown.video).to_have_js_property("paused", False)
    keys.press("Space")
    expect(shown.video).to_have_js_property("paused", True)
    go_to(shown.find)
    go_to(shown.moment("Wonderful!"))
    keys.press("Enter")
    shown.is_at(2, 2.0)
    expect(shown.moment("Wonderful!")).to_be_focused()
    go_to(shown.all, "Shift+Tab")
    keys.press("Enter")
    expect(shown.row("Wanda").get_by_role("button")).to_be_focused()
