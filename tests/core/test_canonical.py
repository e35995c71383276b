"""What is hashed has one form, the same in every interpreter and in every browser."""

from deskside.core.canonical import canonical
from tests.core.raising import raises


def test_names_are_sorted_and_nothing_stands_between() -> None:
    assert canonical({"b": 1, "a": [True, False, "x"], "c": {}}) == '{"a":[true,false,"x"],"b":1,"c":{}}'


def test_texts_are_escaped_as_rfc_8785_has_it() -> None:
    assert canonical('"\\/\b\t\n\f\r') == '"\\"\\\\/\\b\\t\\n\\f\\r"'
    assert canonical("\x00\x1f\x7f") == '"\\u0000\\u001f\x7f"'


def test_every_other_character_stands_for_itself() -> None:
    assert canonical("né €  \U0001f600 سلام") == '"né €  \U0001f600 سلام"'


def test_large_numbers_keep_every_digit() -> None:
    assert canonical({"at": 1700000000123, "size": 1 << 40}) == '{"at":1700000000123,"size":1099511627776}'


def test_what_has_no_one_form_is_refused() -> None:
    for value in (None, 1.5, (1,), {"a": None}, [0.0]):
        raises(ValueError, canonical, value)
