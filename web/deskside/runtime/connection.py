"""One RTCPeerConnection of the browser: its listeners, its end, and the steps of its negotiation."""

from ..core import negotiation as steps
from .candidates import ice_candidate
from .js import is_null, listen, then, to_js, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class Connection:
    """One RTCPeerConnection with its listeners, so that both end together; `guarded` where the red X closes it."""

    def __init__(self, name: str, connection: "Any", guarded: bool) -> None:
        self.name = name
        self.connection = connection
        self.guarded = guarded
        self.listeners: "list[Any]" = []

    def listen(self, target: "Any", event: str, handler: "Any") -> None:
        self.listeners.append(listen(target, event, handler))

    def close(self) -> None:
        for listener in self.listeners:
            listener.remove()
        self.listeners = []
        if self.guarded:
            window.deskside.guard.drop(self.connection)
        self.connection.close()

    def negotiate(self, step: "Any", report: "Callable[..., Any]") -> None:
        """Carry out a step of core.negotiation; `report` is told the event of Negotiation that follows."""
        made = self.connection

        def failed(error: str) -> None:
            window.console.debug("deskside: negotiation of " + self.name + " failed: " + error)
            report("description_failed", str(made.signalingState))

        kind = type(step)
        if kind is steps.SetLocalDescription:

            def described(_: "Any") -> None:
                description = made.localDescription
                if not is_null(description):
                    report("local_description_set", str(description.type), str(description.sdp))

            then(made.setLocalDescription(), described, failed)
        elif kind is steps.SetRemoteDescription:
            then(made.setRemoteDescription(to_js(step.description)), lambda _: report("remote_description_set"), failed)
        elif kind is steps.AddIceCandidate:
            then(made.addIceCandidate(ice_candidate(step.candidate)), _nothing, _nothing)
        elif kind is steps.RestartIce:
            made.restartIce()


def _nothing(_: "Any") -> None:
    """A candidate that does not fit is no reason to stop: others follow."""
