"""What representatives reach for: session keys, notices, canned messages, messages left, another language."""

from typing import Any

import pytest

from deskside.ui.console.views_queue import queue_pane
from tests.ui.pages import ABOUT, ConsolePage, events
from tests.ui.trees import text_of, walk

KEY = "ABCD2345"
LEFT = {"id": "m1", "name": "Bob", "contact": "b@example.org", "text": "It beeps.", "issue": "", "at": 5}
NOTICES = [{"notice": "n1", "name": "Printing is down", "team": ""}]
CANNED = [
    {"id": "c1", "name": "Greeting", "text": "Hello {customer}, this is {representative} of {company}."},
    {"id": "c2", "name": "Öffnen", "text": "Please open {issue} with {unknown}."},
]


def desk() -> ConsolePage:
    """A console whose clock is two seconds behind the server's."""
    page = ConsolePage().sign_in()
    page.say("welcome", peer="me", name="ann", available=True, waiting=0, sessions=[], now=int(page.host.time) + 2000)
    return page


def working(**about: Any) -> ConsolePage:
    """A session with its customer there."""
    page = desk()
    page.say("accepted", session=ABOUT | {"peer": "c1"} | about)
    page.host.wait(10)
    page.host.peers[-1].meet()
    return page


def draft(page: ConsolePage) -> str:
    return str(page.console.selected.conversation.talk["draft"])  # type: ignore[union-attr]


def panel(page: ConsolePage) -> str:
    return str(page.console.selected.panel)  # type: ignore[union-attr]


def counted(page: ConsolePage) -> str:
    """The number beside `Messages`."""
    pane = queue_pane(page.state, page.console.t)
    [summary] = [node for node in walk(pane) if node[0] == "summary"]
    return text_of(summary).replace(page.console.t("left.name"), "")


# session keys


def test_a_session_key_is_shown_with_its_link_until_its_time_is_over() -> None:
    page = desk()
    page.do("create_key")
    assert page.signaling.kinds()[-1] == "create_key" and page.state["key"]["busy"]
    page.say("key", key=KEY, ends_at=int(page.host.time) + 2000 + 900_000)
    key = page.state["key"]
    assert (key["key"], key["link"], key["left"]) == (KEY, "https://desk.example/?key=ABCD2345", 900)
    page.host.wait(1000)
    assert page.state["key"]["left"] == 899
    page.host.wait(900_000)
    assert page.state["key"]["left"] == 0
    page.do("close_key")
    assert page.state["key"]["key"] == ""


def test_a_second_press_asks_for_no_second_key() -> None:
    page = desk()
    page.do("create_key")
    page.do("create_key")
    assert page.signaling.kinds().count("create_key") == 1


@pytest.mark.parametrize(("what", "text"), [("key", KEY), ("link", "https://desk.example/?key=ABCD2345")])
def test_key_and_link_go_to_the_clipboard(what: str, text: str) -> None:
    page = desk()
    page.do("create_key")
    page.say("key", key=KEY, ends_at=int(page.host.time) + 900_000)
    page.do("copy_key", what)
    assert page.host.copied == [text] and page.state["key"]["copied"] == what


def test_a_browser_that_does_not_copy_is_not_said_to_have_done_so() -> None:
    page = desk()
    page.host.can_copy = False
    page.do("create_key")
    page.say("key", key=KEY, ends_at=int(page.host.time) + 900_000)
    page.do("copy_key", "link")
    assert (page.state["key"]["copied"], page.state["key"]["problem"]) == ("", "copy")


@pytest.mark.parametrize(("code", "problem"), [("too_many_keys", "too_many"), ("wrong_state", "refused")])
def test_a_key_that_is_refused_is_explained(code: str, problem: str) -> None:
    page = desk()
    page.do("create_key")
    page.say("error", code=code, detail="")
    assert (page.state["key"]["problem"], page.state["key"]["busy"], page.state["problem"]) == (problem, False, "")


def test_without_the_server_there_is_no_key_and_the_page_says_so() -> None:
    page = desk()
    page.do("create_key")
    page.signaling.drop()
    page.host.wait(0)
    assert page.state["key"]["problem"] == "unreachable"
    page.do("create_key")
    assert page.state["key"]["problem"] == "unreachable" and not page.state["key"]["busy"]


