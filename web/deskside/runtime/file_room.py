"""Where a file that is larger than others could be kept: the room on the device, and a place that a person picks."""

from .js import attempt, get, loads, then, to_js, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


def room_for(size: int, answered: "Callable[[str, int], Any]") -> None:
    """Where `size` bytes find room, and how many bytes there are for this page: `private` (kept by the browser until
    it is saved), `picked` (only where a person picks a place, which this browser can ask for) or `none`.
    """

    def estimated(estimate: "Any") -> None:
        # As text: numbers this large do not come through as they are.
        found = loads(str(window.JSON.stringify(estimate)))
        free = int(max(0, found.get("quota", 0) - found.get("usage", 0)))
        if "quota" not in found or size <= free:
            answered("private", free)
        else:
            answered("picked" if get(window, "showSaveFilePicker") is not None else "none", free)

    storage = get(window.navigator, "storage")
    if storage is None or get(storage, "estimate") is None:
        answered("private", 0)  # nobody knows; the disk will tell
    else:
        then(storage.estimate(), estimated, lambda _: answered("private", 0))


def pick_place(name: str, picked: "Callable[[Any], Any]", failed: "Callable[[str], Any]") -> None:
    """Ask where to save a file. Only soon after a press: the browser refuses it otherwise."""
    ok, promise = attempt(window, "showSaveFilePicker", to_js({"suggestedName": name}))
    if ok:
        then(promise, picked, failed)
    else:
        failed(promise)
