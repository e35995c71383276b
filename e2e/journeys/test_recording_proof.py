"""What a customer's page invents is marked in the recording, and what was said is not."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e import recordings
from e2e.barriers import has_no_barrier
from e2e.journeys.test_forged_record import PROMISE, write_into_storage
from e2e.journeys.test_recording import Archive, entered, is_on, recorded
from e2e.journeys.test_recordings import kept
from e2e.pages.console import Console
from e2e.pages.recordings import Recordings
from e2e.people import People
from e2e.recordings import happened, part, said
from e2e.servers import PASSWORD

MARK = "Not confirmed by the representative’s page"
NOTICE = "No representative’s page has confirmed anything in this timeline."
SAYS_OTHERWISE = """
const { send } = RTCDataChannel.prototype;
RTCDataChannel.prototype.send = function (data) {
  if (this.label === "timeline" && typeof data === "string" && data.includes("I look into it")) {
    const said = JSON.parse(data);
    said.record.text = "I pay you 1000";
    data = JSON.stringify(said);
  }
  return send.call(this, data);
};
"""
"""The page of a customer who tells the recorder something else than what the representative wrote."""


@pytest.fixture(scope="module")
def site() -> dict[str, Any]:
    return {"recording": {"on": True, "timeout": 300}}


def watched(console: Console, name: str) -> Recordings:
    """The finished recording of this customer, in the player."""
    archive = Archive(console)
    found = archive.finished(console, name)
    console.page.goto(f"{console.url}/console#recording={found['id']}")
    shown = Recordings(console.page)
    expect(shown.heading).to_have_text(name)
    expect(shown.moments.first).to_be_visible()
    return shown


def captions(shown: Recordings) -> str:
    """Those of the first part, as the player gets them."""
    address = shown.page.locator("track").get_attribute("src")
    text: str = shown.page.evaluate("async (address) => (await fetch(address)).text()", address)
    return text


def marked(shown: Recordings) -> list[str]:
    return shown.moments.filter(has_text=MARK).all_inner_texts()


def test_what_a_page_tells_the_recorder_alone_is_marked(people: People) -> None:
    customer = people.customer("Kim")
    customer.page.add_init_script(SAYS_OTHERWISE)
    customer, console = recorded(people, customer)
    console.talk.say("Good morning")
    customer.talk.has("Good morning")
    console.talk.say("I look into it")
    customer.talk.has("I look into it")
    customer.talk.say("Thank you")
    console.talk.has("Thank you")
    customer.ends()
    shown = watched(console, "Kim")
    forged = shown.moment(PROMISE)
    expect(forged).to_contain_text(MARK)
    expect(forged).to_have_accessible_name(re.compile(re.escape(PROMISE) + r".*" + re.escape(MARK), re.DOTALL))
    expect(shown.moments.filter(has_text=MARK)).to_have_count(1)
    expect(shown.page.get_by_text(NOTICE)).to_have_count(0)
    has_no_barrier(shown.page, "a recording with an entry that is not confirmed")
    cues = captions(shown).split("\n\n")
    assert [PROMISE in cue for cue in cues] == [MARK in cue for cue in cues] and any(PROMISE in cue for cue in cues)
    shown.find.press_sequentially("not confirmed", delay=40)
    expect(shown.moments).to_have_count(1)


def test_what_a_customer_writes_into_their_own_storage_is_marked(people: People) -> None:
    customer = people.customer("Lou")
    entered(customer)
    customer.talk.say("Is anybody there?")
    write_into_storage(customer)
    expect(customer.leave).to_be_visible()
    console = people.representative()
    console.accept(customer.name)
    customer.is_joined()
    is_on(customer, console)
    console.talk.say("How may I help?")
    customer.talk.has("How may I help?")
    customer.ends()
    shown = watched(console, "Lou")
    expect(shown.moment(PROMISE)).to_contain_text(MARK)
    expect(shown.moments.filter(has_text=MARK)).to_have_count(1)


def test_nothing_of_an_honest_session_is_marked(people: People) -> None:
    customer, console = recorded(people, name="Max")
    customer.talk.say("Before")
    console.talk.has("Before")
    customer.pause_recording.click()
    customer.talk.say("For you alone")
    console.talk.has("For you alone")
    customer.resume_recording.click()
    is_on(customer, console)
    customer.page.reload()
    customer.is_joined()
    is_on(customer, console)
    console.talk.say("After the customer's reload")
    customer.talk.has("After the customer's reload")
    console.page.reload()
    console.is_joined()
    is_on(customer, console)
    console.talk.say("After my own")
    customer.talk.has("After my own")
    console.nudge.click()
    customer.talk.say("The last word")
    console.talk.has("The last word")
    customer.ends()
    shown = watched(console, "Max")
    for text in ("Before", "After the customer's reload", "After my own", "The last word"):
        expect(shown.moment(text)).to_have_count(1)
    assert marked(shown) == []
    expect(shown.page.get_by_text(NOTICE)).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "mark"),
    [("de", "Von der Seite des Mitarbeiters nicht bestätigt"), ("ar", "لم تؤكّده صفحة الممثل")],
)
def test_the_mark_is_read_in_every_language(people: People, locale: str, mark: str) -> None:
    console = people.console(locale=locale)
    talk = part(0, 20, said(500, "Guten Tag", "representative"), happened(900, "nudge", "representative"))
    found = recordings.keep(people.server, "Pia", [console.name], [talk], seen="1-1")
    console.page.goto(console.url + "/console")
    console.page.locator("input[autocomplete=username]").fill(console.name)
    console.page.locator("input[type=password]").fill(PASSWORD)
    console.page.keyboard.press("Enter")
    expect(console.page.locator("main")).to_be_visible()
    console.page.goto(f"{console.url}/console#recording={found}")
    moments = console.page.locator(".moment-button")
    expect(moments).to_have_count(2)
    expect(moments.filter(has_text=mark)).to_have_count(1)
    expect(moments.last).to_contain_text(mark)
    has_no_barrier(console.page, "a recording with an entry that is not confirmed, " + locale)


def test_a_recording_that_nobody_vouches_for_says_so_once(people: People) -> None:
    shown, _ = kept(people, "Nia")
    shown.open()
    shown.watch("Nia")
    expect(shown.page.get_by_text(NOTICE)).to_be_visible()
    assert marked(shown) == []
    assert captions(shown).split("\n\n")[1].count(NOTICE) == 1
    has_no_barrier(shown.page, "a recording that is not confirmed")
