"""Programs of neighbouring versions agree on what both know, and what one does not know stops nothing."""

from deskside.core import versions
from deskside.core.codec import check, decode
from deskside.core.messages import CONTROL, FROM_CUSTOMER
from deskside.core.schema import Integer, List, Optional, Record
from deskside.core.versions import OLDEST, SPOKEN, VERSION, agreed

from .link_ends import Ends, joined
from .raising import raises, refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HELLO = {"type": "hello", "role": "customer", "page": "p"}


def test_a_hello_without_a_version_is_of_version_1() -> None:
    assert agreed(HELLO) == 1


def test_the_highest_version_that_both_speak_is_agreed_on() -> None:
    assert agreed(SPOKEN) == VERSION
    assert agreed({"version": VERSION + 5, "oldest": OLDEST}) == VERSION
    assert agreed({"version": VERSION + 5, "oldest": VERSION}) == VERSION
    assert agreed({"version": 1, "oldest": 1}) == 1


def test_there_may_be_none() -> None:
    assert agreed({"version": VERSION + 5, "oldest": VERSION + 1}) == 0
    before = versions.OLDEST
    versions.OLDEST = 2
    try:
        assert agreed({}) == 0
        assert agreed({"version": 2}) == 2
    finally:
        versions.OLDEST = before


def greeting(value: "dict[str, Any]", newer: "bool | None" = None) -> "Any":
    return decode("", FROM_CUSTOMER, lambda _: value, newer)


def test_what_the_greeting_of_a_newer_program_says_besides_is_left_out() -> None:
    newer = HELLO | {"version": VERSION + 1, "mood": {"is": "fine"}}
    assert greeting(newer) == HELLO | {"version": VERSION + 1}
    for same in (HELLO, HELLO | SPOKEN, HELLO | {"version": "9"}, HELLO | {"version": True}):
        assert refusal(greeting, same | {"mood": "fine"}) == "bad_field"
    assert refusal(greeting, HELLO | {"version": 10001, "mood": 1}) == "bad_field"
    assert refusal(greeting, newer, False) == "bad_field"


def test_of_a_newer_program_fields_that_are_not_known_are_left_out_wherever_they_stand() -> None:
    table = {"many": Record({"items": List(Record({"x": Optional(Integer(0, 9))}), 3)})}
    message = {"type": "many", "items": [{"x": 1, "y": 2}, {"y": 3}], "z": 4}
    assert check(message, table, True) == {"type": "many", "items": [{"x": 1}, {}]}
    assert refusal(check, message, table) == "bad_field"
    for wrong in (
        message | {"items": [{"x": 10}]},
        message | {"items": {}},
        message | {"items": [5]},
        message | {"items": [{}] * 4},
        {"type": "many", "z": 4},
    ):
        assert refusal(check, wrong, table, True) == "bad_field"
    assert refusal(check, {"type": "more"}, table, True) == "unknown_type"


def test_a_refusal_knows_the_number_of_a_numbered_message() -> None:
    from deskside.core.errors import ProtocolError

    for message, n in (
        ({"type": "dance", "n": 7}, 7),
        ({"type": "nudge", "n": 7, "id": "a", "at": -1}, 7),
        ({"type": "dance", "n": "7"}, 0),
        ({"type": "dance", "n": True}, 0),
        ({"type": "dance"}, 0),
    ):
        assert raises(ProtocolError, check, message, CONTROL).n == n


def test_a_numbered_message_that_is_not_understood_holds_up_nothing_behind_it() -> None:
    ends = joined()
    customer, representative = ends.customer, ends.representative
    representative.post("control", {"type": "nudge", "id": "one", "at": 1})
    # As a page says it that knows more: its stream numbers and keeps it as any other.
    for command in representative.link.post("control", {"type": "dance", "step": 1}):
        representative.frames["control"].append(command.message)
    representative.post("control", {"type": "file_accept", "id": "file"})
    ends.run()
    assert [message["type"] for message in customer.delivered] == ["nudge", "file_accept"]
    assert representative.link.streams["control"].is_empty
    assert "unknown_type" in customer.refused


def test_a_message_that_is_not_understood_is_left_out_only_when_it_is_its_turn() -> None:
    ends = joined()
    for message in (
        {"type": "dance", "n": 2},
        {"type": "dance", "n": 0},
        {"type": "dance"},
        {"type": "dance", "n": 99},
    ):
        ends.customer.arrive("control", message)
    ends.representative.post("control", {"type": "nudge", "id": "one", "at": 1})
    ends.run()
    assert [message["type"] for message in ends.customer.delivered] == ["nudge"]


def test_a_page_of_version_1_understands_the_second_greeting() -> None:
    ends = Ends()
    ends.representative.spoken = {}
    ends.start()
    ends.run()
    ends.customer.post("control", {"type": "nudge", "id": "one", "at": 1})
    ends.representative.post("control", {"type": "nudge", "id": "two", "at": 1})
    ends.run()
    assert [message["id"] for message in ends.representative.delivered] == ["one"]
    assert [message["id"] for message in ends.customer.delivered] == ["two"]
    assert (ends.customer.link.version, ends.customer.link.is_newer) == (1, False)


def test_two_pages_of_today_know_their_version_before_the_first_message() -> None:
    ends = joined()
    for end in (ends.customer, ends.representative):
        assert (end.link.version, end.link.is_newer) == (VERSION, False)
        assert end.refused == []


def test_a_page_that_is_newer_is_understood_with_what_it_says_besides() -> None:
    ends = Ends()
    ends.representative.spoken = {"version": VERSION + 3, "oldest": OLDEST}
    ends.start()
    ends.run()
    assert (ends.customer.link.version, ends.customer.link.is_newer) == (VERSION, True)
    ends.customer.arrive("control", {"type": "nudge", "n": 1, "id": "one", "at": 1, "mood": "fine"})
    assert ends.customer.delivered == [{"type": "nudge", "n": 1, "id": "one", "at": 1}]


def test_pages_that_speak_no_common_version_take_nothing_from_each_other() -> None:
    ends = Ends()
    ends.representative.spoken = {"version": VERSION + 3, "oldest": VERSION + 1}
    ends.start()
    ends.run()
    customer = ends.customer.link
    assert customer.version == 0 and not customer.is_connected
    ends.representative.post("control", {"type": "nudge", "id": "one", "at": 1})
    ends.run()
    assert ends.customer.delivered == []
