"""Addresses as people write them: what of a text becomes a link, and that finding it stays cheap."""

from deskside.core import addresses as module
from deskside.core.addresses import MOST, addresses, is_address, split_addresses

LONGEST_MESSAGE = 8000

# What stands between ⟦ and ⟧ is the link.
WRITTEN = (
    "⟦https://example.com⟧",
    "See ⟦http://example.com/a/b?c=d&e=f#g⟧ now",
    "⟦HTTP://EXAMPLE.COM/Path⟧",
    "⟦HttpS://example.com⟧",
    "⟦https://example.com:8443/x⟧",
    "⟦http://localhost:5173/⟧",
    "⟦http://192.168.0.1/router⟧",
    "⟦http://[2001:db8::1]:8080/x⟧",
    "[⟦http://[::1]/⟧]",
    "⟦https://user:pass@example.com/⟧",
    "⟦https://user.name@example.com⟧",
    "⟦https://münchen.example/straße⟧",
    "⟦https://例え.テスト/ページ⟧",
    "⟦https://xn--mnchen-3ya.example⟧",
    "⟦https://example.com/a?x=1,2;3⟧",
    "⟦https://example.com/#!/route⟧",
    "⟦https://example.com/~name/⟧",
    "⟦https://example.com/id_⟧",
    "⟦https://youtu.example/watch?v=abc-⟧",
    "⟦https://example.com/a%20b%2⟧",
    "⟦https://example.com/it's/here⟧",
    "⟦https://example.com/list[0]⟧",
    "⟦https://example.com/{id}/x⟧",
    "⟦https://example.com/a|b⟧",
    "⟦https://web.archive.example/web/2020/https://example.com/⟧",
    "⟦https://example.com/?next=https://other.example⟧",
    "⟦https://en.wikipedia.org/wiki/A_(b)⟧",
    "(⟦https://en.wikipedia.org/wiki/A_(b)⟧)",
    "(see ⟦https://en.wikipedia.org/wiki/A_(b)⟧).",
    "⟦https://en.wikipedia.org/wiki/A_(b)_(c)⟧, and",
    "⟦https://en.wikipedia.org/wiki/Michelson–Morley⟧",
    "⟦https://fa.wikipedia.org/wiki/می‌خواهم⟧",
    "⟦https://ja.wikipedia.org/wiki/ジョン・レノン⟧",
    # marks of emphasis, code and lists
    "**⟦https://example.com/bold⟧**",
    "**⟦https://example.com/bold⟧**, and",
    "**⟦https://example.com/bold⟧.**",
    "*⟦https://example.com/italic⟧*",
    "_⟦https://example.com/italic⟧_",
    "__⟦https://example.com/bold⟧__.",
    "~⟦https://example.com/gone⟧~",
    "~~⟦https://example.com/gone⟧~~",
    "||⟦https://example.com/hidden⟧||",
    "`⟦https://example.com/code⟧`",
    "```⟦https://example.com/code⟧```",
    "-⟦https://example.com/item⟧",
    "•⟦https://example.com/item⟧",
    "[words](⟦https://example.com/x⟧)",
    "[words](⟦https://example.com/x_(y)⟧) more",
    '[words](⟦https://example.com/x⟧ "title")',
    "[⟦https://example.com⟧][1]",
    "![picture](⟦https://example.com/x.png⟧)!",
    "<⟦https://example.com/angle⟧>",
    '<a href="⟦https://example.com/⟧">',
    "URL:⟦https://example.com⟧",
    "{⟦https://example.com⟧}",
    # quotes
    '"⟦https://example.com/straight⟧"',
    "'⟦https://example.com/straight⟧'",
    "'⟦https://example.com/straight⟧'s",
    "“⟦https://example.com/curly⟧”",
    "‘⟦https://example.com/curly⟧’",
    "„⟦https://example.com/german⟧“",
    "‚⟦https://example.com/german⟧‘",
    "«⟦https://example.com/french⟧»",
    "« ⟦https://example.com/french⟧ »",
    "»⟦https://example.com/danish⟧«",
    "‹⟦https://example.com/single⟧›",
    "⟦https://example.com⟧’s page",
    # a sentence's own
    "⟦https://example.com⟧.",
    "⟦https://example.com/⟧...",
    "⟦https://example.com/⟧…",
    "⟦https://example.com/a⟧, b",
    "⟦https://example.com/a⟧; b",
    "⟦https://example.com/a⟧: b",
    "⟦https://example.com/a⟧!",
    "⟦https://example.com/a⟧?!",
    "(⟦https://example.com/a⟧)",
    "[⟦https://example.com/a⟧].",
    "⟦https://example.com⟧(mirror)",
    "⟦https://example.com⟧—really",
    "⟦https://example.com⟧ — really",
    "⟦https://example.com/a⟧– really",
    "⟦https://example.com/a⟧,⟦https://example.com/b⟧;⟦http://example.com/c⟧",
    "⟦https://example.com/a⟧\n⟦https://example.com/b⟧\t⟦https://example.com/c⟧",
    # other scripts
    "请看⟦https://example.com/a⟧。谢谢",
    "⟦https://example.com/a⟧，然后",
    "⟦https://example.com/a⟧、⟦https://example.com/b⟧；⟦https://example.com/c⟧：",
    "⟦https://example.com/a⟧！⟦https://example.com/b⟧？",
    "「⟦https://example.com/a⟧」『⟦https://example.com/b⟧』",
    "【⟦https://example.com/a⟧】《⟦https://example.com/b⟧》〈⟦https://example.com/c⟧〉",
    "（⟦https://example.com/a⟧）［⟦https://example.com/b⟧］",
    "⟦https://example.com⟧를 보세요",
    "⟦https://example.com⟧你好",
    "⟦https://example.com:8080⟧你好",
    "انظر ⟦https://example.com/a⟧، ثم ⟦https://example.com/b⟧؛",
    "هل ⟦https://example.com/a⟧؟",
    "انظر⟦https://example.com/a⟧",
    "⟦https://example.com/a⟧۔",
    "⟦https://example.com/a⟧।",
    "⟦https://example.com/a⟧։",
    # what does not show
    "⟦https://example.com/a⟧\u00a0next",
    "⟦https://example.com/a⟧\u3000next",
    "⟦https://example.com/a⟧\u2009next",
    "⟦https://example.com/a⟧\u202fnext",
    "⟦https://example.com/a⟧\u200b",
    "\u200b⟦https://example.com/a⟧\u200bnext",
    "⟦https://example.com/a⟧\u200d",
    "⟦https://example.com/a⟧\u200c next",
    "⟦https://example.com/a⟧\u00ad",
    "⟦https://example.com/a⟧\u2060\ufeff",
    "\u2066⟦https://example.com/a⟧\u2069",
    "\u202b⟦https://example.com/a⟧\u202c",
    "⟦https://example.com/a⟧\u2028next",
    "⟦https://example.com/a⟧\x00next",
    # pictures
    "⟦https://example.com/a⟧🎉",
    "⟦https://example.com⟧👩‍👩‍👧",
    "⟦https://example.com/a⟧✅ done",
    "👉⟦https://example.com/a⟧👈",
    "⟦https://example.com/a⟧❤️",
    "⟦https://example.com/a⟧→",
    # no addresses
    "www.example.com",
    "example.com/a",
    "somebody@example.com and mailto:somebody@example.com",
    "xhttps://example.com",
    "1http://example.com",
    "ftp://example.com file:///etc/passwd javascript://%0aalert(1)",
    "https:// http://",
    "https://… http://... https:///x http://) http://*",
    "http://[::1 http://[] http://[x]/",
    "http:/example.com http:example.com ://example.com",
    "",
)


