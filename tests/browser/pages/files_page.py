"""A page that does nothing but files: `window.files` lets a test send and receive with the real runtime."""

from deskside.runtime.files import FileReceiver, FileSender, FileStorage, obstacle
from deskside.runtime.js import dumps, function, monotonic, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ends: "dict[str, Any]" = {}
_histories: "dict[str, list[str]]" = {}
_times: "dict[str, dict[str, float]]" = {}
_waiting: "list[tuple[str, list[str], Any]]" = []
_storage = FileStorage(str(window.deskside.assets.writer))


def _changed(key: str) -> None:
    state = _ends[key].state if key in _ends else "waiting"
    if not _histories[key] or _histories[key][-1] != state:
        _histories[key].append(state)
        _times[key][state] = monotonic()
        _tell(key, state)


def _tell(key: str, state: str) -> None:
    for waiting in list(_waiting):
        if waiting[0] == key and state in waiting[1]:
            _waiting.remove(waiting)
            waiting[2]()


def _when(key: str, words: str, reached: "Any") -> None:
    """Call `reached` when the transfer has one of these states."""
    _waiting.append((key, words.split(" "), reached))
    _tell(key, _ends[key].state)


def _send(key: str, file: "Any") -> str:
    _histories[key] = ["waiting"]
    _times[key] = {}
    sender = _ends[key] = FileSender(file, key, lambda: _changed(key))
    return dumps({"name": sender.name, "size": sender.size, "mime": sender.mime})


def _receive(key: str, name: str, size: str, place: "Any" = None) -> str:
    _histories[key] = ["waiting"]
    _times[key] = {}
    receiver = _ends[key] = FileReceiver(_storage, key, name, int(size), lambda: _changed(key), place)
    return str(receiver.name)


def _state(key: str) -> str:
    end = _ends[key]
    progress = end.progress()
    return dumps(
        {
            "state": end.state,
            "reason": end.reason,
            "error": end.error,
            "done": progress.done,
            "verified": end.transfer.verified,
            "history": _histories[key],
            "times": _times[key],
            "speed": progress.speed or 0,
            "seconds_left": -1 if progress.seconds_left is None else progress.seconds_left,
        }
    )


_page = window.Object.new()
_page.send = function(_send)
_page.receive = function(_receive)
_page.receiveInto = function(_receive)
_page.attach = function(lambda key, channel, connection: _ends[key].attach(channel, connection))
_page.state = function(_state)
_page.when = function(_when)
_page.pause = function(lambda key, paused, by_peer: _ends[key].pause(paused, by_peer))
_page.end = function(lambda key, reason: _ends[key].end(reason))
_page.save = function(lambda key: _ends[key].save())
_page.discard = function(lambda key: _ends[key].discard())
_page.blob = function(lambda key: _ends[key].file)
_page.sweep = function(lambda age: _storage.sweep(age))
_page.forget = function(lambda entry: _storage.forget(entry))
_page.share = function(lambda key, senders: _ends[key].share(senders))
_page.obstacle = function(lambda *_: obstacle())
window.files = _page
