"""A page with the connection to a recorder that a test plays: `window.recording` opens it and tells what happened."""

from deskside.runtime.js import dumps, function, loads, window
from deskside.runtime.recorder import Recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_open: "dict[str, Recorder]" = {}
_page = window.Object.new()


class _Owner:
    """Hands everything to the test, as `window.happened(word, id, more)`."""

    def recorder_described(self, id: str, sdp: str) -> None:
        window.happened("described", id, sdp)

    def recorder_changed(self, id: str, connection_state: str) -> None:
        window.happened("changed", id, connection_state)

    def recorder_said(self, id: str, message: "dict[str, Any]") -> None:
        window.happened("said", id, dumps(message))


_owner = _Owner()


def _start(id: str, configuration: str) -> None:
    _open[id] = Recorder(id, loads(configuration), _owner)


def _answer(id: str, sdp: str) -> None:
    _open[id].answer(sdp)


def _show(id: str, track: "Any" = None) -> None:
    _open[id].show(track)


def _say(id: str, message: str) -> None:
    _open[id].send(loads(message))


def _close(id: str) -> None:
    _open[id].close()


for _name, _handler in (("open", _start), ("answer", _answer), ("show", _show), ("send", _say), ("close", _close)):
    window.Reflect.set(_page, _name, function(_handler))
window.recording = _page
