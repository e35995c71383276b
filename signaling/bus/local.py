"""The bus of a server that runs alone: every peer is connected here."""

from collections.abc import Iterable

from signaling.session import Outlet


class LocalBus:
    """Peer id -> the WebSocket it is on. What is sent to a peer that is not connected is dropped:
    when it comes back it is told how things stand."""

    def __init__(self) -> None:
        self._outlets: dict[str, Outlet] = {}

    def __len__(self) -> int:
        return len(self._outlets)

    def attach(self, peer: str, outlet: Outlet) -> None:
        """Frames for `peer` go to `outlet`."""
        self._outlets[peer] = outlet

    def detach(self, peer: str, outlet: Outlet) -> None:
        """No longer, unless a newer WebSocket has taken over already."""
        if self._outlets.get(peer) is outlet:
            del self._outlets[peer]

    def send(self, peers: Iterable[str], text: str) -> None:
        """One frame to each peer."""
        for peer in peers:
            outlet = self._outlets.get(peer)
            if outlet:
                outlet.send(text)

    def close_all(self, code: int) -> None:
        """Close every WebSocket."""
        for outlet in list(self._outlets.values()):
            outlet.close(code)
        self._outlets.clear()
