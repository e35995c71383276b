"""Whatever stands in a text: its parts are the text, and a link holds nothing that hides where it leads."""

from hypothesis import example, given
from hypothesis import strategies as st

from deskside.core.addresses import is_address, split_addresses

PIECES = st.sampled_from(
    ["http://", "https://", "HTTPS://", "://", "example.com", "é", "例え", "[::1]", "/", "?", "#", "@", ":80", "a", "1"]
    + list(
        " \n\t.,;:!?'\"()[]{}<>|*_~`\\-–—…“”„‘’«»、。，「」،؟\u00a0\u00ad\u200b\u200c\u200d\u202e\u2066\u2069\ufeff🎉"
    )
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join), st.tuples(st.just("http://"), st.text()).map("".join))
NEVER = set(' \t\r\n"<>`\\\u00a0\u2028\u2029\u3000\u200b\u200e\u200f\u00ad\ufeff“”„«»') | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2060, 0x2070))
}


@given(TEXTS)
@example("http://é" + ")" * 7992)
def test_the_parts_are_the_text(text: str) -> None:
    parts = split_addresses(text)
    assert "".join(part for _, part in parts) == text
    assert all(part for _, part in parts)


@given(TEXTS)
def test_a_link_is_an_address_and_nothing_else(text: str) -> None:
    for is_link, part in split_addresses(text):
        if not is_link:
            continue
        assert part.lower().startswith(("http://", "https://"))
        assert not NEVER & set(part)
        assert not any(letter.isspace() for letter in part)
        assert part[-1] not in ".,;:!?'*\u200c\u200d([{"
        assert part.partition("://")[2][0] not in "/?#.:)"
        assert is_address(part)
