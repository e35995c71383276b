"""Requests to the server's HTTP interface."""

from .deadline import within
from .js import construct, dumps, loads, new, to_js, window
from .page import server_url

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


ANSWERED_WITHIN = 10_000.0
"""Milliseconds that the server and the line have for an answer; it is small."""


def server_origin() -> str:
    """Where the server is, as this page knows it."""
    return str(new(window.URL, server_url("/")).origin)


def request(method: str, path: str, body: "Any", answered: "Callable[[int, Any], Any]") -> None:
    """To a path of the server. `answered` gets the HTTP status and the JSON that came with it; status 0 when nobody
    answered in time."""
    options: "dict[str, Any]" = {"method": method, "cache": "no-store"}
    ok, control = construct("AbortController")
    if ok:
        options["signal"] = control.signal
    if body is not None:
        options["headers"] = {"Content-Type": "application/json"}
        options["body"] = dumps(body)

    def failed(error: str) -> None:
        if ok and error == "TimeoutError":
            # A browser keeps few lines to one server: this one is for others.
            control.abort()
        answered(0, {})

    def arrived(response: "Any") -> None:
        status = int(response.status)

        def read(text: "Any") -> None:
            try:
                answer = loads(str(text))
            except ValueError:
                answer = {}
            answered(status, answer if type(answer) is dict else {})

        within(ANSWERED_WITHIN, response.text(), read, failed)

    within(ANSWERED_WITHIN, window.fetch(server_url(path), to_js(options)), arrived, failed)
