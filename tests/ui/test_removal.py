"""A representative takes somebody out of the queue: after a question, once, and never the wrong one."""

from typing import Any

import pytest

from tests.ui.pages import ENTRY, ConsolePage, CustomerPage


def page_with(*sessions: str, version: int = 2) -> ConsolePage:
    """A console that sees these customers wait; the server is of this version."""
    page = ConsolePage().sign_in()
    spoken = {"version": version, "oldest": 1} if version > 1 else {}
    about = {"peer": "me", "name": "ann", "available": True, "waiting": 0, "sessions": [], "now": int(page.host.time)}
    page.say("welcome", **about | spoken)
    for number, session in enumerate(sessions, 1):
        page.say("queue_entered", entry=ENTRY | {"session": session, "name": session.upper()}, waiting=number)
    return page


def buttons(page: ConsolePage) -> list[list[str]]:
    """What can be pressed for each who waits."""

    def of(node: Any) -> list[str]:
        own = [text(node)] if node.tag == "button" else []
        return own + [name for child in node.children for name in of(child)]

    def text(node: Any) -> str:
        return (node.text or "") + "".join(text(child) for child in node.children)

    return [of(entry) for entry in page.console.root.refs["queue"].children]


OFFERED = ["Accept", "Remove from queue"]
ASKS = ["Accept", "Yes, remove", "Keep in the queue"]


def sent(page: ConsolePage) -> list[str]:
    return [message["session"] for message in page.signaling.sent if message["type"] == "remove"]


def test_it_is_asked_first_and_then_done_once_the_server_says_so() -> None:
    page = page_with("s1", "s2")
    page.do("ask_to_remove", "s1")
    assert buttons(page) == [ASKS, OFFERED] and sent(page) == []
    assert page.dom.focused() is page.console.root.refs["removal"]
    page.do("remove", "s1")
    assert sent(page) == ["s1"] and buttons(page) == [ASKS, OFFERED]
    page.say("queue_left", session="s1", waiting=1)
    assert buttons(page) == [OFFERED]
    assert page.state["status"] == "S1 was removed from the queue."
    assert page.dom.focused() is page.console.root.refs["queue-name"]


@pytest.mark.parametrize("how", ["pressed", "escape"])
def test_whoever_is_kept_waits_on_and_the_focus_goes_back(how: str) -> None:
    page = page_with("s1")
    page.do("ask_to_remove", "s1")
    key = {"key": "Escape", "shift": False, "ctrl": False, "alt": False, "meta": False, "composing": False}
    if how == "pressed":
        page.do("keep_waiting", "s1")
    else:
        assert page.do("removal_key", "s1", value=key)
    assert buttons(page) == [OFFERED] and sent(page) == []
    assert page.dom.focused() is page.console.root.refs["remove-s1"]


def test_one_is_asked_about_at_a_time() -> None:
    page = page_with("s1", "s2")
    page.do("ask_to_remove", "s1")
    page.do("ask_to_remove", "s2")
    assert buttons(page) == [OFFERED, ASKS]
    assert page.dom.focused() is page.console.root.refs["removal"]


def test_who_was_accepted_by_somebody_else_meanwhile_is_said_to_be_gone() -> None:
    page = page_with("s1", "s2")
    page.do("ask_to_remove", "s1")
    page.do("remove", "s1")
    page.say("error", code="unknown_session", detail="", session="s2")
    assert buttons(page)[0] == ASKS, "that was about another"
    page.say("error", code="taken", detail="", session="s1")
    assert page.state["problem"] == "gone" and buttons(page)[0] == OFFERED


def test_who_leaves_by_themselves_meanwhile_was_not_removed() -> None:
    page = page_with("s1")
    page.do("ask_to_remove", "s1")
    status = page.state["status"]
    page.say("queue_left", session="s1", waiting=0)
    page.say("queue_entered", entry=ENTRY | {"session": "s1"}, waiting=1)
    assert buttons(page) == [OFFERED] and "removed" not in page.state["status"] and "removed" not in status


def test_a_line_that_drops_asks_anew() -> None:
    page = page_with("s1")
    page.do("ask_to_remove", "s1")
    page.do("remove", "s1")
    page.signaling.drop()
    assert buttons(page) == [OFFERED]
    page.do("ask_to_remove", "s1")
    page.do("remove", "s1")
    assert sent(page) == ["s1"] and page.state["problem"] == "unreachable"


def test_a_server_that_does_not_know_it_is_not_asked() -> None:
    assert buttons(page_with("s1", version=1)) == [["Accept"]]


def test_the_customer_reads_what_happened_and_what_to_do() -> None:
    page = CustomerPage().queue()
    page.signaling.say("ended", reason="removed")
    assert (page.screen, page.state["ended"]["reason"]) == ("ended", "removed")
    assert page.state["ended"]["transcript"] is False
    assert page.host.recall("token") is None, "a reload begins anew"


def test_who_comes_back_after_being_removed_reads_it_too() -> None:
    page = CustomerPage().queue().reloaded()
    page.welcome("ended", session="s1", reason="removed")
    assert (page.screen, page.state["ended"]["reason"]) == ("ended", "removed")
