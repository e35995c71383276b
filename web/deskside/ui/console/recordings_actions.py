"""What each control of the recordings does: one small function an action, in a table."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _watching(handler: "Any") -> "Any":
    """An action of the recording that is watched; without one it means nothing."""

    def act(console: "Any", words: "Any", value: "Any") -> None:
        if console.recordings.viewing is not None:
            handler(console.recordings.viewing, words, value)

    return act


def _toggle(console: "Any", words: "Any", value: "Any") -> None:
    if console.recordings.is_open:
        console.recordings.close()
    else:
        console.recordings.open()


RECORDING_ACTIONS = {
    "toggle_recordings": _toggle,
    "close_recordings": lambda console, words, value: console.recordings.close(),
    "list_recordings": lambda console, words, value: console.recordings.open(),
    "search_recordings": lambda console, words, value: console.recordings.search(value),
    "more_recordings": lambda console, words, value: console.recordings.more(),
    "fetch_recordings": lambda console, words, value: console.recordings.fetch(),
    "watch_recording": lambda console, words, value: console.recordings.watch(words[0]),
    "load_recording": _watching(lambda viewing, words, value: viewing.again()),
    "jump": _watching(lambda viewing, words, value: viewing.jump(words[0])),
    "set_speed": _watching(lambda viewing, words, value: viewing.set_speed(value)),
    "find_moment": _watching(lambda viewing, words, value: viewing.timeline.find(value)),
    "timeline_taken": _watching(lambda viewing, words, value: viewing.timeline.hold_still()),
    "timeline_scrolled": _watching(lambda viewing, words, value: viewing.timeline.scrolled()),
    "follow_recording": _watching(lambda viewing, words, value: viewing.timeline.follow()),
    "delete_recording": _watching(lambda viewing, words, value: viewing.custody.ask(True)),
    "keep_recording": _watching(lambda viewing, words, value: viewing.custody.ask(False)),
    "confirm_delete": _watching(lambda viewing, words, value: viewing.custody.delete()),
    "toggle_views": _watching(lambda viewing, words, value: viewing.custody.toggle_views()),
}
