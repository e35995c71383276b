"""What is over is not shown as if it were now: typing, nudges, notices, problems, and what calls a person back."""

from typing import Any

from deskside.ui.customer.views_waiting import waiting_intro
from tests.ui.pages import ENTRY, ConsolePage, CustomerPage, T
from tests.ui.test_console_tools import desk, working

TYPING: dict[str, Any] = {"type": "typing", "on": True}
NUDGE: dict[str, Any] = {"type": "nudge", "id": "n1", "at": 1}


def lost(page: ConsolePage | CustomerPage) -> None:
    """The line to the other page breaks."""
    peer = page.host.peers[-1]
    peer.become(peer.connections["talk"], "failed", page.host.now())


# typing


def test_nobody_is_typing_on_a_line_that_is_lost() -> None:
    for page in (CustomerPage().talk(), working()):
        session: Any = page.console.selected if isinstance(page, ConsolePage) else page.session
        talk = session.conversation
        page.host.peers[-1].say(TYPING, "chat")
        assert talk.talk["typing"]
        lost(page)
        assert not talk.talk["typing"]


def test_nobody_is_typing_who_has_left() -> None:
    page = CustomerPage().talk()
    page.host.peers[-1].say(TYPING, "chat")
    page.signaling.say("left", peer="rep")
    assert not page.session.conversation.talk["typing"]


def test_who_has_emptied_the_box_is_said_not_to_be_typing() -> None:
    page = CustomerPage().talk()
    peer = page.host.peers[-1]
    for text in ("a", "", ""):
        page.do("write", value=text)
    assert peer.whispered == [TYPING, TYPING | {"on": False}]
    page.do("write", value="b")
    page.do("send")
    page.do("write", value="")
    assert peer.whispered[2:] == [TYPING]


# nudges


def test_no_nudge_is_sent_on_a_line_that_is_lost_to_arrive_later_as_if_it_were_of_then() -> None:
    page = working()
    lost(page)
    page.do("nudge")
    assert "nudge" not in page.host.peers[-1].kinds()
    shown = page.state["conversation"]["nudge"]
    assert not shown["reached"] and not shown["sent"] and not shown["rest"]


def test_what_a_nudge_did_is_told_beside_it_for_a_minute() -> None:
    page = working()
    page.do("nudge")
    receipt = {"happened": ["sound"], "muted": False}
    peer = page.host.peers[-1]
    peer.say({"type": "nudge_receipt", "id": peer.posted[-1]["id"], **receipt})
    page.host.wait(50_000)
    assert page.state["conversation"]["nudge"]["receipt"] == receipt
    page.host.wait(11_000)
    shown = page.state["conversation"]["nudge"]
    assert shown["receipt"] is None and not shown["sent"]


# notices


def notice(page: CustomerPage, about: str = "n1") -> None:
    page.signaling.say("notice", notice=about, title="Printers are down", text="We know.")


def notices(page: CustomerPage) -> list[str]:
    return [one["notice"] for one in page.controller.notices]


def test_a_notice_is_announced_once_however_often_the_page_comes_back() -> None:
    page = CustomerPage().talk()
    notice(page)
    assert page.host.attention.happened.count("sound") == 2  # somebody joined, and this
    again = page.reloaded()
    again.welcome("active", session="s1")
    again.join()
    notice(again)
    assert notices(again) == ["n1"]
    assert again.host.attention.happened == []
    notice(again, "n2")
    assert again.host.attention.happened == ["sound"]


def test_a_notice_that_is_shown_in_the_place_of_another_stands_alone() -> None:
    page = CustomerPage().talk()
    notice(page)
    notice(page, "n2")
    assert notices(page) == ["n2"]


def test_a_notice_that_was_withdrawn_while_the_line_was_broken_goes() -> None:
    page = CustomerPage().talk()
    notice(page)
    for is_told in (True, False):
        page.signaling.drop()
        page.signaling.connect()
        page.welcome("active", session="s1")
        if is_told:
            notice(page)
        page.host.wait(4000)
        assert notices(page) == (["n1"] if is_told else [])


