"""Deskside: a support session in the browser."""
