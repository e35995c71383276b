"""The signaling server: it serves the pages, keeps the queue and helps two peers find each other."""
