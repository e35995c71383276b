"""What the bridge to JavaScript promises, tried inside a page. Each calls `done` with "" or what was wrong."""

from deskside.runtime import js as bridge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

window = bridge.window

BROKEN = ("", " ", "{", "nope", '{"a":1,}', "NaN", "'a'", "[1],[2]", "1,2", '{"a":"\t"}', "undefined")
HALVES = (
    '{"a":"\\ud800"}',
    '{"a":"x\\udc00y"}',
    '["\\ud83d\\ud83d"]',
    '{"\\uD800":1}',
    '["\\\\\\ud800"]',
    '[["\\ude00\\ud83d"]]',
)
READ: "tuple[tuple[str, Any], ...]" = (
    ('{"a":"\\ud83d\\ude00"}', {"a": "\U0001f600"}),
    ('["\\\\ud800","\\\\\\\\ud800"]', ["\\ud800", "\\\\ud800"]),
    ('["\u00e9' + "\\\\" * 40001 + 'ud800"]', ["\u00e9" + "\\" * 40001 + "ud800"]),
    ('{"at":1700000000000,"most":9007199254740991,"least":-5,"limit":2147483648}', None),
    ('[true,false,null,0,-1,1.5,"",[],{}]', [True, False, None, 0, -1, 1.5, "", [], {}]),
    ('["\\u0000\\u001f\\u007f\\u2028"]', ["\x00\x1f\x7f\u2028"]),
    ('{"__proto__":1,"length":2}', {"__proto__": 1, "length": 2}),
)


def _refuses(text: str) -> bool:
    try:
        bridge.loads(text)
    except ValueError:
        return True
    return False


def broken_json_is_refused(done: "Any") -> None:
    done(", ".join([repr(text) for text in BROKEN if not _refuses(text)]))


def half_a_surrogate_pair_is_refused(done: "Any") -> None:
    done(", ".join([repr(text) for text in HALVES if not _refuses(text)]))


def what_is_json_is_read(done: "Any") -> None:
    wrong = [text for text, value in READ if value is not None and bridge.loads(text) != value]
    kinds = [type(item) for item in bridge.loads("[true,1,1.5]")]
    done(", ".join(wrong) + ("" if kinds == [bool, int, float] else repr(kinds)))


def large_numbers_are_exact(done: "Any") -> None:
    found = bridge.loads('{"at":1700000000000,"most":9007199254740991,"least":-9007199254740991,"limit":2147483648}')
    wanted = {"at": 1700000000000, "most": 9007199254740991, "least": -9007199254740991, "limit": 2147483648}
    again = bridge.loads(bridge.dumps(wanted))
    fine = found == wanted == again and all(type(found[name]) is int for name in found)
    done("" if fine else repr(found) + repr(again))


def what_is_written_is_read_again(done: "Any") -> None:
    value: dict[str, Any] = {
        "text": 'quote " slash \\ line\n \U0001f600 \x00',
        "list": [1, 2.5, None, True, {"deep": []}],
    }
    found = bridge.loads(bridge.dumps(value))
    done("" if found == value else repr(found))


def a_size_above_two_gigabytes_is_exact(done: "Any") -> None:
    block = window.Blob.new(window.Array.of(window.Uint8Array.new(1024 * 1024)))
    for _ in range(12):
        block = window.Blob.new(window.Array.of(block, block))
    blob = window.Blob.new(window.Array.of(block, "x"))
    size = bridge.size_of(blob)
    done("" if size == 4096 * 1024 * 1024 + 1 and bridge.size_of(window.Blob.new()) == 0 else str(size))


def what_throws_is_an_answer(done: "Any") -> None:
    found = [
        bridge.attempt(window.JSON, "parse", "{"),
        bridge.attempt(window.document, "querySelector", "[["),
        bridge.attempt(window.document, "noSuchMethod"),
        bridge.construct("WebSocket", "nope:"),
        bridge.construct("NoSuchConstructor"),
    ]
    wanted = ["SyntaxError", "SyntaxError", "TypeError", "SyntaxError", "TypeError"]
    done("" if found == [(False, name) for name in wanted] else repr(found))


def what_does_not_throw_is_its_value(done: "Any") -> None:
    ok, found = bridge.attempt(window.Math, "max", 3, 7)
    nothing = bridge.attempt(window.document, "querySelector", "no-such-element")
    made, blob = bridge.construct("Blob", window.Array.of("four"))
    done("" if ok and found == 7 and nothing == (True, None) and made and bridge.size_of(blob) == 4 else repr(nothing))