# messages left


def test_a_message_that_was_left_stays_until_somebody_has_dealt_with_it() -> None:
    page = desk()
    page.say("message_left", message=LEFT | {"id": "m2", "at": 9})
    page.say("message_left", message=LEFT)
    page.say("message_left", message=LEFT)
    assert [one["id"] for one in page.state["left_messages"]] == ["m1", "m2"]
    page.do("finish_message", "m1")
    page.do("finish_message", "m1")
    assert page.signaling.sent[-1] == {"type": "finish_message", "id": "m1"}
    assert page.signaling.kinds().count("finish_message") == 1 and page.state["left_messages"][0]["finishing"]
    page.say("message_finished", id="m1")
    page.say("message_finished", id="unknown")
    assert [one["id"] for one in page.state["left_messages"]] == ["m2"]


def test_only_a_message_that_comes_now_is_announced() -> None:
    page = desk()
    page.say("message_left", message=LEFT)
    assert page.state["status"] == ""
    page.say("message_left", message=LEFT | {"id": "m2", "at": int(page.host.time) + 3000})
    assert page.state["status"] == "Bob left a message"


def test_messages_left_are_told_anew_after_the_line_broke() -> None:
    page = desk()
    page.say("message_left", message=LEFT)
    page.signaling.drop()
    page.signaling.connect()
    page.welcome()
    assert page.state["left_messages"] == []


def test_more_messages_come_when_they_are_asked_for() -> None:
    page = desk()
    page.say("message_left", message=LEFT)
    page.say("messages_open", open=3)
    assert page.state["left_more"] == {"behind": 2, "asking": False}
    assert counted(page) == "3"
    page.do("more_messages")
    page.do("more_messages")
    assert page.signaling.kinds().count("more_messages") == 1 and page.state["left_more"]["asking"]
    page.say("message_left", message=LEFT | {"id": "m2", "at": 6})
    assert page.state["left_more"] == {"behind": 1, "asking": False}
    # Those that were announced are dealt with by somebody else: there is nothing more to ask for.
    page.say("messages_open", open=2)
    assert page.state["left_more"] == {"behind": 0, "asking": False}
    page.do("more_messages")
    assert page.signaling.kinds().count("more_messages") == 1


def test_a_request_for_more_that_was_lost_with_the_line_can_be_made_again() -> None:
    page = desk()
    page.say("message_left", message=LEFT)
    page.say("messages_open", open=2)
    page.do("more_messages")
    page.signaling.drop()
    page.signaling.connect()
    page.welcome()
    page.say("message_left", message=LEFT)
    page.say("messages_open", open=2)
    page.do("more_messages")
    assert page.signaling.kinds().count("more_messages") == 2


def test_a_server_that_says_no_number_is_shown_by_what_it_told() -> None:
    page = desk()
    page.say("message_left", message=LEFT)
    assert page.state["left_more"]["behind"] == 0 and counted(page) == "1"


# notices


def test_a_notice_is_sent_to_the_customer_of_the_session_and_stands_in_the_log() -> None:
    page = working()
    page.say("notices", notices=NOTICES)
    page.do("toggle_panel", "notices")
    assert page.state["conversation"]["notices"] == NOTICES
    page.do("send_notice", "n1")
    assert page.signaling.sent[-1] == {"type": "send_notice", "session": "s1", "notice": "n1"}
    conversation = page.console.sessions["s1"].conversation
    assert events(conversation)[-1] == "notice_sent" and panel(page) == ""


def test_a_notice_that_was_withdrawn_meanwhile_is_said_not_to_have_been_sent() -> None:
    page = working()
    page.say("notices", notices=NOTICES)
    page.do("send_notice", "n1")
    page.say("error", code="unknown_notice", detail="", session="s1")
    assert events(page.console.sessions["s1"].conversation)[-1] == "notice_gone"
    page.say("notices", notices=[])
    page.do("send_notice", "n1")
    assert page.signaling.kinds().count("send_notice") == 1


