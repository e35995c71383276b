"""A customer's page in a session that is recorded, and what it said of it."""

from typing import Any

from tests.ui.fakes_recorder import FakeRecorder
from tests.ui.pages import CustomerPage, events

SECOND = 1000.0


def answered(page: CustomerPage) -> FakeRecorder:
    """The recorder takes the connection that was opened last, and has its disk ready."""
    recorder = page.host.recorders[-1]
    recorder.describe()
    page.signaling.say("recording_answer", id=recorder.id, sdp="answer")
    recorder.know()
    page.render()
    return recorder


def recorded(page: CustomerPage | None = None) -> CustomerPage:
    """In a session that is being recorded."""
    page = CustomerPage().talk() if page is None else page
    page.signaling.say("recorder", available=True)
    answered(page)
    return page


def back(page: CustomerPage, is_killed: bool = False) -> CustomerPage:
    """The page loaded anew, in its session again, with the recorder there. One that is killed does not say goodbye."""
    if not is_killed:
        page.controller.leaving()
    after = page.reloaded()
    after.welcome("active", session="s1")
    after.join()
    after.host.peers[-1].meet()
    after.signaling.say("recorder", available=True)
    return after


def said(page: CustomerPage, kind: str) -> list[dict[str, Any]]:
    return [message for message in page.signaling.sent if message["type"] == kind]


def told(page: CustomerPage) -> list[str]:
    """What the representative's page was told of it, in order."""
    return [message["state"] for message in page.host.peers[-1].posted if message["type"] == "recording"]


def recording_events(page: CustomerPage) -> list[str]:
    return [event[10:] for event in events(page.session.conversation) if event.startswith("recording_")]