def marked(text: str) -> str:
    """The text with its links between ⟦ and ⟧."""
    return "".join(["⟦" + part + "⟧" if is_link else part for is_link, part in split_addresses(text)])


def test_people_write_addresses_in_many_ways() -> None:
    wrong = []
    for written in WRITTEN:
        found = marked(written.replace("⟦", "").replace("⟧", ""))
        if found != written:
            wrong.append((written, found))
    assert wrong == [], wrong


def test_parts_are_the_text_and_say_where_addresses_are() -> None:
    assert split_addresses("") == []
    assert split_addresses("a") == [(False, "a")]
    assert split_addresses("https://a.org b") == [(True, "https://a.org"), (False, " b")]
    assert split_addresses("é https://a.org") == [(False, "é "), (True, "https://a.org")]
    assert list(addresses("a http://b. https://c")) == [(2, 10), (12, 21)]


def test_one_address_has_no_more_around_it() -> None:
    assert is_address("https://a.org/b?c=(d)")
    for text in ("“https://a.org”", "https://a.org\u00a0", "https://a.org\u200b", "**https://a.org**", "http://["):
        assert not is_address(text), text


class Counted:
    """A list of letters that counts how often one is looked at."""

    looks = 0

    def __init__(self, text: str) -> None:
        self.letters = list(text)

    def __len__(self) -> int:
        return len(self.letters)

    def __getitem__(self, at: "slice | int") -> "str | list[str]":
        found = self.letters[at]
        Counted.looks += len(found)
        return found


def looks(text: str) -> int:
    """How many letters were looked at until all addresses were found."""
    Counted.looks = 0
    module.list = Counted  # type: ignore[attr-defined]
    try:
        for _ in addresses(text):
            pass
    finally:
        del module.list  # type: ignore[attr-defined]
    return Counted.looks


def test_the_cost_grows_with_the_text_and_no_faster() -> None:
    for start, again in (
        ("http://é", ")"),
        ("http://é", "("),
        ("http://é/", "(.)"),
        ("http://é", "."),
        ("http://é", "é"),
        ("", "http://"),
        ("", "http://é"),
        ("", "http://a.é"),
        ("", "http://["),
        ("http://[", "a"),
        ("", "http://a,"),
        ("", ",http://"),
        ("http://a", ",https://"),
        ("", "http://a**"),
        ("http://a/", "*"),
        ("_http://a/", "_"),
        ("", "://"),
        ("", "xhttps://a'"),
    ):
        text = start + again * ((LONGEST_MESSAGE - len(start)) // len(again))
        assert looks(text) <= 25 * len(text), (start, again, looks(text))


def test_a_text_has_so_many_links_and_goes_on_as_words() -> None:
    parts = split_addresses("http://a " * (MOST + 5))
    assert [is_link for is_link, _ in parts].count(True) == MOST
    assert "".join(part for _, part in parts) == "http://a " * (MOST + 5)
