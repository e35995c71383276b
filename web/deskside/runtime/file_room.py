"""Where a file that is larger than others could be kept: the room on the device, and a place that a person picks."""

from .file_storage import FileStorage
from .js import attempt, get, identifier, then, to_js, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


def room_for(storage: FileStorage, size: int, answered: "Callable[[str], Any]") -> None:
    """Where `size` bytes find room: `private` (kept by the browser until they are saved), `picked` (only where a person
    picks a place, which this browser can ask for) or `none`.
    """

    def tried(fits: bool) -> None:
        can_ask = get(window, "showSaveFilePicker") is not None
        answered("private" if fits else "picked" if can_ask else "none")

    storage.room("room." + identifier(), size, tried)


def pick_place(name: str, picked: "Callable[[Any], Any]", failed: "Callable[[str], Any]") -> None:
    """Ask where to save a file. Only soon after a press: the browser refuses it otherwise."""
    ok, promise = attempt(window, "showSaveFilePicker", to_js({"suggestedName": name}))
    if ok:
        then(promise, picked, failed)
    else:
        failed(promise)
