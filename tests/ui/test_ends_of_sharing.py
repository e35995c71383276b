"""However sharing ends, both pages' logs and the record tell the same end of it, once, with its reason."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.two_pages import TwoPages

End = Callable[[TwoPages], None]
SHARED = ["permission_granted", "sharing_started"]


def request(pages: TwoPages) -> str:
    """The card of a request."""
    pages.representative.request_screen()
    pages.run()
    return str(pages.customer.permissions.pending(pages.customer_host.now())[0]["id"])


def share(pages: TwoPages, lease: str = "300") -> None:
    card = request(pages)
    pages.customer.leases[card] = lease
    pages.customer.allow(card)
    pages.customer_host.pickers[-1].choose()
    pages.run().tick()


def stop_bar(pages: TwoPages) -> None:
    """The browser's own bar, or the shared tab is closed: the track has ended."""
    pages.customer_host.captures[-1].on_ended()


def red_x(pages: TwoPages) -> None:
    pages.customer_host.guard.press()
    pages.representative.delivered(pages.representative.peer, "control", {"type": "revoked", "at": 1})
    pages.customer.revoked()


def red_x_while_nothing_gets_through(pages: TwoPages) -> None:
    """What the guard tells at once is lost; what is numbered comes later."""
    pages.customer.revoked()


def red_x_without_python(pages: TwoPages) -> None:
    """The guard alone has acted, and the next page of the session says so."""
    pages.customer_host.device["revoked"] = "s1"
    pages.representative.delivered(pages.representative.peer, "control", {"type": "revoked", "at": 1})
    pages.reload_customer()


def lease(pages: TwoPages) -> None:
    pages.customer_host.time += 301_000.0
    pages.representative_host.time += 301_000.0
    pages.tick()


def withdrawn_too_late(pages: TwoPages) -> None:
    """The representative takes the request back while the customer's consent is on its way."""
    pages.customer.stopped_by_browser()
    pages.run()
    card = request(pages)
    pages.customer.leases[card] = "300"
    pages.customer.allow(card)
    pages.customer_host.pickers[-1].choose()
    pages.representative.withdraw_request()


def customer_reloads(pages: TwoPages) -> None:
    pages.reload_customer()


def representative_reloads(pages: TwoPages) -> None:
    pages.reload_representative()


def representative_is_given_up(pages: TwoPages) -> None:
    pages.customer.left(pages.customer_host.peers[-1].id)
    pages.representative.left(pages.representative_host.peers[-1].id)


def line_is_lost_and_made_anew(pages: TwoPages) -> None:
    for host in (pages.customer_host, pages.representative_host):
        peer = host.peers[-1]
        peer.become(peer.connections["talk"], "failed", host.now())
    pages.tick(3)


def session_ends(pages: TwoPages) -> None:
    pages.customer.finish("customer")
    pages.representative.finish("customer")


def session_is_ended_while_the_customers_page_still_speaks(pages: TwoPages) -> None:
    """The customer's page hears of the end first, and what it says of it reaches the other one before its own."""
    pages.customer.finish("representative")
    pages.run()
    pages.representative.finish("representative")


REASONS: list[tuple[End, list[str]]] = [
    (stop_bar, ["stopped"]),
    (red_x, ["sharing_stopped", "revoked"]),
    (red_x_while_nothing_gets_through, ["sharing_stopped", "revoked"]),
    (red_x_without_python, ["sharing_stopped", "revoked"]),
    (lease, ["lapsed"]),
    (withdrawn_too_late, ["stopped", "withdrawn"]),
    (customer_reloads, ["left"]),
    (representative_reloads, ["left"]),
    (representative_is_given_up, ["left"]),
    (line_is_lost_and_made_anew, []),
    (session_ends, ["ended"]),
    (session_is_ended_while_the_customers_page_still_speaks, ["ended"]),
]
AGAIN = [end for end, _ in REASONS if end not in (representative_is_given_up, session_ends)][:-1]


