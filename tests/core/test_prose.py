"""The prose of site settings: four marks, and everything else is the text that it is."""

from deskside.core.addresses import first_address, is_address
from deskside.core.prose import MACROS, filled, macros, parse, plain, split_macros, unknown_macros


def one(text: str) -> "list[tuple[str, ...]]":
    """The pieces of a text of one paragraph."""
    paragraphs = parse(text)
    assert len(paragraphs) == 1, paragraphs
    return paragraphs[0]


def test_a_blank_line_divides_paragraphs_and_a_single_break_stays() -> None:
    assert parse("One\n\nTwo\nmore") == [[("text", "One")], [("text", "Two\nmore")]]
    assert parse("\r\n\r\n One \r\n \t \n\n\rTwo\r") == [[("text", "One")], [("text", "Two")]]
    assert parse("") == [] == parse(" \n\n ")


def test_stars_in_pairs_are_bold() -> None:
    assert one("a **b c** d") == [("text", "a "), ("bold", "b c"), ("text", " d")]
    assert one("**a** **b**") == [("bold", "a"), ("text", " "), ("bold", "b")]
    for text in ("2 ** 3", "** a **", "****", "a **b", "*a*", "a ** b ** c"):
        assert one(text) == [("text", text)]


def test_bold_ends_with_its_paragraph() -> None:
    assert parse("**a\n\nb**") == [[("text", "**a")], [("text", "b**")]]


def test_addresses_are_links_without_the_punctuation_behind_them() -> None:
    assert one("see https://a.org/x?y=1, now") == [
        ("text", "see "),
        ("link", "https://a.org/x?y=1", "https://a.org/x?y=1"),
        ("text", ", now"),
    ]
    assert one("(http://a.org/b_(c))")[1] == ("link", "http://a.org/b_(c)", "http://a.org/b_(c)")
    assert one("https://a.org{company}") == [("link", "https://a.org", "https://a.org"), ("macro", "company")]
    assert one("https://a.org**now**") == [("link", "https://a.org", "https://a.org"), ("bold", "now")]


def test_words_of_ones_own_stand_for_an_address() -> None:
    assert one("[our page](https://a.org) is") == [("link", "our page", "https://a.org"), ("text", " is")]
    assert one("[a](https://a.org/b_(c))") == [("link", "a", "https://a.org/b_(c)")]
    assert one("[**a** {company}](https://a.org)") == [("link", "**a** {company}", "https://a.org")]


def test_only_http_and_https_become_links() -> None:
    for text in (
        "[a](javascript:alert)",
        "[a](data:text/html,x)",
        "[a](//a.org)",
        "[a](a.html)",
        "[a](ftp://a.org)",
        "[](https://)",
        "[a](https://)",
        "javascript:alert",
        "xhttps://a.org",
    ):
        assert [kind for kind, *_ in one(text) if kind == "link"] == [], text
    assert one("[a](HTTPS://A.org)") == [("link", "a", "HTTPS://A.org")]


def test_html_is_text() -> None:
    assert one("<b onclick='x'>a</b> &amp;") == [("text", "<b onclick='x'>a</b> &amp;")]


def test_macros_are_pieces() -> None:
    assert one("Hello {customer}, {position}.") == [
        ("text", "Hello "),
        ("macro", "customer"),
        ("text", ", "),
        ("macro", "position"),
        ("text", "."),
    ]
    for name in MACROS:
        assert one("{" + name + "}") == [("macro", name)]


def test_an_unknown_macro_is_named_and_shown_as_it_stands() -> None:
    text = "{company} {Company} **{foo}** [{bar}](https://a.org) {company} {a b}"
    assert macros(text) == ["company", "Company", "foo", "bar", "a b"]
    assert unknown_macros(text) == ["Company", "foo", "bar", "a b"]
    assert one("a {foo} b") == [("text", "a {foo} b")]


def test_braces_that_name_nothing_are_no_macros() -> None:
    for text in ("{}", "{", "}", "a } b { c", "{a\nb}", "{" + "x" * 41 + "}"):
        assert macros(text) == []
        assert one(text) == [("text", text)]
    assert macros("{{company}}") == ["company"]
    assert one("{{company}}") == [("text", "{"), ("macro", "company"), ("text", "}")]


def test_values_are_put_in_once() -> None:
    values = {"company": "{customer} **x**", "customer": "Ann"}
    assert filled("{company}, {customer}, {wait}.", values) == "{customer} **x**, Ann, ."
    assert split_macros("a{wait}{b}") == [("text", "a"), ("macro", "wait"), ("text", "{b}")]


def test_where_only_text_can_stand_marks_are_left_out() -> None:
    text = "Hi **{customer}**, see [our page](https://a.org).\n\nBye {foo}"
    assert plain(text, {"customer": "Ann"}) == "Hi Ann, see our page.\n\nBye {foo}"


def test_a_mark_that_is_not_closed_is_text() -> None:
    for text in ("**{x", "](", "[](", "[a](https://a", "{**}", "[a", "a]("):
        assert plain(text, {}) == text


def test_an_address_is_all_of_a_text_or_not() -> None:
    assert is_address("https://a.org/b") and is_address("http://a")
    for text in ("https://", " https://a.org", "https://a.org b", "a.org", "", "https://a.org."):
        assert not is_address(text)
    assert first_address("no") is None
    assert first_address("a http://b.") == (2, 10)
