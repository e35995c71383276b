"""What controllers expect of the device's storage. The same functions run on the fake one and in real pages.

Each calls `done` with "" or what was wrong, now or later.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _same(found: "Any", wanted: "Any", done: "Any") -> None:
    done("" if found == wanted else repr(found) + " instead of " + repr(wanted))


def contract_values_come_in_the_order_of_their_keys(records: "Any", done: "Any") -> None:
    for key, value in (("a/2", "two"), ("a/1", {"text": "\U0001f600 \n", "at": 1700000000000}), ("b/1", "other")):
        records.put(key, value)
    records.load("a/", lambda found: _same(found, [{"text": "\U0001f600 \n", "at": 1700000000000}, "two"], done))


def contract_a_value_that_is_put_again_is_the_new_one(records: "Any", done: "Any") -> None:
    records.put("a/1", ["old"])
    records.put("a/1", ["new", None, True, 1.5])
    records.load("a/1", lambda found: _same(found, [["new", None, True, 1.5]], done))


def contract_what_is_not_there_is_an_empty_list(records: "Any", done: "Any") -> None:
    records.load("nothing/", lambda found: _same(found, [], done))


def contract_what_was_deleted_is_gone_and_nothing_else(records: "Any", done: "Any") -> None:
    for key in ("a/1", "a/2", "b/1"):
        records.put(key, key)
    records.delete("a/")
    records.load("", lambda found: _same(found, ["b/1"], done))


def contract_what_no_session_has_is_swept_away(records: "Any", done: "Any") -> None:
    for key in ("a/1", "ab/1", "b/1"):
        records.put(key, key)
    records.sweep(["a"])
    # A sweep takes its time; what is asked after what it asks is answered after it.
    records.load("", lambda _: records.load("", lambda found: _same(found, ["a/1"], done)))


def contract_a_value_is_a_copy(records: "Any", done: "Any") -> None:
    value = {"n": 1}
    records.put("a/1", value)
    value["n"] = 2
    records.load("a/", lambda found: _same(found, [{"n": 1}], done))


def contract_when_all_is_kept_it_says_so_and_not_before(records: "Any", done: "Any") -> None:
    order = []
    records.put("a/1", 1)
    records.load("a/", lambda _: order.append("read"))
    records.when_kept(lambda: order.append("kept"))
    order.append("asked")
    records.put("a/2", 2)  # in the same turn: this too
    records.when_kept(
        lambda: records.load("a/", lambda found: _same(order + found, ["asked", "read", "kept", 1, 2], done))
    )


CONTRACT = {
    "values come in the order of their keys": contract_values_come_in_the_order_of_their_keys,
    "a value that is put again is the new one": contract_a_value_that_is_put_again_is_the_new_one,
    "what is not there is an empty list": contract_what_is_not_there_is_an_empty_list,
    "what was deleted is gone and nothing else": contract_what_was_deleted_is_gone_and_nothing_else,
    "what no session has is swept away": contract_what_no_session_has_is_swept_away,
    "when all is kept it says so and not before": contract_when_all_is_kept_it_says_so_and_not_before,
    "a value is a copy": contract_a_value_is_a_copy,
}
