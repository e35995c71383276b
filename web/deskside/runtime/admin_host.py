"""What the administrator's page needs of the browser: the server, files, the tab's own memory, and the preview."""

from .clock import PageClock
from .deadline import within
from .dom import blob
from .http import request, server_origin
from .js import attempt, document, dumps, get, identifier, is_null, later, listen, loads, monotonic, window
from .storage import TAB

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_LARGEST_PICTURE = 98_000  # characters of a data URL; the server takes 100,000
_EDGES = (640, 480, 320, 200, 120)
_READ_WITHIN = 20_000.0  # milliseconds, for what may come from a slow disk


class AdminHost:
    """Clock, files, memory, focus and the frame of this page."""

    def __init__(self) -> None:
        self._unsaved = False
        self._clock = PageClock()
        listen(window, "beforeunload", self._leaving)

    def identifier(self) -> str:
        return identifier()

    def later(self, milliseconds: float, handler: "Callable[[], Any]") -> "Any":
        return later(milliseconds, handler)

    def passed(self) -> float:
        """Milliseconds, for durations."""
        return monotonic()

    def request(self, method: str, path: str, body: "Any", answered: "Callable[[int, Any], Any]") -> None:
        request(method, path, body, answered)

    def server_origin(self) -> str:
        return server_origin()

    def reload(self) -> None:
        window.location.reload()

    def forget_fragment(self) -> None:
        window.history.replaceState(None, "", window.location.pathname)

    # moments

    def moment(self, at: float) -> "tuple[str, str]":
        """Day and time in the page's language, and ISO 8601 with what it is ahead of UTC."""
        return self._clock.said("moment", at)

    def local_text(self, at: float) -> str:
        """A moment as a field for day and time has it."""
        date = window.Date.new(float(at))
        day = f"{date.getFullYear():04d}-{date.getMonth() + 1:02d}-{date.getDate():02d}"
        return f"{day}T{date.getHours():02d}:{date.getMinutes():02d}"

    def moment_of(self, text: str) -> "str | None":
        """What is in such a field, as ISO 8601; None when it is no moment."""
        iso = window.Date.new(text).toJSON()
        return None if is_null(iso) else str(iso)

    # what the tab remembers

    def keep(self, key: str, value: "Any") -> None:
        """Keep a JSON-able value over a reload of this tab; None forgets it."""
        TAB.put(key, None if value is None else dumps(value))

    def kept(self, key: str) -> "Any":
        text = TAB.get(key)
        if text is None:
            return None
        try:
            return loads(text)
        except ValueError:
            return None

    def unkept(self) -> str:
        """`draft` where nothing is kept over a reload, or ""."""
        return "" if TAB.keeps else "draft"

    def warn_on_leaving(self, unsaved: bool) -> None:
        """Whether the browser asks before this page goes away."""
        self._unsaved = unsaved

    def on_leaving(self, leaving: "Callable[[], Any]") -> None:
        """Call `leaving` when the page goes, however it goes."""
        listen(window, "pagehide", lambda _: leaving())

    def _leaving(self, event: "Any") -> None:
        if self._unsaved:
            event.preventDefault()

    # where one is

    def fragment(self) -> str:
        """What follows the # of the page's address, with it."""
        return str(window.decodeURIComponent(window.location.hash))

    def replace_fragment(self, fragment: str) -> None:
        window.history.replaceState(None, "", fragment)

    def on_fragment(self, changed: "Callable[[str], Any]") -> None:
        listen(window, "hashchange", lambda _: changed(self.fragment()))

    def focus(self, identifier: str) -> None:
        """To the element with this id, and into view."""
        element = document.getElementById(identifier)
        if not is_null(element):
            element.focus()
            element.scrollIntoView(window.JSON.parse('{"block": "nearest"}'))

    # files

    def save_json(self, name: str, value: "Any") -> None:
        """Hand a JSON file that people can read to the browser's downloads."""
        text = window.JSON.stringify(window.JSON.parse(dumps(value)), None, 2)
        address = window.URL.createObjectURL(blob([text], "application/json"))
        link = document.createElement("a")
        link.href = address
        link.download = name
        link.click()
        later(60_000.0, lambda: window.URL.revokeObjectURL(address))

    def read_json(self, file: "Any", read: "Callable[[Any], Any]") -> None:
        """What is in a JSON file; None when it holds something else."""

        def arrived(text: "Any") -> None:
            try:
                value = loads(str(text))
            except ValueError:
                value = None
            read(value)

        within(_READ_WITHIN, file.text(), arrived, lambda _: read(None))

    def read_picture(self, file: "Any", read: "Callable[[str], Any]", failed: "Callable[[str], Any]") -> None:
        """A picture as a data URL, drawn anew and so small that the settings can hold it."""
        address = window.URL.createObjectURL(file)
        image = document.createElement("img")

        def decoded(_: "Any" = None) -> None:
            window.URL.revokeObjectURL(address)
            picture = _drawn(image)
            if picture:
                read(picture)
            else:
                failed("image_too_large")

        def refused(_: str) -> None:
            window.URL.revokeObjectURL(address)
            failed("image_failed")

        image.src = address
        within(_READ_WITHIN, image.decode(), decoded, refused)

    # the preview

    def on_preview(self, ready: "Callable[[], Any]") -> None:
        """Call `ready` when a page in a frame of this one says that it can show something."""

        def heard(event: "Any") -> None:
            if str(event.origin) == str(window.location.origin) and _is_ready(event.data):
                ready()

        listen(window, "message", heard)

    def show(self, frame: "Any", message: "dict[str, Any]") -> None:
        """Tell the page in the frame what to show."""
        # As text, and parsed over there: numbers above 2**31 do not survive the way between the languages.
        frame.contentWindow.postMessage(window.JSON.parse(dumps(message)), window.location.origin)


def _is_ready(data: "Any") -> bool:
    return not is_null(data) and get(data, "type") == "deskside-preview-ready"


def _drawn(image: "Any") -> str:
    """The picture in the largest of some sizes that the settings can hold, or ""."""
    width = float(get(image, "naturalWidth", 0)) or 640.0
    height = float(get(image, "naturalHeight", 0)) or 640.0
    for edge in _EDGES:
        scale = min(1.0, edge / max(width, height))
        canvas = document.createElement("canvas")
        canvas.width = max(1, int(width * scale))
        canvas.height = max(1, int(height * scale))
        ok, _ = attempt(canvas.getContext("2d"), "drawImage", image, 0, 0, canvas.width, canvas.height)
        if not ok:
            return ""
        for kind in ("image/png", "image/webp"):
            ok, text = attempt(canvas, "toDataURL", kind, 0.9)
            if ok and len(str(text)) < _LARGEST_PICTURE and str(text)[:20].startswith("data:" + kind):
                return str(text)
    return ""
