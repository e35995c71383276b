"""Requests to the server's HTTP interface."""

from .js import dumps, loads, then, to_js, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


def request(method: str, path: str, body: "Any", answered: "Callable[[int, Any], Any]") -> None:
    """`answered` gets the HTTP status and the JSON that came with it; status 0 when nobody answered."""
    options: "dict[str, Any]" = {"method": method, "cache": "no-store"}
    if body is not None:
        options["headers"] = {"Content-Type": "application/json"}
        options["body"] = dumps(body)

    def arrived(response: "Any") -> None:
        status = int(response.status)

        def read(text: "Any") -> None:
            try:
                answer = loads(str(text))
            except ValueError:
                answer = {}
            answered(status, answer if type(answer) is dict else {})

        then(response.text(), read, lambda _: answered(0, {}))

    then(window.fetch(path, to_js(options)), arrived, lambda _: answered(0, {}))
