"""Each field refuses what it must."""

from deskside.core.objects import MOMENT
from deskside.core.schema import Base64, Choice, Digest, Identifier, Integer, Text, cleaned, has_control_characters

from .raising import refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from deskside.core.schema import Field


def accepts(field: "Field", value: "Any") -> bool:
    return bool(field.check(value, "x") == value)


def refuses(field: "Field", value: "Any") -> bool:
    return refusal(field.check, value, "x") == "bad_field"


def test_identifiers_are_short_words_of_one_alphabet() -> None:
    assert accepts(Identifier(), "aZ9-_") and accepts(Identifier(), "a" * 64)
    for value in ("", "a" * 65, "a b", "a/b", "../a", "é", "a\n", "a=", 5, None):
        assert refuses(Identifier(), value)


def test_digests_are_sha_256_in_lower_case() -> None:
    assert accepts(Digest(), "0123456789abcdef" * 4)
    for value in ("", "0" * 63, "0" * 65, "A" * 64, "g" * 64, 0):
        assert refuses(Digest(), value)


def test_keys_and_nonces_have_their_length_exactly() -> None:
    assert accepts(Base64(43), "aZ9-_" + "A" * 38)
    for value in ("", "A" * 42, "A" * 44, "A" * 42 + "=", "A" * 42 + "+", "A" * 42 + "\n", 43, None):
        assert refuses(Base64(43), value)


def test_numbers_are_whole_and_in_range() -> None:
    field = Integer(0, 1 << 53)
    assert accepts(field, 0) and accepts(field, 1 << 53)
    for value in (-1, (1 << 53) + 1, 0.5, 1.0, True, False, "1", None, float("inf"), float("nan")):
        assert refuses(field, value)


def test_choices_are_closed() -> None:
    assert accepts(Choice("a", "b"), "b")
    for value in ("c", "", "A", None, 1, ["a"]):
        assert refuses(Choice("a", "b"), value)


def test_text_holds_no_control_characters() -> None:
    for value in ("a\x00b", "a\x1bb", "a\x7fb", "a\x85b", "a\nb", "a\tb"):
        assert refuses(Text(10), value)
    assert accepts(Text(10, lines=True), "a\n\tb")
    assert refuses(Text(10, lines=True), "a\rb")
    assert accepts(Text(10, free=True), "a\r\n\x00")


def test_text_cannot_turn_its_direction_around() -> None:
    assert refuses(Text(20), "photo\u202egpj.exe")
    assert refuses(Text(20, lines=True), "\u2066a\u2069")
    assert accepts(Text(20), "\u05e9\u05dc\u05d5\u05dd")


def test_text_of_every_script_is_welcome() -> None:
    for value in ("Grüße", "日本語", "🙂", "e\u0301"):
        assert accepts(Text(10), value)


def test_half_a_character_is_no_text() -> None:
    assert has_control_characters("a" + chr(0xD800))


def test_cleaned_text_is_what_a_field_takes() -> None:
    assert cleaned("photo\u202egpj.exe", 255) == "photogpj.exe"
    assert cleaned("a\r\nb\rc\x00\td", 255, lines=True) == "a\nb\nc\td"
    assert cleaned("a\r\nb\tc", 255) == "a b c"
    assert cleaned("abcdef", 3) == "abc"
    assert cleaned("a" + chr(0xDC00) + "b", 9) == "ab"
    assert accepts(Text(5, lines=True), cleaned("\x1b\u2067ab\ncdefg", 5, lines=True))


def test_every_field_says_its_rule() -> None:
    assert Text(5, 1).describe() == "text, 1 to 5 characters"
    assert Integer(0, 3).describe() == "integer, 0 to 3"
    assert Choice("a", "b").describe() == "one of `a`, `b`"


def test_every_moment_can_be_written_as_a_date_in_every_time_zone() -> None:
    last_of_a_browser = 8_640_000_000_000_000
    assert accepts(MOMENT, MOMENT.most) and refuses(MOMENT, MOMENT.most + 1)
    assert MOMENT.most + 14 * 3_600_000 < last_of_a_browser
