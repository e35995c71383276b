"""A path that dies without a word is noticed and looked for; what cannot come back is made anew by the same pages."""

from deskside.core.watch import ASK_AFTER, GIVE_UP_AFTER, SILENT_AFTER, WAITS_FOR_OTHER
from tests.core.link_ends import End, Ends, joined, with_work, wrapped
from tests.core.test_link_paths import message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def silenced(ends: Ends) -> None:
    """The path swallows everything, and no browser has noticed."""
    ends.path = False
    for end, _ in ends.pairs():
        for made in end.connections.values():
            made.broken = (made.local, made.remote)


def restarts(end: End) -> int:
    return end.connections["talk"].credentials


def pings(end: End) -> int:
    return len([one for one in end.frames["control"] if one["type"] == "ping"])


# silence


def test_two_pages_that_say_nothing_ask_each_other_and_go_on() -> None:
    ends = joined()
    ends.wait(60)
    assert ends.customer.link.is_connected and ends.representative.link.is_connected
    assert restarts(ends.representative) == 1
    assert not ends.customer.delivered and not ends.representative.delivered


def test_a_path_that_swallows_everything_is_left_before_the_browser_says_so() -> None:
    ends = joined()
    silenced(ends)
    ends.wait(SILENT_AFTER)
    assert ends.customer.link.states["talk"] == "connected"
    assert not ends.customer.link.is_connected and not ends.representative.link.is_connected
    ends.path = True
    ends.wait(2)
    assert ends.customer.link.is_connected and ends.representative.link.is_connected
    assert restarts(ends.representative) > 1


def test_only_one_question_waits_in_a_cut_channel() -> None:
    ends = joined()
    ends.server = False
    silenced(ends)
    ends.wait(60)
    assert pings(ends.customer) == pings(ends.representative) == 1


def test_what_was_said_over_a_cut_control_is_not_said_there_again() -> None:
    """Or a long cut would end with a queue in front of the first message."""
    ends = joined()
    ends.server = False
    ends.cut()
    ends.wait(60)
    numbers = [one["negotiation"]["number"] for one in ends.representative.frames["control"] if "negotiation" in one]
    numbers = [number for number in numbers if number]
    assert numbers and len(numbers) == len(set(numbers))


def test_a_clock_that_jumps_is_no_silence() -> None:
    for jump in (3600000.0, -3600000.0):
        ends = joined()
        ends.wait(3)
        ends.now += jump
        ends.wait(10)
        assert restarts(ends.representative) == 1
        assert ends.customer.link.is_connected


def test_after_sleep_the_other_page_is_asked_at_once() -> None:
    ends = joined()
    ends.wait(3)
    silenced(ends)
    ends.now += 3600000.0
    ends.wait(2)
    assert not ends.customer.link.is_connected
    assert ASK_AFTER < SILENT_AFTER


# a new path


def test_another_network_is_a_reason_to_look_for_a_path_at_once() -> None:
    for who in ("customer", "representative"):
        ends = joined()
        silenced(ends)
        ends.path = True
        end = getattr(ends, who)
        end.carry_out(end.link.network_changed(ends.now))
        ends.run()
        assert restarts(ends.representative) == 2, who
        assert ends.customer.link.is_connected


def test_work_gets_a_new_path_with_it() -> None:
    ends = with_work()
    silenced(ends)
    ends.path = True
    ends.customer.carry_out(ends.customer.link.network_changed(ends.now))
    ends.run()
    assert ends.representative.connections["work"].credentials == 2
    assert ends.customer.made == ["talk", "work"]


def test_a_path_that_was_agreed_on_gets_time_to_come_up() -> None:
    ends = joined()
    ends.cut()
    before = restarts(ends.representative)
    ends.wait(9)
    assert restarts(ends.representative) - before <= 4


def test_a_page_that_asks_for_a_path_again_and_again_gets_no_more_than_that() -> None:
    ends = joined()
    ends.wait(3)
    for _ in range(50):
        ends.representative.signal({"connection": "talk", "number": 0})
        ends.run()
    assert restarts(ends.representative) <= 2


# made anew


