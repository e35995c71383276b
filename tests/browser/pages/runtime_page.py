"""A page that tries the runtime where it really runs: `window.attemptCase(group, name, answered)`."""

from deskside.runtime.crypto import crypto
from deskside.runtime.dom import BrowserDom
from deskside.runtime.js import document, function, listen, window
from deskside.runtime.records import Records
from deskside.runtime.written import Written

from .bridge_cases import CASES
from .crypto_contract import CONTRACT as CRYPTO
from .dom_contract import CONTRACT as DOM
from .records_contract import CONTRACT as RECORDS
from .written_contract import CONTRACT as WRITTEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _on_a_dom(case: "Any", done: "Any") -> None:
    place = document.createElement("div")
    document.body.appendChild(place)
    dom = BrowserDom(document, place, lambda action, value: None, lambda: None)
    try:
        case(dom, place)
    finally:
        dom.close()
        place.remove()
    done("")


def _on_records(case: "Any", done: "Any") -> None:
    def ready() -> None:
        records.delete("")
        case(records, done)

    records = Records("test", ready)


def _on_written(case: "Any", done: "Any") -> None:
    window.localStorage.clear()
    case(Written(), done)


def _cleared_by_the_person(done: "Any") -> None:
    """The browser takes the database away under the page, as when a person clears its storage."""

    def ready() -> None:
        records._database.close()
        records.put("a/1", "lost")
        records.delete("a/")
        records.sweep([])
        records.load("a/", lambda found: done("" if found == [] else repr(found)))

    records = Records("test", ready)


def _busy(done: "Any") -> None:
    """Something is put, and the page has no time until another page has found it and says so in a cookie."""

    def ready() -> None:
        records.put("busy/1", "kept")
        over = float(window.performance.now()) + 10000.0
        # Storage would hide what other pages change until this one has time again; cookies are asked for each time.
        while "found" not in str(document.cookie):
            if float(window.performance.now()) > over:
                break
        done("" if "found" in str(document.cookie) else "nobody found it")

    records = Records("test", ready)


def _events(done: "Any") -> None:
    """Actions go with their events, to the nearest element that listens, and not any more when it does not."""
    heard: list[Any] = []
    place = document.createElement("div")
    document.body.appendChild(place)
    dom = BrowserDom(document, place, lambda action, value: heard.append((action, value)), lambda: None)
    outer, field = dom.element("section"), dom.element("input")
    dom.insert(outer, field, None)
    dom.insert(place, outer, None)
    dom.listen(outer, "input", ("outer",))
    dom.listen(field, "input", ("write",))
    field.value = "typed"
    bubbling = window.JSON.parse('{"bubbles":true,"cancelable":true}')
    field.dispatchEvent(window.Event.new("input", bubbling))
    dom.listen(field, "input", None)
    field.dispatchEvent(window.Event.new("input", bubbling))
    dom.listen(outer, "input", None)
    field.dispatchEvent(window.Event.new("input", bubbling))
    left = len(dom._actions)
    dom.close()
    place.remove()
    wanted = [(("write",), "typed"), (("outer",), "")]
    done("" if heard == wanted and left == 0 else repr(heard) + str(left))


def _attempt(group: str, name: str, answered: "Any") -> None:
    def done(answer: str) -> None:
        answered(str(answer))

    try:
        if group == "bridge":
            CASES[name](done)
        elif group == "dom":
            _on_a_dom(DOM[name], done)
        elif group == "crypto":
            CRYPTO[name](crypto(), done)
        elif group == "records":
            _on_records(RECORDS[name], done)
        elif group == "written":
            _on_written(WRITTEN[name], done)
        else:
            {"busy": _busy, "cleared": _cleared_by_the_person, "events": _events}[name](done)
    except Exception as error:
        answered(type(error).__name__ + " " + str(error))


_listener = listen(window, "unhandledrejection", lambda _: None)
window.attemptCase = function(_attempt)
