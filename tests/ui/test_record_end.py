"""The last entry of the record reaches the other page after the end, and nothing else does."""

import pytest

from deskside.ui.session import LAST_WORDS
from tests.ui.two_pages import TwoPages, texts


def ended(first: str) -> TwoPages:
    """A session that one page knows to be over before the other does."""
    pages = TwoPages().join().write("hello").run().tick(2)
    sessions = [pages.customer, pages.representative]
    if first == "representative":
        sessions.reverse()
    for session in sessions:
        session.finish("customer")
        if session is pages.customer:
            session.conversation.event("ended", True, reason="customer")
        pages.run()
    return pages


@pytest.mark.parametrize("first", ["customer", "representative"])
def test_both_hold_and_sign_the_end(first: str) -> None:
    pages = ended(first)
    chain = pages.customer.record.chain
    assert texts(pages.representative)[-1] == "event ended"
    assert pages.representative.record.chain.heads == chain.heads
    for session in (pages.customer, pages.representative):
        found = {one["by"]: one["records"] for one in session.record.signatures.values()}
        assert found == {"customer": len(chain.heads), "representative": len(chain.heads)}


def test_nothing_else_is_taken_after_the_end() -> None:
    pages = ended("customer")
    before = [list(session.conversation.order) for session in (pages.customer, pages.representative)]
    request = {"type": "permission_request", "id": "late", "permission": "view_screen", "at": 1}
    pages.customer_host.peers[-1].say(request)
    pages.customer_host.peers[-1].say({"type": "message", "id": "late", "text": "late", "at": 1}, "chat")
    pages.representative_host.peers[-1].say({"type": "message", "id": "late2", "text": "late", "at": 1}, "chat")
    assert before == [list(session.conversation.order) for session in (pages.customer, pages.representative)]
    assert pages.customer.permissions.pending(pages.customer_host.now()) == []
    assert pages.customer.peer is None and pages.representative.peer is None


def test_the_connections_are_gone_a_moment_later_and_what_can_be_revoked_at_once() -> None:
    pages = TwoPages().join().write("hello").run().tick(2)
    pages.customer.offer_screen("screen")
    pages.customer.finish("customer")
    peers = [pages.customer_host.peers[-1], pages.representative_host.peers[-1]]
    assert peers[0].work is None or peers[0].work.is_closed
    assert not peers[0].is_gone
    pages.representative.finish("customer")
    for host in (pages.customer_host, pages.representative_host):
        host.wait(LAST_WORDS)
    assert all(peer.is_gone for peer in peers)


def test_another_tab_that_takes_over_is_told_nothing_by_the_one_before() -> None:
    pages = TwoPages().join().write("hello").run().tick(2)
    pages.customer.finish("taken_over")
    assert pages.customer_host.peers[-1].is_gone
