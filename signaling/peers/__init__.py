"""The native WebRTC peers: the only code of the server that imports aiortc."""
