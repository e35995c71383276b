"""A session that is recorded: by the customer's word, until they take it back, by the real recorder."""

import io
import os
import re
import signal
from typing import Any

import av
import pytest
from playwright.sync_api import APIRequestContext, expect

from e2e.barriers import has_no_barrier
from e2e.journeys.test_red_x import CRASHING, watched
from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.pages.source import BLUE, RED, Source
from e2e.people import People
from e2e.servers import Server
from e2e.waiting import wait_until

ON = re.compile(r"^Recording\s+\d")
OFFERS = "recording_offer"
# A gap may be shorter than the time between two looks of a test: the page itself keeps whether there was one.
NOTICE_GAPS = """() => {
  globalThis.hadGap = false;
  const look = () => (globalThis.hadGap ||= !document.querySelector("p.recorded-on"));
  look();
  new MutationObserver(look).observe(document.body, { attributes: true, childList: true, subtree: true });
}"""
NEXT_PART = """async (id) => {
  const { parts } = await (await fetch(`/api/recordings/${id}`)).json();
  return parts.some((part) => part.number === 2);
}"""
FINISHED = """async (name) => {
  const { recordings } = await (await fetch("/api/recordings")).json();
  return recordings.some((one) => one.customer === name && one.state === "finished");
}"""


@pytest.fixture(scope="module")
def site() -> dict[str, Any]:
    return {"recording": {"on": True, "timeout": 300}}


def entered(customer: Customer, allows: bool = True) -> None:
    """Through the portal and the question into the queue."""
    customer.send_form()
    customer.not_now.click()
    (customer.allow_recording if allows else customer.refuse_recording).click()
    expect(customer.leave).to_be_visible()


def met(people: People, customer: Customer, allows: bool = True) -> Console:
    console = people.representative()
    entered(customer, allows)
    console.accept(customer.name)
    customer.is_joined()
    console.is_joined()
    return console


def recorded(people: People, customer: Customer | None = None, name: str = "Casey") -> tuple[Customer, Console]:
    """A session that is being recorded, as both pages say."""
    customer = customer or people.customer(name)
    console = met(people, customer)
    is_on(customer, console)
    return customer, console


def is_on(customer: Customer, console: Console) -> None:
    for person in (customer, console):
        expect(person.recording).to_have_text(ON)


class Archive:
    """The recordings as the representative who served them gets them."""

    def __init__(self, console: Console) -> None:
        self._request: APIRequestContext = console.page.context.request
        self._url = console.url

    def of(self, name: str) -> list[dict[str, Any]]:
        found = self._get("").json()
        return [one for one in found["recordings"] if one["customer"] == name]

    def finished(self, console: Console, name: str) -> dict[str, Any]:
        """The customer's recording, once the recorder has made whole files of it."""
        wait_until(console.page, FINISHED, name)
        return dict(self._get(self.of(name)[0]["id"]).json())

    def texts(self, recording: str) -> list[str]:
        """The messages of its timeline, in order."""
        entries = self._get(recording + "/timeline.json").json()["entries"]
        return [entry["text"] for entry in entries if entry.get("kind") == "message"]

    def colours(self, recording: str, part: int) -> set[tuple[int, int, int]]:
        """Of one place of each picture, as near as a video codec comes; the video plays to its end."""
        video = self._get(f"{recording}/{part}.webm").body()
        found: set[tuple[int, int, int]] = set()
        with av.open(io.BytesIO(video), "r") as container:
            for frame in container.decode(video=0):
                plane = frame.reformat(format="rgb24").planes[0]
                at = frame.height // 4 * plane.line_size + frame.width // 4 * 3
                red, green, blue = (255 if value > 127 else 0 for value in bytes(plane)[at : at + 3])
                found.add((red, green, blue))
        return found

    def _get(self, path: str) -> Any:
        answer = self._request.get(f"{self._url}/api/recordings" + (f"/{path}" if path else ""))
        assert answer.ok, (path, answer.status)
        return answer


def test_a_session_is_recorded_from_its_beginning_with_the_picture_once_it_is_shared(people: People) -> None:
    customer = people.customer("Dana")
    source = Source(customer.page.context)
    customer, console = recorded(people, customer)
    has_no_barrier(customer.page, "recorded session")
    has_no_barrier(console.page, "recorded session")
    customer.talk.say("Before the picture")
    customer.share.click()
    console.sees(*RED)
    source.paint(*BLUE)
    console.sees(*BLUE)
    console.talk.say("I see it")
    customer.talk.has("I see it", "The recording has started.")
    console.talk.has("The recording has started.")
    customer.ends()
    archive = Archive(console)
    found = archive.finished(console, "Dana")
    assert [part["number"] for part in found["parts"]] == [1] and found["duration"] > 0
    assert archive.texts(found["id"]) == ["Before the picture", "I see it"]
    assert {RED, BLUE} <= archive.colours(found["id"], 1)


