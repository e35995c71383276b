"""How two pages may reach each other: the ICE servers that each is given, and fresh credentials before they expire."""

from typing import TYPE_CHECKING, Any

from signaling.session import Session
from signaling.step import Step

if TYPE_CHECKING:
    from signaling.hub import Hub

CUSTOMER, REPRESENTATIVE = "customer", "representative"


def grant(hub: "Hub", session: Session, role: str, peer: str, now: int) -> dict[str, Any]:
    """What the page `peer` may use in this session, as fields of a message to it. It is told in time of what comes
    after that."""
    key = (session.id, role)
    hub.grants.pop(key, None)
    hub.grants[key] = now  # the oldest stay in front
    servers = hub.ice_servers(f"{session.id}.{peer}", now)
    if not hub.site.document.connection.relay_only:
        return {"ice_servers": servers}
    # Asking a STUN server would show it an address that nobody has any use for.
    return {"ice_servers": [server for server in servers if "username" in server], "relay_only": True}


def refresh(hub: "Hub", step: Step, now: int) -> None:
    """From time to time: new credentials for every page whose own are half over, or which are to use relays alone
    from now on, or not any more. A page that is away gets its own when it comes back."""
    rule = hub.site.document.connection.relay_only
    changed, hub.relay_only = rule != hub.relay_only, rule
    due = []
    for key, since in hub.grants.items():
        if not changed and not (hub.credentials_last and now - since >= hub.credentials_last // 2):
            break
        due.append(key)
    for key in due:
        del hub.grants[key]
        session = hub.sessions.get(key[0])
        if session and session.state == "active":
            _tell(hub, step, session, key[1], now)


def _tell(hub: "Hub", step: Step, session: Session, role: str, now: int) -> None:
    person = session.representative
    if role == CUSTOMER and session.link:
        hub.tell_customer(step, session, "ice_servers", **grant(hub, session, role, session.peer, now))
    elif role == REPRESENTATIVE and person and person.link:
        granted = grant(hub, session, role, person.peer, now)
        hub.tell(step, person, "ice_servers", session=session.id, **granted)
