"""The codec gives a checked message or refuses; it never guesses."""

from deskside.core.codec import MAX_FRAME, check, decode, encode
from deskside.core.errors import ProtocolError
from deskside.core.messages import CHAT, FROM_CUSTOMER, TABLES
from deskside.core.schema import Boolean, Integer, List, Optional, Record, Text

from .raising import refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TABLE = {
    "greet": Record({"name": Text(5, 1), "times": Optional(Integer(0, 3))}),
    "many": Record({"items": List(Record({"on": Boolean()}), 2)}),
}


def decoded(value: "Any") -> "dict[str, Any]":
    return decode("{}", TABLE, lambda text: value)


def code(value: "Any") -> str:
    return refusal(decoded, value)


def test_a_message_comes_out_as_it_went_in() -> None:
    message = {"type": "greet", "name": "Ann", "times": 3}
    assert decoded(message) == message
    assert decoded({"type": "greet", "name": "Ann"}) == {"type": "greet", "name": "Ann"}
    many = {"type": "many", "items": [{"on": True}, {"on": False}]}
    assert decoded(many) == many


def test_what_is_decoded_is_a_copy() -> None:
    value = {"type": "many", "items": [{"on": True}]}
    message = decoded(value)
    message["items"][0]["on"] = False
    assert value == {"type": "many", "items": [{"on": True}]}


def test_what_is_no_text_or_too_long_is_not_even_parsed() -> None:
    def loads(text: str) -> "Any":
        raise AssertionError("parsed")

    for frame in (None, 5, b"{}", ["{}"]):
        assert refusal(decode, frame, TABLE, loads) == "not_text"
    assert refusal(decode, " " * (MAX_FRAME + 1), TABLE, loads) == "too_large"


def test_whatever_the_parser_raises_is_a_broken_frame() -> None:
    for error in (ValueError("x"), KeyError("x"), RuntimeError("x"), ProtocolError("x")):

        def loads(text: str, error: Exception = error) -> "Any":
            raise error

        assert refusal(decode, "{", TABLE, loads) == "not_json"


def test_only_objects_with_a_type_are_messages() -> None:
    values: "list[Any]" = [None, 5, "greet", [], {}, {"type": 5}, {"type": None}, {"type": ["greet"]}]
    for value in values:
        assert code(value) == "not_a_message"


def test_only_types_of_the_table_are_taken() -> None:
    assert code({"type": "shout", "name": "Ann"}) == "unknown_type"
    assert refusal(check, {"type": "queued"}, FROM_CUSTOMER) == "unknown_type"


def test_fields_must_be_there_and_no_others() -> None:
    assert code({"type": "greet"}) == "bad_field"
    assert code({"type": "greet", "name": "Ann", "age": 5}) == "bad_field"
    assert code({"type": "many", "items": [{"on": True, "off": 1}]}) == "bad_field"
    assert code({"type": "many", "items": [{}]}) == "bad_field"


def test_null_is_no_value() -> None:
    assert code({"type": "greet", "name": None}) == "bad_field"
    assert code({"type": "greet", "name": "Ann", "times": None}) == "bad_field"


def test_limits_hold() -> None:
    for name in ("", "abcdef"):
        assert code({"type": "greet", "name": name}) == "bad_field"
    for times in (-1, 4, 1.0, True, "1", 1e300):
        assert code({"type": "greet", "name": "Ann", "times": times}) == "bad_field"
    assert code({"type": "many", "items": [{"on": True}] * 3}) == "bad_field"


def test_a_refusal_names_the_field_and_never_the_value() -> None:
    try:
        decoded({"type": "many", "items": [{"on": "secret"}]})
    except ProtocolError as error:
        assert error.detail == "many.items[].on must be true or false"
        assert "secret" not in str(error)
        return
    raise AssertionError("not refused")


def test_a_message_of_ours_is_checked_before_it_is_sent() -> None:
    assert encode({"type": "greet", "name": "Ann"}, TABLE, lambda value: str(sorted(value))) == "['name', 'type']"
    assert refusal(encode, {"type": "greet", "name": ""}, TABLE, str) == "bad_field"
    assert refusal(encode, {"type": "greet", "name": "Ann"}, TABLE, lambda value: "x" * (MAX_FRAME + 1)) == "too_large"


def test_a_chat_message_of_full_length_fits_into_a_frame_however_it_is_escaped() -> None:
    message = {"type": "message", "n": 1, "id": "a", "text": "\u2028" * 8000, "at": 1}
    check(message, CHAT)
    assert 8000 * len("\\u2028") + 200 < MAX_FRAME


def test_every_table_names_its_messages_in_lower_case() -> None:
    for table in TABLES.values():
        for kind in table:
            assert kind == kind.lower() and kind.replace("_", "a").isalpha()
            assert "type" not in table[kind].fields
