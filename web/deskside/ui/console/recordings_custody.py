"""What is done with a recording besides watching it: it is deleted, and one looks who has watched."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

PATH = "/api/recordings"


class Custody:
    """`deleted()` is called when it is gone for good."""

    def __init__(self, host: "Any", console: "Any", recording: str, deleted: "Callable[[], Any]") -> None:
        self._host = host
        self._console = console
        self._recording = recording
        self._deleted = deleted
        self._asks = False
        self._busy = False
        self._problem = ""
        self._views: "dict[str, Any] | None" = None
        self._over = False

    def stop(self) -> None:
        """Nobody looks at it any more."""
        self._over = True

    def ask(self, asks: bool) -> None:
        """Whether it is to be deleted; `keep it` is the other answer."""
        self._asks = asks
        self._problem = ""

    def delete(self) -> None:
        if self._busy or not self._asks:
            return
        self._busy = True
        self._problem = ""
        self._host.request("POST", PATH + "/" + self._recording + "/delete", {}, self._answered)

    def _answered(self, status: int, answer: "dict[str, Any]") -> None:
        if self._over:
            return
        self._busy = False
        if status == 200 or status == 404:
            # Not there: somebody else was first.
            self._deleted()
        elif answer.get("code") == "still_recording":
            self._problem = "busy"
        else:
            self._problem = "unreachable" if status == 0 or status >= 500 else "refused"
        self._console.changed()

    def toggle_views(self) -> None:
        """Who has watched it."""
        if self._views is not None:
            self._views = None
            return
        self._views = {"found": "loading", "list": []}
        self._host.request("GET", PATH + "/views?recording=" + self._recording, None, self._viewed)

    def _viewed(self, status: int, answer: "dict[str, Any]") -> None:
        if self._views is None or self._over:
            return
        fine = status == 200 and "views" in answer
        self._views = {"found": "ready" if fine else "failed", "list": answer["views"] if fine else []}
        self._console.changed()

    def state(self) -> "dict[str, Any]":
        return {"asks": self._asks, "busy": self._busy, "problem": self._problem, "views": self._in_words()}

    def _in_words(self) -> "dict[str, Any] | None":
        if self._views is None:
            return None
        views = []
        for view in self._views["list"]:
            time, iso = self._host.moment(view["at"])
            views.append({"name": view["name"], "kind": view["kind"], "time": time, "iso": iso})
        return {"found": self._views["found"], "list": views}
