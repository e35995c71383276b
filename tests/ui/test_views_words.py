"""Addresses become links; numbers become words."""

import pytest

from deskside.ui.node import LONGEST_TYPED, parts
from deskside.ui.views.conversation import composer
from deskside.ui.views.entry import linked
from deskside.ui.views.words import duration, size
from tests.ui import view_customer
from tests.ui.trees import t, text_of


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("no address", []),
        ("see https://example.org/a?b=c#d, please", ["https://example.org/a?b=c#d"]),
        ("(http://example.org/a_(b)) and HTTPS://EXAMPLE.ORG.", ["http://example.org/a_(b)", "HTTPS://EXAMPLE.ORG"]),
        ("javascript:alert(1) ftp://a mailto:a@b", []),
        ("xhttps://example.org http:// https://", []),
        ("https://a.example\nhttps://b.example", ["https://a.example", "https://b.example"]),
    ],
)
def test_addresses_become_links_and_nothing_else_does(text: str, addresses: list[str]) -> None:
    pieces = linked(text)
    links = [parts(piece)[1] for piece in pieces if type(piece) is tuple]
    assert [link["href"] for link in links] == addresses
    assert all(link["rel"] == "noopener noreferrer" for link in links)
    assert "".join(text_of(piece) for piece in pieces) == text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "0 seconds"),
        (1.9, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (3599, "59 minutes"),
        (3600, "1 hour"),
        (7384, "2 hours 3 minutes"),
        (86_399, "23 hours 59 minutes"),
        (86_400, "1 day"),
        (90_000, "1 day 1 hour"),
        (216 * 3600, "9 days"),
    ],
)
def test_a_length_of_time_is_said_in_words(seconds: float, words: str) -> None:
    assert duration(seconds, t) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (999_600, "1.0 MB"),
        (48_300_000, "48 MB"),
        (1 << 40, "1.1 TB"),
        (10**16, "10000 TB"),
    ],
)
def test_a_size_is_said_in_words(count: int, words: str) -> None:
    assert size(count, t) == words


def test_a_draft_that_is_read_in_part_is_not_counted_as_if_it_were_whole() -> None:
    talk = view_customer.talk(draft="a" * LONGEST_TYPED, problem="too_long")
    assert "120000+ characters" in text_of(composer(talk, t))