def test_a_notice_is_not_sent_while_the_server_is_away() -> None:
    page = working()
    page.say("notices", notices=NOTICES)
    page.signaling.drop()
    page.do("send_notice", "n1")
    assert "notice_sent" not in events(page.console.sessions["s1"].conversation)
    assert page.state["conversation"]["talk"]["problem"] == "not_connected"


# canned messages


def canned(**about: Any) -> ConsolePage:
    page = working(**about)
    page.do("toggle_panel", "canned")
    page.answer("/api/canned", 200, {"messages": CANNED})
    return page


def names(page: ConsolePage) -> list[str]:
    return [one["name"] for one in page.state["conversation"]["canned"]["messages"]]


def test_canned_messages_come_in_the_customers_language_and_are_fetched_once() -> None:
    page = working(language="de")
    page.do("toggle_panel", "canned")
    assert page.state["conversation"]["canned"]["found"] == "loading"
    page.do("toggle_panel", "canned")
    page.do("toggle_panel", "canned")
    paths = [request[1] for request in page.host.requests if "canned" in request[1]]
    assert paths == ["/api/canned?language=de"]


def test_every_word_of_the_search_must_be_found() -> None:
    page = canned()
    assert names(page) == ["Greeting", "Öffnen"]
    for search, found in (("HELLO acme", ["Greeting"]), ("öff", ["Öffnen"]), ("hello zebra", []), ("  ", names(page))):
        page.do("search_canned", value=search)
        assert names(page) == found, search


def test_a_canned_message_goes_behind_what_is_written_with_its_macros_put_in() -> None:
    page = canned(issue="the printer")
    page.do("write", value="Well,")
    page.do("insert_canned", "c1")
    assert draft(page) == "Well, Hello Bob, this is ann of Acme." and panel(page) == ""
    page.do("toggle_panel", "canned")
    page.do("insert_canned", "c2")
    assert draft(page).endswith("Acme. Please open the printer with {unknown}.")


def test_enter_in_the_search_takes_the_first_one() -> None:
    page = canned()
    page.do("search_canned", value="open")
    key = {"key": "Enter", "composing": False}
    assert page.do("canned_key", value=key) is True
    assert draft(page).startswith("Please open")


def test_escape_closes_a_panel_and_leaves_the_draft_alone() -> None:
    page = canned()
    page.do("write", value="Well")
    assert page.do("panel_key", value={"key": "Escape"}) is True
    assert (panel(page), draft(page)) == ("", "Well")
    assert page.do("panel_key", value={"key": "a"}) is False


def test_canned_messages_that_did_not_come_are_fetched_again_when_asked_for() -> None:
    page = working()
    page.do("toggle_panel", "canned")
    page.answer("/api/canned", 0, {})
    assert page.state["conversation"]["canned"]["found"] == "failed"
    page.do("toggle_panel", "canned")
    page.do("toggle_panel", "canned")
    page.answer("/api/canned", 200, {"messages": CANNED})
    assert names(page) == ["Greeting", "Öffnen"]


def test_settings_that_changed_are_fetched_and_with_them_canned_messages() -> None:
    page = canned()
    page.do("toggle_panel", "canned")
    page.say("site", version=2)
    page.answer("/api/site", 200, {"company": "Bakery", "languages": ["de"], "language": "de"})
    assert (page.state["company"], page.state["languages"]) == ("Bakery", ["de"])
    page.do("toggle_panel", "canned")
    assert [request[1] for request in page.host.requests if "canned" in request[1]]


# another language


def test_another_language_changes_the_whole_desk_and_keeps_what_was_written() -> None:
    page = working()
    page.say("queue_entered", entry={**ABOUT_WAITING, "session": "s2"}, waiting=1)
    page.do("write", value="Half a sentence")
    page.do("set_language", value="de")
    assert page.language.chosen == ["de"] and page.state["language"] == "de"
    assert draft(page) == "Half a sentence"


ABOUT_WAITING = {
    "name": "Eve",
    "question": "",
    "issue": "",
    "team": "",
    "language": "en",
    "entered_at": 1,
    "connected": True,
}
