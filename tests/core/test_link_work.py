"""A `work` that carries nothing any more is replaced, whichever page notices; one that was taken away never is."""

from deskside.core.watch import GIVE_UP_AFTER, WAITS_FOR_OTHER
from tests.core.link_ends import joined, with_work, wrapped
from tests.core.test_link_repair import broken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def test_a_broken_work_is_made_anew_by_the_customers_page_alone() -> None:
    ends = with_work()
    ends.customer.link._negotiations["work"].is_broken = True
    ends.customer.become(ends.customer.connections["work"], "failed", ends.now)
    ends.wait(3)
    assert ends.customer.made == ends.representative.made == ["talk", "work", "work"]
    assert ends.customer.link.states["work"] == "connected"


def test_a_work_that_was_closed_is_never_made_anew() -> None:
    ends = with_work()
    ends.customer.link._negotiations["work"].is_broken = True
    ends.customer.become(ends.customer.connections["work"], "failed", ends.now)
    ends.customer.carry_out(ends.customer.link.close_work())
    broken(ends.customer)
    ends.wait(40)
    assert ends.customer.made.count("work") == 1 and "work" not in ends.representative.connections


def test_either_page_gets_another_work_where_nothing_gets_through_the_one_there_is() -> None:
    for who in ("customer", "representative"):
        ends = with_work()
        ends.wait(GIVE_UP_AFTER + 1)
        end = getattr(ends, who)
        end.carry_out(end.link.renew_work())
        ends.run()
        assert ends.customer.made == ends.representative.made == ["talk", "work", "work"], who
        assert ends.customer.link.states["work"] == ends.representative.link.states["work"] == "connected"
        assert not ends.customer.refused and not ends.representative.refused


def test_a_work_that_only_the_representatives_page_has_lost_is_made_anew() -> None:
    ends = with_work()
    ends.wait(GIVE_UP_AFTER + 1)
    broken(ends.representative, "work")
    ends.wait(WAITS_FOR_OTHER + 3)
    assert ends.customer.made == ends.representative.made == ["talk", "work", "work"]
    assert ends.representative.link.states["work"] == "connected"


def test_a_page_that_asks_for_another_work_again_and_again_gets_no_more_than_that() -> None:
    ends = with_work()
    ends.wait(GIVE_UP_AFTER + 1)
    for _ in range(50):
        ends.representative.carry_out(ends.representative.link.renew_work())
        ends.run()
    assert ends.customer.made.count("work") == 2


def test_nobody_asks_for_a_work_that_the_customer_has_closed_or_never_opened() -> None:
    for ends in (joined(), with_work()):
        ends.wait(GIVE_UP_AFTER + 1)
        ends.customer.carry_out(ends.customer.link.close_work())
        ends.run()
        made = len(ends.customer.made)
        asked: "dict[str, Any]" = {"connection": "work", "number": 0}
        for generation in range(5):
            ends.customer.frame("control", wrapped(asked | {"generation": generation}))
        ends.run()
        assert len(ends.customer.made) == made
