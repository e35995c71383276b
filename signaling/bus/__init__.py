"""How a message finds the server to which a peer is connected."""
