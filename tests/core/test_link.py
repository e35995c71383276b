"""Two pages find each other; only the customer opens `work`, and what was revoked never comes back."""

from deskside.core.errors import StateError
from tests.core.link_ends import End, Ends, joined, with_work, work_offer
from tests.core.raising import raises

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


# `talk` comes up


def test_talk_comes_up_with_one_offer() -> None:
    ends = joined()
    assert ends.customer.descriptions == ["talk answer"]
    assert ends.representative.descriptions == ["talk offer"]
    assert ends.customer.made == ends.representative.made == ["talk"]


def test_nothing_is_connected_before_the_control_channel_is_open() -> None:
    end = End("customer", True)
    end.start()
    end.carry_out(end.link.state_changed("talk", "connected", 1.0))
    assert not end.link.is_connected
    end.is_open = True
    end.carry_out(end.link.channel_opened("control"))
    assert end.link.is_connected


def test_an_offer_that_the_server_lost_is_made_again() -> None:
    ends = Ends()
    ends.server = False
    ends.start()
    ends.run()
    ends.server = True
    ends.wait(1)
    assert not ends.customer.link.is_connected
    ends.wait(4)
    assert ends.customer.link.is_connected and ends.representative.link.is_connected
    assert ends.representative.descriptions == ["talk offer"]


def test_what_was_said_while_the_server_was_away_is_said_again_when_it_is_back() -> None:
    ends = Ends()
    ends.server = False
    ends.start()
    ends.run()
    ends.server = True
    ends.representative.carry_out(ends.representative.link.signaling_opened())
    ends.run()
    assert ends.customer.link.is_connected


def test_a_server_that_is_back_hears_nothing_from_pages_that_are_connected() -> None:
    ends = joined()
    assert ends.customer.link.signaling_opened() == ends.representative.link.signaling_opened() == []


def test_signals_that_come_twice_and_in_another_order_make_the_same_connection() -> None:
    ends = Ends()
    ends.start()
    while ends.customer.finish("talk") or ends.representative.finish("talk"):
        pass
    signals = ends.representative.signals
    ends.representative.signals = []
    for negotiation in list(reversed(signals)) + signals:
        ends.customer.signal(negotiation)
    ends.run()
    assert ends.customer.link.is_connected and ends.representative.link.is_connected
    assert ends.customer.descriptions == ["talk answer"]


def test_once_control_is_open_an_ice_restart_needs_no_server() -> None:
    ends = joined()
    ends.server = False
    ends.representative.connections["talk"].is_restarting = True
    ends.representative.look(ends.representative.connections["talk"])
    ends.run()
    assert ends.customer.descriptions == ["talk answer", "talk answer"]
    assert ends.customer.connections["talk"].remote == ends.representative.connections["talk"].local


# `work`, which the customer alone opens


def test_the_customer_opens_work_and_the_representative_follows() -> None:
    ends = with_work()
    assert ends.customer.made == ends.representative.made == ["talk", "work"]
    assert ends.customer.link.has_work and ends.representative.link.has_work


def test_work_is_opened_once() -> None:
    ends = with_work()
    assert ends.customer.link.open_work() == []


def test_a_representative_cannot_open_work() -> None:
    ends = joined()
    raises(StateError, ends.representative.link.open_work)


def test_an_offer_for_work_that_nobody_asked_for_is_refused() -> None:
    ends = joined()
    for generation in (0, 1, 2, 1000):
        ends.customer.frame("control", {"type": "negotiation", "negotiation": work_offer(generation)})
        ends.customer.signal(work_offer(generation))
    assert ends.customer.made == ["talk"]
    assert set(ends.customer.refused) == {"no_connection", "work_not_allowed", "work_over_signaling"}


def test_work_is_never_negotiated_over_the_server() -> None:
    ends = with_work()
    ends.customer.signals = []
    ends.representative.signals = []
    ends.cut()
    ends.path = True
    ends.wait(2)
    ends.customer.carry_out(ends.customer.link.close_work())
    ends.customer.carry_out(ends.customer.link.open_work())
    seen: "list[str]" = []
    while ends.step():
        seen += [one["connection"] for one in ends.customer.signals + ends.representative.signals]
    assert "work" not in seen
    assert ends.customer.link.states["work"] == "connected"


def test_what_is_on_its_way_when_work_is_closed_does_not_open_it_again() -> None:
    ends = with_work()
    late = [one for one in offers_of_a_restart(ends) if one["negotiation"]["connection"] == "work"]
    assert late
    ends.customer.carry_out(ends.customer.link.close_work())
    for frame in late:
        ends.customer.frame("control", frame)
    assert ends.customer.made == ["talk", "work"]
    assert not ends.customer.link.has_work


def offers_of_a_restart(ends: Ends) -> "list[dict[str, Any]]":
    """What the representative's page says when it looks for a new path of `work`, still on the wire."""
    end = ends.representative
    end.connections["work"].is_restarting = True
    end.look(end.connections["work"])
    end.finish("work")
    found = end.frames["control"]
    end.frames["control"] = []
    return [frame for frame in found if frame["type"] == "negotiation"]


def test_candidates_that_come_after_the_red_x_change_nothing() -> None:
    ends = joined()
    ends.customer.carry_out(ends.customer.link.open_work())
    ends.customer.finish("work")
    late = [frame for frame in ends.customer.frames["control"] if frame["type"] == "negotiation"]
    ends.run()
    ends.customer.carry_out(ends.customer.link.close_work())
    ends.representative.carry_out(ends.representative.link.close_work())
    ends.run()
    for frame in late:
        ends.representative.frame("control", frame)
    assert ends.representative.made == ["talk", "work"]
    assert not ends.representative.link.has_work


def test_work_can_be_opened_again_after_each_red_x() -> None:
    ends = with_work()
    for times in range(1, 4):
        ends.customer.carry_out(ends.customer.link.close_work())
        ends.representative.carry_out(ends.representative.link.close_work())
        ends.customer.carry_out(ends.customer.link.open_work())
        ends.run()
        assert ends.representative.link.states["work"] == "connected"
        assert ends.representative.made == ["talk"] + ["work"] * (times + 1)


def test_a_red_x_that_is_told_twice_does_not_lock_the_next_work_out() -> None:
    ends = with_work()
    ends.customer.carry_out(ends.customer.link.close_work())
    for _ in range(3):
        ends.representative.carry_out(ends.representative.link.close_work())
    ends.customer.carry_out(ends.customer.link.open_work())
    ends.run()
    assert ends.representative.link.states["work"] == "connected"


def test_the_representatives_page_lets_go_of_work_when_the_customer_has_closed_it() -> None:
    ends = with_work()
    ends.customer.carry_out(ends.customer.link.close_work())
    ends.run()
    assert not ends.representative.link.has_work
    assert list(ends.representative.connections) == ["talk"]


def test_who_has_missed_the_end_of_work_is_told_when_it_asks() -> None:
    ends = with_work()
    late = offers_of_a_restart(ends)
    ends.customer.carry_out(ends.customer.link.close_work())
    ends.customer.frames["control"] = []
    for frame in late:
        ends.customer.frame("control", frame)
    ends.run()
    assert not ends.representative.link.has_work


def test_nothing_of_work_is_negotiated_while_talk_is_down() -> None:
    ends = with_work()
    ends.server = False
    ends.cut()
    ends.wait(3)
    assert "work offer" not in ends.representative.descriptions
