"""A middleman between two pages, with a connection to each: real negotiations on both, and the words differ."""

from tests.core.link_ends import End, Ends
from tests.core.words_ends import Page, join

MANY = [str(number) for number in range(2048)]


def page(end: End, nonce: str) -> Page:
    """The exchange over this end's connection, with the certificates that its negotiation has pinned."""
    role = "customer" if end.link.polite else "representative"
    prints = end.link.fingerprints
    assert prints is not None
    return Page(role, nonce, "key of " + nonce, prints[0], prints[1])


def test_two_pages_that_are_connected_to_each_other_agree() -> None:
    ends = Ends()
    ends.join()
    ann, bob = page(ends.customer, "a"), page(ends.representative, "b")
    join(ann, bob)
    assert ann.words(MANY) == bob.words(MANY)


def test_no_words_before_both_certificates_are_known() -> None:
    ends = Ends()
    assert ends.customer.link.fingerprints is None
    ends.start()
    assert ends.customer.link.fingerprints is None and ends.representative.link.fingerprints is None


def test_a_new_path_leaves_the_certificates_and_so_the_words() -> None:
    ends = Ends()
    ends.join()
    before = ends.customer.link.fingerprints
    ends.cut()
    ends.path = True
    ends.wait(5)
    assert ends.customer.link.is_connected and ends.customer.link.fingerprints == before


def between() -> "tuple[Ends, Ends]":
    """The customer is connected to somebody who is connected to the representative; neither page can tell."""
    legs = Ends(number=1), Ends(number=2)
    for leg in legs:
        leg.join()
    return legs


def test_each_leg_has_other_certificates() -> None:
    near, far = between()
    assert near.customer.link.fingerprints is not None and far.representative.link.fingerprints is not None
    assert set(near.customer.link.fingerprints) != set(far.representative.link.fingerprints)


def test_a_middleman_who_forwards_every_message_gives_them_other_words() -> None:
    near, far = between()
    ann, bob = page(near.customer, "a"), page(far.representative, "b")
    join(ann, bob)  # over two connections, each message as it was
    assert ann.digest and bob.digest and ann.words(MANY) != bob.words(MANY)


def test_a_middleman_who_plays_both_sides_gives_them_other_words() -> None:
    near, far = between()
    ann, bob = page(near.customer, "a"), page(far.representative, "b")
    for_ann, for_bob = page(near.representative, "m"), page(far.customer, "m")
    join(ann, for_ann)
    join(for_bob, bob)
    assert ann.words(MANY) == for_ann.words(MANY) and bob.words(MANY) == for_bob.words(MANY)
    assert ann.words(MANY) != bob.words(MANY)