def broken(end: End, name: str = "talk") -> None:
    """A description could not be applied."""
    end.link._negotiations[name].is_broken = True
    end.connections[name].is_closed = True
    end.become(end.connections[name], "failed", 0.0)


def test_a_talk_that_is_broken_for_good_is_made_anew_by_the_same_pages() -> None:
    for who in ("customer", "representative"):
        ends = with_work()
        end = getattr(ends, who)
        ends.customer.post("chat", message("before"))
        ends.run()
        broken(end)
        ends.customer.post("chat", message("while"))
        ends.wait(WAITS_FOR_OTHER + 2)
        assert ends.customer.made == ends.representative.made == ["talk", "work", "talk"], who
        assert ends.customer.link.is_connected and ends.representative.link.is_connected
        ends.customer.post("chat", message("after"))
        ends.run()
        assert ends.representative.texts() == ["before", "while", "after"]
        assert ends.customer.link.states["work"] == ends.representative.link.states["work"] == "connected"


def test_a_channel_that_the_browser_closed_is_a_reason_too() -> None:
    for who in ("customer", "representative"):
        ends = joined()
        end = getattr(ends, who)
        end.carry_out(end.link.channel_closed("chat"))
        ends.wait(WAITS_FOR_OTHER + 2)
        assert ends.customer.made == ends.representative.made == ["talk", "talk"], who
        assert ends.customer.link.is_connected
        ends.wait(30)
        assert len(ends.customer.made) == 2


def test_a_connection_that_the_browser_closed_is_made_anew() -> None:
    ends = joined()
    ends.representative.become(ends.representative.connections["talk"], "closed", ends.now)
    ends.wait(3)
    assert ends.customer.made == ends.representative.made == ["talk", "talk"]
    assert ends.customer.link.is_connected


def test_a_path_that_no_restart_brings_back_ends_with_a_new_connection() -> None:
    ends = joined()
    ends.cut("failed")
    ends.wait(GIVE_UP_AFTER + 2)
    assert ends.representative.made[:2] == ["talk", "talk"]
    ends.path = True
    ends.wait(5)
    assert ends.customer.link.is_connected


def test_nothing_is_given_up_while_the_two_cannot_hear_each_other_at_all() -> None:
    """The old path may come back by itself; a new connection could not even be agreed on."""
    ends = joined()
    ends.server = False
    ends.cut("failed")
    ends.wait(600)
    assert ends.customer.made == ends.representative.made == ["talk"]


# who may do what


def stranger(generation: int, number: int = 1) -> "dict[str, Any]":
    sdp = "v=0\r\na=fingerprint:sha-256 evil\r\na=ice-ufrag:evil\r\na=lines:data\r\n"
    found: "dict[str, Any]" = {"connection": "talk", "generation": generation, "number": number}
    if number:
        found["description"] = {"type": "offer", "sdp": sdp}
    return found


def test_the_new_talk_is_held_to_the_fingerprint_of_the_one_before() -> None:
    ends = joined()
    ends.customer.signal(stranger(1))
    assert ends.customer.refused == ["fingerprint_changed"]
    assert ends.customer.connections["talk"].remote == ""


def test_the_customers_page_cannot_lead() -> None:
    ends = joined()
    ends.representative.signal(stranger(1))
    ends.representative.signal(stranger(7, 0))
    assert ends.representative.refused == ["not_to_decide"] * 2
    assert ends.representative.made == ["talk"]


def test_nobody_makes_a_page_give_up_a_connection_that_is_well() -> None:
    ends = joined()
    ends.representative.signal(stranger(1, 0))
    ends.run()
    assert ends.representative.made == ["talk"] and ends.customer.link.is_connected


def test_what_belongs_to_an_earlier_talk_is_dropped() -> None:
    ends = joined()
    broken(ends.representative)
    ends.wait(2)
    remote = ends.customer.connections["talk"].remote
    ends.customer.signal(stranger(0))
    ends.customer.frame("control", wrapped(stranger(0, 5)))
    ends.run()
    assert ends.customer.refused == [] and ends.customer.connections["talk"].remote == remote
