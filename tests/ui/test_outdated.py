"""Page and server, or two pages, do not understand each other: nothing is lost, and a reload is offered."""

from typing import Any

import pytest

from deskside.core.close_codes import OUTDATED, WRONG_VERSION
from deskside.core.versions import VERSION
from tests.ui.pages import ConsolePage, CustomerPage
from tests.ui.test_customer_page import WELCOME

STRANGER = {"type": "hello", "stream": "s", "first": 1, "received": 0, "version": VERSION + 9, "oldest": VERSION + 1}


def outdated(cards: list[dict[str, Any]]) -> list[str]:
    return [card["why"] for card in cards if card["kind"] == "outdated"]


def refused(page: Any, code: int = WRONG_VERSION) -> Any:
    page.signaling.drop(code)
    page.host.wait(0)
    return page


@pytest.mark.parametrize("code", OUTDATED)
def test_who_waits_keeps_place_and_words_and_is_offered_a_reload(code: int) -> None:
    page = CustomerPage().queue()
    page.do("write", value="My printer")
    refused(page, code)
    assert page.screen == "waiting" and outdated(page.state["cards"]) == ["outdated"]
    assert page.state["talk"]["draft"] == "My printer" and page.host.draft("talk") == "My printer"
    assert page.host.device["token"] == "t1" and page.signaling.wanted and page.host.reloads == 0
    page.do("reload")
    assert page.host.reloads == 1


def test_where_a_reload_has_not_helped_that_is_said_until_the_server_answers() -> None:
    page = refused(CustomerPage().queue())
    page.do("reload")
    refused(page)
    assert outdated(page.state["cards"]) == ["outdated_again"] and page.host.reloads == 1
    page.signaling.connect()
    page.signaling.say("welcome", state="queued", session="s1", **WELCOME)
    page.host.wait(0)
    assert outdated(page.state["cards"]) == []
    assert outdated(refused(page).state["cards"]) == ["outdated"]


def test_a_reload_for_another_reason_is_not_counted() -> None:
    page = CustomerPage().queue()
    page.do("reload")
    assert outdated(refused(page).state["cards"]) == ["outdated"]


def test_two_pages_that_talk_go_on_though_the_server_is_newer() -> None:
    page = refused(CustomerPage().talk())
    assert page.screen == "session" and not page.host.peers[-1].is_gone
    assert outdated(page.state["cards"]) == ["outdated"]


@pytest.mark.parametrize("code", OUTDATED)
def test_before_the_queue_the_page_says_it_and_goes_on_by_itself(code: int) -> None:
    page = CustomerPage().begin()
    page.do("set_name", value="Bob")
    page.do("start_chat")
    refused(page, code)
    assert (page.screen, page.state["failed"]) == ("failed", "outdated") and page.signaling.wanted
    assert page.state["portal"]["name"] == "Bob"
    page.signaling.connect()
    page.signaling.say("welcome", state="new", **WELCOME)
    assert page.screen == "portal" and page.signaling.kinds()[-1] == "enter"


def test_a_page_that_comes_back_says_it_instead_of_the_portal() -> None:
    page = CustomerPage().queue().reloaded()
    refused(page)
    assert (page.screen, page.state["failed"]) == ("failed", "outdated")


def test_nobody_who_only_looks_at_the_portal_hears_of_it() -> None:
    page = refused(CustomerPage().begin())
    assert page.screen == "portal" and not page.signaling.wanted


@pytest.mark.parametrize("code", OUTDATED)
def test_a_console_keeps_its_sessions_and_offers_a_reload(code: int) -> None:
    page = ConsolePage().start().sign_in(["s1"]).accepted()
    refused(page, code)
    assert page.state["screen"] == "desk" and page.state["outdated"] == "outdated"
    assert not page.host.peers[0].is_gone and list(page.console.sessions) == ["s1"]
    page.do("reload")
    refused(page, code)
    assert page.state["outdated"] == "outdated_again" and page.host.reloads == 1
    page.signaling.connect()
    page.welcome(["s1"])
    assert page.state["outdated"] == ""


def test_a_customer_whose_representatives_page_is_another_version_is_told() -> None:
    page = CustomerPage().talk()
    page.host.peers[-1].arrive("control", STRANGER)
    page.render()
    assert outdated(page.state["cards"]) == ["outdated_peer"] and page.state["connection"] != "connected"
    assert page.screen == "session"


def test_a_representative_whose_customers_page_is_another_version_is_told() -> None:
    page = ConsolePage().start().sign_in(["s1"]).accepted()
    page.host.peers[0].arrive("control", STRANGER)
    page.console.render()
    assert outdated(page.state["conversation"]["cards"]) == ["outdated_peer"]
