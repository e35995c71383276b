"""Devices whose clocks are hours or days off, or are set meanwhile: waits, countdowns and moments stay right."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from e2e.barriers import has_no_barrier
from e2e.clocks import HOUR, clock_off, set_clock
from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.pages.source import BLUE, RED, Source
from e2e.people import People
from e2e.servers import PASSWORD, verify

LITTLE = re.compile(r"(?<!\d)(\d\d? seconds?|[1-9] minutes?)")
"""The text of an item of a list has no space between its parts."""
MUCH = re.compile(r"\d (hour|day)")
STAMP = re.compile(r'<time datetime="(\d{4}-\d\d-\d\dT[^"]+)">')
NAME = re.compile(r"(\d{4}-\d\d-\d\d) (\d{4})([+-]\d{4}) (.+)\.(html|json)")
DAY = """(language) => new Intl.DateTimeFormat(
  language + "-u-nu-latn", { dateStyle: "full", timeZone: "Pacific/Pago_Pago" }
).format(new Date())"""
BERLIN, ST_JOHNS = "Europe/Berlin", "America/St_Johns"


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    return {"agreement": {"on": True, "timeout": 120}, "company": "Müller/Söhne: 株式会社"}


def representative(people: People, off: int) -> Console:
    context = clock_off(people.context(viewport={"width": 1440, "height": 900}), off)
    console = Console(context.new_page(), people.server.url, people.console().name)
    console.is_known(PASSWORD)
    return console


def customer(people: People, off: int, zone: str = BERLIN, name: str = "Casey") -> Customer:
    return people.customer(name, clock_off(people.context(timezone_id=zone), off))


def comes_in(person: Customer) -> None:
    """Through the agreement, whose countdown is right, into the queue."""
    person.send_form("It beeps.")
    person.not_now.click()
    expect(person.countdown).to_contain_text(re.compile(r"\b(2 minutes|1 minute|1\d\d seconds|[1-9]\d seconds) left"))
    person.accept.click()
    expect(person.leave).to_be_visible()


def waits_little(place: Locator) -> None:
    expect(place).to_contain_text(LITTLE)
    expect(place).not_to_contain_text(MUCH)


def is_recent(moment: str, zone: str) -> None:
    """Date and offset are there, are those of the zone, and it was in the last minutes."""
    read = datetime.fromisoformat(moment)
    assert read.utcoffset() == datetime.now(ZoneInfo(zone)).utcoffset()
    assert timedelta(minutes=-1) < datetime.now(UTC) - read < timedelta(minutes=20)


def is_named_well(name: str, zone: str) -> None:
    """Its name bears the company and when the session began, and is safe for all file systems."""
    found = NAME.fullmatch(name)
    assert found, name
    day, time, offset, title, _ = found.groups()
    is_recent(f"{day}T{time[:2]}:{time[2:]}:59{offset[:3]}:{offset[3:]}", zone)
    assert "Müller_Söhne_ 株式会社" in title and not re.search(r'[<>:"/\\|?*]', name)


@pytest.mark.parametrize(("off", "other"), [(-48 * HOUR, 3 * HOUR), (3 * HOUR, -48 * HOUR)])
def test_people_whose_clocks_are_off_see_right_waits_countdowns_and_transcripts(
    people: People, tmp_path: Path, off: int, other: int
) -> None:
    zone = ST_JOHNS if off > 0 else BERLIN
    console, person = representative(people, other), customer(people, off, zone)
    comes_in(person)
    waits_little(console.waiting("Casey"))
    waits_little(person.page.get_by_text("Waiting for"))
    console.accept("Casey")
    person.is_joined()
    console.is_joined()

    person.talk.say("It beeps.")
    console.talk.say("Since when?")
    console.nudge.click()
    expect(console.page.get_by_text(re.compile(r"Again in ([1-9]|10) seconds?\."))).to_be_visible()
    console.request_screen.click()
    expect(person.allow).to_be_visible()
    person.deny.click()
    for talk in (person.talk, console.talk):
        talk.has("It beeps.", "Since when?")
        expect(talk.log.locator(".day")).to_have_count(0)
    for moment in person.talk.log.locator("time").all():
        is_recent(moment.get_attribute("datetime") or "", zone)
    here = [datetime.now(ZoneInfo(zone)) - timedelta(minutes=ago) for ago in range(10)]
    said_at = person.talk.entries("It beeps.").locator("time").inner_text().replace("\u202f", " ")
    assert said_at in [f"{at:%I:%M %p}" for at in here]

    person.ends()
    expect(console.page.get_by_text("The customer ended the session.").first).to_be_visible()
    path, _ = person.talk.save(person.transcript, tmp_path)
    is_named_well(path.name, zone)
    shown = path.read_text(encoding="utf-8")
    moments = STAMP.findall(shown)
    assert len(moments) >= 6
    for moment in moments:
        is_recent(moment, zone)
    today = datetime.now(ZoneInfo(zone))
    assert f"{today:%A, %B} {today.day}, {today:%Y}</time><br>Time zone: {zone} (UTC" in shown
    code, said = verify(str(path))
    assert code == 0, said
    for button in (console.talk.transcript, console.talk.json):
        path, _ = console.talk.save(button, tmp_path)
        assert NAME.fullmatch(path.name), path.name
        code, said = verify(str(path))
        assert code == 0, said
    for entry in json.loads(path.read_text(encoding="utf-8"))["records"]:
        assert abs(entry["at"] / 1000 - datetime.now(UTC).timestamp()) < 1200


def test_a_clock_that_is_set_meanwhile_changes_no_wait_no_countdown_and_no_lease(people: People) -> None:
    console, person = representative(people, 0), customer(people, 0)
    source = Source(person.page.context)
    person.page.bring_to_front()
    comes_in(person)
    waits_little(console.waiting("Casey"))
    set_clock(console.page, 3 * HOUR)
    set_clock(person.page, 48 * HOUR)
    later = customer(people, 0, name="Robin")
    comes_in(later)
    for place in (console.waiting("Casey"), console.waiting("Robin"), person.page.get_by_text("Waiting for")):
        waits_little(place)
    console.accept("Casey")
    person.is_joined()
    console.is_joined()
    console.request_screen.click()
    expect(person.allow).to_be_visible()
    set_clock(person.page, 3 * HOUR)
    set_clock(console.page, -48 * HOUR)
    person.page.get_by_label("For how long").select_option("300")
    person.allow.click()
    console.sees(*RED)
    for step, colour in ((3 * HOUR, BLUE), (-72 * HOUR, RED), (24 * HOUR, BLUE)):
        set_clock(person.page, step)
        set_clock(console.page, -step)
        source.paint(*colour)
        console.sees(*colour)
        expect(console.permissions).to_contain_text(re.compile(r"(?<!\d)[1-5] minutes?"))
        expect(person.permissions).to_contain_text(re.compile(r"(?<!\d)[1-5] minutes?"))
    console.talk.say("Still there")
    person.talk.has("Still there")
    expect(person.talk.log).not_to_contain_text("lapsed")


def test_a_session_key_counts_down_from_its_time_on_a_clock_that_is_off(people: People) -> None:
    console = representative(people, 3 * HOUR)
    console.page.get_by_role("button", name="Create session key").click()
    left = console.page.get_by_text(re.compile(r"\b(30|29|1[0-9]|[5-9]) minutes"))
    expect(left.first).to_be_visible()
    set_clock(console.page, 24 * HOUR)
    console.page.get_by_role("button", name="Copy key").click()
    expect(left.first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_a_conversation_over_midnight_shows_where_the_day_begins(people: People, language: str) -> None:
    console, person = representative(people, 0), customer(people, 0, "Pacific/Pago_Pago")
    comes_in(person)
    console.accept("Casey")
    person.is_joined()
    person.talk.say("Before midnight")
    console.talk.has("Before midnight")
    expect(person.talk.log.locator(".day")).to_have_count(0)
    if language != "en":
        person.page.get_by_role("combobox", name="Language").select_option(language)
        expect(person.page.locator("html")).to_have_attribute("lang", language)
    # The date line is crossed in no time: there it is another day at every moment.
    person.page.evaluate("""() => { Date.prototype.getTimezoneOffset = () => -14 * 60; }""")
    console.talk.say("After midnight")
    day = person.page.get_by_role("log").locator(".day time")
    expect(day).to_have_count(1)
    date = datetime.now(ZoneInfo("Pacific/Kiritimati"))
    assert day.get_attribute("datetime") in (f"{date:%Y-%m-%d}", f"{date - timedelta(minutes=5):%Y-%m-%d}")
    # The words are those of Pago Pago, where it is the day before.
    assert day.inner_text() == person.page.evaluate(DAY, language)
    has_no_barrier(person.page, f"days in {language}")
