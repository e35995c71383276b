"""The certificate of this page: one for all its connections, so that the other page knows it again in a later one."""

from .deadline import PATIENCE, within
from .js import attempt, is_null, to_js, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class Certificate:
    """Made once for each page load. Where the browser makes none, each connection brings its own."""

    def __init__(self) -> None:
        self._found: "Any" = None
        self._is_known = False
        self._waiting: "list[Callable[[], Any]]" = []
        ok = False
        promise: "Any" = None
        # Read as an attribute it would go out as a Python callable.
        constructor = window.Reflect.get(window, "RTCPeerConnection")
        if not is_null(constructor):
            kind = to_js({"name": "ECDSA", "namedCurve": "P-256"})
            ok, promise = attempt(constructor, "generateCertificate", kind)
        if ok:
            within(PATIENCE, promise, self._made, lambda _: self._made(None))
        else:
            self._is_known = True

    def when_known(self, begin: "Callable[[], Any]") -> None:
        """Now or as soon as it is there. No connection may be made before."""
        if self._is_known:
            begin()
        else:
            self._waiting.append(begin)

    def put_into(self, configuration: "Any") -> "Any":
        """The configuration of a connection, with the certificate."""
        if self._found is not None:
            configuration["certificates"] = window.Array.of(self._found)
        return configuration

    def _made(self, found: "Any") -> None:
        self._found = found
        self._is_known = True
        waiting = self._waiting
        self._waiting = []
        for begin in waiting:
            begin()
