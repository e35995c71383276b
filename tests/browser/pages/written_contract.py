"""What the console expects of the storage of what is written. The same functions run on the fake one and in real pages.

Each calls `done` with "" or what was wrong; `written` is empty.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TEXT = '1700000000000:\U0001f600 quote " and\nline: \u200f'


def _same(found: "Any", wanted: "Any", done: "Any") -> None:
    done("" if found == wanted else repr(found) + " instead of " + repr(wanted))


def contract_a_text_is_there_at_once_and_the_same(written: "Any", done: "Any") -> None:
    written.put("written/ann/s1/message", "old")
    written.put("written/ann/s1/message", TEXT)
    _same([written.get("written/ann/s1/message"), written.get("written/ann/s2/message")], [TEXT, None], done)


def contract_what_was_deleted_is_gone_and_nothing_else(written: "Any", done: "Any") -> None:
    for key in ("written/ann/s1/message", "written/ann/s2/message"):
        written.put(key, key)
    written.put("written/ann/s1/message", None)
    written.put("written/ann/never", None)
    _same(written.keys("written/"), ["written/ann/s2/message"], done)


def contract_keys_are_those_that_begin_so(written: "Any", done: "Any") -> None:
    for key in ("written/b%C3%B6b/s1/message", "written/ann/s1/message", "other"):
        written.put(key, "1:x")
    found = [sorted(written.keys("written/")), written.keys("written/ann/"), written.keys("nothing")]
    both = ["written/ann/s1/message", "written/b%C3%B6b/s1/message"]
    _same(found, [both, ["written/ann/s1/message"], []], done)


def contract_it_says_whether_it_outlives_the_page(written: "Any", done: "Any") -> None:
    _same(written.keeps, True, done)


CONTRACT = {
    "a text is there at once and the same": contract_a_text_is_there_at_once_and_the_same,
    "what was deleted is gone and nothing else": contract_what_was_deleted_is_gone_and_nothing_else,
    "keys are those that begin so": contract_keys_are_those_that_begin_so,
    "it says whether it outlives the page": contract_it_says_whether_it_outlives_the_page,
}
