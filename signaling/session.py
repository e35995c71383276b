"""What the hub knows of people: support sessions, representatives, and the WebSocket each is on."""

from typing import TYPE_CHECKING, Any, Protocol

from deskside.core.versions import SPOKEN
from signaling.answers import Answers
from signaling.queue import Listed

if TYPE_CHECKING:
    from signaling.recorded import Recording


class Outlet(Protocol):
    """The sending half of one WebSocket. Neither method waits."""

    def send(self, text: str) -> None:
        """Queue a frame."""

    def close(self, code: int) -> None:
        """Send what is queued, then close."""


class Link:
    """One WebSocket after its `hello`: who speaks on it. `current` ends when another takes its place."""

    def __init__(self, outlet: Outlet, role: str, peer: str, page: str, version: int = 1) -> None:
        self.outlet = outlet
        self.version = version  # of the protocol, which the page and this server speak
        self.role = role
        self.peer = peer
        self.page = page
        self.current = True
        self.session: Session | None = None
        self.over = ""  # the id of the session that this page came back to too late
        self.survey = ""  # the id of the session whose survey this page may answer
        self.language = ""
        self.representative: Representative | None = None
        self.web_session = ""
        self.address = ""  # where the page comes from, for counting only

    def reason(self, reason: str) -> str:
        """Why a session is over, in a word that this page knows."""
        return "representative" if reason == "removed" and self.version < 2 else reason

    @property
    def spoken(self) -> dict[str, int]:
        """What `welcome` says of the versions of this server; one of version 1 would refuse it."""
        return SPOKEN if self.version > 1 else {}


class Session:
    """One customer's visit, from `enter` to its end."""

    def __init__(
        self, *, place: int, id: str, token_hash: str, name: str, question: str, issue: str, queue: str,
        language: str, page: str, peer: str, entered_at: int,
    ) -> None:  # fmt: skip
        self.place = place
        self.id = id
        self.token_hash = token_hash
        self.name = name
        self.question = question
        self.issue = issue  # its name, as representatives read it
        self.queue = queue
        self.language = language
        self.page = page
        self.peer = peer
        self.entered_at = entered_at
        self.state = "arriving"
        self.step = "portal"
        self.answers = Answers()
        self.queued_at = 0
        self.queue_place = 0
        self.forecast: tuple[int, int] | None = None  # as told at queueing
        self.started_at = 0
        self.representative: Representative | None = None
        self.link: Link | None = None
        self.position = 0
        self.wait: tuple[int, int] | None = None  # as last told
        self.shown = ""  # the customer's peer id that the representative's present page was told
        self.told: dict[str, Any] = {}  # the step that the customer's present page was told
        self.recording: Recording | None = None
        self.recorder_told: str | None = None  # what the customer's present page was told: why not, or nothing
        self.reaches = {"customer": False, "representative": False}  # whether each page says that it reaches the other

    @property
    def is_there(self) -> bool:
        """Whether the customer's page has a WebSocket."""
        return self.link is not None


class ListedMessages:
    """What one console was told of the left messages: at most `most` of them, and how many are `open`."""

    def __init__(self, most: int = 0) -> None:
        self.most = most
        self.told: set[str] = set()
        self.open = 0


class Representative:
    """Someone who signed in, with the sessions they are in. No teams: all of them."""

    def __init__(
        self, *, id: str, name: str, teams: frozenset[str] = frozenset(), session_limit: int = 8,
        page: str = "", peer: str = "",
    ) -> None:  # fmt: skip
        self.id = id
        self.name = name
        self.teams = teams
        self.session_limit = session_limit
        self.page = page
        self.peer = peer
        self.available = False
        self.link: Link | None = None
        self.sessions: dict[str, Session] = {}
        self.missed: dict[str, str] = {}  # sessions that ended while no page was there to be told, and why
        self.messages = ListedMessages()
        self.listed = Listed()