def test_a_notice_stays_while_the_server_cannot_say_whether_it_holds() -> None:
    page = CustomerPage().talk()
    notice(page)
    page.signaling.drop()
    page.signaling.connect()
    page.welcome("active", session="s1")
    page.signaling.drop()
    page.host.wait(4000)
    assert notices(page) == ["n1"]


# problems that are solved


def test_a_picker_that_worked_takes_back_that_it_did_not() -> None:
    page = CustomerPage().talk()
    page.do("share_screen")
    page.host.pickers[-1].fail()
    assert page.session.problems == ["capture_denied"]
    page.do("share_screen")
    page.host.pickers[-1].choose()
    assert page.session.problems == []


def test_what_a_press_in_the_queue_met_with_goes_when_it_is_not_so_any_more() -> None:
    page = desk()
    away = ENTRY | {"session": "s2", "connected": False}
    page.say("queue_entered", entry=away, waiting=1)
    page.do("accept_next")
    page.say("error", code="nobody_present", detail="")
    assert page.state["problem"] == "away"
    page.say("queue_changed", session="s2", connected=True)
    assert page.state["problem"] == ""

    page.do("accept_next")
    page.say("error", code="session_limit", detail="")
    assert page.state["problem"] == "limit"
    page.say("queue_changed", session="s2", connected=True)
    assert page.state["problem"] == "limit"
    page.say("ended", session="s9", reason="customer")
    assert page.state["problem"] == ""

    page.signaling.drop()
    page.do("accept_next")
    assert page.state["problem"] == "unreachable"
    page.signaling.connect()
    page.welcome()
    assert page.state["problem"] == ""


# what calls a person back to the page


def test_a_card_that_is_gone_calls_nobody() -> None:
    page = CustomerPage().talk()
    page.host.attention.is_present = False
    page.host.peers[-1].say({"type": "permission_request", "id": "p1", "permission": "view_screen", "at": 1})
    page.host.peers[-1].say(NUDGE)
    assert page.host.attention.news == ["permission", "nudge"]
    page.host.wait(30_000)
    assert page.host.attention.news == ["permission", "nudge"]
    page.host.wait(31_000)
    assert page.host.attention.news == ["nudge"]


def test_the_end_calls_nobody_to_what_was_before() -> None:
    page = CustomerPage().talk()
    page.host.attention.is_present = False
    page.host.peers[-1].say(NUDGE)
    page.signaling.say("ended", reason="representative")
    assert page.host.attention.news == []


def test_a_queue_that_is_empty_calls_nobody() -> None:
    page = desk()
    page.host.attention.is_present = False
    for number, session in enumerate(("s1", "s2"), 1):
        page.say("queue_entered", entry=ENTRY | {"session": session}, waiting=number)
    page.say("queue_left", session="s1", waiting=1)
    assert page.host.attention.news == ["queue"]
    page.say("queue_left", session="s2", waiting=0)
    assert page.host.attention.news == []


def test_a_console_that_another_tab_has_taken_over_calls_nobody() -> None:
    page = working()
    page.host.attention.is_present = False
    page.host.peers[-1].say({"type": "message", "id": "m1", "text": "Hello", "at": 1}, "chat")
    assert page.host.attention.news == ["s1"]
    page.signaling.drop(4409, True)
    assert page.host.attention.news == []


# recording


def test_a_recording_is_counted_while_the_page_that_makes_it_is_reached() -> None:
    page = working()
    page.host.peers[-1].say({"type": "recording", "state": "on", "seconds": 10, "at": 1})
    page.host.wait(5000)
    assert page.state["conversation"]["recording"]["seconds"] in (14, 15)
    lost(page)
    before = page.state["conversation"]["recording"]["seconds"]
    page.host.wait(60_000)
    assert page.state["conversation"]["recording"]["seconds"] in (before, before + 1)


# waiting


def test_an_estimate_of_before_the_line_broke_is_not_shown() -> None:
    page = CustomerPage().queue()
    page.signaling.say("position", position=2, wait={"low": 60, "high": 120})
    page.render()
    assert "estimate" in str(waiting_intro(page.state, T))
    page.signaling.drop()
    page.render()
    assert "estimate" not in str(waiting_intro(page.state, T))
