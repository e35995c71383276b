"""Random tokens, and the form in which they are kept."""

import hashlib
import secrets


def identifier() -> str:
    """192 random bits in the URL-safe alphabet: nobody guesses one."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """What is stored of a token: who reads the database cannot use it. (Random tokens need no salt.)"""
    return hashlib.sha256(token.encode()).hexdigest()