def told(entries: list[dict[str, Any]]) -> list[str]:
    """What a log says of ends: reasons, or the events that are reasons themselves."""
    ends = ("permission_ended", "sharing_stopped", "revoked")
    return [one.get("reason", one["event"]) for one in entries if one.get("event") in ends]


def log(session: Any) -> list[dict[str, Any]]:
    return [session.conversation.entries[entry] for entry in session.conversation.order]


def recorded(session: Any) -> list[dict[str, Any]]:
    return [one | {"event": one["text"]} for one in session.record.chain.records]


def everywhere(pages: TwoPages) -> list[list[str]]:
    logs = [told(log(pages.customer)), told(log(pages.representative))]
    return [*logs, told(recorded(pages.customer)), told(recorded(pages.representative))]


@pytest.mark.parametrize(("end", "expected"), REASONS, ids=lambda value: getattr(value, "__name__", ""))
def test_both_pages_and_the_record_tell_the_same_end(end: End, expected: list[str]) -> None:
    pages = TwoPages().join()
    share(pages)
    end(pages)
    pages.run()
    ended = bool(pages.customer.ended)
    if not ended:
        pages.tick(2)
    assert everywhere(pages)[:3] == [expected] * 3
    # What is recorded at the very end reaches the other page where the connection lives on for it.
    assert ended or end is representative_is_given_up or everywhere(pages)[3] == expected
    assert "record_refused" not in [one.get("event") for one in log(pages.representative)]
    if expected:
        assert not pages.customer.sharing.is_on and not pages.representative.screen.is_on


@pytest.mark.parametrize("end", [stop_bar, lease, customer_reloads, representative_reloads])
def test_each_says_of_the_same_person_who_ended_it(end: End) -> None:
    pages = TwoPages().join()
    share(pages)
    end(pages)
    pages.run().tick(2)
    (mine,) = [one["mine"] for one in log(pages.customer) if one.get("event") == "permission_ended"]
    (theirs,) = [one["mine"] for one in log(pages.representative) if one.get("event") == "permission_ended"]
    assert mine is not theirs
    assert mine is (end is not representative_reloads)


def test_a_page_that_is_loaded_again_and_again_says_it_once() -> None:
    pages = TwoPages().join()
    share(pages)
    for _ in range(3):
        pages.reload_representative()
        pages.reload_customer()
    assert everywhere(pages)[:2] == [["left"]] * 2


def test_both_pages_are_gone_at_once() -> None:
    pages = TwoPages().join()
    share(pages)
    pages.reload_both()
    assert everywhere(pages)[:2] == [["left"]] * 2


def test_a_permission_that_lapsed_while_nobody_could_say_so_has_lapsed() -> None:
    pages = TwoPages().join()
    share(pages)
    pages.representative_host.time += 301_000.0
    pages.representative.left(pages.representative_host.peers[-1].id)
    assert told(log(pages.representative)) == ["lapsed"]


def test_a_log_of_an_earlier_build_ends_as_it_did() -> None:
    pages = TwoPages().join()
    share(pages)
    kept = pages.representative.conversation
    kept.event("permission_lapsed", False, permission="view_screen")
    pages.reload_representative()
    assert told(log(pages.representative)) == ["lapsed"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(AGAIN), min_size=1, max_size=4))
def test_one_end_after_the_other_is_told_alike(ends: list[End]) -> None:
    pages = TwoPages().join()
    for end in ends:
        if not pages.customer.sharing.is_on:
            share(pages)
        end(pages)
        pages.run().tick(2)
        first, *others = everywhere(pages)
        assert others == [first] * 3
        grants = [one for one in log(pages.customer) if one.get("event") == "permission_granted"]
        reasons = [one for one in first if one != "sharing_stopped"]
        assert len(reasons) == len(grants) - pages.customer.sharing.is_on
