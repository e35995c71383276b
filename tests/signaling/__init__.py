"""The signaling server, as pages and people outside see it: a real server, real sockets, a real database."""
