"""The preview shows every screen with the real views, and does nothing else."""

from typing import Any

import pytest

from deskside.ui.customer.portal import first_state, show_site
from deskside.ui.customer.preview import Preview
from deskside.ui.customer.views import page as customer_view
from deskside.ui.element import Root
from tests.ui.fakes_dom import FakeDom
from tests.ui.pages import SITE, FakeLanguage, T
from tests.ui.test_way import shown

NOW = 1_700_000_000_000.0
TEXT = "Hello {customer} of {company}: {position}, {wait}"
STEPS: dict[str, dict[str, Any]] = {
    "agreement": {"left": 300},
    "recording": {"left": 60},
    "notifications": {},
    "notice": {"about": "n1"},
    "start": {},
    "queue": {"hold": {"text": TEXT, "every": 60}},
    "hold": {"step": "queue", "hold": {"text": "Still here, {customer}", "every": 60}},
    "orphaned": {"redirect": {"url": "https://example.org/help", "after": 15}, "takes_message": True},
}
QUESTIONS = [{"question": "q1", "kind": "text", "text": "What else?", "choices": []}]


class Page:
    """The page around a preview, as the composition root makes it."""

    def __init__(self) -> None:
        self.state = first_state()
        self.t = T
        self.dom = FakeDom()
        self.root = Root(self.dom, self.dom.place)
        self.language = FakeLanguage()
        self.preview = Preview(self)
        self.shown: list[dict[str, Any]] = []

    def show_site(self, site: dict[str, Any]) -> None:
        self.shown.append(site)
        show_site(self.state, site, "")

    def changed(self) -> None:
        self.preview.fill()
        self.root.render(customer_view(self.state, self.t))
        self.preview.rendered()

    def tell(self, screen: str, **fields: Any) -> str:
        words = {"company": "Alder", "greeting": "Welcome to {company}"}
        site = SITE | words | {"watermark": {"text": "Top", "image": ""}}
        message: dict[str, Any] = {
            "type": "deskside-preview",
            "site": site,
            "screen": screen,
            "step": None,
            "questions": [],
        }
        self.preview.received(message | {"language": "en"} | fields)
        return shown(self)  # type: ignore[arg-type]


def step(screen: str) -> dict[str, Any]:
    return {"step": screen, "title": "A title", "text": TEXT} | STEPS[screen]


@pytest.mark.parametrize("screen", STEPS)
def test_every_step_is_shown_with_the_texts_of_the_draft(screen: str) -> None:
    page = Page()
    text = page.tell(screen, step=step(screen))
    assert "Alder" in text
    if screen != "notifications":
        assert "Hello" in text and "{" not in text
    assert ("Still here, guest" in text) == (screen == "hold")


def test_screens_without_a_step_are_shown_too() -> None:
    page = Page()
    assert "Welcome to" in page.tell("portal")
    page.tell("hold", step=step("hold"))
    session = page.tell("session")
    assert "Robin" in session and "Top" in session and "Still here" not in session
    assert "What else?" in page.tell("survey", questions=QUESTIONS)
    assert "Robin ended the session" in page.tell("ended")
    assert "Robin ended the session" in page.tell("survey")


def test_one_screen_leaves_nothing_behind_on_the_next() -> None:
    page = Page()
    fresh = Page().tell("portal")
    for screen in STEPS:
        page.tell(screen, step=step(screen))
        assert page.tell("portal") == fresh


def test_presses_and_strange_messages_change_nothing() -> None:
    page = Page()
    before = page.tell("agreement", step=step("agreement"))
    for action in ("answer", "start_chat", "leave_queue", "send_survey"):
        page.preview.handle((action, "accept"), None)
    for message in ({}, {"type": "else"}, {"type": "deskside-preview"}, {"type": "deskside-preview", "site": 7}):
        page.preview.received(message)
    page.changed()
    assert shown(page) == before and len(page.shown) == 1  # type: ignore[arg-type]
    page.tell("nonsense")
    assert page.state["screen"] == "portal"


def test_a_step_that_is_missing_shows_the_portal() -> None:
    page = Page()
    page.tell("agreement", step=None)
    assert page.state["screen"] == "portal"


def test_it_speaks_the_language_of_the_draft_and_remembers_none() -> None:
    page = Page()
    page.tell("portal", language="de")
    assert page.language.shown == ["de"] and page.language.chosen == []
