"""Faults of real networks: two browsers, each behind a router of its own, and what happens to their lines."""
