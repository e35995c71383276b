"""Session keys: eight characters by which a representative invites a customer to their own queue."""

import secrets
from typing import Any

from signaling.hub import Hub
from signaling.secrets import digest
from signaling.session import Link
from signaling.step import Refusal, Step
from signaling.store import way_in as rows

Message = dict[str, Any]
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LENGTH = 8
LIFETIME = 15 * 60 * 1000
MOST = 20
"""So many keys of one representative may be open at once."""


def create(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """A representative asks for a key. It is told once and kept as a hash."""
    person = link.representative
    if not person:
        raise Refusal("wrong_state")
    for hash in [hash for hash, key in hub.keys.items() if key.expires_at <= now]:
        del hub.keys[hash]
    if sum(key.representative == person.id for key in hub.keys.values()) >= MOST:
        raise Refusal("too_many_keys")
    text = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    key = rows.SessionKey(digest(text), person.id, now, now + LIFETIME)
    hub.keys[key.key_hash] = key
    step.writes.append(rows.key_created(key))
    hub.tell(step, person, "key", key=text, ends_at=key.expires_at)


def find(hub: Hub, typed: str, now: int) -> rows.SessionKey | None:
    """The key that somebody typed: case, spaces and hyphens make no difference. One answer for a key that never was,
    was used or has expired."""
    text = "".join(letter for letter in typed.upper() if letter not in " -")
    key = hub.keys.get(digest(text))
    return key if key and key.expires_at > now else None


def use(hub: Hub, step: Step, key: rows.SessionKey, now: int) -> None:
    """It opens nothing more."""
    del hub.keys[key.key_hash]
    step.writes.append(rows.key_used(key.key_hash, now))