def test_a_pause_keeps_everything_of_it_from_the_recorder_and_a_reload_does_not_end_it(people: People) -> None:
    customer, console = recorded(people, name="Ellis")
    customer.talk.say("For everybody")
    console.talk.has("For everybody")
    customer.pause_recording.click()
    for person in (customer, console):
        expect(person.recording).to_have_text(re.compile("^Recording paused"))
    customer.talk.has("You paused the recording.")
    console.talk.has("Ellis paused the recording.")
    has_no_barrier(customer.page, "paused recording")
    customer.talk.say("For you alone")
    customer.page.reload()
    customer.is_joined()
    expect(customer.recording).to_have_text(re.compile("^Recording paused"))
    expect(console.recording).to_have_text(re.compile("^Recording paused"))
    console.talk.say("I keep it to myself")
    customer.talk.has("I keep it to myself")
    customer.resume_recording.click()
    is_on(customer, console)
    customer.talk.say("For everybody again")
    console.talk.has("For everybody again")
    customer.ends()
    archive = Archive(console)
    found = archive.finished(console, "Ellis")
    assert archive.texts(found["id"]) == ["For everybody", "For everybody again"]
    assert [part["number"] for part in found["parts"]] == [1, 2]


def test_the_red_x_stops_the_recording_until_the_customer_resumes_it(people: People) -> None:
    customer = people.customer("Frankie")
    Source(customer.page.context)
    customer, console = recorded(people, customer)
    customer.share.click()
    console.sees(*RED)
    customer.red_x.click()
    card = customer.page.get_by_role("group", name="Everything is stopped")
    expect(card).to_contain_text("The recording has stopped too.")
    expect(console.recording).to_have_text(re.compile("^Recording paused"))
    customer.continue_chatting.click()
    customer.talk.say("Between us")
    console.talk.has("Between us")
    customer.share.click()
    console.sees(*RED)
    expect(customer.recording).to_have_text(re.compile("^Recording paused"))
    customer.resume_recording.click()
    is_on(customer, console)
    customer.talk.say("On record")
    customer.talk.is_marked("On record", "Read")
    customer.ends()
    archive = Archive(console)
    found = archive.finished(console, "Frankie")
    assert archive.texts(found["id"]) == ["On record"]


def test_the_red_x_stops_it_with_python_crashed_and_the_next_page_holds_to_that(people: People) -> None:
    people.forgive("Python has crashed|reading 'register'")
    customer = watched(people, CRASHING)
    customer.name = "Gale"
    customer, console = recorded(people, customer)
    customer.page.evaluate("() => { globalThis.crashed = true; }")
    customer.red_x.click()
    assert set(customer.page.evaluate("() => observed.after[1]")) == {"stable", "closed"}
    customer.page.reload()
    customer.is_joined()
    expect(customer.recording).to_have_text(re.compile("^Recording paused"))
    expect(console.recording).to_have_text(re.compile("^Recording paused"))
    expect(customer.resume_recording).to_be_visible()


def test_what_is_stopped_stays_stopped(people: People) -> None:
    customer, console = recorded(people, name="Harper")
    customer.talk.say("On record")
    customer.talk.is_marked("On record", "Read")
    customer.stop_recording.click()
    for person in (customer, console):
        expect(person.recording).to_have_text(re.compile("^Recording stopped for good"))
    expect(customer.resume_recording).to_have_count(0)
    customer.page.reload()
    customer.is_joined()
    expect(customer.recording).to_have_text(re.compile("^Recording stopped for good"))
    customer.talk.say("Off record")
    console.talk.has("Off record")
    archive = Archive(console)
    found = archive.finished(console, "Harper")
    assert archive.texts(found["id"]) == ["On record"]


def test_who_refuses_is_not_recorded_and_both_can_see_that(people: People) -> None:
    customer = people.customer("Indigo")
    sent: list[str | bytes] = []
    customer.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    console = met(people, customer, allows=False)
    for person in (customer, console):
        expect(person.recording).to_have_text("Not recorded: recording was refused")
    customer.talk.say("Between us")
    customer.talk.is_marked("Between us", "Read")
    customer.page.reload()
    customer.is_joined()
    expect(customer.recording).to_have_text("Not recorded: recording was refused")
    expect(customer.resume_recording).to_have_count(0)
    customer.ends()
    assert sent and not [frame for frame in sent if OFFERS in str(frame)]
    assert Archive(console).of("Indigo") == []


def test_a_recorder_that_dies_is_followed_by_the_next_and_nothing_of_the_talk_is_missing(
    people: People, server: Server
) -> None:
    customer = people.customer("Jordan")
    source = Source(customer.page.context)
    customer, console = recorded(people, customer)
    archive = Archive(console)
    customer.share.click()
    console.sees(*RED)
    customer.talk.say("Before it died")
    customer.talk.is_marked("Before it died", "Read")
    recording = archive.of("Jordan")[0]["id"]
    while RED not in archive.colours(recording, 1):
        source.page.wait_for_timeout(100)  # what is recorded can be watched half a second later
    for person in (customer, console):
        person.page.evaluate(NOTICE_GAPS)
        assert not person.page.evaluate("() => hadGap")
    os.kill(int(server.printed(r'"process": (\d+), "event": "recorder_started"')), signal.SIGKILL)
    wait_until(console.page, NEXT_PART, recording)
    is_on(customer, console)
    for person in (customer, console):
        assert person.page.evaluate("() => hadGap"), "nobody reads that it is recorded while it is not"
    source.paint(*BLUE)
    console.sees(*BLUE)
    customer.talk.say("After it died")
    customer.talk.is_marked("After it died", "Read")
    customer.ends()
    found = archive.finished(console, "Jordan")
    assert archive.texts(found["id"]) == ["Before it died", "After it died"]
    assert [part["number"] for part in found["parts"]] == [1, 2]
    assert archive.colours(found["id"], 1) == {RED}
    assert BLUE in archive.colours(found["id"], 2)
