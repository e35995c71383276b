"""ICE servers for one peer: coturn's REST credentials, valid for a limited time (draft-uberti-behave-turn-rest)."""

import base64
import hashlib
import hmac
from typing import Any

from signaling.settings import Settings


def ice_servers(settings: Settings, user: str, now: float) -> list[dict[str, Any]]:
    """What `user`, one page in one session, may use from `now` (in seconds) on. The user name that the TURN server
    sees begins with the moment at which it expires."""
    servers: list[dict[str, Any]] = []
    if settings.stun_urls:
        servers.append({"urls": list(settings.stun_urls)})
    if settings.relays:
        username = f"{int(now) + settings.turn_lifetime}:{user}"
        digest = hmac.new(settings.turn_secret.encode(), username.encode(), hashlib.sha1).digest()
        credential = base64.b64encode(digest).decode()
        servers.append({"urls": list(settings.turn_urls), "username": username, "credential": credential})
    return servers
