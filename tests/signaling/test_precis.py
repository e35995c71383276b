"""Names and passwords in one form, however they were typed or pasted."""

import pytest

from signaling.precis import Unusable, folded, name_key, new_password, passwords_meant, written_name

SAME_NAME = [
    "Renée Smith",
    "  Renée   Smith ",
    "Renée\u00a0Smith",
    "Renée\u3000Smith",
    "Renée\tSmith",
    "Rene\u0301e Smith",
    "\u200bRenée Sm\u200bith\ufeff",
    "Re\u00adnée\u2060 Smith\u200e",
    "renée SMITH",
    "Ｒｅｎée Smith",
    "Ren\u200dée Smith",
]


@pytest.mark.parametrize("typed", SAME_NAME)
def test_ways_to_write_one_name_are_one_name(typed: str) -> None:
    assert name_key(typed) == name_key("Renée Smith")
    assert written_name(typed).casefold() == "renée smith"


@pytest.mark.parametrize("other", ["Renee Smith", "RenéeSmith", "Renée-Smith", "Renée Smyth", ""])
def test_other_names_are_other_names(other: str) -> None:
    assert name_key(other) != name_key("Renée Smith")


@pytest.mark.parametrize(("one", "other"), [("Strauß", "STRAUSS"), ("ΔΗΜΟΣ", "δημος"), ("ﬁona", "Fiona"), ("Ⅳ", "iv")])
def test_what_was_one_name_before_still_is(one: str, other: str) -> None:
    assert folded(one) == folded(other) and name_key(one) == name_key(other)


@pytest.mark.parametrize(
    "name", ["Riley Smith", "O’Neil", "Anne-Marie", "Ζωή", "山田 太郎", "می‌خواهم", "😀 Sam", "محمد علي"]
)
def test_a_name_is_kept_as_it_is_written(name: str) -> None:
    assert written_name(name) == name


@pytest.mark.parametrize("typed", ["", " ", "\u00a0\t", "\u200b", "\u200d \u200c", "\ufeff\u00ad"])
def test_what_cannot_be_seen_is_no_name(typed: str) -> None:
    assert written_name(typed) == "" == name_key(typed)


@pytest.mark.parametrize("typed", ["a\nb", "a\x00", "a\u202eb", "\u2066a", "\ue000", "a\u0378", "x" * 101, "ﷺ" * 9])
def test_what_nobody_can_be_called_is_refused_and_still_has_a_key(typed: str) -> None:
    with pytest.raises(Unusable):
        written_name(typed)
    assert name_key(typed)


@pytest.mark.parametrize(
    ("typed", "password"),
    [
        ("cafe\u0301 au lait", "café au lait"),
        ("no\u00a0break\u3000space", "no break space"),
        (" Both Ends  ", " Both Ends  "),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("❤\ufe0f❤\ufe0f", "❤❤"),
        ("می‌خواهم", "می‌خواهم"),
        ("Ａ", "Ａ"),
        ("\u200b", ""),
    ],
)
def test_a_password_keeps_its_case_its_width_and_its_spaces(typed: str, password: str) -> None:
    assert new_password(typed) == password
    assert not password or passwords_meant(typed)[0] == password


@pytest.mark.parametrize("typed", ["tab\tseparated", "new\nline", "\x00", "\ue000", "\u0378"])
def test_a_password_that_not_everybody_can_type_is_refused(typed: str) -> None:
    with pytest.raises(Unusable):
        new_password(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("secret", ["secret"]),
        ("secret ", ["secret ", "secret"]),
        ("\u00a0secret\t", ["\u00a0secret\t", "secret"]),
        ("e\u0301", ["é", "e\u0301"]),
        ("e\u0301 ", ["é ", "é"]),
        ("\u200bsecret ", ["secret ", "secret"]),
        ("❤\ufe0f", ["❤", "❤\ufe0f"]),
        (" ", [" "]),
        ("\ue000 ", ["\ue000 "]),
    ],
)
def test_a_password_is_tried_twice_at_most_and_as_it_was_typed_first(typed: str, meant: list[str]) -> None:
    assert passwords_meant(typed) == meant
