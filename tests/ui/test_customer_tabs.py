"""A customer's page beside another tab of the same browser."""

from tests.ui.pages import CustomerPage
from tests.ui.test_customer_page import WELCOME


def test_a_token_of_another_tab_is_neither_used_nor_forgotten() -> None:
    page = CustomerPage().talk()
    page.host.device["token"] = "of another tab"
    page.signaling.drop()
    page.signaling.connect()
    assert page.signaling.sent[-1]["resume"] == "t1"
    page.signaling.say("ended", reason="representative")
    assert page.host.device["token"] == "of another tab"


def test_a_server_that_answers_with_another_session_mixes_nothing() -> None:
    page = CustomerPage().talk()
    page.signaling.drop()
    page.signaling.connect()
    page.signaling.say("welcome", state="active", session="another", **WELCOME)
    assert page.screen == "taken_over" and page.session is None
