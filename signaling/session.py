"""What the hub knows of people: support sessions, representatives, and the WebSocket each is on."""

from typing import Any, Protocol


class Outlet(Protocol):
    """The sending half of one WebSocket. Neither method waits."""

    def send(self, text: str) -> None:
        """Queue a frame."""

    def close(self, code: int) -> None:
        """Send what is queued, then close."""


class Link:
    """One WebSocket after its `hello`: who speaks on it. `current` ends when another takes its place."""

    def __init__(self, outlet: Outlet, role: str, peer: str, page: str) -> None:
        self.outlet = outlet
        self.role = role
        self.peer = peer
        self.page = page
        self.current = True
        self.session: Session | None = None
        self.representative: Representative | None = None
        self.web_session = ""


class Session:
    """One customer's visit, from entering the queue to its end."""

    def __init__(
        self, *, place: int, id: str, token_hash: str, name: str, question: str, issue: str,
        language: str, page: str, peer: str, entered_at: int,
    ) -> None:  # fmt: skip
        self.place = self.queue_place = place
        self.queue = ""
        self.id = id
        self.token_hash = token_hash
        self.name = name
        self.question = question
        self.issue = issue
        self.language = language
        self.page = page
        self.peer = peer
        self.entered_at = entered_at
        self.state = "queued"
        self.started_at = 0
        self.representative: Representative | None = None
        self.link: Link | None = None
        self.position = 0
        self.shown = ""  # the customer's peer id that the representative's present page was told

    def entry(self) -> dict[str, Any]:
        """The session as a line of the queue."""
        return {
            "session": self.id,
            "name": self.name,
            "question": self.question,
            "issue": self.issue,
            "entered_at": self.entered_at,
            "connected": self.link is not None,
        }


class Representative:
    """Someone who signed in, with the sessions they are in."""

    def __init__(self, *, id: str, name: str, page: str = "", peer: str = "") -> None:
        self.id = id
        self.name = name
        self.page = page
        self.peer = peer
        self.available = False
        self.link: Link | None = None
        self.sessions: dict[str, Session] = {}
