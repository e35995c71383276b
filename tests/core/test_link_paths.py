"""Two pages lose each other and come back: nothing that was said is lost or doubled, and nothing outlives the end."""

from deskside.core.outbox import Stream
from tests.core.link_ends import End, Ends, joined, with_work, work_offer, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def message(text: str) -> "dict[str, Any]":
    return {"type": "message", "id": text, "text": text, "at": 1}


def nudge(name: str) -> "dict[str, Any]":
    return {"type": "nudge", "id": name, "at": 1}


# paths that break


def test_a_broken_path_is_looked_for_at_most_once_a_second() -> None:
    ends = joined()
    ends.server = False
    ends.cut()
    said = len(ends.representative.descriptions)
    ends.representative.signals = []
    for _ in range(10):
        ends.now += 200.0
        ends.representative.tick(ends.now)
        ends.representative.finish("talk")
    # One offer with its candidate, said again once in these two seconds.
    assert len(ends.representative.descriptions) <= said + 1
    assert len(ends.representative.signals) <= 6


def test_both_come_back_over_the_server_when_their_path_has_changed() -> None:
    ends = joined()
    ends.cut()
    ends.wait(2)
    assert not ends.customer.link.is_connected
    ends.path = True
    ends.wait(2)
    assert ends.customer.link.is_connected and ends.representative.link.is_connected
    assert ends.customer.made == ["talk"]


def test_a_restart_that_was_lost_is_said_again_until_it_arrives() -> None:
    ends = joined()
    ends.server = False
    ends.cut("failed")
    ends.wait(5)
    ends.server = ends.path = True
    ends.wait(2)
    assert ends.customer.link.is_connected


def test_work_comes_back_after_talk() -> None:
    ends = with_work()
    ends.cut()
    ends.wait(2)
    ends.path = True
    ends.wait(3)
    assert ends.customer.link.states == ends.representative.link.states == {"talk": "connected", "work": "connected"}
    assert ends.customer.made == ["talk", "work"]


def test_a_clock_that_is_set_back_does_not_stop_the_search() -> None:
    ends = joined()
    ends.server = False
    ends.cut()
    ends.wait(1)
    ends.now -= 3600000.0
    ends.server = ends.path = True
    ends.wait(2)
    assert ends.customer.link.is_connected


def test_a_description_with_another_fingerprint_is_refused() -> None:
    ends = joined()
    negotiation = work_offer(0)
    negotiation["connection"] = "talk"
    negotiation["number"] = 3
    remote = ends.customer.connections["talk"].remote
    for send in (ends.customer.signal, lambda one: ends.customer.frame("control", wrapped(one))):
        send(negotiation)
        assert ends.customer.refused.pop() == "fingerprint_changed"
    ends.run()
    assert ends.customer.connections["talk"].remote == remote
    assert ends.customer.link.is_connected


# streams


def test_the_chat_goes_on_where_it_was_when_a_page_was_loaded_anew() -> None:
    chats = (Stream("mine"), Stream("theirs"))
    first = Ends(chats)
    first.join()
    first.customer.post("chat", message("one"))
    first.run()
    first.path = False
    first.customer.post("chat", message("two"))
    first.run()
    first.customer.carry_out(first.customer.link.close())
    first.representative.carry_out(first.representative.link.close())
    second = Ends(chats, 2)
    second.customer.post("chat", message("three"))
    second.join()
    assert first.representative.texts() + second.representative.texts() == ["one", "two", "three"]
    assert chats[0].is_empty


def test_control_starts_anew_with_each_link() -> None:
    chats = (Stream("mine"), Stream("theirs"))
    first = Ends(chats)
    first.join()
    first.path = False
    first.representative.post("control", nudge("old"))
    first.customer.carry_out(first.customer.link.close())
    first.representative.carry_out(first.representative.link.close())
    second = Ends(chats, 2)
    second.join()
    second.representative.post("control", nudge("new"))
    second.run()
    assert [one["id"] for one in second.customer.delivered] == ["new"]


def test_what_is_posted_before_anybody_is_there_is_delivered_once_and_acknowledged() -> None:
    ends = Ends()
    ends.customer.post("chat", message("early"))
    ends.join()
    assert ends.representative.texts() == ["early"]
    assert [one["id"] for one in ends.customer.acknowledged] == ["early"]


def test_a_whisper_is_lost_where_there_is_no_channel() -> None:
    ends = Ends()
    assert ends.customer.link.whisper("chat", {"type": "typing", "on": True}) == []
    ends.join()
    ends.customer.carry_out(ends.customer.link.whisper("chat", {"type": "typing", "on": True}))
    ends.run()
    assert ends.representative.delivered == [{"type": "typing", "on": True}]


def test_frames_out_of_order_are_refused_and_change_nothing() -> None:
    ends = joined()
    numbered = dict(message("far ahead"))
    numbered["n"] = 7
    ends.customer.frame("chat", numbered)
    ends.customer.frame("control", {"type": "ack", "received": 99})
    assert ends.customer.refused == ["out_of_order", "bad_acknowledgement"]
    assert ends.customer.delivered == []


def test_a_numbered_frame_before_the_greeting_is_refused() -> None:
    end = End("customer", True)
    end.start()
    end.carry_out(end.link.channel_opened("chat"))
    numbered = dict(message("rude"))
    numbered["n"] = 1
    end.frame("chat", numbered)
    assert end.refused == ["hello_expected"]


# the end


def test_a_closed_link_opens_nothing_any_more() -> None:
    for polite in (True, False):
        ends = with_work()
        end = ends.customer if polite else ends.representative
        end.carry_out(end.link.close())
        assert end.connections == {}
        made = list(end.made)
        end.signal(dict(work_offer(0), connection="talk"))
        end.frame("control", wrapped(work_offer(50)))
        if polite:
            end.carry_out(end.link.open_work())
        end.tick(9e12)
        end.event("talk", "negotiation_needed")
        end.carry_out(end.link.signaling_opened())
        end.carry_out(end.link.state_changed("talk", "connected", 1.0))
        assert end.made == made
        assert not end.link.is_connected


def test_closing_twice_closes_once() -> None:
    ends = with_work()
    assert len(ends.customer.link.close()) == 2
    assert ends.customer.link.close() == []