def a_promise_is_answered_once(done: "Any") -> None:
    heard: list[str] = []

    def finish() -> None:
        wanted = ["failed RangeError", "failed Error", "failed Error", "ok None", "ok 7"]
        done("" if sorted(heard) == sorted(wanted) else repr(heard))

    def ask(promise: "Any") -> None:
        bridge.then(
            promise, lambda value: heard.append("ok " + repr(value)), lambda name: heard.append("failed " + name)
        )

    ask(window.Promise.resolve(7))
    ask(window.Promise.resolve())
    ask(window.Promise.reject(window.RangeError.new("x")))
    ask(window.Promise.reject())
    ask(window.Promise.reject("a word"))
    bridge.later(50, finish)


def timers_come_in_order_and_can_be_taken_back(done: "Any") -> None:
    heard: list[str] = []
    bridge.later(1000, lambda: heard.append("late"))
    cancelled = bridge.later(20, lambda: heard.append("never"))
    bridge.later(0, lambda: heard.append("soon"))
    cancelled.cancel()
    cancelled.cancel()
    bridge.cancel(None)
    own: list[Any] = []

    def cancels_itself() -> None:
        own[0].cancel()
        heard.append("own")

    own.append(bridge.later(10, cancels_itself))
    bridge.later(1500, lambda: done("" if heard == ["soon", "own", "late"] else repr(heard)))


def functions_are_freed(done: "Any") -> None:
    """Timers and promises that are done leave none of their functions behind."""
    made, freed = bridge.function, bridge.release
    counts = {"made": 0, "freed": 0}

    def count_made(handler: "Any") -> "Any":
        counts["made"] += 1
        return made(handler)

    def count_freed(made: "Any") -> None:
        counts["freed"] += 1
        freed(made)

    bridge.function, bridge.release = count_made, count_freed

    def finish() -> None:
        bridge.later(0, lambda: None)  # sweeps
        bridge.function, bridge.release = made, freed
        left = counts["made"] - counts["freed"]
        done("" if counts["made"] > 400 and left <= 2 else repr(counts))

    for number in range(100):
        bridge.then(window.Promise.resolve(number), lambda _: None, lambda _: None)
        bridge.then(window.Promise.reject(number), lambda _: None, lambda _: None)
        bridge.later(0, lambda: None)
        bridge.later(1000, lambda: None).cancel()
    bridge.later(200, finish)


def a_listener_can_be_taken_away(done: "Any") -> None:
    heard: list[str] = []
    target = window.EventTarget.new()
    listener = bridge.listen(target, "ping", lambda event: heard.append(str(event.type)))
    once = bridge.listen(target, "ping", lambda _: heard.append("once"), {"once": True})
    for _ in range(2):
        target.dispatchEvent(window.Event.new("ping"))
    listener.remove()
    listener.remove()
    once.remove()
    target.dispatchEvent(window.Event.new("ping"))
    done("" if sorted(heard) == ["once", "ping", "ping"] else repr(heard))


def absent_attributes_are_the_default(done: "Any") -> None:
    target = window.JSON.parse('{"nothing":null,"zero":0,"empty":"","no":false}')
    found = [bridge.get(target, name, "default") for name in ("nothing", "absent", "zero", "empty", "no")]
    done("" if found == ["default", "default", 0, "", False] else repr(found))


def identifiers_are_long_and_differ(done: "Any") -> None:
    found = {bridge.identifier() for _ in range(200)}
    fine = len(found) == 200 and all(len(word) == 22 for word in found)
    done("" if fine else repr(found))


def the_clock_is_the_browsers(done: "Any") -> None:
    later = str(window.Date.new(bridge.wall() + 2000.0).toISOString())
    earlier = str(window.Date.new(bridge.wall() - 2000.0).toISOString())
    fine = earlier < str(window.Date.new().toISOString()) < later
    done("" if fine and bridge.monotonic() > 0.0 else repr(bridge.wall()))


CASES = {
    "broken JSON is refused": broken_json_is_refused,
    "half a surrogate pair is refused": half_a_surrogate_pair_is_refused,
    "what is JSON is read": what_is_json_is_read,
    "large numbers are exact": large_numbers_are_exact,
    "what is written is read again": what_is_written_is_read_again,
    "a size above two gigabytes is exact": a_size_above_two_gigabytes_is_exact,
    "what throws is an answer": what_throws_is_an_answer,
    "what does not throw is its value": what_does_not_throw_is_its_value,
    "a promise is answered once": a_promise_is_answered_once,
    "timers come in order and can be taken back": timers_come_in_order_and_can_be_taken_back,
    "functions are freed": functions_are_freed,
    "a listener can be taken away": a_listener_can_be_taken_away,
    "absent attributes are the default": absent_attributes_are_the_default,
    "identifiers are long and differ": identifiers_are_long_and_differ,
    "the clock is the browser's": the_clock_is_the_browsers,
}
