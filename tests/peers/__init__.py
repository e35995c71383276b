"""The native WebRTC peers: what they make of packets, and the recorder as a process with real connections."""
